package ledger_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
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
	jobstest.Must[*batch.Withdrawal](t)(ledger.Withdraw(storage.Directory(out), name,
		ledger.Word{By: "tester", On: "2026-07-01", Why: "a trial"}))
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
	if w := second.Result.Manifest.Withdrawn; len(w) != 1 ||
		w[0] != (batch.Withdrawal{Batch: first.Result.Batch, On: "2026-07-01", Why: "a trial"}) {
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

// A batch in the middle of which no affiliate was settled since can be withdrawn: later ones stay, and the next one tells its affiliates
// and settles them as if it had not been, once. Those that came between go on to count.
func TestBatchInTheMiddleIsWithdrawn(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
	first := n.Publish(t, out).Result.Batch
	rejected := jobstest.ExampleNight("2026-07-31", jobstest.Revenue(2021, "Z", "2026-06-01", "x")) // settles nobody
	second := rejected.Publish(t, out).Result
	withdraw(t, out, first)
	n.AsOf = "2026-08-31"
	third := n.Publish(t, out)
	jobstest.Want(t, third.Only(t), "version", "1", "called", "4000.00", "to_pay", "4200.00")
	if m := third.Result.Manifest; m.Previous == nil || m.Previous.Batch != second.Batch || m.Earlier != 2 ||
		m.ControlTotals.Debit <= 4_200_00 {
		t.Errorf("it builds on %v, %d before it, and books %s", m.Previous, m.Earlier, m.ControlTotals.Debit)
	}
	n.Unpublished(t, out)

	// The answer is withdrawn in its turn: who had a notice of the first is told again.
	withdraw(t, out, third.Result.Batch)
	n.In["revenue"] = nil
	if totals := jobstest.Must[*run.Result](t)(n.Run(t, out)).Manifest.ControlTotals; totals.Notices != 1 || totals.Regularisations != 0 {
		t.Errorf("%d are told, %d settled", totals.Notices, totals.Regularisations)
	}
	n.Unpublished(t, out)
	if _, err := ledger.List(storage.Directory(out)); err != nil {
		t.Error(err)
	}
}

// Who told of a withdrawn batch may be withdrawn while a later batch counts that knew of both: they are told again.
func TestWithdrawnAnswerIsGivenAgain(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
	withdraw(t, out, n.Publish(t, out).Result.Batch)
	n.AsOf, n.In["revenue"] = "2026-07-02", nil
	answer := jobstest.Must[*run.Result](t)(n.Run(t, out))
	jobstest.ExampleNight("2026-07-31", jobstest.Revenue(2021, "Z", "2026-06-01", "x")).Publish(t, out)
	withdraw(t, out, answer.Batch)
	n.AsOf = "2026-08-31"
	if totals := jobstest.Must[*run.Result](t)(n.Run(t, out)).Manifest.ControlTotals; totals.Notices != 1 || totals.Entries == 0 {
		t.Errorf("%d are told, %d lines are booked", totals.Notices, totals.Entries)
	}
	n.Unpublished(t, out)
}

// A batch whose affiliate a later one settled can't be withdrawn; once that one is, it can.
func TestBatchThatOthersBuildOnStays(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	first := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00")).Publish(t, out).Result.Batch
	second := jobstest.ExampleNight("2026-07-31", jobstest.Revenue(2023, "B", "2026-07-01", "44000.00")).Publish(t, out).Result.Batch
	_, err := ledger.Withdraw(storage.Directory(out), first, ledger.Word{By: "tester", On: "2026-07-01", Why: "a trial"})
	var way *ledger.InTheWay
	if jobs.KindOf(err) != jobs.Usage || !errors.As(err, &way) {
		t.Fatalf("%v, want a refusal", err)
	}
	if a := way.Affiliates; way.Of != 1 || len(a) != 1 || a[0].NISS != jobstest.Someone || !slices.Equal(a[0].Batches, []string{second}) {
		t.Errorf("in the way: %+v", way)
	}
	withdraw(t, out, second)
	withdraw(t, out, first)
}

// A later batch that only takes back what a withdrawn one booked of an affiliate is in nobody's way: it does not build on what was decided
// before that.
func TestWhoTakesBackBuildsOnNothing(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
	first := n.Publish(t, out).Result.Batch
	second := jobstest.ExampleNight("2026-07-31", jobstest.Revenue(2023, "B", "2026-07-01", "44000.00")).Publish(t, out).Result.Batch
	withdraw(t, out, second)
	answer := jobstest.ExampleNight("2026-08-31")
	told := jobstest.Must[*run.Result](t)(answer.Run(t, out))
	if totals := told.Manifest.ControlTotals; totals.Regularisations != 0 || totals.Entries == 0 {
		t.Fatalf("%d years are settled, %d lines are booked", totals.Regularisations, totals.Entries)
	}
	withdraw(t, out, first)
	n.AsOf = "2026-09-30"
	again := n.Publish(t, out)
	jobstest.Want(t, again.Only(t), "version", "1", "called", "4000.00", "to_pay", "4200.00")
	n.Unpublished(t, out)
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
