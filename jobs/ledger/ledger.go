package ledger

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/writers/tables"
)

// History is the history of the fund: its published batches but those that were withdrawn.
type History struct {
	Storage   storage.Storage
	Batches   []*batch.Manifest // the earliest first
	Withdrawn []batch.Withdrawal
	open      []*batch.Manifest // withdrawn batches of which affiliates are still to be told
	others    []string          // batches of other jobs
}

// Open lists the batches of the self-employed that count.
func Open(storage storage.Storage) (*History, error) { return OpenOf(storage, batch.RunJob) }

// OpenOf lists the batches of a job that count. Those of others, and their withdrawals, are passed over.
func OpenOf(storage storage.Storage, job batch.Job) (*History, error) {
	l, err := openOf(storage, job)
	if err != nil {
		return nil, err
	}
	return l, inForce(storage, l.Batches)
}

// openOf is OpenOf of a ledger whose audit may tell of a withdrawal that is not in force.
func openOf(storage storage.Storage, job batch.Job) (*History, error) {
	batches, err := batch.All(storage)
	if err != nil {
		return nil, err
	}
	withdrawn, err := batch.Withdrawals(storage)
	if err != nil {
		return nil, err
	}
	return ofJob(storage, job, batches, withdrawn)
}

// ofJob is the history that the batches of a job make.
func ofJob(storage storage.Storage, job batch.Job, batches []*batch.Manifest, withdrawn []batch.Withdrawal) (*History, error) {
	var own []*batch.Manifest
	var others []string
	jobs := map[string]batch.Job{}
	for _, m := range batches {
		if jobs[m.Batch] = m.Job; m.Job == job {
			own = append(own, m)
		} else {
			others = append(others, m.Batch)
		}
	}
	withdrawn = slices.DeleteFunc(slices.Clone(withdrawn), func(w batch.Withdrawal) bool {
		of, read := jobs[w.Batch]
		return read && of != job
	})
	l, err := New(storage, own, withdrawn)
	if err == nil {
		l.others = others
	}
	return l, err
}

// New is the history that these batches and withdrawals make.
func New(storage storage.Storage, batches []*batch.Manifest, withdrawn []batch.Withdrawal) (*History, error) {
	l := &History{Storage: storage, Withdrawn: withdrawn}
	l.Batches = slices.DeleteFunc(slices.Clone(batches), func(m *batch.Manifest) bool { return l.withdrawal(m.Batch) != nil })
	batch.SortByAge(l.Batches)
	l.open = l.unanswered(batches)
	known := map[string]string{} // the withdrawn ones too: others may have been made on them
	for _, m := range batches {
		known[m.Batch] = m.Digest
	}
	return l, batch.CheckChain(l.Batches, known)
}

// InOrder lists the batches in the order in which they were published: each after those that it builds on.
func (l *History) InOrder() []*batch.Manifest { return l.Batches }

// Earlier is how many batches come before the next one: see batch.Manifest.Earlier.
func (l *History) Earlier() int {
	if last := l.Last(); last != nil {
		return last.Earlier + 1
	}
	return 0
}

// Names lists the batches that count, the earliest first.
func (l *History) Names() []string {
	names := []string{}
	for _, m := range l.Batches {
		names = append(names, m.Batch)
	}
	return names
}

// LastLink names the last batch that counts; nil if there is none.
func (l *History) LastLink() *batch.Link {
	if last := l.Last(); last != nil {
		return batch.LinkTo(last)
	}
	return nil
}

// Sources are the reads that bring the ledger into scatters, one for each file. The law of the parameters knows the codes of the
// categories.
func (l *History) Sources(p *pipeline.Parameters) (sources []pipeline.Source) {
	quarters := priorQuarterFields(p.Law)
	for at, m := range l.Batches {
		sources = slices.Concat(sources,
			reads(l, m, m.Parts(tables.RegularisationsTable), priorYearFields(m), takePriorYear(at, m, repriced(m, p))),
			reads(l, m, m.Parts(tables.QuartersTable), quarters, takePriorQuarter(at)),
			l.moneySources(m, at, &peopleMoney))
		if m.ControlTotals.Offset != 0 {
			sources = append(sources, reads(l, m, m.Parts(tables.EntriesTable), offsetFields, takePriorOffset)...)
		}
		if source := l.waiting(m); source != nil {
			sources = append(sources, source)
		}
	}
	for _, m := range l.open {
		sources = slices.Concat(sources,
			reads(l, m, m.Parts(tables.RegularisationsTable), withdrawnNoticeFields, takeWithdrawnNotice),
			reads(l, m, m.Parts(tables.EntriesTable), withdrawnEntryFields, (*pipeline.Scatter).PriorEntry))
	}
	return sources
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

// repriced says which years the parameters have another fee, law or minimum pension for than a batch had. Nobody asks but who rechecks.
func repriced(m *batch.Manifest, p *pipeline.Parameters) func(year int) bool {
	if p.Recheck == 0 {
		return func(int) bool { return false }
	}
	known := map[int]bool{}
	return func(year int) bool {
		differs, asked := known[year]
		if !asked {
			text := strconv.Itoa(year)
			fee, charged := p.Fees[year]
			differs = m.LawVersion != p.Law.Version() || charged && m.Parameters.Fees[text] != fee.Percent() ||
				m.Parameters.MinimumPension[text] != p.MinimumPension[year]
			known[year] = differs
		}
		return differs
	}
}

// HeldRejects are the rejects that a batch that counts holds already, by their key.
func (l *History) HeldRejects() (map[batch.RejectKey]bool, error) {
	held := map[batch.RejectKey]bool{}
	for _, m := range l.Batches {
		if err := l.heldBy(m, held); err != nil {
			return nil, err
		}
	}
	return held, nil
}

// heldBy adds the rejects that a batch holds.
func (l *History) heldBy(m *batch.Manifest, held map[batch.RejectKey]bool) error {
	about := m.About()
	return about.RejectFields().Each(l.Storage, m, m.Parts(about.Rejects), func(r *batch.RejectedRow) error {
		held[r.Key()] = true
		return nil
	})
}

// AddTo writes what tells two histories apart: the batches that count, and those that were withdrawn.
func (l *History) AddTo(w io.Writer) {
	for _, batch := range slices.Sorted(slices.Values(l.Names())) {
		fmt.Fprintf(w, "ledger %s\n", batch)
	}
	for _, withdrawn := range l.Withdrawn {
		fmt.Fprintf(w, "withdrawn %s\n", withdrawn.Batch)
	}
}

// Last is the latest batch that counts: the one that builds on all others; nil if there is none.
func (l *History) Last() *batch.Manifest {
	if len(l.Batches) == 0 {
		return nil
	}
	return l.Batches[len(l.Batches)-1]
}

// HistoryOf is the history that a batch was made on.
func HistoryOf(storage storage.Storage, m *batch.Manifest) (*History, error) {
	known, err := batch.Before(storage, m)
	if err != nil {
		return nil, err
	}
	for _, w := range m.Withdrawn {
		withdrawn, err := batch.ReadManifest(storage, batch.Prefix+w.Batch)
		if err != nil {
			return nil, fmt.Errorf("%s was made after it was withdrawn: %w", m.Folder(), err)
		}
		known = append(known, withdrawn)
	}
	return New(storage, known, m.Withdrawn)
}
