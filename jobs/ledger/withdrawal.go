package ledger

import (
	"cmp"
	"slices"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/storage"
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

// Waits says whether there is something to do without new files: affiliates of a withdrawn batch to tell, communications to try again, or
// refunds that are held.
func (l *History) Waits() (bool, error) {
	if len(l.open) > 0 || slices.ContainsFunc(l.Batches, holdsWaiting) {
		return true, nil
	}
	return l.holdsRefunds()
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
