package readers_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/parquet/compress"

	"regul/pipeline"
	"regul/pipeline/company"
	"regul/pipeline/rows"
	"regul/readers"
	"regul/readers/parquettest"
)

var companyCells = []string{"0401123308", "Alpha, SRL", "fr", "2024", "831990.83", "2010-05-05", "starter", "387.34", "100.00",
	"Rue Neuve 1", "1000", "Bruxelles", "BE", "BE68539007547034", "MDT-9", "2016-08-11", "2024-12-30"}

func companyHeader() string { return strings.Join(readers.Columns(pipeline.CompaniesInput), ",") }

// companiesRead is what a file of companies was read into.
type companiesRead struct {
	Rows    []company.Row
	Rejects []pipeline.Reject
	Flaws   []company.Flaw
}

func companyParts(t testing.TB, name string, content []byte) []readers.Part {
	t.Helper()
	opened, err := parts(pipeline.CompaniesInput, name, content)
	if err != nil {
		t.Fatal(err)
	}
	return opened
}

func readCompanies(t testing.TB, name string, content []byte) (*companiesRead, []readers.Part) {
	t.Helper()
	opened, counted := companyParts(t, name, content), 0
	scatter := &pipeline.Scatter{}
	t.Cleanup(func() { scatter.Close() })
	for _, p := range opened {
		if _, err := p.Read(t.Context(), scatter, standardLaw().Category, func(n int) { counted += n }); err != nil {
			t.Fatal(err)
		}
	}
	all := &companiesRead{Rejects: scatter.Rejects}
	var err error
	if all.Rows, all.Flaws, err = company.Everything(pipeline.NewPlan(company.Subject, []*pipeline.Scatter{scatter}, 1<<30)); err != nil {
		t.Fatal(err)
	}
	if counted != len(all.Rows)+len(all.Rejects) || scatter.Fates[pipeline.CompaniesInput].Sum().Rows != int64(len(all.Rejects)) {
		t.Fatalf("%d rows, %d records, %d rejects", counted, len(all.Rows), len(all.Rejects))
	}
	return all, opened
}

// companyLine is the valid row with other cells, by column.
func companyLine(other map[string]string) string {
	cells := slices.Clone(companyCells)
	for name, cell := range other {
		cells[slices.Index(readers.Columns(pipeline.CompaniesInput), name)] = cell
	}
	for i, cell := range cells {
		if strings.ContainsAny(cell, ",") {
			cells[i] = `"` + cell + `"`
		}
	}
	return strings.Join(cells, ",")
}

func TestACompanyIsRead(t *testing.T) {
	got, _ := readCompanies(t, "c.csv", []byte(companyHeader()+"\n"+companyLine(nil)+"\n"))
	created, _ := pipeline.ParseDate([]byte("2010-05-05"))
	signed, _ := pipeline.ParseDate([]byte("2016-08-11"))
	paid, _ := pipeline.ParseDate([]byte("2024-12-30"))
	want := company.Row{
		Facts: company.Facts{Balance: 831_990_83, CreatedOn: created, Exemption: company.Starter, Called: 387_34, Paid: 100_00,
			PaidOn: paid.Some()},
		Number: 401123308, Year: 2024, Language: 1, Place: rows.Place{Row: 1},
		Contact: pipeline.Contact{LastName: "Alpha, SRL", Street: "Rue Neuve 1", Postcode: "1000", City: "Bruxelles", Country: "BE",
			IBAN: "BE68539007547034", Mandate: "MDT-9", MandateSignedOn: signed},
	}
	if len(got.Rows) != 1 || got.Rows[0] != want {
		t.Errorf("read %+v, want %+v", got.Rows, want)
	}
}

func TestCellsOfACompanyThatMayBeEmpty(t *testing.T) {
	got, _ := readCompanies(t, "c.csv", []byte(companyHeader()+"\n"+companyLine(map[string]string{
		"name": "", "balance_total": "", "created_on": "", "exemption": "", "street": "", "postcode": "", "city": "", "country": "",
		"iban": "", "mandate": "", "mandate_signed_on": "", "paid_on": "",
	})))
	if len(got.Rows) != 1 || got.Rows[0].Balance != company.NoBalance || got.Rows[0].CreatedOn != company.NoDay ||
		got.Rows[0].Exemption != company.NoExemption {
		t.Errorf("read %+v, rejects %+v", got.Rows, got.Rejects)
	}
}

// A bad cell rejects its row, with the column and what it must be; the number is looked at last.
func TestBadCellsOfACompany(t *testing.T) {
	for column, cells := range map[string][]string{
		"language": {"", "en", "FR"}, "year": {"", "24", "1899", "2200", "x"}, "balance_total": {"-0.01", "1000000000000", "x", "1.234"},
		"created_on": {"2024-02-30", "01/02/2024"}, "exemption": {"starters", "Starter"}, "called": {"", "-1", "1000000000.01", "x"},
		"paid": {"", "-0.01", "1000000000.01"}, "mandate_signed_on": {"x"}, "paid_on": {"2024-02-30"},
	} {
		for _, cell := range cells {
			got, _ := readCompanies(t, "c.csv",
				[]byte(companyHeader()+"\n"+companyLine(map[string]string{column: cell, "enterprise": "0"})))
			if len(got.Rejects) != 1 || got.Rejects[0].Code != pipeline.BadValue ||
				!strings.HasPrefix(string(got.Rejects[0].Reason), "column "+column+": ") {
				t.Errorf("%s %q: %+v", column, cell, got.Rejects)
			}
		}
	}
	for _, cell := range []string{"", "0401123309", "040112330", "04011233080", "2401123308", "0401.123.309", "FR0401123308"} {
		got, _ := readCompanies(t, "c.csv", []byte(companyHeader()+"\n"+companyLine(map[string]string{"enterprise": cell})))
		if len(got.Rejects) != 1 || got.Rejects[0].Code != pipeline.BadEnterprise || got.Rejects[0].Year != 2024 {
			t.Errorf("number %q: %+v", cell, got.Rejects)
		}
	}
}

// A row that is torn, or whose cell is wrong, keeps its number, and its year where that can be read: it holds its year back.
func TestABadRowOfACompanyKeepsItsNumber(t *testing.T) {
	got, _ := readCompanies(t, "c.csv", []byte(companyHeader()+"\n"+companyLine(map[string]string{"called": "x"})+"\n0401123407,torn\n"))
	if want := []company.Flaw{{Number: 401123308, Year: 2024}, {Number: 401123407}}; !slices.Equal(got.Flaws, want) {
		t.Errorf("%+v, want %+v", got.Flaws, want)
	}
}

func TestPaymentsOfCompaniesAreRead(t *testing.T) {
	scatter := &pipeline.Scatter{}
	defer scatter.Close()
	opened, err := parts(pipeline.CompanyPayments, "p.csv",
		[]byte("enterprise,year,paid_on,amount,purpose\n0401123308,2024,2025-01-10,387.34,\n0401123308,2024,2025-01-11,-1.00,surcharge\n0401123309,2024,2025-01-11,1,\n0401123308,2024,x,1,\n"))
	if err == nil {
		_, err = opened[0].Read(t.Context(), scatter, standardLaw().Category, func(int) {})
	}
	if err != nil || scatter.Read[pipeline.CompanyPayments].Rows != 4 || len(scatter.Rejects) != 2 ||
		scatter.Rejects[0].Code != pipeline.BadEnterprise || scatter.Rejects[1].Code != pipeline.BadValue {
		t.Errorf("%+v %v", scatter.Rejects, err)
	}
}

func TestAStarterNeedsTheDayOfItsCreation(t *testing.T) {
	got, _ := readCompanies(t, "c.csv", []byte(companyHeader()+"\n"+companyLine(map[string]string{"created_on": ""})))
	if len(got.Rejects) != 1 || got.Rejects[0].Code != pipeline.BadValue || !strings.Contains(string(got.Rejects[0].Reason), "created_on") {
		t.Errorf("%+v", got.Rejects)
	}
}

// Another dialect, another order of the columns, another format: the same rows.
func TestFormatsOfCompanies(t *testing.T) {
	plain := companyLine(map[string]string{"name": "Société Alpha"})
	want, _ := readCompanies(t, "c.csv", []byte(companyHeader()+"\n"+plain+"\n"))
	belgian := strings.NewReplacer(",", ";", ".", ",").Replace(companyHeader()+"\n"+plain) + "\r\n"
	latin := strings.ReplaceAll(belgian, "é", "\xe9")
	reversed := func(line string) string {
		cells := strings.Split(line, ",")
		slices.Reverse(cells)
		return strings.Join(append(cells, "more"), ",")
	}
	cells := slices.Clone(companyCells)
	cells[1] = "Société Alpha"
	cells[0] = "401123308" // a number in the file
	types := []parquettest.Type{parquettest.Int64, parquettest.Text, parquettest.Text, parquettest.Int32, parquettest.Decimal64,
		parquettest.Date, parquettest.Text, parquettest.Decimal64, parquettest.Decimal32, parquettest.Text, parquettest.Text,
		parquettest.Text, parquettest.Text, parquettest.Text, parquettest.Text, parquettest.Date, parquettest.Date}
	var columns []parquettest.Column
	for i, name := range readers.Columns(pipeline.CompaniesInput) {
		columns = append(columns, parquettest.Column{Name: name, Type: types[i], Scale: 2, Optional: true})
	}
	for name, content := range map[string][]byte{
		"belgian.csv": []byte(latin), "reversed.csv": []byte(reversed(companyHeader()) + "\n" + reversed(plain)),
		"c.parquet": parquettest.Write(t, columns, [][]string{cells}, parquettest.Options{Codec: compress.Codecs.Snappy}),
	} {
		got, _ := readCompanies(t, name, content)
		if !reflect.DeepEqual(got.Rows, want.Rows) {
			t.Errorf("%s: %+v %+v, want %+v", name, got.Rows, got.Rejects, want.Rows)
		}
	}
}

func TestAFileOfCompaniesWithoutItsColumnsIsRefused(t *testing.T) {
	for name, says := range map[string]string{"": "the columns enterprise, name", "enterprise,name\n": "missing columns: language, year"} {
		content := []byte(name)
		opened, err := parts(pipeline.CompaniesInput, "c.csv", content)
		if err == nil {
			_, err = opened[0].Read(t.Context(), &pipeline.Scatter{}, standardLaw().Category, func(int) {})
		}
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// FuzzCompanies reads any rows as CSV. Each becomes a record within its bounds, or a reject whose text can be read again.
func FuzzCompanies(f *testing.F) {
	f.Add([]byte(companyLine(nil)))
	f.Add([]byte(companyLine(map[string]string{"balance_total": "-1"}) + "\n" + companyLine(map[string]string{"enterprise": "1"}) +
		"\r\nx,y"))
	f.Add([]byte(strings.ReplaceAll(companyLine(nil), ",", `","`)))
	f.Fuzz(func(t *testing.T, rows []byte) {
		if len(rows) > 1<<16 {
			return
		}
		got, opened := readCompanies(t, "c.csv", append([]byte(companyHeader()+"\n"), rows...))
		for _, r := range got.Rows {
			if _, ok := company.ParseNumber([]byte(r.Number.String())); !ok || r.Balance < company.NoBalance ||
				r.Balance > company.MaxBalance ||
				r.Called < 0 || r.Paid < 0 || r.Language == 0 || r.Exemption == company.Starter && r.CreatedOn == company.NoDay {
				t.Fatalf("%+v", r)
			}
		}
		var places []int64
		for _, r := range got.Rejects {
			if r.Code == pipeline.Accepted || !slices.Contains(company.Subject.Codes, r.Code) || r.Reason == "" {
				t.Fatalf("%+v", r)
			}
			places = append(places, r.Place.Row)
		}
		recalled := 0
		if err := readers.Recall(opened, places, func(int, []byte, []byte) error { recalled++; return nil }); err != nil ||
			recalled != len(places) {
			t.Fatalf("recalled %d of %d: %v", recalled, len(places), err)
		}
	})
}
