package verify_test

import (
	"path/filepath"
	"testing"
	"testing/fstest"

	"regul/fixtures/readback"
	"regul/jobs/batch"
	"regul/jobs/jobstest"
	"regul/jobs/ledger"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/jobs/verify"
	"regul/pipeline"
	"regul/pipeline/law"
)

// A threshold that was wrong is repaired going forward: no night touches what was settled by it, but one that is asked to recheck. It claims
// and refunds the differences once, for those whom the threshold touches; a row that came to the same is left.
func TestCompaniesAreSettledAgainByTheLawOfToday(t *testing.T) {
	t.Parallel()
	wrong := jobstest.Must[*law.CompanyLaw](t)(law.LoadCompanies(fstest.MapFS{"companies.csv": {Data: []byte(
		"year,small,large,balance_threshold,due,status,source\n2024,387.34,967.52,500000.00,12-31,confirmed,a mistake\n")}}))
	text := jobstest.CompanyText([]string{jobstest.CompanyRow(4_000_000, "700000.00", "", "387.34", "387.34"),
		jobstest.CompanyRow(4_000_001, "700000.00", "", "967.52", "967.52"), jobstest.CompanyRow(4_000_002, "900000.00", "", "387.34", "387.34"),
		jobstest.CompanyRow(4_000_003, "700000.00", "inactive", "0.00", "0.00")})
	out := t.TempDir()
	first := jobstest.CompaniesJob(t, out, "2024-11-30", text)
	first.Parameters.Companies = wrong
	jobstest.RunCompanies(t, first)

	night := func(on string, recheck pipeline.Recheck) *run.Result {
		o := jobstest.CompaniesJob(t, out, on, text)
		o.Parameters.Recheck = recheck
		return jobstest.RunCompanies(t, o)
	}
	if night("2024-12-01", 0).Published {
		t.Fatal("a night that is not asked settles what was settled")
	}
	for _, on := range []string{"2024-12-02", "2024-12-04"} {
		p := night(on, pipeline.RecheckFees)
		if !p.Published || p.Recheck.For["fees"] != 2 {
			t.Fatalf("%s: not the two are settled again: %+v", on, p)
		}
		table := jobstest.Must[*readback.Table](t)(readback.Folder(filepath.Join(out, p.Folder), "companies"))
		if len(table.Rows) != 2 {
			t.Fatalf("%d rows", len(table.Rows))
		}
		for i, want := range []struct{ called, cancelled, refund string }{{"967.52", "580.18", "0.00"}, {"967.52", "580.18", "580.18"}} {
			jobstest.Want(t, table.Map(i), "version", "2", "size", "small", "definitive", "387.34", "called", want.called,
				"cancelled", want.cancelled, "refund", want.refund, "to_pay", "0.00")
		}
		v := jobstest.Must[*verify.Verification](t)(verify.Batch(t.Context(),
			verify.Options{Out: storage.Directory(out), Batch: filepath.Base(p.Folder), Workers: 1}))
		if !v.Holds {
			t.Error(failuresOf(v))
		}
		if night("2024-12-03", pipeline.RecheckFees).Published {
			t.Error("settled again twice")
		}
		if on == "2024-12-02" { // withdrawn, it is done again
			jobstest.Must[*batch.Withdrawal](t)(ledger.Withdraw(storage.Directory(out), p.Batch, ledger.Word{On: on, By: "A Test", Why: "to see"}))
		}
	}
}
