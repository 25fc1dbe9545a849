package verify

import (
	"regul/pipeline"
	"regul/pipeline/money"
)

// holdBalances checks what a batch says is between the fund and an affiliate for a year, from the regularisation and the entries: P, what
// is open and what is in credit. A batch of before balances were kept has none.
func holdBalances(v *verifier, y *verifiedCase, c *Check) {
	if !v.manifest.MoneyLedger {
		return
	}
	if len(y.settled) > 0 && len(y.balances) == 0 {
		c.Number++
		c.fail(y.settled[0].file, y.settled[0].row, "the year is settled and has no balance")
	}
	for i := range y.balances {
		b := &y.balances[i]
		c.Number++
		moved := b.paid - b.refunded + b.offsets
		is := func(name string, found, want money.Cents) { c.is(&b.rowPlace, name, found, want) }
		if len(y.settled) > 0 {
			r := &y.settled[0]
			is("called", b.called, r.definitive)
			is("surcharges", b.surcharges, r.surchargeTotal)
			is("paid - refunded + offsets", moved, r.paid-r.refundGross+y.received())
			is("open", b.open, max(0, b.called-moved))
			is("unclear", b.unclear, r.unclear)
			if b.version != r.version || b.dossier != r.dossier || !b.known || b.unseen < r.payout() {
				c.fail(b.file, b.row, "its version, dossier, account or what is unseen is not that of its regularisation")
			}
		} else if b.version != 0 || b.open > max(0, b.called-moved) || b.open|b.credit|b.surchargesCredit|b.unseen|b.unclear|b.later == 0 && b.known {
			c.fail(b.file, b.row, "the year is not settled, and nothing of it must be told")
		}
		is("credit", b.credit, max(0, moved-b.called))
		b.hold(c)
	}
}

// hold checks what must be so of every balance by itself.
func (b *verifiedBalance) hold(c *Check) {
	if found, want := b.surchargesOpen, max(0, b.surcharges-b.surchargesPaid); found != want && b.surchargesOpen|b.surchargesPaid != 0 {
		// a batch of before they were told has neither
		c.fail(b.file, b.row, "surcharges_open is %s, it must be %s", found, want)
	}
	if b.surchargesCredit < 0 || b.version != 0 && b.surchargesCredit != 0 {
		c.fail(b.file, b.row, "surcharges_credit is %s: a version of the year gives it back", b.surchargesCredit)
	}
	if b.open < 0 || b.unseen < 0 || b.unclear < 0 || !b.known && (b.called != 0 || b.open != 0) {
		c.fail(b.file, b.row, "an amount can't be what it is")
	}
	if (b.open > 0) != (b.oldestDue != 0) || (b.unseen > 0) != (b.unseenSince != 0) {
		c.fail(b.file, b.row, "a day stands beside each amount, and beside no other")
	}
}

// received is what offsets of this batch bring into the year, by the entries.
func (y *verifiedCase) received() (sum money.Cents) {
	for i := range y.entries {
		if e := &y.entries[i]; e.role == pipeline.OffsetRole.String() && e.fromYear != y.year && e.reverses == 0 {
			sum += e.debit
		}
	}
	return sum
}
