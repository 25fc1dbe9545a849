package verify

import (
	"time"

	"regul/pipeline"
	"regul/pipeline/money"
)

// holdTerms checks the terms of a surcharge (AR 38 art. 11bis), and that they add up to it.
func holdTerms(_ *verifier, y *verifiedCase, c *Check) {
	c.Number += int64(len(y.terms))
	var total money.Cents
	for i := range y.terms {
		t := &y.terms[i]
		total += t.amount
		if len(y.settled) == 0 {
			c.fail(t.file, t.row, "there is no regularisation of the same affiliate and year")
			continue
		}
		r := &y.settled[0]
		if t.version != r.version {
			c.fail(t.file, t.row, "its version is not that of its regularisation")
		}
		if unpaid := max(0, min(r.definitive, r.legalProvisional)-max(r.reduced, t.paid)); t.unpaid != unpaid {
			c.fail(t.file, t.row, "unpaid is %s, it must be %s", t.unpaid, unpaid)
		}
		if amount := (t.percent*t.unpaid + 5000) / 10000; t.amount != amount { // hundredths of a percent, half up
			c.fail(t.file, t.row, "amount is %s, %s %% of %s is %s", t.amount, t.percent, t.unpaid, amount)
		}
		if first := i == 0 && t.on == dayOf(y.year, 12, 31); first && t.percent != 700 || !first && t.percent != 300 {
			c.fail(t.file, t.row, "percent is %s: it must be 7.00 at the end of the year, once, and 3.00 else", t.percent)
		}
		if !isQuarterEnd(t.on) || t.on < dayOf(y.year, 12, 31) || t.on > r.notified {
			c.fail(t.file, t.row, "its day is not the end of a quarter between the year and the notice")
		}
	}
	if len(y.settled) == 0 {
		return
	}
	r := &y.settled[0]
	if total != r.surchargeTotal {
		c.fail(r.file, r.row, "surcharge_total is %s, its terms add up to %s", r.surchargeTotal, total)
	}
	if r.version == 1 && r.surcharge != r.surchargeTotal {
		c.fail(r.file, r.row, "surcharge is %s, in a first version it must be all of %s", r.surcharge, r.surchargeTotal)
	}
}

func isQuarterEnd(d pipeline.Date) bool {
	next := calendar(d + 1)
	return next.Day() == 1 && (next.Month()-time.January)%3 == 0
}
