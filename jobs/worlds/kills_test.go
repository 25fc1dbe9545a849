package worlds_test

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"

	"regul/jobs"
	"regul/jobs/jobstest"
	"regul/jobs/run"
	"regul/jobs/storage"
)

// killed sometimes runs with a storage that is gone from some call on, or is cancelled: the name of the batch that it published all the
// same, or "".
func (w *world) killed(o run.Options) string {
	if w.nightLimit() || !w.chance(30) {
		return ""
	}
	w.seen.add("killed")
	before, ctx := w.folders(), context.Background()
	if w.chance(30) {
		stopped, stop := context.WithCancel(ctx)
		defer stop()
		o.Progress, ctx = &stopping{after: int64(w.between(1, 30)), stop: stop}, stopped
	} else {
		o.Out = &jobstest.Faulty{To: w.out, Failing: 1 << w.between(0, 8) * w.between(2, 4) / 2, Forever: true}
	}
	result, err := run.Run(ctx, o)
	made := slices.DeleteFunc(w.folders(), func(f string) bool { return slices.Contains(before, f) })
	switch {
	case err != nil && len(made) > 0:
		w.fail("a run that was killed says %v, and made %v", err, made)
	case err == nil && result.Published:
		w.note("killed, and published %s", result.Batch)
		return result.Batch
	}
	w.note("killed: %v", err)
	return ""
}

// stopping is a Progress that stops the run at some step.
type stopping struct {
	after int64
	stop  context.CancelFunc
}

func (s *stopping) Stage(string, int64) { s.Step(1) }
func (s *stopping) Step(int) {
	if atomic.AddInt64(&s.after, -1) == 0 {
		s.stop()
	}
}

// twice does something to the ledger, sometimes first with a storage that is gone from some call on.
func (w *world) twice(do func(storage.Storage) error) {
	if w.chance(40) {
		w.seen.add("killed")
		if err := do(&jobstest.Faulty{To: w.out, Failing: w.between(1, 40), Forever: true}); err == nil {
			return
		}
	}
	if err := do(w.out); err != nil && !(jobs.KindOf(err) == jobs.Usage && done(err)) {
		w.fail("%v", err)
	}
}

// done says whether an error tells that what was asked for is the case already.
func done(err error) bool {
	return strings.Contains(err.Error(), "was withdrawn already") || strings.Contains(err.Error(), "it is a published batch") ||
		strings.Contains(err.Error(), "there is no batch")
}
