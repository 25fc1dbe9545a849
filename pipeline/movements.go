package pipeline

import (
	"cmp"
	"slices"

	"regul/pipeline/money"
)

// Money keeps its history: what left the fund, and what moved between the years of an affiliate, is known from the batches that
// ordered it, and not from the hope that it was booked. P of a year is the sum of its movements:
//
//	contributions received - refunds that were ordered and did not come back + offsets received - offsets given
//
// A payment that only books what a batch ordered is recognised, and is no movement. So it does not matter when, in how many parts, or
// whether it was booked: once all is booked, the movements are those of a fund that booked at once.
//
// How a payment is recognised (readings, all of them here):
//
//   - by end_to_end, on any year and with any sign. One transaction moves its amount once: what is booked beyond it is no movement;
//   - one that names a transaction that a batch ordered for somebody else is neither: it is unclear, until it is booked on whose it is;
//   - an offset that the fund booked, as documentation of old told: the negative row of the year that gave and the positive row of the
//     year that received, of one day and of the very amounts;
//   - a negative payment from the day of an order on, as part of what was ordered for its year and is not booked yet: of the order of
//     that very amount, else of the oldest. What exceeds that is a reversal, a movement. So is what the order already knew: see
//     PriorYear.Reversed;
//   - one transfer of the very amount that a letter asked for pays principal and surcharge as the letter divides it. A surcharge is never
//     part of P. So does a transfer of what its slip for what was called before asks for, alone or with all else that the letter asks for.
//     Of a batch of before the ledger knew what a slip asks for, its payment is a contribution where a part of the surcharges was claimed
//     with what was paid late, unless its purpose is said. What was collected and came back may so be paid once more;
//   - what the bank rejected or returned, as the confirmations say, is with the fund again, or not paid, from that day on: a refund
//     whether or not it was booked, a collection where the payments show that it came in. A payment that books it afterwards is
//     recognised: with purpose returned, of a collection also a negative one of the very amount, both from the day on which it came in.
//     What the bank accepted or booked is seen; it moves nothing;
//   - a collection that came in under its name, came back, and came in under its name on a later day was presented again by the fund: it
//     counts as often as it came in. Without a return in between it was booked twice. What the bank rejected before is no return of it.
//     What came back had come in: where its name does not show how, by the last payment of its very amount until then;
//   - what says without a name that it came back is of the last payment of its very amount that came in until its day. A slip that was
//     taken back so may be paid again;
//   - a positive payment, without purpose, of the very amount of a refund that nobody booked, is unclear: a booking with the wrong sign,
//     or money that came back. It is no movement until its purpose is said, and it is told. One of the day of the batch that the batch knew
//     is neither: see knew.

// order is what one version of a year asked for, and what the payments show of it. Amounts in cents.
type order struct {
	year             int16
	on               Date
	refund, back     money.Cents // leave the fund in one transfer: the refund, and a surcharge that is given back
	claim, surcharge money.Cents // asked for by one letter: the principal, and a surcharge
	owing, late      money.Cents // and by the slip beside it: what was called before, and the surcharges for late payment that run on it
	slip, whole      money.Cents // what one payment of the slip is, and one of all that the letter asks for; 0: there is none
	refundID         string      // EndToEndId of the transfer; "" if it is in no payment file
	claimID          string      // of the collection
	reversed         money.Cents // negative payments from its day on that it knew of: they do not book it
	paid             money.Cents // P as it knew it
	trusting         bool        // which is not what moved: see PriorYear

	held    uint8       // why the transfer was held; 0: it was not, or it has been sent since
	limit   money.Cents // above which it was held
	holder  string      // its batch, where it was held
	unclear bool        // a payment may be its booking

	booked   money.Cents // of refund and back
	apart    money.Cents // of back, by itself and with its purpose
	returned money.Cents // of refund and back
	claimed  bool        // a payment of the claim was recognised
	cameIn   Date        // on which the first of the claim came in; 0: nothing did
	inOn     Date        // the same, of the last time that it was presented
	backOn   Date        // on which the last of out came back
	told     money.Cents // of out, what the payments show
	unnamed  bool        // it was recognised by its amount alone
	together bool        // with what was called before, by one payment
	unsent   bool        // no payment file has the transfer: it left when it is booked
	sent     Date        // of the batch whose payment file has the transfer: that of the order or, where it was held, a later one
	bookedOn Date        // of the last of booked; 0: nothing is booked by its amount
	in, out  money.Cents // of the claim, surcharge included: what came in, and what came back
	counted  money.Cents // of the principal, what of that is a movement so far
	beside   money.Cents // of the surcharge, what of that is paid so far

	confirmed money.Cents // of refund and back: the bank took it
	failed    money.Cents // of returned, what the bank alone tells so far
	lost      money.Cents // of the claim: that the bank took back, and the bank alone tells so far
}

// asked is what its letter asked for, in cents.
func (o *order) asked() money.Cents { return o.claim + o.surcharge }

// transfer is what leaves the fund, in cents.
func (o *order) transfer() money.Cents { return o.refund + o.back }

// left is what left the fund, for all that is known, and when: of the refund, and of the surcharge that is given back. Of what no payment
// file has that is what was booked. For P all of it left on the day of the order.
func (o *order) left() (refund, back money.Cents, on Date) {
	if !o.unsent {
		return o.refund, o.back, o.sent
	}
	seen := max(o.booked, o.returned, o.confirmed)
	refund = min(o.refund, seen)
	return refund, seen - refund, cmp.Or(o.bookedOn, o.sent)
}

// unbooked is what left the fund and was neither booked nor confirmed nor came back, in cents.
func (o *order) unbooked() money.Cents {
	return max(0, o.transfer()-max(o.booked+o.apart, o.returned, o.confirmed))
}

// movements makes the movements of an affiliate's years from the payments and the orders. Its memory is used again.
type movements struct {
	asOf      Date
	ordering  map[string]bool // see Parameters
	transfers []PriorTransfer // of earlier batches
	orders    []order         // by year and version
	offsets   []PriorOffset   // by day
	unbooked  []PriorOffset   // of them, those that the books do not have on one day
	payments  []Payment       // by year and day
	left      []money.Cents   // of each payment: what of it is a movement
	rows      []int           // of one transaction, by day
	words     []*Confirmation // of the bank, that it failed, by day
	answers   []answer        // of each payment, where a letter has a slip for what was called before
	moved     []Payment       // the movements, by year and day
	claims    []Payment       // of them, the principal that payments were recognised to pay of what letters asked for
	unclear   []Payment       // payments that are no movement until their purpose is said

	refunded   []Payment // what orders took out of a year, and what of it came back, negative
	exchanged  []Payment // what offsets brought into a year, or took out of it
	surcharges []Payment // that were paid: no movement
	latePaid   []Payment // of them, those for late payment alone

	reversals []Payment // movements that took back on the day of the batch or later: no order of the batch is booked by them
}

// of finds the movements of a case. Its payments and earlier versions are sorted. The result is valid until the next call.
func (v *movements) of(c *Case, asOf Date) []Payment {
	v.asOf, v.transfers, v.unclear, v.reversals, v.orders = asOf, c.Transfers, v.unclear[:0], v.reversals[:0], v.orders[:0]
	v.refunded, v.exchanged, v.claims, v.surcharges, v.latePaid = v.refunded[:0], v.exchanged[:0], v.claims[:0], v.surcharges[:0], v.latePaid[:0]
	if len(c.PriorYears) == 0 && len(c.Offsets) == 0 && !slices.ContainsFunc(c.Payments, v.isSpecial) {
		for i := range c.Payments {
			v.reversal(&c.Payments[i], c.Payments[i].Amount)
		}
		return c.Payments
	}
	v.payments, v.moved = c.Payments, v.moved[:0]
	v.take(c)
	v.left = v.left[:0]
	for i := range v.payments {
		v.left = append(v.left, v.payments[i].movement())
	}
	v.recogniseTransactions(c.Confirmations)
	v.leaveOthers()
	v.recogniseOffsets()
	v.recogniseSlipsTakenBack()
	v.recogniseArrears()
	v.recogniseClaims()
	v.transfersConfirmed(c.Confirmations)
	v.recogniseToldBack()
	for again := true; again; { // and what was paid again may come back
		v.recogniseBounced()
		again = v.recognisePaidAgain()
	}
	v.recogniseLost()
	v.recogniseRefunds()
	v.recogniseReturns()
	v.cameBackUnnamed()
	v.findUnclear()
	v.paidSurcharges()
	return v.list()
}

// paidSurcharges adds what says that it paid a surcharge to what one transfer paid beside its principal. A negative one books what orders
// give back, as far as that is not booked with the refund.
func (v *movements) paidSurcharges() {
	for i := range v.payments {
		p := &v.payments[i]
		if p.Purpose != PurposeSurcharge {
			continue
		}
		amount := p.Amount
		for j := range v.orders {
			if o := &v.orders[j]; amount < 0 && o.year == p.Year && o.on <= p.PaidOn {
				part := min(-amount, o.back-max(0, o.booked-o.refund)-o.apart)
				o.apart += part
				amount += part
			}
		}
		v.surcharges = append(v.surcharges, Payment{Year: p.Year, PaidOn: p.PaidOn, Amount: amount})
	}
}

// reversal notes what a payment takes back, where an order of the batch might seem to be booked by it.
func (v *movements) reversal(p *Payment, amount money.Cents) {
	if amount < 0 && p.PaidOn >= v.asOf && p.Purpose != PurposeReturned {
		v.reversals = append(v.reversals, Payment{Year: p.Year, PaidOn: p.PaidOn, Amount: amount})
	}
}

// isSpecial says whether a payment is not simply a movement of its amount.
func (v *movements) isSpecial(p Payment) bool { return p.Purpose != PurposeUnsaid || v.isOthers(&p) }

// take lists the orders and the offsets of the earlier batches.
func (v *movements) take(c *Case) {
	for i := range c.PriorYears {
		p := &c.PriorYears[i]
		later := i+1 < len(c.PriorYears) && c.PriorYears[i+1].Year == p.Year && c.PriorYears[i+1].Trusting
		o := order{year: p.Year, on: p.NotifiedOn, sent: p.NotifiedOn, refund: p.Refund, back: p.Back, claim: p.Claim,
			surcharge: p.Asked, reversed: p.Reversed, paid: p.Paid, trusting: p.Trusting, owing: p.Owing, late: p.Late}
		for j := range c.Offsets {
			if f := &c.Offsets[j]; f.To == p.Year && f.On == p.NotifiedOn {
				o.owing -= f.Amount // what of it paid the supplement is not among Owing
			}
		}
		for j := range c.Transfers {
			switch t := &c.Transfers[j]; {
			case t.Void || t.Freed || t.Year != p.Year || t.Batch != p.Batch:
			case t.Leaves && !t.Sent && later:
				o.refund = 0 // regul once ordered again, with the next version, what could not be sent
			case t.Leaves:
				o.refundID, o.held, o.limit, o.holder, o.unsent = t.EndToEnd, t.Held, t.Limit, t.Holder, !t.Sent
			default:
				o.claimID = t.EndToEnd
			}
		}
		o.freedBy(c.Transfers)
		v.orders = append(v.orders, o)
	}
	v.offsets = append(v.offsets[:0], c.Offsets...)
	slices.SortFunc(v.offsets, func(a, b PriorOffset) int {
		return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Amount, b.Amount))
	})
}

// movement is what a payment adds to P by itself, in cents. Money that left lowers it, with either sign in the books.
func (p *Payment) movement() money.Cents {
	switch p.Purpose {
	case PurposeSurcharge:
		return 0
	case PurposeRefund:
		return -p.Amount.Abs()
	}
	return p.Amount
}

func (v *movements) move(year int16, on Date, amount money.Cents, purpose Purpose) {
	if amount != 0 {
		v.moved = append(v.moved, Payment{Year: year, PaidOn: on, Amount: amount, PaymentAdded: PaymentAdded{Purpose: purpose}})
	}
}

// list adds what is left of the payments, and what was ordered, and sorts. What was ordered counts on the day of the batch at the
// latest, also where the operator insists on a day before that of the order.
func (v *movements) list() []Payment {
	for i := range v.payments {
		v.move(v.payments[i].Year, v.payments[i].PaidOn, v.left[i], v.payments[i].Purpose)
		v.reversal(&v.payments[i], v.left[i])
	}
	for i := range v.orders {
		o := &v.orders[i]
		v.move(o.year, min(v.asOf, o.on), -o.refund, purposeOrdered)
		v.refunded = append(v.refunded, Payment{Year: o.year, Amount: o.refund})
	}
	for i := range v.offsets {
		o := &v.offsets[i]
		v.move(o.From, min(v.asOf, o.On), -o.Amount, purposeOrdered)
		v.move(o.To, min(v.asOf, o.On), o.Amount, purposeOrdered)
		v.exchanged = append(v.exchanged, Payment{Year: o.From, Amount: -o.Amount}, Payment{Year: o.To, Amount: o.Amount})
	}
	slices.SortFunc(v.moved, comparePayments)
	return v.moved
}

// surchargesPaid is what was paid of the surcharges of a year until the day of the batch and is still with the fund, in cents. A surcharge
// that was given back and came back is money of the year: see transferSeen.
func (v *movements) surchargesPaid(year int16) money.Cents {
	sum := v.arrived(v.surcharges, year)
	for i := range v.orders {
		if o := &v.orders[i]; o.year == year {
			sum -= o.back
		}
	}
	return sum
}

// arrived is what of payments came in on a year until the day of the batch, in cents.
func (v *movements) arrived(payments []Payment, year int16) (sum money.Cents) {
	for i := range payments {
		if p := &payments[i]; p.Year == year && p.PaidOn <= v.asOf {
			sum += p.Amount
		}
	}
	return sum
}

// ledger sums up what was ordered of a year.
func (v *movements) ledger(year int16) YearLedger {
	l := YearLedger{Refunded: movedOn(v.refunded, year), Offsets: movedOn(v.exchanged, year), Unclear: movedOn(v.unclear, year),
		SurchargesPaid: v.surchargesPaid(year), LateSurchargesPaid: v.arrived(v.latePaid, year), Reversed: -movedOn(v.reversals, year)}
	for i := range v.orders {
		if o := &v.orders[i]; o.year == year && o.unbooked() > 0 {
			l.Unseen += o.unbooked()
			l.UnseenSince = cmp.Or(l.UnseenSince, o.on)
		}
	}
	return l
}
