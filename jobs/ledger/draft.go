package ledger

import (
	"slices"
	"strings"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/storage"
)

// Release publishes the draft: it becomes the batch that a run without --draft would have published. It is refused when the
// fund's history has changed since, or the files of the draft have.
func Release(storage storage.Storage, name string) (*batch.Manifest, error) {
	unlock, err := batch.Lock(storage)
	if err != nil {
		return nil, err
	}
	defer unlock()
	m, err := batch.Draft(storage)
	if err != nil {
		return nil, err
	}
	if m == nil || m.Batch != strings.TrimPrefix(strings.TrimSuffix(name, "/"), batch.DraftPrefix) {
		return nil, jobs.UsageError("there is no draft %q: regul batches lists it", name)
	}
	history, err := Open(storage)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(m.Ledger, history.Names()) || !slices.Equal(m.Withdrawn, history.Withdrawn) {
		return nil, jobs.UsageError("the draft %s was made before other batches were published or withdrawn: run it again", m.Batch)
	}
	for i := range m.Files {
		if err := batch.Unchanged(storage, m.Folder(), &m.Files[i]); err != nil {
			return nil, err
		}
	}
	draft := m.Folder()
	m.Draft = false
	if err := storage.Rename(draft, m.Folder()); err != nil {
		return nil, err
	}
	return m, storage.Sync(".")
}
