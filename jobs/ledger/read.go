package ledger

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"regul/jobs/batch"
	"regul/jobs/kept"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/readers/table"
)

// What the ledger reads of every batch that counts is declared once, as tables: of the older batches their rows come from what is kept of
// them, of the others from their own files. Nobody can tell which.

// readTable is a table that the ledger reads, of whichever rows.
type readTable interface {
	keep() kept.Table
	sources(l *History) []pipeline.Source
	sourcesIn(l *History, in func(*batch.Manifest) bool) []pipeline.Source
}

// tableOf is a table that the ledger reads of every batch that counts.
type tableOf[Row any] struct {
	name   string // of what is kept of it
	files  func(*batch.Manifest) []*batch.ManifestFile
	fields func(*batch.Manifest) batch.Fields[Row] // nil: those of all batches
	take   func(at int, m *batch.Manifest) func(*pipeline.Scatter, *Row)
}

// partsOf are the files of a table of a batch.
func partsOf(table string) func(*batch.Manifest) []*batch.ManifestFile {
	return func(m *batch.Manifest) []*batch.ManifestFile { return m.Parts(table) }
}

// always are the fields of every batch.
func always[Row any](fields batch.Fields[Row]) func(*batch.Manifest) batch.Fields[Row] {
	return func(*batch.Manifest) batch.Fields[Row] { return fields }
}

// alike takes the rows of every batch in the same way.
func alike[Row any](take func(*pipeline.Scatter, *Row)) func(int, *batch.Manifest) func(*pipeline.Scatter, *Row) {
	return func(int, *batch.Manifest) func(*pipeline.Scatter, *Row) { return take }
}

func (t *tableOf[Row]) keep() kept.Table {
	return kept.Table{Name: t.name, Files: t.files, Columns: func(m *batch.Manifest) []table.Column { return t.fields(m).Columns() }}
}

// sources are the reads that bring the rows of the table into scatters: one for each segment, and for each file of a batch of which nothing
// is kept.
func (t *tableOf[Row]) sources(l *History) (sources []pipeline.Source) {
	for _, s := range l.older().Segments {
		sources = append(sources, func(ctx context.Context, into *pipeline.Scatter) error {
			takes := t.takesOf(l, s)
			return eachKept(l, t, s, func(at int, r *Row) error { takes[at](into, r); return ctx.Err() })
		})
	}
	return append(sources, t.sourcesIn(l, l.apart)...)
}

// takesOf are what takes the rows of each batch of a segment.
func (t *tableOf[Row]) takesOf(l *History, s *kept.Segment) []func(*pipeline.Scatter, *Row) {
	takes := make([]func(*pipeline.Scatter, *Row), len(s.Batches))
	at := 0
	for i, m := range s.Batches { // in the order of the ledger
		for l.Batches[at] != m {
			at++
		}
		takes[i] = t.take(at, m)
	}
	return takes
}

// apart says whether a batch is in no segment.
func (l *History) apart(m *batch.Manifest) bool { return l.older().Of(m) == nil }

// sourcesIn are the reads that bring the rows of some batches into scatters, from their own files.
func (t *tableOf[Row]) sourcesIn(l *History, in func(*batch.Manifest) bool) (sources []pipeline.Source) {
	for at, m := range l.Batches {
		if in(m) {
			sources = append(sources, reads(l, m, t.files(m), t.fields(m), t.take(at, m))...)
		}
	}
	return sources
}

// keptRow is a row of a segment.
type keptRow[Row any] struct {
	row   Row
	batch int // its position in the segment
}

// eachKept visits the rows of the batches of a segment, with the position of the batch in it. Where nothing is kept of them, or it is
// damaged, the batches themselves are read.
func eachKept[Row any](l *History, t *tableOf[Row], s *kept.Segment, visit func(at int, r *Row) error) error {
	return eachWanted(l, t, s, nil, visit)
}

// eachWanted is eachKept of the rows that are wanted, by their first field; of a damaged segment it visits others too. nil: all are.
func eachWanted[Row any](l *History, t *tableOf[Row], s *kept.Segment, wanted func(*Row) bool, visit func(at int, r *Row) error) error {
	file, closer, err := s.Open(t.name)
	if errors.Is(err, kept.ErrDamaged) {
		for at, m := range s.Batches {
			if err := eachOwn(l, t, m, func(r *Row) error { return visit(at, r) }); err != nil {
				return err
			}
		}
		return nil
	}
	if err != nil || file == nil {
		return err
	}
	each := func(r *keptRow[Row]) error { return visit(r.batch, &r.row) }
	if wanted == nil {
		err = t.keptFields().EachOfBatchesIn(s.Batches, file, each)
	} else {
		err = t.keptFields().EachWantedIn(s.Batches, file, 2, func(r *keptRow[Row]) bool { return wanted(&r.row) }, each)
	}
	if err := errors.Join(err, closer.Close()); err != nil {
		return fmt.Errorf("%s: %w", s, err)
	}
	return nil
}

// keptFields are the columns of the table in a segment.
func (t *tableOf[Row]) keptFields() batch.Fields[keptRow[Row]] {
	fields := batch.Fields[keptRow[Row]]{batch.WholeField(kept.BatchColumn, func(r *keptRow[Row]) *int { return &r.batch })}
	return append(fields, batch.FieldsIn(t.fields(nil), func(r *keptRow[Row]) *Row { return &r.row })...)
}

// eachOwn visits the rows of a batch from its own files.
func eachOwn[Row any](l *History, t *tableOf[Row], m *batch.Manifest, visit func(*Row) error) error {
	for _, f := range t.files(m) {
		if err := t.fields(m).EachInAny(l.Storage, m, f, visit); err != nil {
			return err
		}
	}
	return nil
}

// eachRow visits the rows of the table of all batches that count. Those of a batch come together; the batches in no order.
func eachRow[Row any](l *History, t *tableOf[Row], visit func(m *batch.Manifest, r *Row) error) error {
	for _, s := range l.older().Segments {
		if err := eachKept(l, t, s, func(at int, r *Row) error { return visit(s.Batches[at], r) }); err != nil {
			return err
		}
	}
	for _, m := range l.Batches {
		if !l.apart(m) {
			continue
		}
		if err := eachOwn(l, t, m, func(r *Row) error { return visit(m, r) }); err != nil {
			return err
		}
	}
	return nil
}

// reads are the reads that bring the rows of files of a batch into a scatter, one for each file.
func reads[Row any](l *History, m *batch.Manifest, files []*batch.ManifestFile, fields batch.Fields[Row],
	take func(*pipeline.Scatter, *Row)) []pipeline.Source {
	sources := make([]pipeline.Source, len(files))
	for i := range files {
		sources[i] = func(ctx context.Context, into *pipeline.Scatter) error {
			return fields.Each(l.Storage, m, files[i:i+1], func(r *Row) error { take(into, r); return ctx.Err() })
		}
	}
	return sources
}

// KeptBatches is how many batches come together in a segment of what is kept, in KeptFolder.
const (
	KeptBatches = kept.Batches
	KeptFolder  = kept.Folder
)

// keptTables are the tables of which something is kept of the batches of a job.
func keptTables(job batch.Job) (tables []kept.Table) {
	list := peopleTables(&pipeline.Parameters{})
	if job == batch.CompaniesJob {
		list = companyTables(false)
	}
	if job == batch.RunJob {
		list = append(list, waitingTable)
	}
	ordered, freed, void, said := askedTransfers(job)
	for _, t := range append(list, rejectTable(job), ordered, freed, void, said) {
		tables = together(tables, t.keep())
	}
	return tables
}

// together adds a table to others. What is kept of one that is read with several sets of columns has all of them.
func together(tables []kept.Table, t kept.Table) []kept.Table {
	at := slices.IndexFunc(tables, func(of kept.Table) bool { return of.Name == t.Name })
	if at < 0 {
		return append(tables, t)
	}
	first := tables[at].Columns
	tables[at].Columns = func(m *batch.Manifest) []table.Column {
		all := slices.Clone(first(m))
		for _, c := range t.Columns(m) {
			if !slices.ContainsFunc(all, func(of table.Column) bool { return of.Name == c.Name }) {
				all = append(all, c)
			}
		}
		return all
	}
	return tables
}

// together is how many batches come together in a small segment.
func (l *History) together() int { return cmp.Or(l.Together, KeptBatches) }

// Keep brings what is kept of the older batches up to the history. Nothing rests on it but the time of the next reads. The ledger is
// locked.
func (l *History) Keep(workers int) error {
	return kept.Keep(l.Storage, l.job, keptTables(l.job), l.Batches, l.together(), workers)
}

// CompareKept compares what a night of a job would believe of what is kept of older batches with the batches themselves. together is how
// many come together in a small segment; 0 is KeptBatches.
func CompareKept(ctx context.Context, s storage.Storage, job batch.Job, together int) (*kept.Compared, error) {
	l, err := openOf(batch.Underived{Storage: s}, job)
	if err != nil {
		return nil, err
	}
	l.Together = together
	return kept.Compare(ctx, s, job, keptTables(job), l.Batches, l.together())
}

// older is the older batches in segments, with what is kept of them.
func (l *History) older() *kept.Kept {
	l.keeping.Do(func() { l.kept = kept.Open(l.Storage, l.job, keptTables(l.job), l.Batches, l.together()) })
	return l.kept
}

// Forget removes what is kept of older batches where it turned out to be damaged: the next night makes it again. The ledger is locked.
func (l *History) Forget() error { return l.older().Forget() }

// sourcesOf are the reads of tables.
func (l *History) sourcesOf(tables []readTable) (sources []pipeline.Source) {
	for _, t := range tables {
		sources = append(sources, t.sources(l)...)
	}
	return sources
}
