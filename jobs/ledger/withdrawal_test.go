package ledger_test

import (
	"os"
	"path/filepath"
	"testing"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/jobstest"
	"regul/jobs/ledger"
	"regul/jobs/run"
	"regul/jobs/storage"
)

func withdraw(t *testing.T, out, name string) {
	t.Helper()
	jobstest.Must[*batch.Withdrawal](t)(ledger.Withdraw(storage.Directory(out), name, ledger.Word{By: "tester", On: "2026-07-01", Why: "a trial"}))
}

// What a withdrawn batch settled is open again: the same files give version 1 again, in another batch that lists the withdrawal.
func TestWithdrawnBatchCountsForNothing(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
	first := n.Publish(t, out)
	withdraw(t, out, first.Result.Batch)
	second := n.Publish(t, out)
	jobstest.Want(t, second.Only(t), "version", "1", "called", "4000.00", "to_pay", "4200.00")
	if second.Result.Batch == first.Result.Batch {
		t.Error("the batch has the name of the withdrawn one")
	}
	if w := second.Result.Manifest.Withdrawn; len(w) != 1 || w[0] != (batch.Withdrawal{Batch: first.Result.Batch, On: "2026-07-01", Why: "a trial"}) {
		t.Errorf("the manifest lists %v", w)
	}
	n.Unpublished(t, out)
}

// Who had a notice of the withdrawn batch is told by the next one, once, also when that settles nothing for them.
func TestWithdrawnNoticeIsCorrectedOnce(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
	withdraw(t, out, n.Publish(t, out).Result.Batch)
	n.In["revenue"] = nil
	result := jobstest.Must[*run.Result](t)(n.Run(t, out))
	if totals := result.Manifest.ControlTotals; totals.Notices != 1 || totals.Regularisations != 0 {
		t.Errorf("%d are told, %d settled", totals.Notices, totals.Regularisations)
	}
	n.Unpublished(t, out)
}

// A batch whose notices said nothing new leaves nobody to be told.
func TestUnchangedYearNeedsNoCorrection(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "19512.20")) // 20.5 % of it is 4000.00
	p := n.Publish(t, out)
	jobstest.Want(t, p.Only(t), "outcome", "unchanged")
	withdraw(t, out, p.Result.Batch)
	n.In["revenue"] = nil
	n.Unpublished(t, out)
}

// A batch on which another one builds can't be withdrawn; once that one is, it can.
func TestBatchThatOthersBuildOnStays(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	first := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00")).Publish(t, out).Result.Batch
	second := jobstest.ExampleNight("2026-07-31", jobstest.Revenue(2023, "B", "2026-07-01", "44000.00")).Publish(t, out).Result.Batch
	_, err := ledger.Withdraw(storage.Directory(out), first, ledger.Word{By: "tester", On: "2026-07-01", Why: "a trial"})
	if jobs.KindOf(err) != jobs.Usage {
		t.Fatalf("%v, want a refusal", err)
	}
	withdraw(t, out, second)
	withdraw(t, out, first)
}

// A damaged record of a withdrawal stops the next run: the batch must not count again by accident.
func TestDamagedWithdrawalIsAnError(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
	batch := n.Publish(t, out).Result.Batch
	withdraw(t, out, batch)
	if err := os.WriteFile(filepath.Join(out, "withdrawn", batch+".json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := n.Run(t, out); err == nil {
		t.Error("the run takes no notice")
	}
}
