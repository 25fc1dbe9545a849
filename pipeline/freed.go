package pipeline

import (
	"slices"

	"regul/pipeline/money"
)

// A refund that a batch held is ordered all the same: for the movements it has left. Once nothing holds it any more a later batch sends
// it: it frees it. It goes whole, or not at all. It stays where it is when
//
//   - the register still holds the affiliate's money, or does not have the affiliate,
//   - a payment shows something of it, or may: somebody has transferred it otherwise,
//   - the money it rests on is gone: the year owes more than what later versions have asked for,
//   - its year waits: a row of its account or payments was rejected.

// FreedTransfer is a refund that an earlier batch held and that may leave by now. Whether it does is for who writes the payment files, who
// knows the account and the limits. Amounts in cents.
type FreedTransfer struct {
	Year      int
	Holder    string      // the batch that held it
	Held      uint8       // why, as the payment index counts reasons
	Limit     money.Cents // of the configuration, above which it was held; 0: unknown, or the register held it
	Amount    money.Cents
	Surcharge money.Cents // the part of Amount that is a surcharge
}

// freedBy notes the transfer by which a later batch sent what was held of the order.
func (o *order) freedBy(transfers []PriorTransfer) {
	if o.held == 0 {
		return
	}
	for i := range transfers {
		if t := &transfers[i]; t.Freed && t.Leaves && t.Year == o.year && t.Holder == o.holder && t.Amount == o.transfer() {
			o.refundID, o.held, o.unsent = t.EndToEnd, 0, false
			if on, of := dayOfTransfer(t.EndToEnd); of {
				o.sent = on
			}
			return
		}
	}
}

// waits says whether the transfer of the order was held and nobody has seen anything of it.
func (o *order) waits() bool {
	return o.held != 0 && o.transfer() > 0 && o.booked|o.returned|o.confirmed == 0 && !o.unclear
}

// freedTransfer is the transfer of an order that waits, as a later batch may send it.
func (o *order) freedTransfer() FreedTransfer {
	return FreedTransfer{Year: int(o.year), Holder: o.holder, Held: o.held, Limit: o.limit, Amount: o.transfer(), Surcharge: o.back}
}

// heldRefund is a refund that an earlier batch held, and that nobody has seen. Amounts in cents.
type heldRefund struct {
	FreedTransfer
	asked money.Cents // by later versions of its year, and not paid
}

// matchHeld lists the refunds that earlier batches held and that the register does not hold any more.
func (m *matcher) matchHeld() {
	if m.affiliate.Hold != NoHold {
		return
	}
	for i := range m.movements.orders {
		o := &m.movements.orders[i]
		if o.waits() && m.year(o.year) != nil {
			m.matched.Held = append(m.matched.Held, heldRefund{o.freedTransfer(), m.movements.askedAfter(i)})
		}
	}
}

// free sends what earlier batches held, where the money it rests on is there once the batch has done its work.
func (s *settler) free(m *Matched) {
	for i := range m.Held {
		h := &m.Held[i]
		at := slices.IndexFunc(m.Years, func(y MatchedYear) bool { return y.Year == h.Year })
		owes, asked := m.Years[at].owes(s.parameters.AsOf), h.asked
		if r := s.settledYear(h.Year); r != nil {
			owes, asked = max(0, r.Definitive-r.Paid), asked+r.ToPay-r.OffsetReceived
		}
		for j := range s.settlement.Offsets {
			if o := &s.settlement.Offsets[j]; o.To == h.Year {
				owes = max(0, owes-o.Amount)
			}
		}
		if owes <= asked {
			s.settlement.Freed = append(s.settlement.Freed, h.FreedTransfer)
		}
	}
}

// owes is what was called of the year and is not paid up to a day, in cents.
func (y *MatchedYear) owes(on Date) money.Cents {
	var called money.Cents
	for i := range y.Quarters {
		called += y.Prior.Called(&y.Quarters[i])
	}
	return max(0, called-paidUpTo(y.Payments, on))
}

// askedAfter is what later versions of the year of an order asked for, as far as no payment of it was recognised, in cents.
func (v *movements) askedAfter(at int) (asked money.Cents) {
	for i := at + 1; i < len(v.orders) && v.orders[i].year == v.orders[at].year; i++ {
		asked += max(0, v.orders[i].claim-v.orders[i].counted)
	}
	return asked
}
