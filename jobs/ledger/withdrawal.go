package ledger

import (
	"cmp"
	"slices"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/readers/table"
)

// Withdraw makes a published batch count for nothing, from the given day on. It is refused, with an InTheWay, while a later batch builds
// on what it decided of an affiliate. What it had settled is open again; who had a notice of it gets a correcting one with the next
// batch. The act is recorded.
func Withdraw(storage storage.Storage, name string, word Word) (*batch.Withdrawal, error) {
	if err := word.check(); err != nil {
		return nil, err
	}
	if word.Why == "" {
		return nil, jobs.UsageError("missing: --why, the reason for those who ask later")
	}
	m, err := batch.Find(storage, name)
	if err != nil {
		return nil, err
	}
	unlock, err := batch.Lock(storage)
	if err != nil {
		return nil, err
	}
	defer unlock()
	history, err := openOf(storage, m.Job)
	if err != nil {
		return nil, err
	}
	if earlier := history.withdrawal(m.Batch); earlier != nil {
		return nil, jobs.UsageError("%s was withdrawn already, on %s", m.Batch, earlier.On)
	}
	if way, err := history.inTheWay(m); err != nil {
		return nil, err
	} else if len(way.Affiliates) > 0 {
		return nil, &jobs.Error{Kind: jobs.Usage, Err: way}
	}
	w := &batch.Withdrawal{Batch: m.Batch, On: word.On, Why: word.Why}
	if err := record(storage, Withdrew, m, &word); err != nil {
		return nil, err
	}
	if err := writeWithdrawal(storage, w); err != nil {
		return w, err
	}
	return w, follow(storage)
}

// writeWithdrawal writes the record.
func writeWithdrawal(storage storage.Storage, w *batch.Withdrawal) error {
	return batch.WriteRecord(storage, batch.WithdrawnFolder+"/"+w.Batch+".json", w)
}

// Waits says whether there is something to do without new files: affiliates of a withdrawn batch to tell, or communications to try again.
func (l *History) Waits() bool {
	return len(l.open) > 0 || slices.ContainsFunc(l.Batches, holdsWaiting)
}

// withdrawal finds the withdrawal of a batch; nil if it counts.
func (l *History) withdrawal(name string) *batch.Withdrawal {
	i := slices.IndexFunc(l.Withdrawn, func(w batch.Withdrawal) bool { return w.Batch == name })
	if i < 0 {
		return nil
	}
	return &l.Withdrawn[i]
}

// unanswered are the withdrawn batches whose affiliates had no correcting notice yet: the batch that was the next one counts no more, or
// there is none.
func (l *History) unanswered(all []*batch.Manifest) []*batch.Manifest {
	inOrder := slices.Clone(all)
	slices.SortStableFunc(inOrder, func(a, b *batch.Manifest) int {
		return cmp.Compare(a.Earlier+len(a.Withdrawn), b.Earlier+len(b.Withdrawn))
	})
	return slices.DeleteFunc(slices.Clone(all), func(m *batch.Manifest) bool {
		w := l.withdrawal(m.Batch)
		if w == nil {
			return true
		}
		var answer *batch.Manifest // that told them, as far as a batch knew when it was made
		for _, later := range inOrder {
			if slices.Contains(later.Withdrawn, *w) && (answer == nil || withdrawnBefore(later, answer)) {
				answer = later
			}
		}
		return answer != nil && l.withdrawal(answer.Batch) == nil
	})
}

// withdrawnBefore says whether a batch was made after another one was withdrawn.
func withdrawnBefore(m, withdrawn *batch.Manifest) bool {
	return slices.ContainsFunc(m.Withdrawn, func(w batch.Withdrawal) bool { return w.Batch == withdrawn.Batch })
}

var withdrawnNoticeColumns = []table.Column{
	{Name: "niss", Kind: table.Text}, {Name: "contribution_year", Kind: table.Integer}, {Name: "notified_on", Kind: table.Date},
	{Name: "outcome", Kind: table.Text}, {Name: "surcharge", Kind: table.Amount},
}

// takeWithdrawnNotice takes a row of a withdrawn batch, if the affiliate was told of it.
func takeWithdrawnNotice(b *table.Block, row int, niss pipeline.NISS, s *pipeline.Scatter) {
	if string(b.Columns[3].Texts[row]) == pipeline.Unchanged.String() && b.Columns[4].Ints[row] == 0 {
		return
	}
	s.WithdrawnNotice(&pipeline.WithdrawnNotice{NISS: niss, Year: int16(b.Columns[1].Ints[row]), NotifiedOn: pipeline.Date(b.Columns[2].Ints[row])})
}

var withdrawnEntryColumns = []table.Column{
	{Name: "niss", Kind: table.Text}, {Name: "contribution_year", Kind: table.Integer}, {Name: "version", Kind: table.Integer},
	{Name: "line", Kind: table.Integer}, {Name: "booked_on", Kind: table.Date}, {Name: "role", Kind: table.Text},
	{Name: "debit", Kind: table.Amount}, {Name: "credit", Kind: table.Amount}, {Name: "from_year", Kind: table.Integer},
}

// takeWithdrawnEntry takes a line of the books of a withdrawn batch, which the next batch reverses.
func takeWithdrawnEntry(b *table.Block, row int, niss pipeline.NISS, s *pipeline.Scatter) {
	number := func(column int) int64 { return b.Columns[column].Ints[row] }
	s.PriorEntry(&pipeline.PriorEntry{NISS: niss, Year: int16(number(1)), Version: int32(number(2)), Line: int32(number(3)),
		BookedOn: pipeline.Date(number(4)), Role: pipeline.Role(max(0, slices.Index(pipeline.Roles(), string(b.Columns[5].Texts[row])))),
		Debit: money.Cents(number(6)), Credit: money.Cents(number(7)), FromYear: int16(number(8))})
}
