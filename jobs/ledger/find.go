package ledger

import (
	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/writers/tables"
)

// FindPublished finds the last regularisation of an affiliate's year, or the one of the given batch.
func FindPublished(storage storage.Storage, niss pipeline.NISS, year int, name string) (last *batch.PublishedRow, err error) {
	if name != "" {
		last, err = findIn(storage, niss, year, name)
	} else {
		last, err = findLast(storage, niss, year)
	}
	if err == nil && last == nil {
		err = jobs.UsageError("no published batch has settled the year %d of this affiliate", year)
	}
	return last, err
}

// findIn finds the regularisation of a batch; nil where it has none.
func findIn(storage storage.Storage, niss pipeline.NISS, year int, name string) (*batch.PublishedRow, error) {
	m, err := batch.FindAny(storage, name)
	if err != nil {
		return nil, err
	}
	if err := m.OfRun(); err != nil {
		return nil, err
	}
	return batch.ReadPublished(storage, m, niss.String(), year)
}

// findLast finds the last regularisation; nil where there is none.
func findLast(storage storage.Storage, niss pipeline.NISS, year int) (last *batch.PublishedRow, err error) {
	history, err := Open(storage)
	if err != nil {
		return nil, err
	}
	older, err := history.lastKept(niss.String(), year)
	if err != nil {
		return nil, err
	}
	for _, m := range history.Batches {
		if s := history.older().Of(m); s != nil && s.Usable() && m != older {
			continue
		}
		row, err := batch.ReadPublished(storage, m, niss.String(), year)
		if err != nil {
			return nil, err
		}
		if row != nil && (last == nil || row.Version > last.Version) {
			last = row
		}
	}
	return last, nil
}

// version is a version of somebody's year: whether it is the one that is looked for.
type version struct {
	sought bool
	year   int
	number int32
}

// lastKept finds which of the batches that are kept has the last version of an affiliate's year; nil: none has one.
func (l *History) lastKept(niss string, year int) (holder *batch.Manifest, err error) {
	versions := &tableOf[version]{name: settledName(l.job), files: partsOf(tables.RegularisationsTable), fields: always(batch.Fields[version]{
		batch.SaysField("niss", niss, func(v *version) *bool { return &v.sought }),
		batch.WholeField("contribution_year", func(v *version) *int { return &v.year }),
		batch.WholeField("version", func(v *version) *int32 { return &v.number }),
	})}
	var last int32
	for _, s := range l.older().Segments {
		if !s.Usable() {
			continue
		}
		err := eachKept(l, versions, s, func(at int, v *version) error {
			if v.sought && v.year == year && (holder == nil || v.number > last) {
				holder, last = s.Batches[at], v.number
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return holder, nil
}
