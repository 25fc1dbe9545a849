package jobs_test

import (
	"os"
	"path/filepath"
	"testing"

	"regul/jobs"
)

func withdraw(t *testing.T, out, batch string) {
	t.Helper()
	must[*jobs.Withdrawal](t)(jobs.Withdraw(jobs.Directory(out), batch, "a trial", "2026-07-01"))
}

// What a withdrawn batch settled is open again: the same files give version 1 again, in another batch that lists the withdrawal.
func TestWithdrawnBatchCountsForNothing(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := exampleNight("2026-06-30", revenue(2023, "A", "2026-06-01", "40000.00"))
	first := n.publish(t, out)
	withdraw(t, out, first.result.Batch)
	second := n.publish(t, out)
	want(t, second.only(t), "version", "1", "called", "4000.00", "to_pay", "4200.00")
	if second.result.Batch == first.result.Batch {
		t.Error("the batch has the name of the withdrawn one")
	}
	if w := second.result.Manifest.Withdrawn; len(w) != 1 || w[0] != (jobs.Withdrawal{Batch: first.result.Batch, On: "2026-07-01", Why: "a trial"}) {
		t.Errorf("the manifest lists %v", w)
	}
	n.unpublished(t, out)
}

// Who had a notice of the withdrawn batch is told by the next one, once, also when that settles nothing for them.
func TestWithdrawnNoticeIsCorrectedOnce(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := exampleNight("2026-06-30", revenue(2023, "A", "2026-06-01", "40000.00"))
	withdraw(t, out, n.publish(t, out).result.Batch)
	n.in["revenue"] = nil
	result := must[*jobs.RunResult](t)(n.run(t, out))
	if totals := result.Manifest.ControlTotals; totals.Notices != 1 || totals.Regularisations != 0 {
		t.Errorf("%d are told, %d settled", totals.Notices, totals.Regularisations)
	}
	n.unpublished(t, out)
}

// A batch whose notices said nothing new leaves nobody to be told.
func TestUnchangedYearNeedsNoCorrection(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := exampleNight("2026-06-30", revenue(2023, "A", "2026-06-01", "19512.20")) // 20.5 % of it is 4000.00
	p := n.publish(t, out)
	want(t, p.only(t), "outcome", "unchanged")
	withdraw(t, out, p.result.Batch)
	n.in["revenue"] = nil
	n.unpublished(t, out)
}

// A batch on which another one builds can't be withdrawn; once that one is, it can.
func TestBatchThatOthersBuildOnStays(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	first := exampleNight("2026-06-30", revenue(2023, "A", "2026-06-01", "40000.00")).publish(t, out).result.Batch
	second := exampleNight("2026-07-31", revenue(2023, "B", "2026-07-01", "44000.00")).publish(t, out).result.Batch
	_, err := jobs.Withdraw(jobs.Directory(out), first, "a trial", "2026-07-01")
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
	n := exampleNight("2026-06-30", revenue(2023, "A", "2026-06-01", "40000.00"))
	batch := n.publish(t, out).result.Batch
	withdraw(t, out, batch)
	if err := os.WriteFile(filepath.Join(out, "withdrawn", batch+".json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := n.run(t, out); err == nil {
		t.Error("the run takes no notice")
	}
}
