package verify

import (
	"testing"

	"regul/jobs/batch"
)

// Batches of every job are verified by checks of their own tables.
func TestEveryJobIsVerified(t *testing.T) {
	t.Parallel()
	for _, a := range batch.Abouts() {
		if s := subjectOf(&batch.Manifest{Job: a.Job}); s.About != a || s.check == nil || s.lawVersion == nil {
			t.Errorf("nothing checks the tables of %s", a.Several)
		}
	}
}
