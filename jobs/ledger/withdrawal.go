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

// undoing is a withdrawal, of a whole batch or of a part: the batch that was published next after it tells whom it concerns.
type undoing struct {
	of     *batch.Manifest
	whole  *batch.Withdrawal    // nil: a part
	part   *batch.WithdrawnPart // nil: the whole, but who was withdrawn before
	answer *batch.Manifest      // nil: nothing was published since
}

// undoings are the withdrawals of a history, by the name of the batch: its parts, then the whole of it.
type undoings map[string][]*undoing

// undoings lists the withdrawals with the batches that answered them, of the batches of a history.
func (l *History) undoings() undoings {
	inOrder := slices.Clone(l.all)
	slices.SortStableFunc(inOrder, func(a, b *batch.Manifest) int { return cmp.Compare(a.Acts(), b.Acts()) })
	all := undoings{}
	for _, m := range l.all {
		for _, p := range l.Parts {
			if p.Batch == m.Batch {
				link := p.Link()
				all.add(&undoing{of: m, part: p}, inOrder, func(later *batch.Manifest) bool { return slices.Contains(later.WithdrawnParts, link) })
			}
		}
		if w := l.withdrawal(m.Batch); w != nil {
			all.add(&undoing{of: m, whole: w}, inOrder, func(later *batch.Manifest) bool { return slices.Contains(later.Withdrawn, *w) })
		}
	}
	return all
}

// add adds a withdrawal: its answer is the first batch that knew of it.
func (all undoings) add(u *undoing, inOrder []*batch.Manifest, knows func(*batch.Manifest) bool) {
	if i := slices.IndexFunc(inOrder, knows); i >= 0 {
		u.answer = inOrder[i]
	}
	all[u.of.Batch] = append(all[u.of.Batch], u)
}

// find is the withdrawal by which a batch counts for nothing for a number; nil: it counts.
func (all undoings) find(name string, number uint64) *undoing {
	for _, u := range all[name] {
		if u.part == nil || u.part.Holds(number) {
			return u
		}
	}
	return nil
}

// concerns says whether a withdrawal is of a number.
func (all undoings) concerns(u *undoing, number uint64) bool {
	return all.find(u.of.Batch, number) == u
}

// waits says whether a number that a withdrawal concerns is still to be told: no batch answered it, or the answer counts for nothing for
// that number and nothing has answered this in turn.
func (all undoings) waits(u *undoing, number uint64) bool {
	for u != nil && u.answer != nil {
		u = all.find(u.answer.Batch, number)
	}
	return u != nil
}

// anyWaits says whether somebody whom a withdrawal concerns may be still to be told.
func (all undoings) anyWaits(u *undoing) bool {
	if u.answer == nil {
		return true
	}
	return slices.ContainsFunc(all[u.answer.Batch], all.anyWaits)
}

// unanswered are the batches of which something was withdrawn that no correcting notice has told yet, each with the rows of those alone who
// are still to be told: the batch that was the next one counts no more for them, or there is none.
func (l *History) unanswered() (open []*batch.Manifest) {
	all := l.undoings()
	for _, m := range l.all {
		for _, u := range all[m.Batch] {
			if all.anyWaits(u) {
				open = append(open, m.CountingFor(func(number uint64) bool { return all.concerns(u, number) && all.waits(u, number) }))
			}
		}
	}
	return open
}
