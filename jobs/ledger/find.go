package ledger

import (
	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline"
)

// FindPublished finds the last regularisation of an affiliate's year, or the one of the given batch.
func FindPublished(storage storage.Storage, niss pipeline.NISS, year int, name string) (*batch.PublishedRow, error) {
	var batches []*batch.Manifest
	if name != "" {
		m, err := batch.FindAny(storage, name)
		if err != nil {
			return nil, err
		}
		if err := m.OfRun(); err != nil {
			return nil, err
		}
		batches = []*batch.Manifest{m}
	} else if history, err := Open(storage); err != nil {
		return nil, err
	} else {
		batches = history.Batches
	}
	var last *batch.PublishedRow
	for _, m := range batches {
		row, err := batch.ReadPublished(storage, m, niss.String(), year)
		if err != nil {
			return nil, err
		}
		if row != nil && (last == nil || row.Version > last.Version) {
			last = row
		}
	}
	if last == nil {
		return nil, jobs.UsageError("no published batch has settled the year %d of this affiliate", year)
	}
	return last, nil
}
