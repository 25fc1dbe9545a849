package batch

import (
	"strings"

	"regul/jobs/storage"
)

// Underived is a directory of batches without what is derived of the older ones: whoever reads it believes the batches alone.
type Underived struct{ storage.Storage }

// List lists the names in a folder, as storage.Storage does.
func (u Underived) List(folder string) ([]string, error) {
	if folder == DerivedFolder || strings.HasPrefix(folder, DerivedFolder+"/") {
		return nil, nil
	}
	return u.Storage.List(folder)
}
