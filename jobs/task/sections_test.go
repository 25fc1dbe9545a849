package task_test

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"regul/jobs/batch"
	"regul/jobs/jobstest"
	"regul/jobs/storage"
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

// An object that says of a section that it is larger than any is told, before memory is taken for it.
func TestASectionOfAnySizeTakesNoMemory(t *testing.T) {
	t.Parallel()
	dir := storage.Directory(t.TempDir())
	planned(t, nights(t, 73, 20)[0], dir, 1)
	const name = task.Folder + "/scatter/00000-of-00001"
	path := filepath.Join(string(dir), name)
	const size = 1 << 40 // bytes, none of them on the disk
	end := binary.BigEndian.AppendUint64(nil, 0)
	end = binary.BigEndian.AppendUint64(end, size/2)
	end = binary.BigEndian.AppendUint64(end, 0)
	file := jobstest.Must[*os.File](t)(os.OpenFile(path, os.O_RDWR, 0))
	jobstest.Must[int](t)(file.WriteAt(end, size-int64(len(end))))
	file.Close()
	if _, err := task.Publish(t.Context(), setup(dir)); err == nil || !strings.Contains(err.Error(), name+" is damaged") {
		t.Errorf("published: %v", err)
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
