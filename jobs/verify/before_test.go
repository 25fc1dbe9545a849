package verify_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"regul/fixtures/readback"
	"regul/jobs/jobstest"
	"regul/jobs/storage"
	"regul/jobs/verify"
)

// holdsAll verifies every batch of a directory, whole.
func holdsAll(t *testing.T, out string) {
	t.Helper()
	for _, path := range jobstest.Batches(t, out) {
		v := jobstest.Must[*verify.Verification](t)(verify.Batch(t.Context(),
			verify.Options{Out: storage.Directory(out), Batch: filepath.Base(path), Workers: 2}))
		for _, c := range v.Checks {
			if c.Failed > 0 {
				t.Errorf("%s: %s: %v", filepath.Base(path), c.Name, c.Failures)
			}
		}
	}
}

// Batches that earlier versions published are as sound as on their day: of people who trusted the books, of the first companies.
func TestBatchesOfBeforeHold(t *testing.T) {
	t.Parallel()
	for _, ledger := range []string{"ledger_before", "companies_before"} {
		out := filepath.Join(t.TempDir(), ledger)
		if err := os.CopyFS(out, os.DirFS("../../fixtures/"+ledger)); err != nil {
			t.Fatal(err)
		}
		holdsAll(t, filepath.Join(out, "batches"))
	}
}

// The first tables of companies lack days of payment, a report and payment files. The next night builds on them: what they settled stays
// settled, a correction starts from what the last of them decided, and what it claims or gives back is the difference.
func TestTheNightAfterTheFirstBatchesOfCompanies(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS("../../fixtures/companies_before")); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(folder, "batches")
	text, err := os.ReadFile(filepath.Join(folder, "second.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if nothing := jobstest.RunCompanies(t, jobstest.CompaniesJob(t, out, "2026-01-15", string(text))); nothing.Published {
		t.Fatalf("what was settled is settled again: %+v", nothing.Counts)
	}
	// Two balances turn out to be those of large companies: one that paid nothing, and one to which the second night gave 480.66 back.
	corrected := strings.NewReplacer("500000.00,2001-02-03", "900000.00,2001-02-03", "831990.00,2008-01-15",
		"831990.84,2008-01-15").Replace(string(text))
	night := jobstest.RunCompanies(t, jobstest.CompaniesJob(t, out, "2026-03-15", corrected))
	if !night.Published || night.Manifest.Earlier != 2 || night.Manifest.ControlTotals.Regularisations != 2 {
		t.Fatalf("%+v", night.Counts)
	}
	rows := jobstest.Must[*readback.Table](t)(readback.Folder(filepath.Join(out, night.Manifest.Folder()), "companies"))
	for i, want := range []map[string]string{
		{"enterprise": "0450010120", "version": "3", "called": "387.34", "refunded_before": "480.66", "definitive": "967.52",
			"supplement": "580.18"},
		{"enterprise": "0450010318", "version": "2", "called": "384.44", "refunded_before": "0.00", "definitive": "960.26",
			"supplement": "575.82"},
	} {
		at := slices.IndexFunc(rows.Rows, func(row []string) bool { return slices.Contains(row, want["enterprise"]) })
		if at < 0 {
			t.Fatalf("%d: no row of %s", i, want["enterprise"])
		}
		row := rows.Map(at)
		for column, value := range want {
			if row[column] != value {
				t.Errorf("%s: %s is %s, want %s", want["enterprise"], column, row[column], value)
			}
		}
	}
	holdsAll(t, out)
}
