package task_test

import (
	"encoding/binary"
	"strings"
	"testing"

	"regul/jobs/batch"
	"regul/jobs/jobstest"
	"regul/jobs/task"
)

// Once the night is cut, a task that settles or prints reads neither the rejects nor the names of those that scattered: they are damaged
// here, and only the publication, which needs the rejects, finds it.
func TestTasksReadOnlyTheSectionsThatTheyNeed(t *testing.T) {
	t.Parallel()
	const rejects, names = 1, 2
	for section, publishes := range map[int]bool{rejects: false, names: true} {
		out := jobstest.NewMemory()
		planned(t, nights(t, 73, 20)[0], out, 1)
		jobstest.Must[*task.Settled](t)(task.Settle(t.Context(), setup(out), 99)) // none, but the cut
		const name = task.Folder + "/scatter/00000-of-00001"
		content := jobstest.Must[[]byte](t)(batch.ReadBytes(out, name))
		lengths := content[len(content)-3*8:]
		at := len(content) - len(lengths) - 1 // the last byte of the last section
		if section == rejects {
			at -= int(binary.BigEndian.Uint64(lengths[names*8:]))
		}
		content[at] ^= 1
		if err := batch.PutBytes(out, name, content); err != nil {
			t.Fatal(err)
		}
		settled := jobstest.Must[*task.Settled](t)(task.SettleShare(t.Context(), setup(out), task.Share{Of: 1}))
		if settled.Settled == 0 {
			t.Errorf("settled %+v", settled)
		}
		if files := jobstest.Must[int](t)(task.Print(t.Context(), setup(out), task.Share{Of: 1})); files == 0 {
			t.Error("nothing is printed")
		}
		result, err := task.Publish(t.Context(), setup(out))
		if published := err == nil && result.Published; published != publishes {
			t.Errorf("section %d damaged: published %v, %v", section, published, err)
		}
	}
}

// An object of which the end is missing is told by its name, however much of it is there.
func TestTruncatedScatterIsRefused(t *testing.T) {
	t.Parallel()
	whole := jobstest.NewMemory()
	planned(t, nights(t, 73, 20)[0], whole, 1)
	const name = task.Folder + "/scatter/00000-of-00001"
	content := jobstest.Must[[]byte](t)(batch.ReadBytes(whole, name))
	for _, size := range []int{0, 1, 23, 24, len(content) / 2, len(content) - 1} {
		out := whole.Clone()
		if err := batch.PutBytes(out, name, content[:size]); err != nil {
			t.Fatal(err)
		}
		result, err := task.Publish(t.Context(), setup(out))
		if err == nil || result != nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%d of %d bytes: %v", size, len(content), err)
		}
	}
}
