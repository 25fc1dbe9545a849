package company

import (
	"slices"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// Money keeps its history for companies as for people, see pipeline.Books: a payment that only books what a batch ordered is no movement,
// one that pays what a letter asked for pays principal and surcharge as the letter divides it, and what the bank returned is with the fund
// again.

// partyOf is the company as the outputs know one. Of a mandate that the register has for another company too nothing is collected.
func (s *stage) partyOf(r *Row) pipeline.Party {
	p := r.party()
	p.Contact.MandateShared = slices.ContainsFunc(s.ledger.Conflicts,
		func(c pipeline.Conflict) bool { return c.Kind == pipeline.MandateShared })
	return p
}

// sift counts the payments that stand there twice, and rejects those that have one identifier and differ, each of them, or share it with
// another company: their years wait. The result is valid until the next company.
func (s *stage) sift(list []Payment, flaws *[]Flaw) []Payment {
	s.sifted = s.sifted[:0]
	for i := range list {
		p := &list[i]
		twin := func(o Payment) bool { return o.Identifier == p.Identifier && o.compare(p) == 0 }
		because := becausePayment
		switch {
		case p.Identifier == "":
			s.sifted = append(s.sifted, *p)
			continue
		case pipeline.Shares(s.ledger.Conflicts, p.Identifier):
			because = becauseShared
		case slices.ContainsFunc(list[:i], twin):
			s.count(pipeline.CompanyPayments, rows.Repeated, 1)
			continue
		case !slices.ContainsFunc(list, func(o Payment) bool { return o.Identifier == p.Identifier && o.compare(p) != 0 }):
			s.sifted = append(s.sifted, *p)
			continue
		}
		s.refusePayments(list[i:i+1], pipeline.Duplicate, because)
		*flaws = append(*flaws, Flaw{p.Number, p.Year})
	}
	return s.sifted
}

// open opens the books of the company.
func (s *stage) open(list []Row, payments []Payment, versions []Prior) {
	c := &s.ledger
	c.Payments, c.PriorYears = c.Payments[:0], c.PriorYears[:0]
	for i := range payments {
		p := &payments[i]
		c.Payments = append(c.Payments, pipeline.Payment{Year: p.Year, PaidOn: p.PaidOn, Amount: p.Amount,
			PaymentAdded: pipeline.PaymentAdded{Purpose: p.Purpose, Identifier: p.Identifier, EndToEnd: p.EndToEnd}})
	}
	for i := range versions {
		v := &versions[i]
		c.PriorYears = append(c.PriorYears, pipeline.PriorYear{Year: v.Year, Version: v.Version, NotifiedOn: v.NotifiedOn, Refund: v.Refund,
			Back: v.Back, Claim: v.Claim, Asked: v.Asked, Owing: v.Owing, Batch: v.Batch, Paid: v.Paid - v.Refunded})
	}
	s.openRows(list, payments, versions)
	s.books.Open(c, s.parameters)
}

// openRows adds the surcharges that are part of what rows say was paid, of years without payments.
func (s *stage) openRows(list []Row, payments []Payment, versions []Prior) {
	for len(versions) > 0 {
		year := versions[0].Year
		var own []Prior
		own, versions = split(versions, func(v *Prior) bool { return v.Year == year })
		at := slices.IndexFunc(list, func(r Row) bool { return r.Year == year && surchargesIn(&r, own) > 0 })
		if at < 0 || slices.ContainsFunc(payments, func(p Payment) bool { return p.Year == year }) {
			continue
		}
		on, dated := list[at].PaidOn.Get()
		if !dated {
			on = own[len(own)-1].NotifiedOn
		}
		s.ledger.Payments = append(s.ledger.Payments, pipeline.Payment{Year: year, PaidOn: on, Amount: surchargesIn(&list[at], own),
			PaymentAdded: pipeline.PaymentAdded{Purpose: pipeline.PurposeSurcharge}})
	}
}

// surchargesIn is what of the sum that a row says was paid are surcharges, in cents. A row has no purpose; but a sum that is what was paid
// when a letter was written, and all that the letter asked for, divides as the letter does. Further surcharges are among it where letters
// before that one asked for them, and they were paid in the same way. versions are those of the year.
func surchargesIn(r *Row, versions []Prior) money.Cents {
	day, dated := r.PaidOn.Get()
	var before money.Cents // surcharges that earlier letters asked for
	for i := range versions {
		v := &versions[i]
		if dated && day < v.NotifiedOn {
			break
		}
		own := v.Asked
		for _, paid := range []money.Cents{before, 0} {
			switch r.Paid - v.Paid - paid {
			case v.Owing + v.Claim + own:
				return paid + own
			case 0:
				return paid
			}
		}
		before += own
	}
	return 0
}

// received is what came in of a year until the day of the batch, by day, and whether a sum can be so large. What is dated later does not
// count yet. It may be less than nothing, as for people: of a contribution that the fund gave back, and that its bank then took back too.
func (s *stage) received(y *yearCase) (received []Payment, inRange bool) {
	s.came = s.came[:0]
	var paid money.Cents
	for _, p := range s.books.Received(y.year) {
		if p.PaidOn > s.parameters.AsOf {
			y.later += p.Amount
			continue
		}
		if paid += p.Amount; !pipeline.InRange(paid) {
			return nil, false
		}
		s.came = append(s.came, Payment{Year: y.year, PaidOn: p.PaidOn, Amount: p.Amount})
	}
	return s.came, true
}

// refundedBy is what versions gave back, in cents.
func refundedBy(versions []Prior) (sum money.Cents) {
	for i := range versions {
		sum += versions[i].Refund
	}
	return sum
}

// booksOwn says whether a payment names a transaction that an earlier batch ordered for the company. It is recognised on any year, also on one
// that no row names.
func (s *stage) booksOwn(p Payment) bool {
	return p.EndToEnd != "" && slices.ContainsFunc(s.ledger.Transfers,
		func(t pipeline.PriorTransfer) bool { return t.EndToEnd == p.EndToEnd })
}

// paidOfSurcharge is what was paid of the surcharges of a year and is still with the fund, in cents. It is not asked for again, and what of it
// is not due is given back (reading).
func (s *stage) paidOfSurcharge(year int16) money.Cents {
	return max(0, s.books.Of(year).SurchargesPaid)
}

// owed is what was called and is not paid, in cents.
func (r *Result) owed(called money.Cents) money.Cents {
	return max(0, called-(r.Paid-r.RefundedBefore))
}

// void are the collections of earlier batches that would collect what is not due any more: what this version cancels, and what is paid.
func (s *stage) void(r *Result) []pipeline.VoidCollection {
	var all money.Cents
	for i := range s.books.Pending() {
		if p := &s.books.Pending()[i]; p.Year == r.Year {
			all += p.Amount - p.Surcharge
		}
	}
	return pipeline.AppendVoid(nil, s.books.Pending(), r.Year, min(all-r.Cancelled, r.owed(r.Definitive)-r.ToPay),
		s.year[0].SurchargeCancelled(), &s.decided.Totals.ControlTotals)
}

// free hands on the refunds of a year that earlier batches held and that may leave by now, where nothing else is to be settled.
func (s *stage) free(row *Row, y *yearCase, parameters *law.CompanyYear) {
	if len(y.versions) == 0 {
		return
	}
	again := Settle(row, y.received, parameters, y.versions, y.back, s.parameters.AsOf)
	freed := s.books.Freed(y.year, again.owed(again.CalledBefore))
	if len(freed) == 0 {
		return
	}
	s.party = s.partyOf(row)
	s.settlement = pipeline.Settlement{Party: &s.party, AsOf: s.parameters.AsOf, Freed: freed}
	s.out.Settlement(&s.settlement)
}
