package notice

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"regul/fixtures/pdfcheck"
	"regul/pipeline"
	"regul/pipeline/company"
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/writers/fund"
	"regul/writers/notice/index"
	"regul/writers/notice/wording"
)

const companyDay = "2025-03-15"

func companyPress(t testing.TB, wording fs.FS) (*Press, error) {
	t.Helper()
	return NewCompanies(Settings{Fund: fund.Specimen(), Wording: wording, Law: standard(t), AsOf: companyDate(t, companyDay)})
}

func companyDate(t testing.TB, text string) pipeline.Date {
	t.Helper()
	d, ok := pipeline.ParseDate([]byte(text))
	if !ok {
		t.Fatal(text)
	}
	return d
}

// companySituations are letters of every kind: for each a row, after the rows of earlier versions.
var companySituations = []struct {
	name      string
	created   string
	exemption company.Exemption
	rows      [][3]money.Cents // balance, called, paid
}{
	{"first call, in time for a company created in December", "2024-12-03", 0, [][3]money.Cents{{company.NoBalance, 0, 0}}},
	{"late, nothing paid", "2001-01-01", 0, [][3]money.Cents{{900_000_00, 967_52, 0}}},
	{"corrected upwards", "2001-01-01", 0, [][3]money.Cents{{100_00, 387_34, 387_34}, {900_000_00, 387_34, 387_34}}},
	{"corrected downwards, paid", "2001-01-01", 0, [][3]money.Cents{{900_000_00, 967_52, 967_52}, {100_00, 967_52, 967_52}}},
	{"corrected downwards, unpaid", "2001-01-01", 0, [][3]money.Cents{{900_000_00, 967_52, 0}, {100_00, 967_52, 0}}},
	{"corrected back", "2001-01-01", 0, [][3]money.Cents{{100_00, 967_52, 967_52}, {900_000_00, 967_52, 967_52}}},
	{"overpaid before", "2001-01-01", 0, [][3]money.Cents{{900_000_00, 387_34, 967_52}}},
	{"starter", "2023-01-01", company.Starter, [][3]money.Cents{{100_00, 387_34, 387_34}}},
	{"starter no more", "2020-01-01", company.Starter, [][3]money.Cents{{100_00, 0, 0}}},
	{"inactive", "2001-01-01", company.Inactive, [][3]money.Cents{{900_000_00, 967_52, 0}}},
	{"bankruptcy", "2001-01-01", company.Bankruptcy, [][3]money.Cents{{900_000_00, 967_52, 300_00}}},
	{"liquidation", "2001-01-01", company.Liquidation, [][3]money.Cents{{company.NoBalance, 387_34, 387_34}}},
	{"nothing changes", "2001-01-01", 0, [][3]money.Cents{{100_00, 387_34, 387_34}}},
	{"an earlier surcharge stays", "2001-01-01", 0, [][3]money.Cents{{900_000_00, 967_52, 0}, {900_000_00, 967_52, 967_52}}},
}

// companyResults settles the situations; each company has another number.
func companyResults(t testing.TB, language pipeline.Language) []company.Result {
	t.Helper()
	l, err := law.Companies()
	if err != nil {
		t.Fatal(err)
	}
	y, _ := l.Year(2024)
	var results []company.Result
	for i, s := range companySituations {
		first := 4_011_233 + i
		number, ok := company.ParseNumber(fmt.Appendf(nil, "%08d%02d", first, 97-first%97))
		if !ok {
			t.Fatal("no number")
		}
		iban := []string{"BE68539007547034", "", "BE00"}[i%3]
		var versions []company.Prior
		for n, facts := range s.rows {
			row := company.Row{Number: number, Year: 2024, Language: language,
				Contact: pipeline.Contact{LastName: "Société Exemple SRL", Street: "Rue Neuve 1", Postcode: "1000", City: "Bruxelles",
					Country: "BE", IBAN: iban},
				Facts: company.Facts{Balance: facts[0], CreatedOn: companyDate(t, s.created), Exemption: s.exemption, Called: facts[1],
					Paid: facts[2]}}
			on := companyDate(t, companyDay)
			if n < len(s.rows)-1 {
				on = companyDate(t, "2025-02-10")
			}
			r := company.Settle(&row, nil, &y, versions, 0, on)
			versions = append(versions, company.Prior{Facts: row.Facts, Number: number, Year: 2024, Version: int32(r.Version),
				Definitive: r.Definitive, Refund: r.Refund, Surcharge: r.Surcharge, Months: r.Months, NotifiedOn: on})
			if n == len(s.rows)-1 {
				results = append(results, r)
			}
		}
	}
	return results
}

func printCompanies(t *testing.T, p *Press, language pipeline.Language) (path string, results []company.Result, placed []index.Placed) {
	t.Helper()
	results = companyResults(t, language)
	var out bytes.Buffer
	placed, err := p.Write(&out, companyDay+"-93171ce0", language, func(yield func(*pipeline.Settlement, error) bool) {
		for i := range results {
			if s := results[i].Settlement(); !yield(&s, nil) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), language.String()+".pdf")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, results, placed
}

// The letters of every situation in three languages, as people read them; the files can be archived.
func TestGoldenLettersToCompanies(t *testing.T) {
	p, err := companyPress(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for language := pipeline.NoLanguage + 1; language < pipeline.LanguageCount; language++ {
		path, _, placed := printCompanies(t, p, language)
		pdfcheck.QPDF(t, path)
		files = append(files, path)
		pages := strings.Split(pdfcheck.Text(t, path), "\f")
		var got strings.Builder
		for i, at := range placed {
			got.WriteString("######## " + companySituations[i].name + "\n")
			for _, page := range pages[at.FirstPage-1 : at.FirstPage-1+at.Pages] {
				got.WriteString(dense(page) + "----\n")
			}
		}
		golden(t, "companies-"+language.String()+".txt", got.String())
	}
	pdfcheck.Conforms(t, files...)
}

// claimOf is what a letter asks to be paid.
func claimOf(r *company.Result) money.Cents { return r.ToPay + max(0, r.Surcharge) }

// Every claim, and what was asked before and is unpaid, has a code with the company's structured communication, and no other letter has
// one.
func TestCodesHoldTheClaimsOfCompanies(t *testing.T) {
	p, err := companyPress(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	path, results, placed := printCompanies(t, p, 2)
	var want []string
	code := func(amount money.Cents, r *company.Result) string {
		return fmt.Sprintf("BCD\n002\n1\nSCT\nAAAABEBB\nSPECIMEN Socialeverzekeringsfonds Specimen\nBE68539007547034\nEUR%s\n\n%s",
			amount, r.Number.Dossier().AppendReference(nil, 2024))
	}
	for i := range results {
		r := &results[i]
		if placed[i].Claim != claimOf(r) || placed[i].Payout != r.Refund || placed[i].Number != int64(r.Number) {
			t.Errorf("%s: placed %+v", companySituations[i].name, placed[i])
		}
		if claimOf(r) > 0 {
			want = append(want, code(claimOf(r), r))
		}
		if r.Arrears > 0 {
			want = append(want, code(r.Arrears, r))
		}
	}
	got := pdfcheck.QRCodes(t, path)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) || len(want) < 4 {
		t.Errorf("codes\n%q\nwant\n%q", got, want)
	}
}

// Every fault of the wording is said; a fund that replaces the letters to the self-employed alone gets the built-in ones here.
func TestWordingOfLettersToCompanies(t *testing.T) {
	own := files(t)
	if _, err := companyPress(t, own); err != nil {
		t.Errorf("without the companies' files: %v", err)
	}
	content, err := fs.ReadFile(wording.BuiltIn(), "companies-nl.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.NewReplacer(`  late: "Onbetaald op {date}"`, `  laat: "Onbetaald op {date}"`, "{months}",
		"{month}").Replace(string(content))
	own["companies-nl.yaml"] = &fstest.MapFile{Data: []byte(text)}
	_, err = companyPress(t, own)
	if err == nil {
		t.Fatal("there are faults")
	}
	for _, want := range []string{"companies-nl.yaml: company.late: is missing", "company.laat: there is no such term",
		"company.months: unknown placeholder {month}"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not say %q: %v", want, err)
		}
	}
}
