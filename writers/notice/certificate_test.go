package notice

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"regul/fixtures/pdfcheck"
	"regul/pipeline"
	"regul/writers/notice/index"
	"regul/writers/notice/wording"
)

// certificateSituations are receipts of every kind.
var certificateSituations = []struct {
	name    string
	contact pipeline.Contact
	receipt pipeline.Receipt
	reason  index.Reason
}{
	{"paid", pipeline.Contact{FirstName: "Anne", LastName: "Dupont"}, pipeline.Receipt{Received: 3466_48}, index.Posted},
	{"some came back, and a surcharge was paid", pipeline.Contact{FirstName: "Noël", LastName: "Lambert"},
		pipeline.Receipt{Received: 2000_00, Returned: 500_00, Surcharges: 30_00}, index.Posted},
	{"more came back, to heirs", pipeline.Contact{LastName: "Maes", Addressee: "Heirs of E. Maes"},
		pipeline.Receipt{Returned: 120_00}, index.Posted},
	{"nobody to write to", pipeline.Contact{}, pipeline.Receipt{Received: 1_00}, index.NoName},
}

// The certificates in three languages, one page each; the files can be archived.
func TestGoldenCertificates(t *testing.T) {
	p, err := press(t, false).Certificates()
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for language := pipeline.NoLanguage + 1; language < pipeline.LanguageCount; language++ {
		var out bytes.Buffer
		placed, err := p.Write(&out, "2025", language, func(yield func(*pipeline.Settlement, error) bool) {
			for i, s := range certificateSituations {
				party := &pipeline.Party{Number: 85010112387, Digits: 11, Language: language, Contact: s.contact}
				party.Dossier = pipeline.Dossier{Number: uint32(901 + i), Digits: 3}
				party.Contact.Street, party.Contact.Postcode, party.Contact.City = "Rue Haute 1", "1000", "Bruxelles"
				receipt := s.receipt
				receipt.Year = 2025
				if !yield(&pipeline.Settlement{Party: party, Receipt: &receipt}, nil) {
					return
				}
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), language.String()+".pdf")
		if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		pdfcheck.QPDF(t, path)
		files = append(files, path)
		pages := strings.Split(pdfcheck.Text(t, path), "\f")
		var got strings.Builder
		for i, at := range placed {
			if at.Pages != 1 || at.NotPostable != certificateSituations[i].reason {
				t.Errorf("%s: placed %+v", certificateSituations[i].name, at)
			}
			got.WriteString("######## " + certificateSituations[i].name + "\n" + dense(pages[at.FirstPage-1]) + "----\n")
		}
		golden(t, "certificates-"+language.String()+".txt", got.String())
	}
	pdfcheck.Conforms(t, files...)
}

// A fund that replaces the notices alone gets the built-in certificates; every fault of its wording is said.
func TestWordingOfCertificates(t *testing.T) {
	own := files(t)
	given := func() error {
		l := standard(t)
		p, err := New(Settings{Fund: press(t, false).fund, Wording: own, Law: l, Fees: fees(l), AsOf: day(t, asOf)})
		if err != nil {
			t.Fatal(err)
		}
		_, err = p.Certificates()
		return err
	}
	if err := given(); err != nil {
		t.Errorf("without the files of the certificates: %v", err)
	}
	content, err := fs.ReadFile(wording.BuiltIn(), "certificate-nl.yaml")
	if err != nil {
		t.Fatal(err)
	}
	own["certificate-nl.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(string(content), "{amount}", "{sum}", 1))}
	if err := given(); err == nil || !strings.Contains(err.Error(),
		"certificate-nl.yaml: certificate.surcharges: unknown placeholder {sum}") {
		t.Errorf("%v", err)
	}
}
