package verify

import (
	"regul/jobs/batch"
	"regul/pipeline/law/reference"
)

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
	w.takenBack[companyKey{e.niss, e.year}] += e.debit - e.credit
}

// entriesOf goes through files of entries.
func (w *companyWalk) entriesOf(files ...*batch.ManifestFile) tableCursor[verifiedEntry] {
	return tableCursor[verifiedEntry]{v: w.v, parts: files, columns: companyEntryColumns, order: w.checks["order"],
		place: func(r *verifiedEntry) *rowPlace { return &r.rowPlace }}
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

// takenBackBalances checks that what is taken back of a company's year balances.
func (w *companyWalk) takenBackBalances() {
	for _, net := range w.takenBack {
		if net != 0 {
			w.checks["entries"].fail("", 0, "what is taken back of a company's year does not balance: debit - credit is %s", net)
			break
		}
	}
}
