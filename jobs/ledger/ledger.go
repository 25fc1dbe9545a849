package ledger

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/readers/table"
	"regul/writers/payments"
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

// The columns that the ledger needs of the tables.
var (
	priorYearColumns = []table.Column{
		{Name: "niss", Kind: table.Text}, {Name: "contribution_year", Kind: table.Integer}, {Name: "version", Kind: table.Integer},
		{Name: "communication", Kind: table.Text}, {Name: "communicated_on", Kind: table.Date}, {Name: "net_income", Kind: table.Amount},
		{Name: "surcharge", Kind: table.Amount}, {Name: "notified_on", Kind: table.Date},
		{Name: "legal_provisional", Kind: table.Amount}, {Name: "reduced_provisional", Kind: table.Amount},
		{Name: "definitive", Kind: table.Amount}, {Name: "called", Kind: table.Amount},
		{Name: "dossier", Kind: table.Text}, {Name: "components", Kind: table.Text, Optional: true},
		{Name: "contested", Kind: table.Boolean, Optional: true}, {Name: "counted_income", Kind: table.Amount, Optional: true},
		{Name: "refund", Kind: table.Amount}, {Name: "to_pay", Kind: table.Amount}, {Name: "offset_received", Kind: table.Amount},
		{Name: "offset", Kind: table.Amount},
	}
	// rememberedColumns are those of a batch that took what left the fund from the ledger.
	rememberedColumns = append(slices.Clone(priorYearColumns), table.Column{Name: "reversed", Kind: table.Amount})
	offsetColumns     = []table.Column{
		{Name: "niss", Kind: table.Text}, {Name: "contribution_year", Kind: table.Integer}, {Name: "booked_on", Kind: table.Date},
		{Name: "role", Kind: table.Text}, {Name: "debit", Kind: table.Amount}, {Name: "from_year", Kind: table.Integer},
	}
	transferColumns = []table.Column{
		{Name: "niss", Kind: table.Text}, {Name: "contribution_year", Kind: table.Integer}, {Name: "kind", Kind: table.Text},
		{Name: "amount", Kind: table.Amount}, {Name: "status", Kind: table.Text}, {Name: "transaction", Kind: table.Text},
		{Name: "due_on", Kind: table.Date}, {Name: "surcharge", Kind: table.Amount}, {Name: "file", Kind: table.Text},
	}
	cancelledColumns = []table.Column{
		{Name: "niss", Kind: table.Text}, {Name: "contribution_year", Kind: table.Integer}, {Name: "transaction", Kind: table.Text},
	}
	priorQuarterColumns = []table.Column{
		{Name: "niss", Kind: table.Text}, {Name: "contribution_year", Kind: table.Integer}, {Name: "version", Kind: table.Integer},
		{Name: "quarter", Kind: table.Integer}, {Name: "definitive", Kind: table.Amount}, {Name: "fee", Kind: table.Amount},
		{Name: "category_declared", Kind: table.Text}, {Name: "standing", Kind: table.Text}, {Name: "category", Kind: table.Text},
		{Name: "called", Kind: table.Amount},
	}
)

// Sources are the reads that bring the ledger into scatters, one for each file. The law of the parameters knows the codes of the categories.
func (l *History) Sources(p *pipeline.Parameters) []pipeline.Source {
	var sources []pipeline.Source
	for at, m := range l.Batches {
		for i := range m.Files {
			f := &m.Files[i]
			switch name, _, _ := strings.Cut(f.Path, "/"); {
			case name == tables.RegularisationsTable && m.MoneyLedger:
				sources = append(sources, l.source(m, f, rememberedColumns, takePriorYear(at, true, repriced(m, p))))
			case name == tables.RegularisationsTable:
				sources = append(sources, l.source(m, f, priorYearColumns, takePriorYear(at, false, repriced(m, p))))
			case name == tables.QuartersTable:
				sources = append(sources, l.source(m, f, priorQuarterColumns, takePriorQuarter(at, p.Law)))
			case name == tables.EntriesTable && m.ControlTotals.Offset != 0:
				sources = append(sources, l.source(m, f, offsetColumns, takePriorOffset))
			case f.Path == payments.PeopleIndex.File:
				sources = append(sources, l.source(m, f, transferColumns, takePriorTransfer(at, m.Batch)))
			case f.Path == payments.ConfirmationsFile:
				sources = append(sources, l.source(m, f, confirmationColumns, takePriorConfirmation))
			case f.Path == payments.CancellationsFile:
				sources = append(sources, l.source(m, f, cancelledColumns, takeCancelled))
			}
		}
	}
	for _, m := range l.Batches {
		if source := l.waiting(m); source != nil {
			sources = append(sources, source)
		}
	}
	for _, m := range l.open {
		for i := range m.Files {
			if f := &m.Files[i]; f.IsPartOf(tables.RegularisationsTable) {
				sources = append(sources, l.source(m, f, withdrawnNoticeColumns, takeWithdrawnNotice))
			} else if f.IsPartOf(tables.EntriesTable) {
				sources = append(sources, l.source(m, f, withdrawnEntryColumns, takeWithdrawnEntry))
			}
		}
	}
	return sources
}

func (l *History) source(m *batch.Manifest, f *batch.ManifestFile, columns []table.Column, take func(*table.Block, int, pipeline.NISS, *pipeline.Scatter)) pipeline.Source {
	return func(ctx context.Context, into *pipeline.Scatter) error {
		file, err := batch.OpenVerified(l.Storage, m, f)
		if err != nil {
			return err
		}
		defer file.Close()
		err = batch.EachBlock(file, columns, func(b *table.Block) error {
			for row := range b.Rows {
				niss, ok := pipeline.ParseNISS(b.Columns[0].Texts[row])
				if !ok {
					return fmt.Errorf("row %d: no national number", b.First+int64(row))
				}
				take(b, row, niss, into)
			}
			return ctx.Err()
		})
		if err != nil {
			return fmt.Errorf("%s/%s: %w", m.Folder(), f.Path, err)
		}
		return nil
	}
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
			differs = m.LawVersion != p.Law.Version() || charged && m.Parameters.Fees[text] != fee.Percent() || m.Parameters.MinimumPension[text] != p.MinimumPension[year]
			known[year] = differs
		}
		return differs
	}
}

// takePriorYear reads the versions of the batch at a position; remembers says that it took what left the fund from the ledger.
func takePriorYear(at int, remembers bool, repriced func(year int) bool) func(*table.Block, int, pipeline.NISS, *pipeline.Scatter) {
	return func(b *table.Block, row int, niss pipeline.NISS, s *pipeline.Scatter) {
		amount := func(column int) money.Cents { return money.Cents(b.Columns[column].Ints[row]) }
		prior := pipeline.PriorYear{
			NISS: niss, Year: int16(b.Columns[1].Ints[row]), Version: int32(b.Columns[2].Ints[row]),
			Communication: string(b.Columns[3].Texts[row]), CommunicatedOn: pipeline.Date(b.Columns[4].Ints[row]),
			Income: amount(5), Surcharge: amount(6), NotifiedOn: pipeline.Date(b.Columns[7].Ints[row]), Legal: amount(8), Reduced: amount(9),
			Definitive: amount(10), Called: amount(11), Components: b.Columns[13].Text(row),
			Batch: int32(at), Trusting: !remembers, Repriced: repriced(int(b.Columns[1].Ints[row])), Refund: amount(16), Claim: amount(17) - amount(18), Given: amount(19),
		}
		if b.Columns[14].Is(row) && b.Columns[14].Ints[row] != 0 {
			prior.Contested, prior.Counted = true, amount(15)
		}
		if remembers {
			prior.Reversed = amount(20)
		}
		s.PriorYear(&prior)
		if dossier, ok := pipeline.ParseDossier(b.Columns[12].Texts[row]); ok {
			s.PriorDossier(dossier, niss)
		}
	}
}

// takePriorOffset reads what an offset brought into a year, from the entries.
func takePriorOffset(b *table.Block, row int, niss pipeline.NISS, s *pipeline.Scatter) {
	if b.Columns[4].Ints[row] > 0 && string(b.Columns[3].Texts[row]) == pipeline.OffsetRole.String() && b.Columns[5].Ints[row] != b.Columns[1].Ints[row] {
		s.PriorOffset(&pipeline.PriorOffset{NISS: niss, From: int16(b.Columns[5].Ints[row]), To: int16(b.Columns[1].Ints[row]),
			On: pipeline.Date(b.Columns[2].Ints[row]), Amount: money.Cents(b.Columns[4].Ints[row])})
	}
}

// takePriorTransfer reads the payment index of the batch at a position.
func takePriorTransfer(at int, name string) func(*table.Block, int, pipeline.NISS, *pipeline.Scatter) {
	return func(b *table.Block, row int, niss pipeline.NISS, s *pipeline.Scatter) {
		message := ""
		if s.Confirming != nil {
			message = payments.MessageOf(name, b.Columns[8].Text(row), b.Columns[5].Text(row))
		}
		s.PriorTransfer(&pipeline.PriorTransfer{NISS: niss, Message: message, Year: int16(b.Columns[1].Ints[row]), Batch: int32(at),
			Leaves: string(b.Columns[2].Texts[row]) == payments.Refund.String(), Amount: money.Cents(b.Columns[3].Ints[row]),
			Sent: string(b.Columns[4].Texts[row]) == payments.Sent.String(), EndToEnd: string(b.Columns[5].Texts[row]),
			DueOn: pipeline.Date(b.Columns[6].Ints[row]), Surcharge: money.Cents(b.Columns[7].Ints[row])})
	}
}

// takeCancelled reads a collection that a batch made void.
func takeCancelled(b *table.Block, row int, niss pipeline.NISS, s *pipeline.Scatter) {
	s.PriorTransfer(&pipeline.PriorTransfer{NISS: niss, Year: int16(b.Columns[1].Ints[row]), EndToEnd: string(b.Columns[2].Texts[row]), Void: true})
}

func takePriorQuarter(at int, l *law.Law) func(*table.Block, int, pipeline.NISS, *pipeline.Scatter) {
	return func(b *table.Block, row int, niss pipeline.NISS, s *pipeline.Scatter) {
		category := func(column int) law.Category {
			if found, known := l.Category(string(b.Columns[column].Texts[row])); known {
				return found
			}
			return pipeline.UnknownCategory
		}
		s.PriorQuarter(&pipeline.PriorQuarter{
			NISS: niss, Year: int16(b.Columns[1].Ints[row]), Version: int32(b.Columns[2].Ints[row]), Batch: int32(at),
			Quarter: uint8(b.Columns[3].Ints[row]), Definitive: money.Cents(b.Columns[4].Ints[row]), Fee: money.Cents(b.Columns[5].Ints[row]),
			Called:   money.Cents(b.Columns[9].Ints[row]),
			Category: category(6), Applied: category(8), Standing: pipeline.Standing(slices.Index(pipeline.Standings(), string(b.Columns[7].Texts[row]))),
		})
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
