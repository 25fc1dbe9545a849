package diff

import (
	"testing"

	"regul/jobs/batch"
)

// Batches of every job can be compared.
func TestEveryJobIsCompared(t *testing.T) {
	t.Parallel()
	for _, a := range batch.Abouts() {
		if subjectOf(&batch.Manifest{Job: a.Job}) == nil {
			t.Errorf("nothing is compared of %s", a.Several)
		}
	}
}
