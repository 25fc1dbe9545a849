package run

import (
	"testing"

	"regul/jobs/batch"
)

// Every job can run, and be made again for some numbers alone.
func TestEveryJobRuns(t *testing.T) {
	t.Parallel()
	for _, a := range batch.Abouts() {
		if s := SubjectOfJob(a.Job); s == nil || s.rejects.Table != a.Rejects || amounts[a] == nil {
			t.Errorf("there is no whole subject for %s", a.Several)
		}
	}
}
