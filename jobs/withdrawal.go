package jobs

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"regul/pipeline"
	"regul/readers/table"
)

// withdrawals is the folder of what was withdrawn, one file for each batch. The batches themselves never change.
const withdrawals = "withdrawn"

// Withdrawal says that a batch counts for nothing from now on.
type Withdrawal struct {
	Batch string `json:"batch"`
	On    string `json:"on"` // the day
	Why   string `json:"why"`
}

// Withdraw makes a published batch count for nothing, from the given day on. It is refused while a later batch builds on
// it. What it had settled is open again; who had a notice of it gets a correcting one with the next batch.
func Withdraw(storage Storage, batch, why, on string) (*Withdrawal, error) {
	day, err := parseDay("on", on)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(why) == "" {
		return nil, UsageError("missing: --why, the reason for those who ask later")
	}
	m, err := Batch(storage, batch)
	if err != nil {
		return nil, err
	}
	unlock, err := lock(storage)
	if err != nil {
		return nil, err
	}
	defer unlock()
	history, err := openLedgerOf(storage, m.Job)
	if err != nil {
		return nil, err
	}
	if earlier := history.withdrawal(m.Batch); earlier != nil {
		return nil, UsageError("%s was withdrawn already, on %s", m.Batch, earlier.On)
	}
	if later := history.buildingOn(m.Batch); len(later) > 0 {
		return nil, UsageError("%s can't be withdrawn: %s build on it; withdraw the last one first", m.Batch, strings.Join(later, ", "))
	}
	w := &Withdrawal{Batch: m.Batch, On: day.String(), Why: strings.TrimSpace(why)}
	return w, writeWithdrawal(storage, w)
}

// writeWithdrawal writes the record at once and durably.
func writeWithdrawal(storage Storage, w *Withdrawal) error {
	text, err := json.MarshalIndent(w, "", "  ")
	if err != nil {
		return err
	}
	if err := storage.Remove(building); err != nil { // what a killed run has left
		return err
	}
	b := &build{storage: storage}
	file, err := b.Create(w.Batch + ".json")
	if err != nil {
		return err
	}
	file.Write(append(text, '\n')) // Close tells the error
	if err := file.Close(); err != nil {
		return err
	}
	if err := storage.MakeFolder(withdrawals); err != nil {
		return err
	}
	if err := storage.Rename(building+"/"+w.Batch+".json", withdrawals+"/"+w.Batch+".json"); err != nil {
		return err
	}
	return storage.Sync(withdrawals)
}

// Withdrawals lists what was withdrawn, by the name of the batch.
func Withdrawals(storage Storage) ([]Withdrawal, error) {
	names, err := storage.List(withdrawals)
	if err != nil {
		return nil, err
	}
	var found []Withdrawal
	for _, name := range names {
		w, err := readWithdrawal(storage, withdrawals+"/"+name)
		if err != nil {
			return nil, fmt.Errorf("%s/%s can't be read: restore it from a copy: %w", withdrawals, name, err)
		}
		found = append(found, w)
	}
	return found, nil
}

func readWithdrawal(storage Storage, name string) (w Withdrawal, err error) {
	file, err := storage.Open(name)
	if err != nil {
		return w, err
	}
	defer file.Close()
	text, err := io.ReadAll(file)
	if err != nil {
		return w, err
	}
	if err := json.Unmarshal(text, &w); err != nil {
		return w, err
	}
	if withdrawals+"/"+w.Batch+".json" != name {
		return w, fmt.Errorf("it is about another batch")
	}
	return w, nil
}

// withdrawal finds the withdrawal of a batch; nil if it counts.
func (l *ledger) withdrawal(batch string) *Withdrawal {
	i := slices.IndexFunc(l.withdrawn, func(w Withdrawal) bool { return w.Batch == batch })
	if i < 0 {
		return nil
	}
	return &l.withdrawn[i]
}

// buildingOn lists the batches that build on a batch, and count.
func (l *ledger) buildingOn(batch string) []string {
	var later []string
	for _, m := range l.batches {
		if slices.Contains(m.Ledger, batch) {
			later = append(later, m.Batch)
		}
	}
	return later
}

// unanswered are the withdrawn batches whose affiliates had no correcting notice yet: no batch that counts was made after
// the withdrawal.
func (l *ledger) unanswered(all []*Manifest) []*Manifest {
	return slices.DeleteFunc(all, func(m *Manifest) bool {
		w := l.withdrawal(m.Batch)
		return w == nil || slices.ContainsFunc(l.batches, func(later *Manifest) bool { return slices.Contains(later.Withdrawn, *w) })
	})
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
