package pipeline

import (
	"cmp"
	"math"
	"slices"

	"regul/pipeline/money"
)

// Payments that name a transaction of the fund's own payment files: they are recognised on any year and with any sign.

// recogniseTransactions finds the payments that name a transaction of the fund's own payment files.
func (v *movements) recogniseTransactions(confirmed []ConfirmedTransfer) {
	for i := range v.orders {
		o := &v.orders[i]
		if v.find(o.refundID) {
			v.transferSeen(o)
		}
		words := confirmationsOf(confirmed, o.claimID)
		if v.find(o.claimID) || len(words) > 0 {
			v.collectionSeen(o, words)
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

// collectionSeen notes what the payments, and the bank, show of a collection: that it came in, that it came back, and that it came in once
// more, since the fund presented it again under the same name. The principal comes first.
func (v *movements) collectionSeen(o *order, words []ConfirmedTransfer) {
	v.words = v.words[:0]
	for i := range words {
		if words[i].Status.Failed() {
			v.words = append(v.words, &words[i].Confirmation)
		}
	}
	slices.SortStableFunc(v.words, func(a, b *Confirmation) int { return cmp.Compare(a.On, b.On) })
	isBack := func(i int) bool { return v.payments[i].Purpose == PurposeReturned || v.payments[i].Amount < 0 }
	slices.SortStableFunc(v.rows, func(a, b int) int { // what comes back on a day came in before
		if day := cmp.Compare(v.payments[a].PaidOn, v.payments[b].PaidOn); day != 0 || isBack(a) == isBack(b) {
			return day
		}
		if isBack(a) {
			return 1
		}
		return -1
	})
	for _, i := range v.rows {
		p := &v.payments[i]
		if isBack(i) {
			if v.collectionFailed(o, p.PaidOn); p.Amount.Abs() == o.asked() {
				for v.cameBackUnnoticed(o, p.PaidOn+1, false) || v.cameInUnnamed(o, p.PaidOn) {
				}
			}
			o.toldBack(p.PaidOn, p.Amount.Abs())
		} else {
			v.collectionFailed(o, p.PaidOn)
			v.cameBackUnnoticed(o, p.PaidOn, true)
			o.comesIn(p.PaidOn, p.Amount)
		}
		v.collected(o, p.PaidOn, o.out)
	}
	v.collectionFailed(o, math.MaxInt32)
	o.claimed = len(v.rows) > 0 || o.in > 0
}

// comesIn notes that so much of a collection came in. What is more than was asked for was booked twice, unless all of it came back before.
func (o *order) comesIn(on Date, amount money.Cents) {
	if o.in > 0 && o.out == o.in && o.backOn < on {
		o.in, o.out, o.told = 0, 0, 0
	}
	if o.in == 0 {
		o.inOn, o.cameIn = on, cmp.Or(o.cameIn, on)
	}
	o.in = min(o.asked(), o.in+amount)
}

// toldBack notes what the payments show of the return of a collection. What the bank told of it before is that same return.
func (o *order) toldBack(on Date, amount money.Cents) {
	told := min(o.asked(), o.told+amount)
	o.lost -= min(told, o.out) - o.told
	if o.told = told; told > o.out {
		o.out, o.backOn = told, on
	}
}

// cameInUnnamed finds the last payment by which all of a collection came in without its name, until a day on which it came back: the books
// name it at another time, or only what came back of it. None is of a time when it was there, or came back, by its name.
func (v *movements) cameInUnnamed(o *order, until Date) (found bool) {
	if o.in != o.out || o.asked() == 0 {
		return false
	}
	for i := range slices.Backward(v.payments) {
		p := &v.payments[i]
		if p.Year == o.year && p.PaidOn >= o.on && p.PaidOn <= until && (o.in == 0 || p.PaidOn > o.backOn) &&
			v.left[i] == o.asked() && p.saysNothing() {
			v.left[i] = 0
			o.comesIn(p.PaidOn, o.asked())
			v.collected(o, p.PaidOn, o.out)
			return true
		}
	}
	return false
}

// cameBackUnnoticed finds the payment that shows, without its name, that all of a collection came back, before a day on which it came in
// again, or until one on which books or bank tell its return by its name: that is the same, told twice.
func (v *movements) cameBackUnnoticed(o *order, day Date, again bool) (found bool) {
	if o.in == 0 || o.out > 0 {
		return false
	}
	for i := range v.payments {
		p := &v.payments[i]
		if p.Year == o.year && p.Purpose == PurposeReturned && v.left[i] == -o.in && !isTransaction(p.EndToEnd) &&
			p.PaidOn >= o.inOn && p.PaidOn < day && !(again && v.paidSince(o.inOn, p, o.in)) {
			o.toldBack(p.PaidOn, o.in)
			v.left[i] = 0
			v.collected(o, p.PaidOn, o.out)
			return true
		}
	}
	return false
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

// leaveOthers takes out of the movements what names a transaction of somebody else: the fund booked it on the wrong number. It is unclear,
// so that nobody owes what another received, and nobody receives what another paid.
func (v *movements) leaveOthers() {
	for i := range v.payments {
		if p := &v.payments[i]; v.left[i] != 0 && v.isOthers(p) {
			v.left[i] = 0
			v.unclear = append(v.unclear, Payment{Year: p.Year, PaidOn: p.PaidOn, Amount: p.Amount.Abs()})
		}
	}
}

// isOthers says whether a payment names a transaction of a batch that counts for everybody, and of another number. Of a batch that was
// withdrawn, also for some alone, nobody's transactions are known: what names one is a movement.
func (v *movements) isOthers(p *Payment) bool {
	return len(v.ordering) > 0 && isTransaction(p.EndToEnd) && v.ordering[p.EndToEnd[:batchNameLength]] &&
		!slices.ContainsFunc(v.transfers, func(t PriorTransfer) bool { return t.EndToEnd == p.EndToEnd })
}

// isOrdinary says whether a payment may be recognised by its amount: it names no transaction of the fund's own files, and its purpose
// says nothing else.
func (p *Payment) isOrdinary() bool {
	return (p.Purpose == PurposeUnsaid || p.Purpose == PurposeContribution) && !isTransaction(p.EndToEnd)
}

// saysNothing says whether nothing but its amount can tell what a payment is: it has no purpose, and names no transaction.
func (p *Payment) saysNothing() bool { return p.Purpose == PurposeUnsaid && p.isOrdinary() }

// isTransaction says whether a text has the form of an EndToEndId of the fund's own payment files: the name of a batch, then R or C and a
// number. One that no order knows is of a batch that was withdrawn, or of somebody else: see isOthers.
func isTransaction(id string) bool {
	_, own := OwnTransfer(id)
	return own && len(id) >= len("2026-06-30-bada1d05-R0000001")
}
