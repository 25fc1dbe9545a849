package intake

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/storage"
)

// Stays is a file of an inbox that could not be moved, and why.
type Stays struct {
	Path string
	Err  error
}

// MoveTaken moves files that patterns found, and what lies beside them, into a folder of a storage: each that is still what was read. A
// copy is durable before its file goes; one that is killed in between leaves both, and the next night reads a file that is settled. It
// gives what was moved, by the paths of the inbox.
func (in *Files) MoveTaken(taken []string, to storage.Storage, folder string) (moved []string, stay []Stays) {
	for _, f := range in.List {
		if !slices.Contains(taken, f.given) {
			continue
		}
		if err := moveFile(f.given, &f.file.state, to, folder); err != nil {
			stay = append(stay, Stays{f.given, err})
			continue
		}
		moved = append(moved, f.given)
		for _, ending := range []string{Sidecar, signedSidecar} {
			if name := beside(f.given, ending); slices.Contains(taken, name) {
				if err := moveFile(name, nil, to, folder); err != nil {
					stay = append(stay, Stays{name, err})
				} else {
					moved = append(moved, name)
				}
			}
		}
	}
	return moved, stay
}

// moveFile moves a file, whose state must be the given one; nil is any.
func moveFile(place string, state *storage.State, to storage.Storage, folder string) (err error) {
	file, err := storage.OpenFile(place)
	if err != nil {
		return jobs.Cause(err)
	}
	defer file.Close()
	read, err := file.State()
	if err != nil {
		return err
	}
	if state != nil && !read.Is(*state) {
		return errChanged
	}
	object, err := to.Put(path.Join(folder, filepath.Base(storage.Bare(place))))
	if err != nil {
		return jobs.Cause(err)
	}
	if _, err = io.CopyBuffer(object, io.NewSectionReader(file, 0, read.Size), make([]byte, batch.FileBuffer)); err != nil {
		return errors.Join(err, object.Abandon())
	}
	if err := object.CommitNew(); errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("a file of this name is there since an earlier night of the day: give each delivery a name that no other has")
	} else if err != nil {
		return jobs.Cause(err)
	}
	return storage.RemoveFile(place, read)
}
