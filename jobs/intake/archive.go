package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"regul/jobs/batch"
	"regul/jobs/storage"
)

// arrivingFolder is where a file is copied to before it gets its name in the archive.
const arrivingFolder = ".arriving"

// ending is how the name of a file may end that says its format.
var ending = regexp.MustCompile(`(?i)\.[a-z0-9]{1,8}(\.(gz|zst))?$`)

// ArchivedAs is where a file lies in an archive: named by its content, with the ending that tells its format.
func ArchivedAs(sha256, name string) string {
	return path.Join(sha256[:min(2, len(sha256))], sha256+strings.ToLower(ending.FindString(filepath.Base(name))))
}

// Archive keeps a copy of every file in an archive, each content once, durable, private to its owner. So a batch can be made again on any
// later day, when the state of the day has long been replaced. The files were read: a copy that is not what was read is an error.
func (in *Files) Archive(ctx context.Context, to storage.Storage) error {
	if err := to.Remove(arrivingFolder); err != nil { // what a killed run has left
		return fmt.Errorf("the archive of the inputs can't be written: %w", err)
	}
	for _, f := range in.List {
		if err := f.archive(ctx, to); err != nil {
			return fmt.Errorf("the archive of the inputs can't take %s: %w", f.Name, err)
		}
	}
	return to.Remove(arrivingFolder)
}

func (f *File) archive(ctx context.Context, to storage.Storage) error {
	name := ArchivedAs(f.sha256, f.path)
	if there, err := to.Open(name); err == nil {
		size := there.Size()
		if err := there.Close(); err != nil || size == f.Size {
			return err
		}
		if err := to.Remove(name); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	arriving := path.Join(arrivingFolder, f.sha256)
	file, err := batch.CreateDurable(to, arriving)
	if err != nil {
		return err
	}
	sum := sha256.New()
	_, err = io.Copy(io.MultiWriter(file, sum), io.NewSectionReader(f.file, 0, f.Size))
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err == nil && hex.EncodeToString(sum.Sum(nil)) != f.sha256 {
		err = fmt.Errorf("it changed while it was read: run again")
	}
	if err != nil {
		to.Remove(arriving) // which is no error of the run
		return err
	}
	if err := to.MakeFolder(path.Dir(name)); err != nil {
		return err
	}
	if err := to.Rename(arriving, name); err != nil {
		return err
	}
	return to.Sync(path.Dir(name))
}
