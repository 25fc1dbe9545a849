package verify

import (
	"time"

	"regul/pipeline"
	"regul/pipeline/money"
)

// holdTerms checks the terms of the surcharges for an unjustified reduction (AR 38 art. 11bis) and for late payment (RGS art. 44, 44bis), and
// that they add up to them.
func holdTerms(_ *verifier, y *verifiedCase, c *Check) {
	c.Number += int64(len(y.terms))
	var total, late money.Cents
	first := true
	for i := range y.terms {
		t := &y.terms[i]
		if amount := (t.percent*t.unpaid + 5000) / 10000; t.amount != amount { // hundredths of a percent, half up
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
		if t.basis == pipeline.LatePayment.String() {
			late += t.amount
			holdLate(r, t, c)
			continue
		}
		total += t.amount
		holdReduction(r, t, first, c)
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
}

// holdReduction checks a term of the surcharge for an unjustified reduction.
func holdReduction(r *verifiedYear, t *verifiedTerm, first bool, c *Check) {
	if t.basis != pipeline.UnjustifiedReduction.String() && t.basis != "" { // "": a table from before the column
		c.fail(t.file, t.row, "its basis is none of the list")
	}
	if unpaid := max(0, min(r.definitive, r.legalProvisional)-max(r.reduced, t.paid)); t.unpaid != unpaid {
		c.fail(t.file, t.row, "unpaid is %s, it must be %s", t.unpaid, unpaid)
	}
	if yearEnd := first && t.on == dayOf(r.year, 12, 31); yearEnd && t.percent != 700 || !yearEnd && t.percent != 300 {
		c.fail(t.file, t.row, "percent is %s: it must be 7.00 at the end of the year, once, and 3.00 else", t.percent)
	}
	if !isQuarterEnd(t.on) || t.on < dayOf(r.year, 12, 31) || t.on > r.notified {
		c.fail(t.file, t.row, "its day is not the end of a quarter between the year and the notice")
	}
}

// holdLate checks a term of the surcharges for late payment.
func holdLate(r *verifiedYear, t *verifiedTerm, c *Check) {
	if limit := max(r.definitive, r.paid) - t.paid; t.unpaid <= 0 || t.unpaid > limit {
		c.fail(t.file, t.row, "unpaid is %s, it must be more than 0 and at most %s", t.unpaid, limit)
	}
	newYear := t.on == dayOf(calendar(t.on).Year(), 1, 1)
	if newYear && t.percent != 700 || !newYear && (t.percent != 300 || !isQuarterEnd(t.on)) {
		c.fail(t.file, t.row, "it must be 3.00 at the end of a quarter or 7.00 on 1 January")
	}
	if t.on < dayOf(r.year, 3, 31) || t.on > r.notified {
		c.fail(t.file, t.row, "its day is not between the year and the notice")
	}
}

func isQuarterEnd(d pipeline.Date) bool {
	next := calendar(d + 1)
	return next.Day() == 1 && (next.Month()-time.January)%3 == 0
}
