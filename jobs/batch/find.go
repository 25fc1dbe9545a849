package batch

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"time"

	"regul/jobs"
	"regul/jobs/storage"
)

// Latest names the batch that was published last and was not withdrawn, wherever a batch is named.
const Latest = "latest"

// Find finds a published batch by its name, with or without "batch=", by the beginning of its name where no other begins so, or as Latest.
func Find(storage storage.Storage, name string) (*Manifest, error) {
	m, err := FindAny(storage, name)
	if err != nil {
		return nil, err
	}
	if m.Draft {
		return nil, jobs.UsageError("%s is a draft: regul show, explain, notice, verify, release and discard take it", m.Batch)
	}
	return m, nil
}

// FindAny finds a published batch or the draft, as Find does.
func FindAny(storage storage.Storage, name string) (*Manifest, error) {
	folder, err := FolderOf(storage, name)
	if err != nil {
		return nil, err
	}
	return ReadManifest(storage, folder)
}

// FolderOf finds the folder of a published batch or a draft, by a name as Find takes it.
func FolderOf(storage storage.Storage, name string) (string, error) {
	name = bareName(name)
	names, err := storage.List(".")
	if err != nil {
		return "", err
	}
	folders := slices.DeleteFunc(names, func(folder string) bool { return bareName(folder) == folder })
	if name == Latest {
		return latest(storage, folders)
	}
	matches := slices.DeleteFunc(slices.Clone(folders),
		func(folder string) bool { return name == "" || !strings.HasPrefix(bareName(folder), name) })
	if whole := slices.IndexFunc(matches, func(folder string) bool { return bareName(folder) == name }); whole >= 0 {
		return matches[whole], nil
	}
	switch len(matches) {
	case 0:
		return "", jobs.UsageError("there is no batch %q: regul batches lists them", name)
	case 1:
		return matches[0], nil
	}
	return "", jobs.UsageError("%d batches begin with %q: give more of the name; regul batches lists them", len(matches), name)
}

// bareName is the name of a batch without what its folder adds.
func bareName(folder string) string {
	folder = strings.TrimSuffix(folder, "/")
	return strings.TrimPrefix(strings.TrimPrefix(folder, Prefix), DraftPrefix)
}

// latest is the folder of the batch that was published last and was not withdrawn, by the time of its manifest, as regul batches lists
// them.
func latest(storage storage.Storage, folders []string) (found string, err error) {
	withdrawn, err := Withdrawals(storage)
	if err != nil {
		return "", err
	}
	var last time.Time
	for _, folder := range folders {
		if strings.HasPrefix(folder, DraftPrefix) ||
			slices.ContainsFunc(withdrawn, func(w Withdrawal) bool { return w.Batch == bareName(folder) }) {
			continue
		}
		published, err := storage.Modified(folder + "/" + ManifestName)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		if found == "" || published.After(last) {
			found, last = folder, published
		}
	}
	if found == "" {
		return "", jobs.UsageError("there is no batch: regul batches lists them")
	}
	return found, nil
}
