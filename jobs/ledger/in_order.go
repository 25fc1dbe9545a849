package ledger

import (
	"errors"
	"fmt"
	"io"

	"regul/jobs/batch"
	"regul/jobs/kept"
)

// inOrder gives the rows of a table batch after batch, for batches that are asked for in their order: of the older ones from what is kept.
type inOrder[Row any] struct {
	history *History
	table   *tableOf[Row]

	segment *kept.Segment // that is open
	at      map[*batch.Manifest]int
	cursor  *batch.Cursor[keptRow[Row]] // nil: the segment has no rows, or is damaged
	closer  io.Closer
}

// each visits the rows of a batch.
func (o *inOrder[Row]) each(m *batch.Manifest, visit func(*Row) error) error {
	s := o.history.older().Of(m)
	if s == nil {
		return eachOwn(o.history, o.table, m, visit)
	}
	if s != o.segment {
		if err := o.open(s); err != nil {
			return err
		}
	}
	if !s.Usable() {
		return eachOwn(o.history, o.table, m, visit)
	}
	if o.cursor == nil {
		return nil
	}
	for !o.cursor.Ended && o.cursor.Row.batch <= o.at[m] {
		if o.cursor.Row.batch == o.at[m] {
			if err := visit(&o.cursor.Row.row); err != nil {
				return err
			}
		}
		if err := o.cursor.Next(); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

// open opens a segment at its first row.
func (o *inOrder[Row]) open(s *kept.Segment) error {
	if err := o.Close(); err != nil {
		return err
	}
	file, closer, err := s.Open(o.table.name)
	o.segment, o.at = s, map[*batch.Manifest]int{}
	for at, m := range s.Batches {
		o.at[m] = at
	}
	if errors.Is(err, kept.ErrDamaged) {
		return nil
	}
	if err != nil || file == nil {
		return err
	}
	o.closer, o.cursor = closer, o.table.keptFields().CursorIn(s.Batches, file)
	if err := o.cursor.Next(); err != nil {
		return fmt.Errorf("%s: %w", s, err)
	}
	return nil
}

// Close closes what is open.
func (o *inOrder[Row]) Close() (err error) {
	if o.closer != nil {
		err = o.closer.Close()
	}
	o.segment, o.cursor, o.closer = nil, nil, nil
	return err
}

// Rejected is what a batch says of the rejects: whose years it settled, and what it rejected.
type Rejected struct {
	Settled func(visit func(*batch.SettledYear) error) error
	Rejects func(visit func(*batch.RejectedRow) error) error
}

// EachRejected visits the batches that count, the earliest first, with what they say of the rejects.
func (l *History) EachRejected(visit func(*batch.Manifest, *Rejected) error) (err error) {
	about := batch.AboutOf(l.job)
	settled := &inOrder[batch.SettledYear]{history: l, table: &tableOf[batch.SettledYear]{name: settledName(l.job),
		files: partsOf(about.Settled), fields: always(about.SettledFields())}}
	rejects := &inOrder[batch.RejectedRow]{history: l, table: rejectTable(l.job)}
	defer func() { err = errors.Join(err, settled.Close(), rejects.Close()) }()
	for _, m := range l.Batches {
		of := Rejected{
			Settled: func(visit func(*batch.SettledYear) error) error { return settled.each(m, visit) },
			Rejects: func(visit func(*batch.RejectedRow) error) error { return rejects.each(m, visit) },
		}
		if err := visit(m, &of); err != nil {
			return err
		}
	}
	return nil
}
