package verify_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"regul/jobs/batch"
	"regul/jobs/jobstest"
	"regul/jobs/storage"
	"regul/jobs/verify"
	"regul/pipeline/money"
)

// twoNightsOfCompanies publishes two batches of companies, the second of which corrects the first, and gives the folder of the second.
func twoNightsOfCompanies(t testing.TB, out string) string {
	t.Helper()
	rows := jobstest.ManyCompanies(6, 60)
	jobstest.RunCompanies(t, jobstest.CompaniesJob(t, out, "2024-11-30",
		strings.ReplaceAll(jobstest.CompanyText(rows[:30]), "2010-05-05", "2010-05-06")))
	result := jobstest.RunCompanies(t, jobstest.CompaniesJob(t, out, "2025-03-15", jobstest.CompanyText(rows)))
	return filepath.Join(out, result.Folder)
}

func TestBatchesOfCompaniesVerify(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	folder := twoNightsOfCompanies(t, out)
	for _, path := range jobstest.Batches(t, out) {
		v := jobstest.Must[*verify.Verification](t)(verify.Batch(t.Context(),
			verify.Options{Out: storage.Directory(out), Batch: filepath.Base(path), Workers: 2}))
		if !v.Holds {
			t.Errorf("%s: %s", filepath.Base(path), failuresOf(v))
		}
		for _, c := range v.Checks {
			if c.Number == 0 && c.Name != "rejects" && (c.Name != "ledger" || path == folder) {
				t.Errorf("%s: %s has checked nothing", filepath.Base(path), c.Name)
			}
		}
	}
}

// rowWhere is the first row of a table that has these cells; a cell that begins with "!" is what the row must not have.
func (f *tableFile) rowWhere(t testing.TB, cells ...string) int {
	t.Helper()
	at := slices.IndexFunc(f.rows, func(row []string) bool {
		for i := 0; i < len(cells); i += 2 {
			want, not := strings.CutPrefix(cells[i+1], "!")
			if (row[f.column(cells[i])] == want) == not {
				return false
			}
		}
		return true
	})
	if at < 0 {
		t.Fatalf("no row has %v", cells)
	}
	return at
}

// Who changes a row of a company and renews every digest is found by the second computation, the ledger or the sums.
func TestTamperedCompanyIsFound(t *testing.T) {
	t.Parallel()
	set := func(column, cell string) func(*tableFile) {
		return func(f *tableFile) {
			f.set(f.rowWhere(t, "version", "1", "size", "large", "to_pay", "!0.00", "exempt", "false", "balance_total", "!"), column, cell)
		}
	}
	line := func(column, cell string) func(*tableFile) {
		return func(f *tableFile) { f.set(0, column, cell) }
	}
	ofCorrected := func(column, cell string) func(*tableFile) {
		return func(f *tableFile) { f.set(f.rowWhere(t, "version", "2"), column, cell) }
	}
	nothing := func(*tableFile) {}
	for _, c := range []struct {
		name, table string
		change      func(*tableFile)
		manifest    func(*batch.Manifest)
		want        []string
	}{
		{name: "nothing", table: "companies", change: nothing},
		{"a large company is small", "companies", set("balance_total", "1.00"), nil, []string{"calculation"}},
		{"the size", "companies", set("size", "tiny"), nil, []string{"calculation"}},
		{"the ground", "companies", set("ground", "new_company"), nil, []string{"calculation"}},
		{"the threshold", "companies", set("threshold", "1.00"), nil, []string{"calculation"}},
		{"exempt", "companies", set("exempt", "true"), nil, []string{"calculation"}},
		{"the contribution", "companies", set("contribution", "1.00"), nil, []string{"calculation"}},
		{"what is to pay", "companies", set("to_pay", "1234.00"), nil, []string{"calculation", "totals"}},
		{"the outcome", "companies", set("outcome", "settled"), nil, []string{"calculation", "totals"}},
		{"the due date", "companies", set("due_date", "2024-11-30"), nil, []string{"calculation", "balances"}},
		{"until when to pay", "companies", set("pay_by", "2025-03-30"), nil, []string{"calculation"}},
		{"the interest", "companies", set("surcharge_total", "0.01"), nil, []string{"calculation", "balances"}},
		{"the day of the notice", "companies", set("notified_on", "2025-03-14"), nil, []string{"numbers", "entries"}},
		{"the enterprise number", "companies", set("enterprise", "0000000000"), nil,
			[]string{"order", "numbers", "entries", "balances"}},
		{"the reference", "companies", set("reference", "000000000097"), nil, []string{"numbers", "entries"}},
		{"the language", "companies", set("language", "en"), nil, []string{"numbers"}},
		{"the version", "companies", set("version", "3"), nil, []string{"numbers", "entries", "balances"}},
		{"what an earlier version called", "companies", ofCorrected("called", "5.00"), nil, []string{"calculation", "totals"}},
		{"what an earlier version gave back", "companies", ofCorrected("refunded_before", "5.00"), nil,
			[]string{"calculation", "balances"}},
		{"what an earlier version claimed", "companies", ofCorrected("surcharge", "5.55"), nil,
			[]string{"calculation", "entries", "totals"}},
		{"a row less", "companies", func(f *tableFile) {
			at := f.rowWhere(t, "to_pay", "!0.00")
			f.rows = slices.Delete(f.rows, at, at+1)
		}, nil, []string{"entries", "balances", "totals"}},
		{"a row twice", "companies", func(f *tableFile) { f.rows = append(f.rows[:1], f.rows...) }, nil,
			[]string{"order", "balances", "totals"}},
		{"a column has another type", "companies", func(f *tableFile) { f.columns[f.column("late_months")].Type = "int64" }, nil,
			[]string{"schemas"}},
		{"what is open", "company_balances", line("open", "1.00"), nil, []string{"balances", "totals"}},
		{"what is in credit", "company_balances", line("credit", "1.00"), nil, []string{"balances", "totals"}},
		{"what was refunded", "company_balances", line("refunded", "1.00"), nil, []string{"balances"}},
		{"a balance less", "company_balances", func(f *tableFile) { f.rows = f.rows[1:] }, nil, []string{"balances", "totals"}},
		{"a debit", "company_entries", line("debit", "0.01"), nil, []string{"entries", "totals"}},
		{"the role of a line", "company_entries", line("role", "bank"), nil, []string{"entries"}},
		{"a total", "companies", nothing, func(m *batch.Manifest) { m.ControlTotals.ToPay++ }, []string{"totals"}},
		{"no ledger", "companies", nothing, func(m *batch.Manifest) { m.Earlier, m.Previous = 0, nil }, []string{"numbers", "calculation"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			out := t.TempDir()
			folder := twoNightsOfCompanies(t, out)
			rewrite(t, folder, c.table+"/year=2024/part-00000.parquet", c.change)
			resealed(t, folder, c.manifest)
			v := jobstest.Must[*verify.Verification](t)(verify.Batch(t.Context(),
				verify.Options{Out: storage.Directory(out), Batch: filepath.Base(folder), Workers: 2}))
			if got := failed(v); !slices.Equal(got, c.want) {
				t.Errorf("%v failed, want %v: %s", got, c.want, failuresOf(v))
			}
		})
	}
}

// A claim of 100.00 too much that agrees with everything else in the batch: the row, its entries, the sums and the digests.
func TestConsistentlyTamperedCompanyIsFound(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	folder := twoNightsOfCompanies(t, out)
	const more = 100_00
	add := func(f *tableFile, row int, columns ...string) {
		for _, column := range columns {
			f.set(row, column, (jobstest.Must[money.Cents](t)(money.Parse(f.rows[row][f.column(column)])) + more).String())
		}
	}
	var enterprise string
	rewrite(t, folder, "companies/year=2024/part-00000.parquet", func(f *tableFile) {
		row := f.rowWhere(t, "version", "1", "to_pay", "!0.00", "exempt", "false")
		enterprise = f.rows[row][f.column("enterprise")]
		add(f, row, "contribution", "definitive", "supplement", "to_pay")
	})
	rewrite(t, folder, "company_entries/year=2024/part-00000.parquet", func(f *tableFile) {
		add(f, f.rowWhere(t, "enterprise", enterprise, "role", "receivable"), "debit")
		add(f, f.rowWhere(t, "enterprise", enterprise, "role", "contributions"), "credit")
	})
	resealed(t, folder, func(m *batch.Manifest) {
		for _, total := range []*money.Cents{&m.ControlTotals.Definitive, &m.ControlTotals.Supplement, &m.ControlTotals.ToPay,
			&m.ControlTotals.Claim, &m.ControlTotals.Debit, &m.ControlTotals.Credit} {
			*total += more
		}
	})
	v := jobstest.Must[*verify.Verification](t)(verify.Batch(t.Context(),
		verify.Options{Out: storage.Directory(out), Batch: filepath.Base(folder), Workers: 2}))
	if got := failed(v); !slices.Equal(got, []string{"calculation", "balances"}) {
		t.Errorf("%v failed: %s", got, failuresOf(v))
	}
}
