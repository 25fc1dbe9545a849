package pipeline

import (
	"cmp"

	"regul/pipeline/money"
)

// transfersConfirmed takes what the bank said of the refunds.
func (v *movements) transfersConfirmed(list []ConfirmedTransfer) {
	for i := range v.orders {
		o := &v.orders[i]
		for _, c := range confirmationsOf(list, o.refundID) {
			v.transferConfirmed(o, &c)
		}
	}
}

// amountOf is how much of a whole a confirmation is about, in cents.
func (c *Confirmation) amountOf(whole money.Cents) money.Cents {
	if c.Amount == 0 {
		return whole
	}
	return min(c.Amount, whole)
}

// transferConfirmed notes what the bank says of a transfer. The same return may be told by the payments, and by several confirmations.
func (v *movements) transferConfirmed(o *order, c *ConfirmedTransfer) {
	amount := c.amountOf(o.transfer())
	if !c.Status.Failed() {
		o.confirmed = max(o.confirmed, amount)
		return
	}
	if part := amount - o.returned; part > 0 {
		on := max(c.On, o.on)
		o.returned += part
		o.failed += part
		v.move(o.year, on, part, PurposeReturned)
		v.back(o.year, on, part)
	}
}

// collectionFailed takes what the bank said, until the day before one, of a collection that came in. What it rejected before that is about
// nothing that came in: the fund presented it again. What it took back came in: a word of what no payment shows yet is kept for the next.
func (v *movements) collectionFailed(o *order, before Date) {
	kept := v.words[:0]
	for _, c := range v.words {
		if c.Status == BankReturned && c.On < before && o.in == 0 {
			v.cameInUnnamed(o, c.On)
		}
		if c.On < before {
			v.cameBackUnnoticed(o, c.On+1, false)
		}
		switch {
		case c.On >= before || o.in == 0:
			kept = append(kept, c)
		case c.Status == BankReturned || o.inOn <= c.On:
			v.tookBack(o, c)
		}
	}
	v.words = kept
}

// tookBack notes that what came in by a letter came back, as the bank says.
func (v *movements) tookBack(o *order, c *Confirmation) {
	if out := min(c.amountOf(o.asked()), o.in); out > o.out {
		o.lost += out - o.out
		o.out, o.backOn = out, max(c.On, o.on, o.inOn)
		v.collected(o, o.backOn, out)
	}
}

// recognisePaidAgain finds the payments of the very amount of what was paid of a letter and came back: who could not be collected from pays
// by its slip, which divides it once more. It says whether there is one, which may have come back too.
func (v *movements) recognisePaidAgain() (found bool) {
	for i := range v.orders {
		o := &v.orders[i]
		if o.out != o.asked() || !o.isOpen() {
			continue
		}
		for j := range v.payments {
			p := &v.payments[j]
			if p.Year == o.year && p.PaidOn >= o.on && v.left[j] == o.asked() && p.saysNothing() {
				v.left[j] = 0
				v.paidBySlip(o, p.PaidOn)
				found = true
				break
			}
		}
	}
	return found
}

// isOpen says whether a letter asked for something of which nothing came in, or of which all that came in came back.
func (o *order) isOpen() bool { return o.asked() > 0 && (o.in == 0 || o.in == o.out) }

// paidBySlip notes that all that a letter asked for came in by one transfer.
func (v *movements) paidBySlip(o *order, on Date) {
	if o.in == 0 { // what came back of it was never seen to come in: it stays taken back
		o.counted = 0
	}
	o.in, o.out, o.told = o.asked(), 0, 0
	o.inOn, o.cameIn, o.claimed, o.together = on, cmp.Or(o.cameIn, on), true, false
	v.collected(o, on, 0)
}

// recogniseToldBack finds the payments with purpose returned, which name no transaction, of the very amount that the bank took back: they
// only book what it told, and take back nothing that was paid of another letter of that amount.
func (v *movements) recogniseToldBack() {
	for i := range v.payments {
		p, left := &v.payments[i], &v.left[i]
		if *left >= 0 || p.Purpose != PurposeReturned || isTransaction(p.EndToEnd) {
			continue
		}
		told := v.first(p, func(o *order) bool { return o.lost == -*left && o.cameIn <= p.PaidOn })
		if told == nil || v.paidSince(told.inOn, p, -*left) {
			continue
		}
		// What is there by its name, or came in since, is what came back.
		if v.first(p, func(o *order) bool { return o.isThere(p, -*left) && (!o.unnamed || o.inOn > told.inOn) }) == nil {
			told.lost, *left = 0, 0
		}
	}
}

// isThere says whether an amount came in, until the day of a payment, that is all that a letter asked for, and none of it came back.
func (o *order) isThere(p *Payment, amount money.Cents) bool {
	return o.in == amount && o.in == o.asked() && o.out == 0 && o.inOn <= p.PaidOn && !o.together
}

// paidSince says whether a payment that may pay a slip came in after a day, until the one by which so much went back: then that one went
// back.
func (v *movements) paidSince(day Date, back *Payment, amount money.Cents) bool {
	for i := range v.payments {
		p := &v.payments[i]
		if p.Year == back.Year && p.PaidOn > day && p.PaidOn <= back.PaidOn && v.left[i] == amount && p.saysNothing() {
			return true
		}
	}
	return false
}

// recogniseBounced finds the payments with purpose returned that name no transaction and take back the very amount that a letter asked for,
// of which the bank says nothing: they take principal and surcharge back, as they came.
func (v *movements) recogniseBounced() {
	for i := range v.payments {
		p, left := &v.payments[i], &v.left[i]
		if *left >= 0 || p.Purpose != PurposeReturned || isTransaction(p.EndToEnd) {
			continue
		}
		var came *order // the last that came in
		for j := range v.orders {
			if o := &v.orders[j]; o.year == p.Year && o.isThere(p, -*left) && (came == nil || o.inOn > came.inOn) {
				came = o
			}
		}
		if came != nil {
			came.toldBack(p.PaidOn, came.in)
			*left = 0
			v.collected(came, p.PaidOn, came.out)
		}
	}
}

// recogniseLost finds the payments that only book that the bank took a collection back, as it told before: those with their purpose, as
// part of it; then others of the very amount, unless it is that of a refund that is not booked yet. None came back before it came in.
func (v *movements) recogniseLost() {
	for _, purpose := range []Purpose{PurposeReturned, PurposeUnsaid} {
		for i := range v.payments {
			p, left := &v.payments[i], &v.left[i]
			if *left >= 0 || p.Purpose != purpose || isTransaction(p.EndToEnd) {
				continue
			}
			var lost *order
			if v.paidSince(0, p, -*left) {
				continue // that is what came back
			}
			if purpose == PurposeReturned {
				lost = v.first(p, func(o *order) bool { return o.lost >= -*left && o.cameIn <= p.PaidOn })
			} else if v.first(p, func(o *order) bool { return o.booked == 0 && o.isWhole(-*left) }) == nil {
				lost = v.first(p, func(o *order) bool { return o.lost == -*left && o.cameIn <= p.PaidOn })
			}
			if lost != nil {
				part := min(lost.lost, -*left)
				lost.lost -= part
				*left += part
			}
		}
	}
}

// isWhole says whether an amount is the whole of what leaves the fund, with or without the surcharge that is given back.
func (o *order) isWhole(amount money.Cents) bool { return amount == o.refund || amount == o.transfer() }

// recogniseReturns finds the payments that only book the return of a refund that the bank told before. What is booked comes back before
// what is not: a transfer that the bank rejected, and that is in no book, comes back in none.
func (v *movements) recogniseReturns() {
	for i := range v.payments {
		p, left := &v.payments[i], &v.left[i]
		if *left <= 0 || p.Purpose != PurposeReturned || isTransaction(p.EndToEnd) {
			continue
		}
		failed := v.first(p, func(o *order) bool { return o.failed == *left && o.booked > 0 })
		if failed == nil && v.first(p, func(o *order) bool { return o.returned == 0 && o.booked > 0 && o.isWhole(*left) }) != nil {
			continue // of which the bank said nothing yet
		}
		if failed == nil {
			failed = v.first(p, func(o *order) bool { return o.failed == *left })
		}
		if failed == nil {
			failed = v.first(p, func(o *order) bool { return o.failed > *left })
		}
		if failed != nil {
			part := min(failed.failed, *left)
			failed.failed -= part
			*left -= part
		}
	}
}

// first is the oldest order that a payment may be about and for which something holds; nil if there is none.
func (v *movements) first(p *Payment, holds func(*order) bool) *order {
	for i := range v.orders {
		if o := &v.orders[i]; o.year == p.Year && o.on <= p.PaidOn && holds(o) {
			return o
		}
	}
	return nil
}
