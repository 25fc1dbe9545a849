package transfers

import (
	"testing"

	"regul/jobs/batch"
)

// Payment files of every job are compared with a register.
func TestEveryJobHasARegister(t *testing.T) {
	t.Parallel()
	for _, a := range batch.Abouts() {
		if registers[a] == nil {
			t.Errorf("no register of %s is read again", a.Several)
		}
	}
}
