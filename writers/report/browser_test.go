package report

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"regul/fixtures/browser"
	"regul/fixtures/pdfcheck"
	"regul/writers/report/page"
)

// The page as staff see it: in Chromium, in light and dark, on a screen, a telephone and paper.
func TestThePageInABrowser(t *testing.T) {
	s := gather(t, settlements(t, 1200, 1), 3)
	b := batchOf(s)
	b.Specimen = true
	b.Inputs[1].Source = "a-name-of-a-file-that-does-not-want-to-end-and-has-no-space-at-all-in-it-since-somebody-thought-it-clever.parquet"
	file := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(file, []byte(write(t, b, s)), 0o600); err != nil {
		t.Fatal(err)
	}
	p := browser.Open(t, file)
	if title := browser.Evaluate[string](p, "document.title"); title != "Batch "+b.Name {
		t.Errorf("the title is %q", title)
	}
	var pictures [][]byte
	for _, scheme := range []browser.Scheme{browser.Light, browser.Dark} {
		for _, width := range []int{1440, 360} {
			p.View(width, scheme)
			low, checked := p.LowContrast()
			if checked < 1000 {
				t.Errorf("%s, %d px: only %d texts were looked at", scheme, width, checked)
			}
			for _, text := range low {
				t.Errorf("%s, %d px: contrast %s", scheme, width, text)
			}
			for _, wide := range p.Overflow() {
				t.Errorf("%s, %d px: %s", scheme, width, wide)
			}
			if charts := browser.Evaluate[int](p,
				"[...document.querySelectorAll('.chart')].filter(s => s.checkVisibility()).length"); charts != 10 {
				t.Errorf("%s, %d px: %d charts are shown, want 10", scheme, width, charts)
			}
		}
		p.View(1440, scheme)
		pictures = append(pictures, p.Screenshot())
	}
	if bytes.Equal(pictures[0], pictures[1]) {
		t.Error("the page looks the same in light and dark")
	}
	p.Paper()
	for _, text := range append(p.Overflow(), flat(p)...) {
		t.Errorf("paper: %s", text)
	}
	paper := filepath.Join(t.TempDir(), "report.pdf")
	if err := os.WriteFile(paper, p.Print(), 0o600); err != nil {
		t.Fatal(err)
	}
	text := pdfcheck.Text(t, paper) // has the thin spaces as plain ones
	if claims := strings.ReplaceAll(page.In(page.English).Amount(s.All.Claim), page.ThinSpace, " "); !strings.Contains(text, claims) ||
		strings.Contains(text, "Skip to") {
		t.Error("the print lacks the claims, or has what is for the screen only")
	}
	keep(t, pictures, paper)
	for _, complaint := range p.Complaints() {
		t.Errorf("the browser complains: %s", complaint)
	}
	for _, address := range p.Requests() {
		t.Errorf("the page asks for %s", address)
	}
}

func TestAnEmptyPageInABrowser(t *testing.T) {
	file := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(file, []byte(write(t, &Batch{Name: "2026-06-30-00000000", AsOf: "2026-06-30"}, gather(t, nil, 1))),
		0o600); err != nil {
		t.Fatal(err)
	}
	p := browser.Open(t, file)
	p.View(400, browser.Dark)
	if low, _ := p.LowContrast(); len(low)+len(p.Overflow())+len(p.Complaints())+len(p.Requests()) > 0 {
		t.Errorf("%q %q %q %q", low, p.Overflow(), p.Complaints(), p.Requests())
	}
}

// keep leaves what was seen in the folder that REPORT_PICTURES names, for people to look at.
func keep(t *testing.T, pictures [][]byte, paper string) {
	folder := os.Getenv("REPORT_PICTURES")
	if folder == "" {
		return
	}
	pdf, err := os.ReadFile(paper)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"light.png": pictures[0], "dark.png": pictures[1], "report.pdf": pdf} {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
