package batch

import (
	"errors"
	"io/fs"
	"strings"

	"golang.org/x/sync/errgroup"

	"regul/jobs"
	"regul/jobs/storage"
)

// atOnce is how many folders are looked at at a time: in an object store each is a request.
const atOnce = 16

// Sweep removes what a killed run has left: the build, and where a store publishes object by object, the part of it that has its place
// already. The ledger is locked. A folder of a batch without a manifest whose build is gone may have lost it: who decides that is a person.
func Sweep(store storage.Storage) error {
	names, err := store.List(".")
	if err != nil {
		return err
	}
	left, wrong := make([]bool, len(names)), make([]error, len(names))
	var group errgroup.Group
	group.SetLimit(atOnce)
	for i, folder := range names {
		if bareName(folder) == folder {
			continue // neither a batch nor a draft
		}
		group.Go(func() error {
			left[i], wrong[i] = isLeft(store, folder)
			return nil
		})
	}
	group.Wait()
	var half []string
	for i, folder := range names {
		if wrong[i] != nil {
			return wrong[i]
		}
		if left[i] {
			half = append(half, folder)
		}
	}
	// The build goes last: it says what the half ones are.
	return errors.Join(store.Remove(half...), store.Remove(Building, storage.Unfinished))
}

// isLeft says whether a folder is what a killed run has left: half a batch, or a draft that is half discarded, or released.
func isLeft(store storage.Storage, folder string) (bool, error) {
	sealed, err := isSealed(store, folder)
	if err != nil {
		return false, err
	}
	if name, isDraft := strings.CutPrefix(folder, DraftPrefix); isDraft {
		released, err := isSealed(store, Prefix+name)
		return !sealed || released, err
	}
	if sealed {
		return false, nil
	}
	begun, err := hasBegun(store, bareName(folder))
	if err == nil && !begun {
		err = jobs.UsageError("%s holds no %s: it is no batch and counts for nothing. Restore it from a copy if it was one, or move it away",
			folder, ManifestName)
	}
	return begun, err
}

// isSealed says whether a folder has a manifest, readable or not.
func isSealed(store storage.Storage, folder string) (bool, error) {
	_, err := store.Modified(folder + "/" + ManifestName)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// hasBegun says whether the publication of a batch was begun: its build is whole, or its draft.
func hasBegun(store storage.Storage, name string) (bool, error) {
	if draft, err := isSealed(store, DraftPrefix+name); err != nil || draft {
		return draft, err
	}
	var built Manifest
	_, err := ReadRecord(store, Building+"/"+ManifestName, &built)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return built.Batch == name, err
}
