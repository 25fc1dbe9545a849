package run_test

import (
	"errors"
	"log/slog"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/klauspost/compress/gzip"

	"regul/fixtures/readback"
	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/jobstest"
	"regul/jobs/ledger"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/money"
)

// companies is the name of the input.
var companies = pipeline.CompaniesInput.String()

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
	rows := jobstest.ManyCompanies(1, 300)
	out := t.TempDir()
	first := jobstest.RunCompanies(t, jobstest.CompaniesJob(t, out, "2025-03-15", jobstest.CompanyText(rows)))
	want := tables(t, filepath.Join(out, first.Folder))
	if len(want) != 3 || first.Rejected == 0 || first.Counts[companies].Repeated == 0 {
		t.Fatalf("the rows show too little: %d tables, %+v", len(want), first.Counts)
	}
	r := rand.New(rand.NewPCG(2, 3))
	for _, workers := range []int{1, 3, 7} {
		r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		out := t.TempDir()
		o := jobstest.CompaniesJob(t, out, "2025-03-15", jobstest.CompanyText(rows[:100]), jobstest.CompanyText(rows[100:]),
			jobstest.CompanyText(nil))
		o.Workers, o.Gates = workers, jobstest.OpenDoor // one of the files has no row
		packed := filepath.Join(t.TempDir(), "more.csv.gz")
		file := jobstest.Must[*os.File](t)(os.Create(packed))
		z := gzip.NewWriter(file)
		z.Write([]byte(jobstest.Must[[]byte](t)(os.ReadFile(o.Inputs[pipeline.CompaniesInput][1]))))
		if err := errors.Join(z.Close(), file.Close()); err != nil {
			t.Fatal(err)
		}
		o.Inputs[pipeline.CompaniesInput][1] = packed
		got := jobstest.RunCompanies(t, o)
		if got.Batch != first.Batch || !maps.Equal(got.Counts, first.Counts) || !maps.Equal(got.Rejects, first.Rejects) {
			t.Errorf("%d workers: batch %s %v %v, want %s %v %v", workers, got.Batch, got.Counts, got.Rejects, first.Batch, first.Counts,
				first.Rejects)
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
	first := jobstest.CompanyText([]string{jobstest.CompanyRow(4_000_000, "100.00", "", "967.52", "967.52"),
		jobstest.CompanyRow(4_000_001, "5000000.00", "", "0.00", "0.00")})
	one := jobstest.RunCompanies(t, jobstest.CompaniesJob(t, out, "2024-11-30", first))
	if again := jobstest.RunCompanies(t, jobstest.CompaniesJob(t, out, "2025-06-30", first, first)); again.Published ||
		again.Counts[companies].AlreadySettled != 2 || again.Counts[companies].Repeated != 2 {
		t.Errorf("the same files: %+v", again)
	}
	corrected := jobstest.CompanyText([]string{jobstest.CompanyRow(4_000_000, "5000000.00", "", "967.52", "967.52")})
	two := jobstest.RunCompanies(t, jobstest.CompaniesJob(t, out, "2024-12-02", first, corrected))
	if c := two.Counts[companies]; c.Settled != 1 || c.Superseded != 1 || c.AlreadySettled != 1 {
		t.Errorf("counts %+v", c)
	}
	rows := companyTable(t, out, two)
	jobstest.Want(t, rows["0400000086"], "version", "2", "called_reported", "967.52", "called", "387.34", "refunded_before", "580.18",
		"definitive", "967.52", "to_pay", "580.18")
	if m := two.Manifest; m.Previous == nil || m.Previous.Batch != one.Batch || m.Earlier != 1 || m.Job != batch.CompaniesJob ||
		m.ControlTotals.Debit != m.ControlTotals.Credit {
		t.Errorf("manifest %+v", m)
	}
}

// A withdrawn batch counts for nothing; one on which another builds can't be withdrawn.
func TestCompaniesWithdrawn(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	storage := storage.Directory(out)
	rows := jobstest.CompanyText([]string{jobstest.CompanyRow(4_000_000, "100.00", "", "967.52", "967.52")})
	corrected := jobstest.CompanyText([]string{jobstest.CompanyRow(4_000_000, "5000000.00", "", "967.52", "967.52")})
	one := jobstest.RunCompanies(t, jobstest.CompaniesJob(t, out, "2024-11-30", rows))
	two := jobstest.RunCompanies(t, jobstest.CompaniesJob(t, out, "2024-12-01", corrected))
	if _, err := ledger.Withdraw(storage, one.Batch,
		ledger.Word{By: "tester", On: "2024-12-02", Why: "wrong"}); jobs.KindOf(err) != jobs.Usage {
		t.Errorf("the first: %v", err)
	}
	jobstest.Must[*batch.Withdrawal](t)(ledger.Withdraw(storage, two.Batch, ledger.Word{By: "tester", On: "2024-12-02", Why: "wrong"}))
	three := jobstest.RunCompanies(t, jobstest.CompaniesJob(t, out, "2024-12-03", corrected))
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
	rows := jobstest.CompanyText(jobstest.ManyCompanies(1, 20))
	night := func(n int, out string) string { return nights[n].Publish(t, out).Result.Batch }
	first := jobstest.RunCompanies(t, jobstest.CompaniesJob(t, beside, "2025-03-15", rows))
	if a, b := night(0, alone), night(0, beside); a != b {
		t.Errorf("the first night is %s, beside companies %s", a, b)
	}
	jobstest.Must[*batch.Withdrawal](t)(ledger.Withdraw(storage.Directory(beside), first.Batch,
		ledger.Word{By: "tester", On: "2025-03-16", Why: "wrong"}))
	if a, b := night(1, alone), night(1, beside); a != b {
		t.Errorf("the second night is %s, beside companies %s", a, b)
	}
	again := jobstest.RunCompanies(t, jobstest.CompaniesJob(t, beside, "2025-03-15", rows))
	if len(again.Manifest.Ledger) != 0 || len(again.Manifest.Withdrawn) != 1 {
		t.Errorf("ledger %v, withdrawn %v", again.Manifest.Ledger, again.Manifest.Withdrawn)
	}
}

// Rejects alone are published once.
func TestNewRejectsOfCompaniesArePublishedOnce(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	bad := jobstest.CompanyText([]string{"1" + jobstest.CompanyRow(4_000_000, "100.00", "", "0.00", "0.00")[1:]})
	first := jobstest.RunCompanies(t, jobstest.CompaniesJob(t, out, "2024-11-30", bad))
	if !first.Published || first.Rejects[pipeline.BadEnterprise.String()] != 1 {
		t.Errorf("%+v", first)
	}
	if again := jobstest.RunCompanies(t, jobstest.CompaniesJob(t, out, "2024-12-30", bad)); again.Published {
		t.Error("the same reject is published again")
	}
}

// Whatever call to the storage fails: the run says so and shows no batch, or shows a whole one, and the next run leaves what an
// undisturbed one leaves.
func TestFaultOfStorageLeavesNoHalfBatchOfCompanies(t *testing.T) {
	t.Parallel()
	rows := jobstest.ManyCompanies(9, 40)
	after := jobstest.NewMemory()
	for n, asOf := range []string{"2024-11-30", "2025-01-15"} {
		o := jobstest.CompaniesJob(t, "unused", asOf, jobstest.CompanyText(rows[:len(rows)*(n+1)/2]))
		o.Workers, o.Waiting, o.Current = 1, 0, false // rows wait in memory; what follows the publication is told, and fails no run
		s := run.Settings{Subject: run.Companies, Inputs: map[string][]string{companies: o.Inputs[pipeline.CompaniesInput]}, Out: "unused",
			AsOf: asOf, Workers: 1}
		o.Outgoing = jobstest.Must[run.Options](t)(s.Options()).Outgoing // with notices and payments
		run := func(out storage.Storage, log *slog.Logger) error {
			o.Out, o.Log = out, log
			_, err := run.Run(t.Context(), o)
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
	result := jobstest.RunCompanies(t, jobstest.CompaniesJob(t, out, "2025-03-15", jobstest.CompanyText(jobstest.ManyCompanies(4, 200))))
	folder := filepath.Join(out, result.Folder)
	totals := &result.Manifest.ControlTotals
	for table, columns := range map[string]map[string]jobs.Cents{
		"companies": {"definitive": totals.Definitive, "called": totals.Called, "paid": totals.Paid, "to_pay": totals.ToPay,
			"refund": totals.Refund, "surcharge": totals.Surcharge},
		"company_entries":  {"debit": totals.Debit, "credit": totals.Credit},
		"company_balances": {"open": totals.Open, "unseen": totals.Unseen},
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
