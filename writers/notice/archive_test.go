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
	"regul/pipeline/money"
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
		for language := pipeline.NoLanguage + 1; language < pipeline.LanguageCount; language++ {
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

// payment is the code of an amount of the years of a letter, with the communication of the first that has one; none for nothing.
func payment(s *pipeline.Settlement, of func(*pipeline.SettledYear) money.Cents) []string {
	var amount money.Cents
	first := 0
	for i := range s.Years {
		if y := &s.Years[i]; of(y) > 0 {
			amount += of(y)
			if first == 0 {
				first = y.Year
			}
		}
	}
	if amount == 0 {
		return nil
	}
	return []string{fmt.Sprintf("BCD\n002\n1\nSCT\nAAAABEBB\nSocialeverzekeringsfonds Specimen\nBE68539007547034\nEUR%s\n\n%s",
		amount, s.Party.Dossier.AppendReference(nil, first))}
}

// What a letter asks and does not collect has one code over all years, and what was asked before another; an independent program reads
// them.
func TestCodesHoldThePayments(t *testing.T) {
	p := press(t, false)
	path, _ := printAll(t, p, 2)
	var want []string
	for _, s := range letters(t, 2) {
		want = append(want, payment(s, func(y *pipeline.SettledYear) money.Cents {
			if s.Party.Contact.Mandate != "" {
				return 0
			}
			return y.Claim()
		})...)
		want = append(want, payment(s, func(y *pipeline.SettledYear) money.Cents {
			runs, _ := y.Running()
			owing := y.Arrears - y.ArrearsBarred + runs
			for _, o := range s.Offsets {
				if o.To == y.Year && o.Arrears {
					owing -= o.Amount
				}
			}
			return owing
		})...)
	}
	got := pdfcheck.QRCodes(t, path)
	slices.Sort(got) // the codes of one page come in any order
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("codes\n%q\nwant\n%q", got, want)
	}
}
