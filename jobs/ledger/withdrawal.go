package ledger

import (
	"slices"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/storage"
)

// Withdraw makes a published batch count for nothing, from the given day on. It is refused, with an InTheWay, while a later batch builds
// on what it decided of an affiliate. What it had settled is open again; who had a notice of it gets a correcting one with the next
// batch. The act is recorded.
func Withdraw(storage storage.Storage, name string, word Word) (*batch.Withdrawal, error) {
	var w *batch.Withdrawal
	err := withdrawing(storage, name, &word, func(history *History, m *batch.Manifest) error {
		if m.Batch != history.Last().Batch {
			way, _, err := history.inTheWay(m)
			if err != nil {
				return err
			}
			if way.refuses() {
				return &jobs.Error{Kind: jobs.Usage, Err: way}
			}
		}
		var err error
		w, err = withdrawWhole(storage, m, &word)
		return err
	})
	return w, err
}

// withdrawWhole records and writes the withdrawal of a batch on which nothing builds.
func withdrawWhole(storage storage.Storage, m *batch.Manifest, word *Word) (*batch.Withdrawal, error) {
	if err := record(storage, Withdrew, m, word); err != nil {
		return nil, err
	}
	w := &batch.Withdrawal{Batch: m.Batch, On: word.On, Why: word.Why}
	return w, writeWithdrawal(storage, w)
}

// withdrawing withdraws something of a published batch that counts, under the lock, and brings the tables of all batches up to date.
func withdrawing(storage storage.Storage, name string, word *Word, do func(*History, *batch.Manifest) error) error {
	if err := word.check(); err != nil {
		return err
	}
	if word.Why == "" {
		return jobs.UsageError("missing: --why, the reason for those who ask later")
	}
	m, err := batch.Find(storage, name)
	if err != nil {
		return err
	}
	unlock, err := batch.Lock(storage)
	if err != nil {
		return err
	}
	defer unlock()
	history, err := openOf(storage, m.Job)
	if err != nil {
		return err
	}
	if earlier := history.withdrawal(m.Batch); earlier != nil {
		return jobs.UsageError("%s was withdrawn already, on %s", m.Batch, earlier.On)
	}
	if err := recordParts(storage, history); err != nil {
		return err
	}
	if err := do(history, m); err != nil {
		return err
	}
	return follow(storage)
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
	held, err := l.heldRefunds()
	return len(held) > 0, err
}

// withdrawal finds the withdrawal of a batch; nil if it counts.
func (l *History) withdrawal(name string) *batch.Withdrawal {
	i := slices.IndexFunc(l.Withdrawn, func(w batch.Withdrawal) bool { return w.Batch == name })
	if i < 0 {
		return nil
	}
	return &l.Withdrawn[i]
}
