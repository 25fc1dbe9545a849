package notice

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"regul/fixtures/pdfcheck"
	"regul/pipeline"
	"regul/writers/fund"
)

// withLogo is a press whose fund has a logo and a long name.
func withLogo(t *testing.T) *Press {
	t.Helper()
	var logo bytes.Buffer
	if err := png.Encode(&logo, image.NewNRGBA(image.Rect(0, 0, 300, 60))); err != nil {
		t.Fatal(err)
	}
	l := standard(t)
	f := fund.Specimen()
	f.Logo = logo.Bytes()
	f.Name = fund.Same("Caisse d’assurances sociales pour travailleurs indépendants de l’Exemple réunie")
	p, err := New(Settings{Fund: f, Law: l, Fees: fees(l), AsOf: day(t, asOf)})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestFilesCanBeArchived(t *testing.T) {
	var files []string
	for _, p := range []*Press{press(t, false), withLogo(t)} {
		for language := pipeline.Language(1); language <= 3; language++ {
			path, _ := printAll(t, p, language)
			pdfcheck.QPDF(t, path)
			specimen := filepath.Join(t.TempDir(), "specimen.pdf")
			var out bytes.Buffer
			if err := p.Specimen(&out, language); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(specimen, out.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			pdfcheck.QPDF(t, specimen)
			files = append(files, path, specimen)
		}
	}
	pdfcheck.Conforms(t, files...)
}

// Every payment that is not collected has a code, which a program of others reads back.
func TestCodesHoldThePayments(t *testing.T) {
	p := press(t, false)
	path, _ := printAll(t, p, 2)
	var want []string
	for _, s := range letters(t, 2) {
		for i := range s.Years {
			y := &s.Years[i]
			if y.Claim() > 0 && s.Affiliate.Contact.Mandate == "" {
				want = append(want, fmt.Sprintf("BCD\n002\n1\nSCT\nAAAABEBB\nSociaal verzekeringsfonds Specimen\nBE68539007547034\nEUR%s\n\n%s",
					y.Claim(), s.Affiliate.Dossier.AppendReference(nil, y.Year)))
			}
		}
	}
	got := pdfcheck.QRCodes(t, path)
	slices.Sort(got) // the codes of one page come in any order
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("codes\n%q\nwant\n%q", got, want)
	}
}
