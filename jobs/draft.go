package jobs

import (
	"fmt"
	"slices"
	"strings"
)

// DraftPrefix begins the folder of a draft: a whole batch that counts for nothing until it is released. There is at most one.
const DraftPrefix = "draft="

// Draft is the manifest of the draft; nil when there is none.
func Draft(storage Storage) (*Manifest, error) {
	names, err := storage.List(".")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if strings.HasPrefix(name, DraftPrefix) {
			return ReadManifest(storage, name)
		}
	}
	return nil, nil
}

// removeDraft removes the draft, if there is one: a new one takes its place.
func removeDraft(storage Storage) error {
	names, err := storage.List(".")
	if err != nil {
		return err
	}
	for _, name := range names {
		if strings.HasPrefix(name, DraftPrefix) {
			if err := storage.Remove(name); err != nil {
				return err
			}
		}
	}
	return nil
}

// Release publishes the draft: it becomes the batch that a run without --draft would have published. It is refused when the
// fund's history has changed since, or the files of the draft have.
func Release(storage Storage, batch string) (*Manifest, error) {
	unlock, err := lock(storage)
	if err != nil {
		return nil, err
	}
	defer unlock()
	m, err := Draft(storage)
	if err != nil {
		return nil, err
	}
	if m == nil || m.Batch != strings.TrimPrefix(strings.TrimSuffix(batch, "/"), DraftPrefix) {
		return nil, UsageError("there is no draft %q: regul batches lists it", batch)
	}
	history, err := openLedger(storage)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(m.Ledger, history.names()) || !slices.Equal(m.Withdrawn, history.withdrawn) {
		return nil, UsageError("the draft %s was made before other batches were published or withdrawn: run it again", m.Batch)
	}
	for i := range m.Files {
		if err := unchanged(storage, DraftPrefix+m.Batch, &m.Files[i]); err != nil {
			return nil, err
		}
	}
	if err := storage.Rename(DraftPrefix+m.Batch, m.Folder()); err != nil {
		return nil, err
	}
	return m, storage.Sync(".")
}

// unchanged makes sure that a file is the one that was written.
func unchanged(storage Storage, folder string, f *ManifestFile) error {
	file, err := storage.Open(folder + "/" + f.Path)
	if err != nil {
		return err
	}
	defer file.Close()
	sum, err := digest(file)
	if err == nil && sum != f.SHA256 {
		err = fmt.Errorf("%s/%s was changed since it was written: run again", folder, f.Path)
	}
	return err
}
