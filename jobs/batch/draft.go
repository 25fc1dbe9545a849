package batch

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"regul/jobs"
	"regul/jobs/storage"
)

// DraftPrefix begins the folder of a draft: a whole batch that counts for nothing until it is released. There is at most one of each job.
const DraftPrefix = "draft="

// AuditFolder is where the acts of persons on the ledger are recorded, see jobs/ledger.
const AuditFolder = "audit"

// Drafts are the manifests of the drafts, by name. What a killed release has left of one that is published is none.
func Drafts(storage storage.Storage) ([]*Manifest, error) {
	names, err := storage.List(".")
	if err != nil {
		return nil, err
	}
	var drafts []string
	for _, folder := range names {
		name, isDraft := strings.CutPrefix(folder, DraftPrefix)
		if !isDraft {
			continue
		}
		released, err := isSealed(storage, Prefix+name)
		if err != nil {
			return nil, err
		}
		if !released {
			drafts = append(drafts, folder)
		}
	}
	return ReadAll(storage, drafts)
}

// RemoveDraft removes the draft of a job, if there is one: a new one takes its place.
func RemoveDraft(storage storage.Storage, of Job) error {
	drafts, err := Drafts(storage)
	if err != nil {
		return err
	}
	for _, m := range drafts {
		if m.Job == of {
			if err := storage.Remove(DraftPrefix + m.Batch); err != nil {
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

// Stray is an entry of a batch's folder that its manifest does not name, or a path in the manifest that leaves the folder.
type Stray struct{ Path, What string }

// stray says what an entry is that should not be there.
func (m *Manifest) stray(at string) Stray {
	if m.HasRemoved(at) {
		return Stray{at, "it was removed, and is there again: regul expire removes what is left"}
	}
	return Stray{at, "the manifest does not name it"}
}

// Strays lists what the folder of a batch holds beside its manifest and the files that this names, and counts the entries.
func Strays(storage storage.Storage, m *Manifest) (entries int64, strays []Stray) {
	within := map[string][]string{".": {ManifestName}} // what each folder must hold
	for i := range m.Files {
		for name := m.Files[i].Path; name != "."; name = path.Dir(name) {
			if path.IsAbs(name) || strings.HasPrefix(name, "..") || path.Clean(name) != name {
				strays = append(strays, Stray{ManifestName, fmt.Sprintf("the path of file %d leaves the folder", i+1)})
				break
			}
			if folder := path.Dir(name); !slices.Contains(within[folder], path.Base(name)) {
				within[folder] = append(within[folder], path.Base(name))
			}
		}
	}
	for _, folder := range slices.Sorted(maps.Keys(within)) {
		names, err := storage.List(m.Folder() + "/" + folder)
		if err != nil {
			strays = append(strays, Stray{folder, fmt.Sprintf("it can't be listed: %v", jobs.Cause(err))})
			continue
		}
		for _, name := range names {
			entries++
			if !slices.Contains(within[folder], name) {
				strays = append(strays, m.stray(path.Join(folder, name)))
			}
		}
	}
	return entries, strays
}
