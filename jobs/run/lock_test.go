package run_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"regul/fixtures/cases"
	"regul/jobs/jobstest"
	"regul/jobs/run"
	"regul/jobs/storage"
)

// meddler does something once, when a stage begins.
type meddler struct {
	jobstest.Quiet
	stage string
	once  *sync.Once
	do    func()
}

func (m meddler) Stage(name string, _ int64) {
	if name == m.stage {
		m.once.Do(m.do)
	}
}

// The attack: delete the lock while a run is at work, so that another one can begin. The first one notices and publishes nothing, whether
// or not the other is at work.
func TestALockThatIsDeletedIsNoticed(t *testing.T) {
	t.Parallel()
	for what, again := range map[string]bool{"deleted": false, "taken by another run": true} {
		out := t.TempDir()
		n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
		o := n.Options(t, out, jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma))
		met := false
		o.Progress = meddler{stage: "publish", once: new(sync.Once), do: func() {
			met = true
			if err := os.Remove(filepath.Join(out, ".lock")); err != nil {
				t.Error(err)
			}
			if again {
				unlock := jobstest.Must[func() error](t)(storage.Directory(out).Lock(".lock"))
				t.Cleanup(func() { unlock() })
			}
		}}
		_, err := run.Run(context.Background(), o)
		if !met || err == nil || !strings.Contains(err.Error(), ".lock was deleted or replaced during the run") {
			t.Errorf("%s: %v", what, err)
		}
		if found := jobstest.Batches(t, out); len(found) > 0 {
			t.Errorf("%s: a batch was published", what)
		}
	}
}
