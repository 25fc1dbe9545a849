package batch

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"regul/jobs/storage"
)

// All reads the manifest of every published batch, by name. A folder without one is no batch.
func All(storage storage.Storage) ([]*Manifest, error) {
	folders, err := Folders(storage)
	if err != nil {
		return nil, err
	}
	return ReadAll(storage, folders)
}

// Folders lists the folders of the published batches, and those that hold no manifest.
func Folders(storage storage.Storage) ([]string, error) {
	names, err := storage.List(".")
	return slices.DeleteFunc(names, func(name string) bool { return !strings.HasPrefix(name, Prefix) }), err
}

// manifestsAtOnce is how many manifests are read at a time: in a bucket each is a request that waits for its answer, and fewer than the
// blocks that a bucket keeps must be open.
const manifestsAtOnce = 12

// ReadAll reads the manifests of some folders, several at a time. Folders without one are left out.
func ReadAll(storage storage.Storage, folders []string) ([]*Manifest, error) {
	expired, err := storage.List(ExpiredFolder)
	if err != nil {
		return nil, err
	}
	found := make([]*Manifest, len(folders))
	var kept known
	if len(folders) > 1 { // a draft is in none
		if kept, err = readKnown(storage); err != nil {
			return nil, err
		}
	}
	var group errgroup.Group
	group.SetLimit(manifestsAtOnce)
	for i, folder := range folders {
		group.Go(func() error {
			m, err := readWritten(storage, folder, kept)
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if _, has := slices.BinarySearch(expired, path.Base(ExpiredName(bareName(folder)))); err == nil && has && !m.Draft {
				err = m.expire(storage)
			}
			found[i] = m
			return err
		})
	}
	err = group.Wait()
	return slices.DeleteFunc(found, func(m *Manifest) bool { return m == nil }), err
}
