package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"regul/jobs/batch"
	"regul/jobs/storage"
)

// ending is how the name of a file may end that says its format.
var ending = regexp.MustCompile(`(?i)\.[a-z0-9]{1,8}(\.(gz|zst))?$`)

// ArchivedAs is where a file lies in an archive: named by its content, with the ending that tells its format.
func ArchivedAs(sha256, name string) string {
	return path.Join(sha256[:min(2, len(sha256))], sha256+strings.ToLower(ending.FindString(filepath.Base(storage.Bare(name)))))
}

// Archive keeps a copy of every file in an archive, each content once, durable, private to its owner. So a batch can be made again on any
// later day, when the state of the day has long been replaced. The files were read: a copy that is not what was read is an error.
func (in *Files) Archive(ctx context.Context, to storage.Storage) error {
	if err := to.Remove(storage.Unfinished); err != nil { // what a killed run has left
		return fmt.Errorf("the archive of the inputs can't be written: %w", err)
	}
	for _, f := range in.List {
		if err := f.archive(ctx, to); err != nil {
			return fmt.Errorf("the archive of the inputs can't take %s: %w", f.Name, err)
		}
	}
	return nil
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
	object, err := to.Put(name)
	if err != nil {
		return err
	}
	sum := sha256.New()
	_, err = io.CopyBuffer(io.MultiWriter(object, sum), io.NewSectionReader(f.file, 0, f.Size), make([]byte, batch.FileBuffer))
	if err == nil && hex.EncodeToString(sum.Sum(nil)) != f.sha256 {
		err = fmt.Errorf("it changed while it was read: run again")
	}
	if err != nil {
		return errors.Join(err, object.Abandon())
	}
	if err := object.CommitNew(); !errors.Is(err, fs.ErrExist) { // else another night has archived the same content meanwhile
		return err
	}
	return nil
}
