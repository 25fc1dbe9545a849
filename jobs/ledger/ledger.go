package ledger

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"sync"

	"regul/jobs/batch"
	"regul/jobs/kept"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/writers/tables"
)

// History is the history of the fund: its published batches but those that were withdrawn.
type History struct {
	Storage   storage.Storage
	Batches   []*batch.Manifest // the earliest first
	Withdrawn []batch.Withdrawal
	Parts     []*batch.WithdrawnPart // what of batches was withdrawn for some affiliates or companies alone: their rows are not read
	Together  int                    // batches that come together in what is kept of the older ones; 0 is KeptBatches
	all       []*batch.Manifest      // also those that were withdrawn, by name
	open      []*batch.Manifest      // of what was withdrawn the rows of whom is still to be told
	job       batch.Job

	others func() ([]*History, error) // the ledgers of the other jobs, see strangers; nil: none
	asking sync.Once
	asked  []*History
	fault  error

	keeping sync.Once
	kept    *kept.Kept // nil before it is asked for, see older
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
	parts, err := batch.WithdrawnParts(storage)
	if err != nil {
		return nil, err
	}
	return ofJob(storage, job, batches, withdrawn, parts)
}

// ofJob is the history that the batches of a job make.
func ofJob(storage storage.Storage, job batch.Job, batches []*batch.Manifest, withdrawn []batch.Withdrawal,
	parts []*batch.WithdrawnPart) (*History, error) {
	var own []*batch.Manifest
	jobs := map[string]batch.Job{}
	for _, m := range batches {
		if jobs[m.Batch] = m.Job; m.Job == job {
			own = append(own, m)
		}
	}
	ofOther := func(name string) bool {
		of, read := jobs[name]
		return read && of != job
	}
	l, err := New(storage, job, own,
		slices.DeleteFunc(slices.Clone(withdrawn), func(w batch.Withdrawal) bool { return ofOther(w.Batch) }),
		slices.DeleteFunc(slices.Clone(parts), func(p *batch.WithdrawnPart) bool { return ofOther(p.Batch) }))
	if err == nil {
		l.others = besides(storage, job, batches, withdrawn, parts)
	}
	return l, err
}

// New is the history that these batches and withdrawals of a job make.
func New(storage storage.Storage, job batch.Job, batches []*batch.Manifest, withdrawn []batch.Withdrawal,
	parts []*batch.WithdrawnPart) (*History, error) {
	l := &History{Storage: storage, Withdrawn: withdrawn, Parts: parts, job: job, all: batches}
	batch.LeaveOut(batches, parts)
	l.Batches = slices.DeleteFunc(slices.Clone(batches), func(m *batch.Manifest) bool { return l.withdrawal(m.Batch) != nil })
	batch.SortByAge(l.Batches)
	l.open = l.unanswered()
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

// peopleTables are what the ledger reads of every batch of the self-employed. The law of the parameters knows the codes of the categories.
func peopleTables(p *pipeline.Parameters) []readTable {
	return append([]readTable{
		&tableOf[pipeline.PriorQuarter]{"quarters", partsOf(tables.QuartersTable), always(priorQuarterFields(p.Law)),
			func(at int, _ *batch.Manifest) func(*pipeline.Scatter, *pipeline.PriorQuarter) {
				return takePriorQuarter(at)
			}},
		&tableOf[priorYear]{settledName(batch.RunJob), partsOf(tables.RegularisationsTable), priorYearFields,
			func(at int, m *batch.Manifest) func(*pipeline.Scatter, *priorYear) {
				return takePriorYear(at, m, repriced(m, p))
			}},
		&tableOf[offsetLine]{"offsets", offsetFiles, always(offsetFields), alike(takePriorOffset)},
	}, moneyTables(&peopleMoney)...)
}

// offsetFiles are the books of a batch in which there is an offset.
func offsetFiles(m *batch.Manifest) []*batch.ManifestFile {
	if m.ControlTotals.Offset == 0 {
		return nil
	}
	return m.Parts(tables.EntriesTable)
}

// Sources are the reads that bring the ledger into scatters.
func (l *History) Sources(p *pipeline.Parameters) []pipeline.Source {
	sources := append(l.sourcesOf(peopleTables(p)), l.waitingSources()...)
	for _, m := range l.open {
		sources = slices.Concat(sources,
			reads(l, m, m.Parts(tables.RegularisationsTable), withdrawnNoticeFields, takeWithdrawnNotice),
			reads(l, m, m.Parts(tables.EntriesTable), withdrawnEntryFields, (*pipeline.Scatter).PriorEntry))
	}
	return sources
}

// repriced says which years the parameters have another fee, law or minimum pension for than a batch had. Nobody asks but who rechecks.
// The goroutines that read the files of the batch all ask: what it answers is known before.
func repriced(m *batch.Manifest, p *pipeline.Parameters) func(year int) bool {
	if p.Recheck == 0 || m.LawVersion != p.Law.Version() {
		return func(int) bool { return p.Recheck != 0 }
	}
	differs := map[int]bool{}
	for year, fee := range p.Fees {
		differs[year] = m.Parameters.Fees[strconv.Itoa(year)] != fee.Percent()
	}
	had := m.Parameters.MinimumPension
	for year, pension := range p.MinimumPension {
		differs[year] = differs[year] || had[strconv.Itoa(year)] != pension
	}
	for text, pension := range had {
		year, err := strconv.Atoi(text)
		differs[year] = differs[year] || err == nil && p.MinimumPension[year] != pension
	}
	return func(year int) bool { return differs[year] }
}

// Ordering are the batches that count for everybody whom they settled: see pipeline.Parameters.
func (l *History) Ordering() map[string]bool {
	ordering := map[string]bool{}
	for _, name := range l.Names() {
		ordering[name] = true
	}
	for _, part := range l.Parts {
		delete(ordering, part.Batch)
	}
	return ordering
}

// HeldRejects are the rejects that a batch that counts holds already, by their key.
func (l *History) HeldRejects() (map[batch.RejectKey]bool, error) {
	held := map[batch.RejectKey]bool{}
	return held, eachRow(l, rejectTable(l.job), func(_ *batch.Manifest, r *batch.RejectedRow) error {
		held[r.Key()] = true
		return nil
	})
}

// settledName is what is kept of the settled years of the batches of a job.
func settledName(job batch.Job) string { return batch.AboutOf(job).Settled }

// rejectTable is the rejects of the batches of a job.
func rejectTable(job batch.Job) *tableOf[batch.RejectedRow] {
	about := batch.AboutOf(job)
	return &tableOf[batch.RejectedRow]{name: "rejects", files: partsOf(about.Rejects), fields: always(about.RejectFields())}
}

// AddTo writes what tells two histories apart: the batches that count, and those that were withdrawn.
func (l *History) AddTo(w io.Writer) {
	for _, batch := range slices.Sorted(slices.Values(l.Names())) {
		fmt.Fprintf(w, "ledger %s\n", batch)
	}
	for _, withdrawn := range l.Withdrawn {
		fmt.Fprintf(w, "withdrawn %s\n", withdrawn.Batch)
	}
	for _, part := range l.Parts {
		part.AddTo(w)
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
	parts, err := batch.PartsKnownTo(storage, m)
	if err != nil {
		return nil, err
	}
	l, err := New(storage, m.Job, known, m.Withdrawn, parts)
	if err == nil {
		l.RestOn(m.Beside, m.Batch)
	}
	return l, err
}
