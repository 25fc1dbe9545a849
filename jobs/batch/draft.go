package batch

import (
	"fmt"
	"strings"

	"regul/jobs/storage"
)

// DraftPrefix begins the folder of a draft: a whole batch that counts for nothing until it is released. There is at most one.
const DraftPrefix = "draft="

// Draft is the manifest of the draft; nil when there is none.
func Draft(storage storage.Storage) (*Manifest, error) {
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

// RemoveDraft removes the draft, if there is one: a new one takes its place.
func RemoveDraft(storage storage.Storage) error {
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

// Unchanged makes sure that a file is the one that was written.
func Unchanged(storage storage.Storage, folder string, f *ManifestFile) error {
	file, err := storage.Open(folder + "/" + f.Path)
	if err != nil {
		return err
	}
	defer file.Close()
	sum, err := Digest(file)
	if err == nil && sum != f.SHA256 {
		err = fmt.Errorf("%s/%s was changed since it was written: run again", folder, f.Path)
	}
	return err
}
