package intake

import (
	"context"
	"errors"
	"io/fs"
)

// Aside is a file of an inbox that can't be read and is left there, while the night goes on with the others.
//
// Only files that a pattern found of the input whose rows are settled are set aside: it is as if such a file came a night later, and a
// communication that it completes is settled again then. Without some of the payments the night would claim too much, without some of the
// account or the evidence it would compute wrongly, without some of the register it would not see that a mandate is shared: there it
// refuses.
type Aside struct {
	Path string `json:"path"`
	Why  string `json:"why"`
}

// FileError says that the content of a file can't be read, which no other try would change.
type FileError struct {
	File *File
	Err  error
}

func (e *FileError) Error() string { return e.Err.Error() }
func (e *FileError) Unwrap() error { return e.Err }

// ofContent makes the error of reading a file a FileError, unless it is one of the disk, or the end of the run.
func ofContent(f *File, err error) error {
	var disk *fs.PathError
	if err == nil || errors.As(err, &disk) || errors.Is(err, errChanged) || errors.Is(err, context.Canceled) ||
		errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &FileError{f, f.partitioned(err)}
}

// SetAside takes the file of an error out of what arrived, if the night can go on with the others; false if it can't.
func (a *Arrived) SetAside(err error) bool {
	var bad *FileError
	if !errors.As(err, &bad) || bad.File.Input != a.Main {
		return false
	}
	for i, path := range a.Files[a.Main] {
		if number := bad.File.inInput; i == number && len(a.Files[a.Main]) > 1 && a.isTaken(path) {
			a.Files[a.Main] = append(a.Files[a.Main][:i:i], a.Files[a.Main][i+1:]...)
			a.Aside = append(a.Aside, Aside{path, bad.Error()})
			a.Taken = without(a.Taken, path, beside(path, Sidecar), beside(path, signedSidecar))
			return true
		}
	}
	return false
}

func (a *Arrived) isTaken(path string) bool {
	for _, taken := range a.Taken {
		if taken == path {
			return true
		}
	}
	return false
}

func without(list []string, gone ...string) (left []string) {
	for _, text := range list {
		keep := true
		for _, g := range gone {
			keep = keep && text != g
		}
		if keep {
			left = append(left, text)
		}
	}
	return left
}
