package worlds_test

import "regul/pipeline/money"

// slips are who pays what the second slip of a letter asks for: what was called before, and the surcharges for late payment that run on
// it; alone, or with all else that the letter asks for. It gives the claims that are paid with it.
func (w *world) slips(p *published) map[*order]bool {
	with := map[*order]bool{}
	for _, who := range w.parties {
		for i := range who.years {
			k := key{who, who.years[i].number}
			if s := p.settled[k]; s != nil && !who.company && w.chance(25) {
				if claim := w.slip(p, k, s); claim != nil {
					with[claim] = true
				}
			}
		}
	}
	return with
}

// slip pays the second slip of a year's letter, and perhaps the claim beside it, which it gives.
func (w *world) slip(p *published, k key, s *settled) *order {
	owing, late := s.money["arrears"]-s.money["arrears_barred"]+s.money["offset_received"], s.money["late_surcharge_to_pay"]
	for _, o := range p.offsets {
		if o.party == k.party && o.to == k.year {
			owing -= o.amount
		}
	}
	if owing < 0 || owing+late == 0 {
		return nil
	}
	on, from := w.asOf+1+w.days(40), w.night+w.between(1, 3)
	slip := &order{key: k, batch: p, refund: owing, surcharge: late, slip: true}
	in := row{on: on, amount: slip.whole(), endToEnd: "NOTPROVIDED", from: from}
	var claim *order
	for _, o := range p.orders {
		if o.key == k && !o.leaves && o.id == "" && w.chance(50) {
			claim = o
			in.amount += o.whole()
			w.moved(o, on, o.refund, from, false)
		}
	}
	if claim == nil && w.refunds(k, in.amount) {
		return nil // that may be the refund, booked with the wrong sign: nobody can tell
	}
	w.seen.add(map[bool]string{true: "slip and claim paid", false: "slip paid"}[claim != nil])
	w.note("%s %d: a slip of %s and %s is paid by %s", k.dossier, k.year, owing, late, in.amount)
	w.book(slip, in)
	w.moved(slip, on, owing, from, false)
	return claim
}

// refunds says whether a batch ordered a refund of the very amount for a year.
func (w *world) refunds(k key, amount money.Cents) bool {
	for _, b := range w.batches {
		for _, o := range b.orders {
			if o.key == k && o.leaves && (o.refund == amount || o.whole() == amount) {
				return true
			}
		}
	}
	return false
}

// paidAgain is who pays, by the letter's slip, what the bank did not collect, or took back.
func (w *world) paidAgain(o *order, after row) {
	again := *o
	again.id, again.again = "", o
	in := row{on: after.on + w.days(10), amount: o.whole(), endToEnd: "NOTPROVIDED", from: after.from + w.random.IntN(2)}
	w.book(&again, in)
	w.moved(&again, in.on, o.refund, in.from, false)
}

// presentedAgain is the fund that presents a collection again which came back, as the books or the bank say: it comes in, and perhaps back.
func (w *world) presentedAgain(o *order, in, back row) {
	switch w.random.IntN(3) {
	case 0:
		w.says(o, "returned", back.on, back.from)
	case 1:
		back.endToEnd = ""
		w.book(o, back)
	default:
		w.book(o, back)
	}
	in.on, in.from = back.on+2+w.days(10), back.from+w.random.IntN(2) // a word told twice is of the day after, too
	w.book(o, in)
	w.moved(o, in.on, o.refund, in.from, false)
	if w.chance(30) {
		back.on, back.from, back.endToEnd = in.on+3, in.from, o.id
		w.book(o, back)
		w.moved(o, back.on, -o.refund, back.from, true)
	}
}

// isOf says whether what moved pays, or takes back, what a claim asked for.
func (m *move) isOf(claim *order) bool {
	return m.order == claim || m.order != nil && m.order.again == claim
}

// principalLeft is what nobody has paid of a claim tonight.
func (w *world) principalLeft(claim *order) money.Cents {
	left := claim.refund
	for _, m := range w.moves {
		if m.isOf(claim) && m.from <= w.night {
			left -= m.amount
		}
	}
	return max(0, left)
}
