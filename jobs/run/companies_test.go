package run_test

import (
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"regul/fixtures/readback"
	"regul/jobs"
	"regul/jobs/ask"
	"regul/jobs/batch"
	"regul/jobs/jobstest"
	"regul/jobs/ledger"
	"regul/jobs/outgoing"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/pipeline/company"
	"regul/pipeline/money"
	"regul/readers"
)

// companyRow is a row of the companies input, in the order of the contract's columns.
func companyRow(number int, balance, exemption, called, paid string) string {
	check := 97 - number%97
	return fmt.Sprintf("%08d%02d,Company %d,%s,2024,%s,2010-05-05,%s,%s,%s,Rue Neuve 1,%d,Bruxelles,BE,BE68539007547034",
		number, check, number, []string{"fr", "nl", "de"}[number%3], balance, exemption, called, paid, 1000+number%7)
}

// manyCompanies are rows of all sorts: sizes, exemptions, unpaid, repeated, contradictory and bad ones.
func manyCompanies(seed uint64, n int) []string {
	r := rand.New(rand.NewPCG(seed, 5))
	pick := func(texts ...string) string { return texts[r.IntN(len(texts))] }
	var rows []string
	for number := range n {
		rows = append(rows, companyRow(4_000_000+number, pick("", "100.00", "831990.83", "831990.84", "5000000.00"),
			pick("", "", "", "inactive", "bankruptcy", "liquidation", "starter"), pick("0.00", "387.34", "967.52"), pick("0.00", "387.34", "967.52")))
		switch r.IntN(12) {
		case 0:
			rows = append(rows, rows[len(rows)-1])
		case 1:
			rows = append(rows, companyRow(4_000_000+number, "7.00", "", "1.00", "2.00"))
		case 2:
			rows = append(rows, "x,y", strings.Replace(rows[len(rows)-1], ",2024,", ",2015,", 1), strings.Replace(rows[len(rows)-1], "Company", "7", 1)+",8")
		case 3:
			rows = append(rows, "1"+rows[len(rows)-1][1:])
		}
	}
	return rows
}

// companyText is a file without the columns that were added later.
func companyText(rows []string) string {
	const needed = 14
	return strings.Join(append([]string{strings.Join(readers.CompanyColumns()[:needed], ",")}, rows...), "\n") + "\n"
}

// companiesJob prepares the job over files with these texts, without notices.
func companiesJob(t testing.TB, out, asOf string, texts ...string) run.CompaniesOptions {
	t.Helper()
	dir := t.TempDir()
	s := run.CompaniesSettings{Out: out, NewLedger: true, Insist: []string{"earlier-date"}, AsOf: asOf, MaxRejects: "100%", Workers: 2, Outgoing: outgoing.Settings{Without: []string{outgoing.WithoutNotices}}}
	for i, text := range texts {
		s.Files = append(s.Files, jobstest.WriteFile(t, dir, fmt.Sprintf("companies-%d.csv", i), text))
	}
	o, wrong := s.Check()
	if len(wrong) > 0 {
		t.Fatal(errors.Join(wrong...))
	}
	o.Log, o.Progress = slog.New(slog.DiscardHandler), jobstest.Quiet{}
	return o
}

func runCompanies(t testing.TB, o run.CompaniesOptions) *run.Result {
	t.Helper()
	return jobstest.Must[*run.Result](t)(run.Companies(t.Context(), o))
}

// companyTable is the table of a batch, by enterprise number.
func companyTable(t testing.TB, out string, r *run.Result) map[string]map[string]string {
	t.Helper()
	table := jobstest.Must[*readback.Table](t)(readback.Folder(filepath.Join(out, r.Folder), "companies"))
	rows := map[string]map[string]string{}
	for i := range table.Rows {
		row := table.Map(i)
		rows[row["enterprise"]] = row
	}
	return rows
}

// The batch depends on the content of the rows: not on their order, their split into files, compression or the workers.
func TestCompaniesDependOnContentOnly(t *testing.T) {
	t.Parallel()
	rows := manyCompanies(1, 300)
	out := t.TempDir()
	first := runCompanies(t, companiesJob(t, out, "2025-03-15", companyText(rows)))
	want := tables(t, filepath.Join(out, first.Folder))
	if len(want) != 2 || first.Rejected == 0 || first.Counts[jobs.CompaniesInput].Repeated == 0 {
		t.Fatalf("the rows show too little: %d tables, %+v", len(want), first.Counts)
	}
	r := rand.New(rand.NewPCG(2, 3))
	for _, workers := range []int{1, 3, 7} {
		r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		out := t.TempDir()
		o := companiesJob(t, out, "2025-03-15", companyText(rows[:100]), companyText(rows[100:]), companyText(nil))
		o.Workers = workers
		packed := filepath.Join(t.TempDir(), "more.csv.gz")
		file := jobstest.Must[*os.File](t)(os.Create(packed))
		z := gzip.NewWriter(file)
		z.Write([]byte(jobstest.Must[[]byte](t)(os.ReadFile(o.Files[1]))))
		if err := errors.Join(z.Close(), file.Close()); err != nil {
			t.Fatal(err)
		}
		o.Files[1] = packed
		got := runCompanies(t, o)
		if got.Batch != first.Batch || !maps.Equal(got.Counts, first.Counts) || !maps.Equal(got.Rejects, first.Rejects) {
			t.Errorf("%d workers: batch %s %v %v, want %s %v %v", workers, got.Batch, got.Counts, got.Rejects, first.Batch, first.Counts, first.Rejects)
		}
		if !maps.Equal(tables(t, filepath.Join(out, got.Folder)), want) {
			t.Errorf("%d workers: other bytes", workers)
		}
	}
}

// The same files publish nothing new, whenever; a corrected row is version 2, on what version 1 claimed.
func TestCompaniesAreSettledOnce(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	first := companyText([]string{companyRow(4_000_000, "100.00", "", "967.52", "967.52"), companyRow(4_000_001, "5000000.00", "", "0.00", "0.00")})
	one := runCompanies(t, companiesJob(t, out, "2024-11-30", first))
	if again := runCompanies(t, companiesJob(t, out, "2025-06-30", first, first)); again.Published || again.Counts[jobs.CompaniesInput].AlreadySettled != 2 || again.Counts[jobs.CompaniesInput].Repeated != 2 {
		t.Errorf("the same files: %+v", again)
	}
	corrected := companyText([]string{companyRow(4_000_000, "5000000.00", "", "967.52", "967.52")})
	two := runCompanies(t, companiesJob(t, out, "2024-12-02", first, corrected))
	if c := two.Counts[jobs.CompaniesInput]; c.Settled != 1 || c.Superseded != 1 || c.AlreadySettled != 1 {
		t.Errorf("counts %+v", c)
	}
	rows := companyTable(t, out, two)
	jobstest.Want(t, rows["0400000086"], "version", "2", "called_reported", "967.52", "called", "387.34", "refunded_before", "580.18", "definitive", "967.52", "to_pay", "580.18")
	if m := two.Manifest; !slices.Equal(m.Ledger, []string{one.Batch}) || m.Job != batch.CompaniesJob || m.ControlTotals.Debit != m.ControlTotals.Credit {
		t.Errorf("manifest %+v", m)
	}
}

// A withdrawn batch counts for nothing; one on which another builds can't be withdrawn.
func TestCompaniesWithdrawn(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	storage := storage.Directory(out)
	rows := companyText([]string{companyRow(4_000_000, "100.00", "", "967.52", "967.52")})
	corrected := companyText([]string{companyRow(4_000_000, "5000000.00", "", "967.52", "967.52")})
	one := runCompanies(t, companiesJob(t, out, "2024-11-30", rows))
	two := runCompanies(t, companiesJob(t, out, "2024-12-01", corrected))
	if _, err := ledger.Withdraw(storage, one.Batch, "wrong", "2024-12-02"); jobs.KindOf(err) != jobs.Usage {
		t.Errorf("the first: %v", err)
	}
	jobstest.Must[*batch.Withdrawal](t)(ledger.Withdraw(storage, two.Batch, "wrong", "2024-12-02"))
	three := runCompanies(t, companiesJob(t, out, "2024-12-03", corrected))
	jobstest.Want(t, companyTable(t, out, three)["0400000086"], "version", "2", "to_pay", "580.18")
	list := jobstest.Must[[]ledger.Listed](t)(ledger.List(storage))
	var states []ledger.State
	for _, l := range list {
		states = append(states, l.State)
	}
	if !slices.Equal(states, []ledger.State{ledger.Published, ledger.Withdrawn, ledger.Published}) {
		t.Errorf("states %v", states)
	}
}

// The two jobs pass over each other's batches and withdrawals: the batch of a night is the one it is without the companies.
func TestJobsPassOverEachOther(t *testing.T) {
	t.Parallel()
	nights, _ := twoNights(t)
	alone, beside := t.TempDir(), t.TempDir()
	rows := companyText(manyCompanies(1, 20))
	night := func(n int, out string) string { return nights[n].Publish(t, out).Result.Batch }
	company := runCompanies(t, companiesJob(t, beside, "2025-03-15", rows))
	if a, b := night(0, alone), night(0, beside); a != b {
		t.Errorf("the first night is %s, beside companies %s", a, b)
	}
	jobstest.Must[*batch.Withdrawal](t)(ledger.Withdraw(storage.Directory(beside), company.Batch, "wrong", "2025-03-16"))
	if a, b := night(1, alone), night(1, beside); a != b {
		t.Errorf("the second night is %s, beside companies %s", a, b)
	}
	again := runCompanies(t, companiesJob(t, beside, "2025-03-15", rows))
	if len(again.Manifest.Ledger) != 0 || len(again.Manifest.Withdrawn) != 1 {
		t.Errorf("ledger %v, withdrawn %v", again.Manifest.Ledger, again.Manifest.Withdrawn)
	}
}

// Rejects alone are published once.
func TestNewRejectsOfCompaniesArePublishedOnce(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	bad := companyText([]string{"1" + companyRow(4_000_000, "100.00", "", "0.00", "0.00")[1:]})
	first := runCompanies(t, companiesJob(t, out, "2024-11-30", bad))
	if !first.Published || first.Rejects[company.BadEnterprise.String()] != 1 {
		t.Errorf("%+v", first)
	}
	if again := runCompanies(t, companiesJob(t, out, "2024-12-30", bad)); again.Published {
		t.Error("the same reject is published again")
	}
}

// Whatever call to the storage fails: the run says so and shows no batch, or shows a whole one, and the next run leaves what an
// undisturbed one leaves.
func TestFaultOfStorageLeavesNoHalfBatchOfCompanies(t *testing.T) {
	t.Parallel()
	rows := manyCompanies(9, 40)
	after := jobstest.NewMemory()
	for n, asOf := range []string{"2024-11-30", "2025-01-15"} {
		o := companiesJob(t, "unused", asOf, companyText(rows[:len(rows)*(n+1)/2]))
		o.Workers = 1
		printing, wrong := (&run.CompaniesSettings{Files: o.Files, Out: "unused", AsOf: asOf, Workers: 1}).Check()
		if len(wrong) > 0 {
			t.Fatal(errors.Join(wrong...))
		}
		o.Outgoing = printing.Outgoing // with notices
		run := func(out storage.Storage, log *slog.Logger) error {
			o.Out, o.Log = out, log
			_, err := run.Companies(t.Context(), o)
			return err
		}
		before := after
		after = before.Clone()
		if err := run(after, slog.New(slog.DiscardHandler)); err != nil {
			t.Fatal(err)
		}
		for _, forever := range []bool{false, true} {
			failing := 1
			for failAt(t, run, before, after, failing, forever) {
				failing++
			}
			if failing < 30 {
				t.Errorf("the run made only %d calls", failing-1)
			}
		}
	}
}

// The manifest's control totals are what the tables hold, read by the second implementation of Parquet.
func TestControlTotalsOfCompaniesAreThoseOfTheTables(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	result := runCompanies(t, companiesJob(t, out, "2025-03-15", companyText(manyCompanies(4, 200))))
	folder := filepath.Join(out, result.Folder)
	totals := &result.Manifest.ControlTotals
	for table, columns := range map[string]map[string]jobs.Cents{
		"companies":       {"definitive": totals.Definitive, "called": totals.Called, "paid": totals.Paid, "to_pay": totals.ToPay, "refund": totals.Refund, "surcharge": totals.Surcharge},
		"company_entries": {"debit": totals.Debit, "credit": totals.Credit},
	} {
		read := jobstest.Must[*readback.Table](t)(readback.Folder(folder, table))
		for column, want := range columns {
			sum := jobs.Cents(0)
			for i := range read.Rows {
				sum += jobstest.Must[jobs.Cents](t)(money.Parse(read.Map(i)[column]))
			}
			if sum != want || want == 0 {
				t.Errorf("%s: %s is %s, the manifest says %s", table, column, sum, want)
			}
		}
	}
	rejects := jobstest.Must[*readback.Table](t)(readback.Folder(folder, "company_rejects"))
	if int64(len(rejects.Rows)) != result.Rejected {
		t.Errorf("%d rejects, want %d", len(rejects.Rows), result.Rejected)
	}
}

// What verify says of a batch that was tampered with: a byte of a table, a sum of the manifest.
func TestVerifyOfCompaniesFindsWhatWasChanged(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	rows := manyCompanies(6, 60)
	runCompanies(t, companiesJob(t, out, "2024-11-30", strings.ReplaceAll(companyText(rows[:30]), "2010-05-05", "2010-05-06"))) // which the next corrects
	result := runCompanies(t, companiesJob(t, out, "2025-03-15", companyText(rows)))
	storage := storage.Directory(out)
	m := jobstest.Must[*batch.Manifest](t)(batch.Find(storage, result.Batch))
	if n := jobstest.Must[int64](t)(ask.VerifyCompanies(storage, m)); n != m.ControlTotals.Regularisations {
		t.Errorf("%d rows computed anew, want %d", n, m.ControlTotals.Regularisations)
	}
	changed := *m
	changed.ControlTotals.ToPay++
	if _, err := ask.VerifyCompanies(storage, &changed); err == nil || !strings.Contains(err.Error(), "to pay") {
		t.Errorf("another sum: %v", err)
	}
	changed = *m
	changed.Ledger = nil
	if _, err := ask.VerifyCompanies(storage, &changed); err == nil {
		t.Error("versions without their ledger are believed")
	}
	path := filepath.Join(out, result.Folder, "companies", "year=2024", "part-00000.parquet")
	content := jobstest.Must[[]byte](t)(os.ReadFile(path))
	content[len(content)/2] ^= 1
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ask.VerifyCompanies(storage, m); err == nil {
		t.Error("another byte is believed")
	}
}
