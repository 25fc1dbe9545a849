package verify

import (
	"context"

	"regul/pipeline/law/reference"
	"regul/pipeline/money"
	"regul/writers/tables"
)

// reversals are the lines that take back those of withdrawn batches. A company need not be settled tonight for it.
type reversals struct {
	net  map[companyKey]money.Cents // debit - credit
	seen map[string]bool            // files of entries that were read beside their companies
}

// line counts a line of the books, and checks what must be so of each.
func (w *companyWalk) line(e *verifiedEntry) {
	w.lines++
	w.debit += e.debit
	w.credit += e.credit
	if e.debit < 0 || e.credit < 0 || (e.debit > 0) == (e.credit > 0) || e.account == "" {
		w.checks["entries"].fail(e.file, e.row, "one of debit and credit must be positive, the other 0, on an account")
	}
}

// reversed checks a line that takes one back.
func (w *companyWalk) reversed(e *verifiedEntry) {
	c := w.checks["entries"]
	c.Number++
	w.line(e)
	if text, _ := reference.CompanyReference(e.niss, e.year); e.reference != text || e.booked != w.v.asOf || e.reverses > e.booked {
		c.fail(e.file, e.row, "its reference or its day is not that of a line that takes back another one")
	}
	w.taken.net[companyKey{e.niss, e.year}] += e.debit - e.credit
}

// entriesOf reads files of entries.
func (w *companyWalk) entriesOf(path string) tableCursor[verifiedEntry] {
	c := tableCursor[verifiedEntry]{v: w.v, columns: companyEntryColumns, order: w.checks["order"],
		place: func(r *verifiedEntry) *rowPlace { return &r.rowPlace }}
	for _, e := range w.v.files(tables.CompanyEntriesTable, ".parquet") {
		if e.Path == path && !w.v.damaged[path] {
			c.parts = append(c.parts, e)
		}
	}
	w.taken.seen[path] = true
	return c
}

// onlyReversed checks the lines that are left of a file once its companies are done: they take others back.
func (w *companyWalk) onlyReversed(c *tableCursor[verifiedEntry]) error {
	for !c.ended {
		if c.row.reverses == 0 {
			w.checks["entries"].fail(c.row.file, c.row.row, "there is no company of the same number and year")
			return nil
		}
		w.reversed(&c.row)
		if err := c.next(); err != nil {
			return err
		}
	}
	return nil
}

// otherEntries checks the files of entries beside which no company is settled, and that what is taken back balances.
func (w *companyWalk) otherEntries(ctx context.Context) error {
	for _, f := range w.v.files(tables.CompanyEntriesTable, ".parquet") {
		if err := ctx.Err(); err != nil {
			return err
		}
		if w.v.damaged[f.Path] || w.taken.seen[f.Path] {
			continue
		}
		w.checks["readable"].Number++
		c := w.entriesOf(f.Path)
		err := c.start()
		if err == nil {
			err = w.onlyReversed(&c)
		}
		c.close()
		if err != nil {
			w.checks["readable"].fail("", 0, "%v", withoutPath(err))
		}
	}
	for _, net := range w.taken.net {
		if net != 0 {
			w.checks["entries"].fail("", 0, "what is taken back of a company's year does not balance: debit - credit is %s", net)
			break
		}
	}
	return nil
}
