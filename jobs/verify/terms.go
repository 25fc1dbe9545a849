package verify

import (
	"time"

	"regul/pipeline"
	"regul/pipeline/law/reference"
	"regul/pipeline/money"
)

// holdTerms computes the terms of the surcharges for an unjustified reduction (AR 38 art. 11bis) and for late payment (RGS art. 44,
// 44bis) a second time, from what the terms say was paid, and checks that they add up to the surcharges.
func holdTerms(_ *verifier, y *verifiedCase, c *Check) {
	c.Number += int64(len(y.terms))
	var total, late money.Cents
	first := true
	for i := range y.terms {
		t := &y.terms[i]
		percent := int64(t.percent / 100)
		if amount := cents(reference.TermAmount(percent, eur(t.unpaid))); t.percent%100 != 0 || t.amount != amount {
			c.fail(t.file, t.row, "amount is %s, %s %% of %s is %s", t.amount, t.percent, t.unpaid, amount)
		}
		if len(y.settled) == 0 {
			c.fail(t.file, t.row, "there is no regularisation of the same affiliate and year")
			continue
		}
		r := &y.settled[0]
		if t.version != r.version {
			c.fail(t.file, t.row, "its version is not that of its regularisation")
		}
		if paid, known := y.paidOn(t.paidUntil(), i); known && paid != t.paid {
			c.fail(t.file, t.row, "paid is %s, by another row it was %s on the same day", t.paid, paid)
		}
		if t.isLate() {
			late += t.amount
			y.holdLate(t, percent, c)
			continue
		}
		total += t.amount
		y.holdReduction(t, percent, first, c)
		first = false
	}
	if len(y.settled) == 0 {
		return
	}
	r := &y.settled[0]
	if total != r.surchargeTotal {
		c.fail(r.file, r.row, "surcharge_total is %s, its terms add up to %s", r.surchargeTotal, total)
	}
	if late != r.lateSurcharge {
		c.fail(r.file, r.row, "late_surcharge is %s, its terms add up to %s", r.lateSurcharge, late)
	}
	if r.version == 1 && r.surcharge != r.surchargeTotal {
		c.fail(r.file, r.row, "surcharge is %s, in a first version it must be all of %s", r.surcharge, r.surchargeTotal)
	}
	y.holdReduced(c)
	r.holdSurcharge(c)
	if most := y.lateRunning(); r.lateToPay < 0 || r.lateToPay > most {
		c.fail(r.file, r.row, "late_surcharge_to_pay is %s: on what is still unpaid at most %s runs", r.lateToPay, most)
	}
}

// lateRunning is what the surcharges for late payment on what is still unpaid come to, before what was paid of them.
func (y *verifiedCase) lateRunning() money.Cents {
	r := &y.settled[0]
	var terms []reference.SurchargeTerm
	for i := range y.terms {
		if t := &y.terms[i]; t.isLate() {
			terms = append(terms, reference.SurchargeTerm{On: calendar(t.on), Percent: int64(t.percent / 100), Paid: eur(t.paid), Unpaid: eur(t.unpaid)})
		}
	}
	return cents(reference.LateRunning(terms, eur(r.arrears-r.barred), eur(r.paid)))
}

// holdSurcharge checks what is asked and what is given back of a surcharge for an unjustified reduction, by what was paid of it.
func (r *verifiedYear) holdSurcharge(c *Check) {
	if !r.tellsSurcharge {
		return
	}
	asked, back := reference.SettleSurcharge(eur(r.surchargeTotal), eur(r.surchargeTotal-r.surcharge), eur(r.surchargePaid))
	c.is(&r.rowPlace, "surcharge_to_pay", r.surchargeToPay, cents(asked))
	c.is(&r.rowPlace, "surcharge_refund", r.surchargeRefund, cents(back))
	if r.surchargePaid < 0 || r.version == 1 && r.surchargePaid != 0 {
		c.fail(r.file, r.row, "surcharge_paid is %s: nothing was claimed before a first version, and less than nothing is never paid", r.surchargePaid)
	}
}

func (t *verifiedTerm) isLate() bool { return t.basis == pipeline.LatePayment.String() }

// paidUntil is the last day of which a payment counts in a term: a 7 % for late payment looks at the end of the year before.
func (t *verifiedTerm) paidUntil() pipeline.Date {
	if t.isLate() && t.percent == 700 {
		return t.on - 1
	}
	return t.on
}

// paidOn is what was paid up to a day, as the regularisation or a term before this one says it; false if neither does.
func (y *verifiedCase) paidOn(day pipeline.Date, before int) (money.Cents, bool) {
	if r := &y.settled[0]; r.notified == day {
		return r.paid, true
	}
	for i := range y.terms[:before] {
		if y.terms[i].paidUntil() == day {
			return y.terms[i].paid, true
		}
	}
	return 0, false
}

// holdReduced checks the sums on which a surcharge for an unjustified reduction rests. Where no reduction was granted they are 0.
func (y *verifiedCase) holdReduced(c *Check) {
	r := &y.settled[0]
	if r.legalProvisional == 0 && r.reduced == 0 {
		return
	}
	var legal, called money.Cents
	told := len(y.quarters) > 0
	for i := range y.quarters {
		q := &y.quarters[i]
		told = told && q.tellsLegal
		if q.standing != reference.Dispensed {
			legal += q.legal
			called += q.called
		}
	}
	if told && r.legalProvisional != legal {
		c.fail(r.file, r.row, "legal_provisional is %s, its quarters add up to %s", r.legalProvisional, legal)
	}
	if r.version == 1 && r.reduced != called {
		c.fail(r.file, r.row, "reduced_provisional is %s, its quarters were called %s", r.reduced, called)
	}
}

// holdReduction checks a term of the surcharge for an unjustified reduction.
func (y *verifiedCase) holdReduction(t *verifiedTerm, percent int64, first bool, c *Check) {
	r := &y.settled[0]
	if t.basis != pipeline.UnjustifiedReduction.String() && t.basis != "" { // "": a table from before the column
		c.fail(t.file, t.row, "its basis is none of the list")
	}
	reduction := reference.Reduction{Definitive: eur(r.definitive), Legal: eur(r.legalProvisional), Reduced: eur(r.reduced)}
	if unpaid := cents(reduction.Unpaid(eur(t.paid))); t.unpaid != unpaid {
		c.fail(t.file, t.row, "unpaid is %s, it must be %s", t.unpaid, unpaid)
	}
	days := reference.ReductionDays(r.year, calendar(r.notified)) // a later version looks at the days of the first
	at := -1
	for i, day := range days {
		if dayOf(day) == t.on {
			at = i
		}
	}
	if at < 0 {
		c.fail(t.file, t.row, "its day is not the end of a quarter between the year and the notice")
	}
	if yearEnd := first && at == 0; yearEnd && percent != 7 || !yearEnd && percent != 3 {
		c.fail(t.file, t.row, "percent is %s: it must be 7.00 at the end of the year, once, and 3.00 else", t.percent)
	}
}

// holdLate checks a term of the surcharges for late payment. What was due on a day is at most what was called, or is definitive, of the
// quarters that had ended; what was cancelled and never paid bears nothing. Of earlier versions the tables do not say it.
func (y *verifiedCase) holdLate(t *verifiedTerm, percent int64, c *Check) {
	r := &y.settled[0]
	on := calendar(t.on)
	newYear := on.Month() == time.January && on.Day() == 1
	if newYear && percent != 7 || !newYear && (percent != 3 || !isQuarterEnd(on)) {
		c.fail(t.file, t.row, "it must be 3.00 at the end of a quarter or 7.00 on 1 January")
	}
	if t.on > r.notified {
		c.fail(t.file, t.row, "its day is later than the notice")
	}
	if t.unpaid <= 0 {
		c.fail(t.file, t.row, "unpaid is %s, it must be more than 0", t.unpaid)
	}
	if r.version > 1 {
		return
	}
	var due money.Cents
	for i := range y.quarters {
		q := &y.quarters[i]
		if q.standing != reference.Dispensed && q.quarter >= 1 && q.quarter <= 4 &&
			dayOf(reference.QuarterEnd(q.year, q.quarter)) <= t.paidUntil() {
			due += max(q.called, q.definitive)
		}
	}
	if most := min(due, max(r.definitive, r.paid)) - t.paid; t.unpaid > most {
		c.fail(t.file, t.row, "unpaid is %s, it can be at most %s", t.unpaid, most)
	}
}

func isQuarterEnd(day time.Time) bool {
	next := day.AddDate(0, 0, 1)
	return next.Day() == 1 && (next.Month()-time.January)%3 == 0
}
