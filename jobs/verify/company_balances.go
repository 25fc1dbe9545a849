package verify

import (
	"regul/jobs/batch"
	"regul/pipeline"
	"regul/pipeline/money"
)

// companyBalanceColumns are the columns of the balances of companies. A company has no offsets, and each year is known.
var companyBalanceColumns = []verifiedColumn[verifiedBalance]{
	textColumn("enterprise", func(r *verifiedBalance) *string { r.known = true; return &r.niss }),
	integerColumn("contribution_year", func(r *verifiedBalance) *int { return &r.year }),
	integerColumn("version", func(r *verifiedBalance) *int { return &r.version }).orNull(),
	amountColumn("called", func(r *verifiedBalance) *money.Cents { return &r.called }),
	amountColumn("paid", func(r *verifiedBalance) *money.Cents { return &r.paid }),
	amountColumn("refunded", func(r *verifiedBalance) *money.Cents { return &r.refunded }),
	amountColumn("surcharges", func(r *verifiedBalance) *money.Cents { return &r.surcharges }),
	amountColumn("surcharges_paid", func(r *verifiedBalance) *money.Cents { return &r.surchargesPaid }),
	amountColumn("surcharges_open", func(r *verifiedBalance) *money.Cents { return &r.surchargesOpen }),
	amountColumn("open", func(r *verifiedBalance) *money.Cents { return &r.open }),
	amountColumn("credit", func(r *verifiedBalance) *money.Cents { return &r.credit }),
	dayColumn("due_date", func(r *verifiedBalance) *pipeline.Date { return &r.oldestDue }).orNull(),
	amountColumn("unseen", func(r *verifiedBalance) *money.Cents { return &r.unseen }),
	dayColumn("unseen_since", func(r *verifiedBalance) *pipeline.Date { return &r.unseenSince }).orNull(),
	amountColumn("unclear", func(r *verifiedBalance) *money.Cents { return &r.unclear }),
	amountColumn("later", func(r *verifiedBalance) *money.Cents { return &r.later }),
	amountColumn("surcharges_credit", func(r *verifiedBalance) *money.Cents { return &r.surchargesCredit }).addedLater(),
}

// balanceCursor goes through the balances of a file, or of none.
type balanceCursor = tableCursor[verifiedBalance]

func (w *companyWalk) balancesOf(files ...*batch.ManifestFile) balanceCursor {
	return balanceCursor{v: w.v, parts: files, columns: companyBalanceColumns, order: w.checks["order"],
		place: func(r *verifiedBalance) *rowPlace { return &r.rowPlace }}
}

// balance checks the balance of a company that the batch settles, and those before it, which it does not settle.
func (w *companyWalk) balance(r *verifiedCompany, c *balanceCursor) error {
	for !c.ended && c.row.niss < r.niss {
		if err := w.nextUnsettled(c); err != nil {
			return err
		}
	}
	check := w.checks["balances"]
	if c.ended || c.row.niss != r.niss {
		if w.v.manifest.MoneyLedger { // batches of before had none
			check.Number++
			check.fail(r.file, r.row, "the year is settled and has no balance")
		}
		return nil
	}
	b := &c.row
	w.take(b)
	is := func(name string, found, want money.Cents) { check.is(&b.rowPlace, name, found, want) }
	is("called", b.called, r.definitive)
	is("paid", b.paid, r.paid)
	is("refunded", b.refunded, r.refundedBefore+r.refund)
	is("surcharges", b.surcharges, r.surchargeTotal)
	if r.moved {
		is("surcharges_paid", max(0, b.surchargesPaid+r.surchargeRefund), r.surchargePaid)
	}
	if b.version != r.version || b.unseen < r.payout() || b.open > 0 && b.oldestDue != r.due {
		check.fail(b.file, b.row, "its version, its day or what is unseen is not that of its result")
	}
	return c.next()
}

// unsettled checks the balances that are left, of years that the batch does not settle.
func (w *companyWalk) unsettled(c *balanceCursor) error {
	for !c.ended {
		if err := w.nextUnsettled(c); err != nil {
			return err
		}
	}
	return nil
}

func (w *companyWalk) nextUnsettled(c *balanceCursor) error {
	b := &c.row
	w.take(b)
	if b.version != 0 || b.open|b.credit|b.surchargesCredit|b.unseen|b.unclear|b.later == 0 {
		w.checks["balances"].fail(b.file, b.row, "the year is not settled, and nothing of it must be told")
	}
	return c.next()
}

// take adds a balance, and checks it by itself.
func (w *companyWalk) take(b *verifiedBalance) {
	check := w.checks["balances"]
	check.Number++
	w.balances.take(b)
	moved := b.paid - b.refunded
	check.is(&b.rowPlace, "open", b.open, max(0, b.called-moved))
	check.is(&b.rowPlace, "credit", b.credit, max(0, moved-b.called))
	b.hold(check)
}
