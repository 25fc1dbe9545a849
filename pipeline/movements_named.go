package pipeline

import (
	"cmp"
	"slices"

	"regul/pipeline/money"
)

// Payments that name a transaction of the fund's own payment files: they are recognised on any year and with any sign.

// recogniseTransactions finds the payments that name a transaction of the fund's own payment files.
func (v *movements) recogniseTransactions() {
	for i := range v.orders {
		o := &v.orders[i]
		if v.find(o.refundID) {
			v.transferSeen(o)
		}
		if v.find(o.claimID) {
			v.collectionSeen(o)
		}
	}
}

// find lists the payments of a transaction, by day, and takes them out of the others.
func (v *movements) find(id string) bool {
	v.rows = v.rows[:0]
	if id == "" {
		return false
	}
	for i := range v.payments {
		if v.payments[i].EndToEnd == id && v.payments[i].Purpose != PurposeSurcharge {
			v.rows = append(v.rows, i)
			v.left[i] = 0
		}
	}
	slices.SortStableFunc(v.rows, func(a, b int) int { return cmp.Compare(v.payments[a].PaidOn, v.payments[b].PaidOn) })
	return len(v.rows) > 0
}

// transferSeen notes what the payments show of a transfer: its booking, with the sign of money that left or, where nothing else books
// it, with the wrong one; and its return.
func (v *movements) transferSeen(o *order) {
	var left money.Cents
	books := func(p *Payment) bool {
		return p.Purpose == PurposeRefund || p.Purpose != PurposeReturned && p.Amount < 0
	}
	for _, i := range v.rows {
		if p := &v.payments[i]; books(p) {
			left += p.Amount.Abs()
		}
	}
	for _, i := range v.rows {
		p := &v.payments[i]
		amount := p.Amount.Abs()
		switch {
		case books(p):
			o.booked += amount
		case left == 0 && p.Purpose != PurposeReturned:
			o.booked += amount
		default:
			amount = min(amount, o.transfer()-o.returned)
			o.returned += amount
			v.move(o.year, p.PaidOn, amount, PurposeReturned)
			v.back(o.year, p.PaidOn, amount)
		}
	}
	o.booked = min(o.booked, o.transfer())
}

// collectionSeen notes what the payments show of a collection: that it came in, and that it came back. The principal comes first.
func (v *movements) collectionSeen(o *order) {
	for _, i := range v.rows {
		p := &v.payments[i]
		if p.Purpose == PurposeReturned || p.Amount < 0 {
			o.out = min(o.asked(), o.out+p.Amount.Abs())
		} else {
			o.in = min(o.asked(), o.in+p.Amount)
			o.cameIn = cmp.Or(o.cameIn, p.PaidOn)
		}
		v.collected(o, p.PaidOn, o.out)
	}
	o.claimed = true
}

// collected moves what came in by a collection, less what came back of it, as far as it did not move yet. What is beyond the principal
// pays the surcharge.
func (v *movements) collected(o *order, on Date, out money.Cents) {
	now := max(-o.claim, min(o.claim, o.in-out))
	v.move(o.year, on, now-o.counted, PurposeUnsaid)
	v.claims = append(v.claims, Payment{Year: o.year, PaidOn: on, Amount: now - o.counted})
	beside := min(o.surcharge, max(0, o.in-out-o.claim))
	v.surcharges = append(v.surcharges, Payment{Year: o.year, PaidOn: on, Amount: beside - o.beside})
	o.counted, o.beside = now, beside
}

// isOrdinary says whether a payment may be recognised by its amount: it names no transaction of the fund's own files, and its purpose
// says nothing else.
func (p *Payment) isOrdinary() bool {
	return (p.Purpose == PurposeUnsaid || p.Purpose == PurposeContribution) && !isTransaction(p.EndToEnd)
}

// isTransaction says whether a text has the form of an EndToEndId of the fund's own payment files: the name of a batch, then R or C and a
// number. One that no order knows is of a batch that was withdrawn, or of another affiliate.
func isTransaction(id string) bool {
	_, own := OwnTransfer(id)
	return own && len(id) >= len("2026-06-30-bada1d05-R0000001")
}
