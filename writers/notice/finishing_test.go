package notice

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"regul/fixtures/pdfcheck"
	"regul/pipeline"
	"regul/writers/fund"
)

func finished(t *testing.T, f Finishing) *Press {
	t.Helper()
	l := standard(t)
	identity := fund.Specimen()
	identity.Specimen = false
	p, err := New(Settings{Fund: identity, Law: l, Fees: fees(l), AsOf: day(t, asOf), Finishing: f})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Printed on both sides, every letter begins on the front of a sheet; the empty page says nothing and the file can be archived.
func TestDuplexLettersBeginOnASheet(t *testing.T) {
	p := finished(t, Finishing{Duplex: true, Marks: true})
	settlements := []*pipeline.Settlement{settled(t, "notice withdrawn", 2), settled(t, "supplement", 2), settled(t, "surcharge", 2),
		settled(t, "refund", 2)}
	var out bytes.Buffer
	placed, err := p.Write(&out, "2026-06-30-93171ce0", 2, each(settlements))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "letters.pdf")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(strings.TrimSuffix(pdfcheck.Text(t, path), "\f"), "\f")
	next := 1
	for i, at := range placed {
		if at.FirstPage != next || at.FirstPage%2 != 1 || at.Pages%2 != 0 {
			t.Errorf("letter %d begins on page %d and has %d", i, at.FirstPage, at.Pages)
		}
		next += at.Pages
	}
	if next != len(pages)+1 {
		t.Errorf("%d pages, the places say %d", len(pages), next-1)
	}
	if strings.TrimSpace(pages[1]) != "" || !strings.Contains(pages[0], "1/1") {
		t.Errorf("the second page of a letter of one: %q", pages[1])
	}
	pdfcheck.QPDF(t, path)
	pdfcheck.Conforms(t, path)
}

// The marks tell the machine which sheet of a letter is the last, that none is missing, and that it read them well.
func TestMarks(t *testing.T) {
	for _, c := range []struct {
		sheet, sheets int
		want          string
	}{
		{0, 1, "III.I.."},
		{0, 2, "II.II.."},
		{1, 2, "III..I."},
		{2, 3, "IIIIII."},
		{7, 9, "II....."},
		{8, 9, "III.I.."},
	} {
		var got strings.Builder
		for _, marked := range marks(c.sheet, c.sheets) {
			got.WriteByte(".I"[map[bool]int{true: 1}[marked]])
		}
		if got.String() != c.want || strings.Count(got.String(), "I")%2 != 0 {
			t.Errorf("sheet %d of %d: %s, want %s", c.sheet+1, c.sheets, got.String(), c.want)
		}
	}
}

// Marks stand on fronts alone, and only where they are asked for.
func TestMarksStandOnFronts(t *testing.T) {
	for f, want := range map[Finishing]int{{}: 0, {Duplex: true}: 0, {Marks: true}: 3, {Duplex: true, Marks: true}: 2} {
		count := 0
		for page := range 3 {
			if f.marked(page) {
				count++
			}
		}
		if count != want {
			t.Errorf("%+v: marks on %d of three pages, want %d", f, count, want)
		}
	}
}

// What is asked of the pages tells two batches apart; a fund that asks nothing keeps its name.
func TestFinishingIsPartOfTheIdentity(t *testing.T) {
	plain := press(t, false).Digest()
	if finished(t, Finishing{}).Digest() != plain {
		t.Error("without finishing the letters have another identity")
	}
	if finished(t, Finishing{Duplex: true}).Digest() == plain ||
		finished(t, Finishing{Duplex: true}).Digest() == finished(t, Finishing{Marks: true}).Digest() {
		t.Error("other pages have the same identity")
	}
}
