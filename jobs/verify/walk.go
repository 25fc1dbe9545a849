package verify

import (
	"context"
	"path"

	"regul/jobs/batch"
	"regul/writers/tables"
)

// partWalk goes through the tables of one part of a year together, by national number.
type partWalk struct {
	partKey
	v      *verifier
	first  int64 // regularisations of the parts before
	rows   int64 // regularisations of all parts
	checks []Check
	sums   rowSums
	fault  error // why it was not read to its end

	offsets []offsetYear

	settled  tableCursor[verifiedYear]
	quarters tableCursor[verifiedQuarter]
	terms    tableCursor[verifiedTerm]
	entries  tableCursor[verifiedEntry]
	balances tableCursor[verifiedBalance]
}

func newPartWalk(v *verifier, k partKey, first, rows int64) *partWalk {
	w := &partWalk{partKey: k, v: v, first: first, rows: rows, checks: make([]Check, len(rowChecks)), sums: newRowSums()}
	order := &w.checks[0]
	parts := func(table string) []*batch.ManifestFile {
		return v.files(tables.Folder(table, k.year), path.Base(w.part(table)))
	}
	w.settled = tableCursor[verifiedYear]{v: v, parts: parts(tables.RegularisationsTable), columns: yearColumns, order: order,
		place: func(r *verifiedYear) *rowPlace { return &r.rowPlace }}
	w.quarters = tableCursor[verifiedQuarter]{v: v, parts: parts(tables.QuartersTable), columns: quarterColumns, order: order,
		place: func(r *verifiedQuarter) *rowPlace { return &r.rowPlace }}
	w.terms = tableCursor[verifiedTerm]{v: v, parts: parts(tables.SurchargesTable), columns: termColumns, order: order,
		place: func(r *verifiedTerm) *rowPlace { return &r.rowPlace }}
	w.entries = tableCursor[verifiedEntry]{v: v, parts: parts(tables.EntriesTable), columns: entryColumns, order: order,
		place: func(r *verifiedEntry) *rowPlace { return &r.rowPlace }}
	w.balances = tableCursor[verifiedBalance]{v: v, parts: parts(tables.BalancesTable), columns: balanceColumns, order: order,
		place: func(r *verifiedBalance) *rowPlace { return &r.rowPlace }}
	return w
}

// part is the path of the part of a table.
func (w *partWalk) part(table string) string { return tables.Part(table, w.year, w.number) }

// cursor is what the walk needs of a table of any rows.
type cursor interface {
	start() error
	niss() (string, bool)
	borders() (lowest, highest string)
	close()
}

// cursors are those of the tables, in the order of yearTables.
func (w *partWalk) cursors() [5]cursor {
	return [5]cursor{&w.settled, &w.quarters, &w.terms, &w.entries, &w.balances}
}

// borders are the first and the last national number of a table; "" without rows.
func (w *partWalk) borders(table int) (lowest, highest string) { return w.cursors()[table].borders() }

// run holds every case of the part against the row checks.
func (w *partWalk) run(ctx context.Context) error {
	for _, c := range w.cursors() {
		defer c.close()
		if err := c.start(); err != nil {
			return err
		}
	}
	y := &verifiedCase{year: w.year}
	for at := w.first; ; {
		niss, more := w.lowest()
		if !more {
			return nil
		}
		if err := w.fill(y, niss); err != nil {
			return err
		}
		y.sampled = sampled(at, w.rows, w.v.options.Sample)
		at += int64(len(y.settled))
		for i := range rowChecks {
			rowChecks[i].hold(w.v, y, &w.checks[i])
		}
		w.sums.take(y)
		w.noteOffsets(y)
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}

// lowest is the lowest national number on which a cursor stands; false when all have ended.
func (w *partWalk) lowest() (lowest string, more bool) {
	for _, c := range w.cursors() {
		if niss, here := c.niss(); here && (!more || niss < lowest) {
			lowest, more = niss, true
		}
	}
	return lowest, more
}

func (w *partWalk) fill(y *verifiedCase, niss string) (err error) {
	if y.settled, err = w.settled.take(y.settled[:0], niss); err != nil {
		return err
	}
	if y.quarters, err = w.quarters.take(y.quarters[:0], niss); err != nil {
		return err
	}
	if y.terms, err = w.terms.take(y.terms[:0], niss); err != nil {
		return err
	}
	if y.entries, err = w.entries.take(y.entries[:0], niss); err != nil {
		return err
	}
	y.balances, err = w.balances.take(y.balances[:0], niss)
	return err
}

// sampled says whether a row is one of so many that are spread evenly over all rows; 0 is all of them.
func sampled(row, rows int64, sample int) bool {
	n := int64(sample)
	return n == 0 || n >= rows || (row+1)*n/rows > row*n/rows
}
