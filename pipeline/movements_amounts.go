package pipeline

import (
	"slices"

	"regul/pipeline/money"
)

// Payments that name no transaction: they are recognised by year, day and amount.

// recogniseRefunds finds the bookings of refunds that name no transaction, by year and day.
func (v *movements) recogniseRefunds() {
	for i := range v.payments {
		p := &v.payments[i]
		if v.left[i] < 0 && (p.isOrdinary() || p.Purpose == PurposeRefund && !isTransaction(p.EndToEnd)) {
			v.left[i] = -v.book(p.Year, p.PaidOn, -v.left[i])
		}
	}
}

// cameBackUnnamed notes the refunds that came back without naming their transaction.
func (v *movements) cameBackUnnamed() {
	for i := range v.payments {
		if p := &v.payments[i]; p.Purpose == PurposeReturned && v.left[i] > 0 {
			v.cameBack(p.Year, p.PaidOn, v.left[i])
		}
	}
}

// book takes an amount that left on a day as part of what was ordered for the year, and says what of it no order explains. Amounts in
// cents, positive.
func (v *movements) book(year int16, on Date, amount money.Cents) money.Cents {
	// The very amount of a transfer is its booking, though an older one is not booked yet. Of two, that of one that is held: nobody knows
	// that it was not transferred by hand, and it must not go a second time.
	for _, held := range []bool{true, false} {
		for i := range v.orders {
			o := &v.orders[i]
			if o.held != 0 == held && o.year == year && o.on <= on && o.booked == 0 && o.reversed < amount && o.isWhole(amount) {
				o.booked, o.bookedOn = amount, on
				return 0
			}
		}
	}
	reversal := money.Cents(0)
	for i := range v.orders {
		o := &v.orders[i]
		if o.year != year || o.on > on {
			continue
		}
		known := min(o.reversed, amount)
		o.reversed -= known
		reversal += known
		amount -= known
		if amount == 0 {
			break
		}
		part := min(amount, max(0, o.refund-o.booked))
		if amount == o.transfer()-o.booked {
			part = amount
		}
		if o.booked += part; part > 0 {
			o.bookedOn = on
		}
		amount -= part
	}
	return reversal + amount
}

// cameBack notes that a refund came back, the oldest first.
func (v *movements) cameBack(year int16, on Date, amount money.Cents) {
	for i := range v.orders {
		if o := &v.orders[i]; o.year == year && o.on <= on {
			part := min(amount, o.transfer()-o.returned)
			o.returned += part
			amount -= part
			v.back(year, on, part)
		}
	}
}

// back notes that so much of what was refunded of a year is with the fund again.
func (v *movements) back(year int16, on Date, amount money.Cents) {
	if amount != 0 && on <= v.asOf {
		v.refunded = append(v.refunded, Payment{Year: year, Amount: -amount})
	}
}

// recogniseClaims finds the payments of the very amount that a letter asked for.
func (v *movements) recogniseClaims() {
	for i := range v.orders {
		o := &v.orders[i]
		asked := o.asked()
		if asked == 0 || o.claimed {
			continue
		}
		for j := range v.payments {
			p := &v.payments[j]
			if p.Year == o.year && p.PaidOn >= o.on && v.left[j] == asked && p.saysNothing() {
				v.left[j] = 0
				o.unnamed = true
				v.paidBySlip(o, p.PaidOn)
				break
			}
		}
	}
}

// findUnclear finds the payments that may be the booking of a refund with the wrong sign.
func (v *movements) findUnclear() {
	for i := range v.orders {
		o := &v.orders[i]
		if o.refund == 0 || (o.booked > 0 || o.returned > 0) && o.failed == 0 {
			continue
		}
		for j := range v.payments {
			p := &v.payments[j]
			if p.Year == o.year && p.PaidOn >= o.on && p.saysNothing() &&
				v.left[j] > 0 && (v.left[j] == o.refund || v.left[j] == o.transfer() || v.left[j] == o.failed) && !v.knew(i, j) {
				v.left[j] = 0
				o.unclear = true
				v.unclear = append(v.unclear, *p)
				break
			}
		}
	}
}

// knew says whether the batch of an order knew a payment, of its very day: then it is what the batch gave back, and no booking of it. What
// it recorded as paid tells. Books only grow: what came to light since is, at the most, what came in until that day by now less what was
// recorded, and that is not enough for the payment. Or the books say of that day, to the cent, what they said then, and nothing went back
// that could stand for the payment.
func (v *movements) knew(order, payment int) bool {
	o, amount := &v.orders[order], v.left[payment]
	if v.payments[payment].PaidOn != o.on || o.trusting {
		return false
	}
	var came, went money.Cents
	undone := false
	count := func(p *Payment, moved money.Cents) {
		switch {
		case p.Year != o.year || p.PaidOn > o.on:
		case moved > 0:
			came += moved
		default:
			went -= moved
			undone = undone || moved == -amount
		}
	}
	for i := range v.payments {
		count(&v.payments[i], v.left[i])
	}
	for i := range v.moved {
		count(&v.moved[i], v.moved[i].Amount)
	}
	came += v.orderedBefore(order)
	since := came - o.paid
	return since >= 0 && since < amount || since == went && !undone
}

// orderedBefore is what orders and offsets had moved on the year of an order when its batch found P, in cents. A year that has something
// back receives no offset of that batch: those of its day are of others.
func (v *movements) orderedBefore(order int) (sum money.Cents) {
	o := &v.orders[order]
	for i := range v.orders[:order] {
		if v.orders[i].year == o.year {
			sum -= v.orders[i].refund
		}
	}
	for i := range v.offsets {
		switch f := &v.offsets[i]; {
		case f.To == o.year && f.On <= o.on:
			sum += f.Amount
		case f.From == o.year && f.On < o.on:
			sum -= f.Amount
		}
	}
	return sum
}

// recogniseArrears finds the payments of the very amount that a letter asked for beside its claim: what was called before with the
// surcharges for late payment, and with or without the claim. Where none of it is a surcharge, the payment is a contribution as it is. A
// letter may ask for what one before it asked for, in the same sum or in another: of the ways to give each letter a payment, that is taken
// which leaves the fewest without, and the last letters go first.
func (v *movements) recogniseArrears() {
	v.answers = v.answers[:0]
	for i := range slices.Backward(v.orders) {
		o := &v.orders[i]
		o.slip, o.whole = o.owing+o.late, 0
		if o.isOpen() && o.slip > 0 && o.late+o.surcharge > 0 {
			o.whole = o.slip + o.asked()
		}
		if o.late == 0 {
			o.slip = o.whole
		}
		if o.owing < 0 || o.slip == 0 {
			continue
		}
		if len(v.answers) == 0 {
			v.answers = slices.Grow(v.answers, len(v.payments))[:len(v.payments)]
			for j := range v.answers {
				v.answers[j].to = -1
			}
		}
		for j := range v.answers {
			v.answers[j].tried = false
		}
		v.isAnswered(i)
	}
	for j := range v.answers {
		if i := v.answers[j].to; i >= 0 {
			v.divide(&v.orders[i], j)
		}
	}
}

// recogniseSlipsTakenBack finds the payments of what a letter asked for with what was called before, of the very amount, that were taken
// back without a name: both move as the letter divides them, and the letter waits for another payment.
func (v *movements) recogniseSlipsTakenBack() {
	for i := range v.payments {
		back := &v.payments[i]
		if v.left[i] >= 0 || back.Purpose != PurposeReturned || isTransaction(back.EndToEnd) {
			continue
		}
		for j := range slices.Backward(v.payments) {
			paid := &v.payments[j]
			if paid.Year != back.Year || paid.PaidOn > back.PaidOn || v.left[j] != -v.left[i] || !paid.saysNothing() {
				continue
			}
			amount := v.left[j]
			if o := v.first(paid, func(o *order) bool { return o.slipWith(amount) >= 0 }); o != nil {
				v.left[i], v.left[j] = 0, 0
				v.divideSlip(o, paid.PaidOn, o.slipWith(amount), 1)
				v.divideSlip(o, back.PaidOn, o.slipWith(amount), -1)
				break
			}
		}
	}
}

// slipWith is how much of the claim, surcharge included, a payment of an amount pays with all that was called before and the surcharges
// that run on it; -1: that is no sum of the letter's.
func (o *order) slipWith(amount money.Cents) money.Cents {
	slip := o.owing + o.late
	switch {
	case o.owing < 0 || slip == 0 || o.late+o.surcharge == 0:
	case amount == slip && o.late > 0:
		return 0
	case amount == slip+o.asked() && o.asked() > 0:
		return o.asked()
	}
	return -1
}

// divideSlip moves what was called before and so much of the claim, and pays the surcharges of both, or takes all of it back.
func (v *movements) divideSlip(o *order, on Date, claim, sign money.Cents) {
	surcharge := max(0, claim-o.claim)
	principal := Payment{Year: o.year, PaidOn: on, Amount: sign * (o.owing + claim - surcharge)}
	v.move(o.year, on, principal.Amount, PurposeUnsaid)
	late := Payment{Year: o.year, PaidOn: on, Amount: sign * o.late}
	v.claims, v.latePaid = append(v.claims, principal), append(v.latePaid, late)
	late.Amount += sign * surcharge
	v.surcharges = append(v.surcharges, late)
}

// answer is which letter a payment answers.
type answer struct {
	to    int32 // the position of its order; -1: none
	tried bool
}

// isAnswered gives an order a payment of what its letter asked for, and says whether there is one: where another has it, that one looks on.
func (v *movements) isAnswered(at int) bool {
	o := &v.orders[at]
	for j := range v.payments {
		p := &v.payments[j]
		if p.Year != o.year || p.PaidOn < o.on || !p.saysNothing() || v.answers[j].tried ||
			v.left[j] != o.slip && (o.whole == 0 || v.left[j] != o.whole) {
			continue
		}
		v.answers[j].tried = true
		if has := v.answers[j].to; has < 0 || v.isAnswered(int(has)) {
			v.answers[j].to = int32(at)
			return true
		}
	}
	return false
}

// divide takes a payment as the letter of an order divides it.
func (v *movements) divide(o *order, j int) {
	p := &v.payments[j]
	if v.left[j] == o.whole {
		o.unnamed = true
		v.paidBySlip(o, p.PaidOn)
		o.together = true
	}
	v.left[j] = 0
	v.divideSlip(o, p.PaidOn, 0, 1)
}
