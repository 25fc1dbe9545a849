package verify

import (
	"fmt"

	"github.com/shopspring/decimal"

	"regul/pipeline"
	"regul/pipeline/law/reference"
	"regul/pipeline/money"
)

// holdCalculation computes the quarters of a year a second time, with the arithmetic of pipeline/law/reference, from what the batch says
// of the income, the quarters that count, the categories, the standings and the fee.
func holdCalculation(v *verifier, y *verifiedCase, c *Check) {
	if !y.sampled || len(y.settled) == 0 {
		return
	}
	r := &y.settled[0]
	fee, known := v.fees[r.year]
	switch {
	case !known:
		c.fail(r.file, r.row, "the manifest has no fee of its year")
		return
	case !v.law.HasYear(r.year):
		c.fail(r.file, r.row, "the law has no parameters of its year")
		return
	case r.subject < 1 || r.subject > 4: // which the check of amounts tells
		return
	}
	p := payer{income: reference.AnnualIncome(eur(r.countedIncome()), r.subject), fee: fee}
	for i := range y.quarters {
		q := &y.quarters[i]
		c.Number++
		rules, err := v.law.Rules(q.year, q.quarter)
		if err != nil {
			c.fail(q.file, q.row, "it can't be computed: %v", err)
			continue
		}
		want, err := p.contribution(rules, q)
		if err != nil {
			c.fail(q.file, q.row, "it can't be computed: %v", err)
			continue
		}
		found := contribution{q.band1, q.band2, q.annual, q.contribution, q.fee, q.definitive}
		if found != want {
			c.fail(q.file, q.row, "definitive is %s, computed a second time it is %s%s", found.definitive, want.definitive,
				otherwise(&found, &want))
		}
		if q.basis != rules.Basis(q.category) {
			c.fail(q.file, q.row, "its basis is not the article of its category")
		}
		v.holdProvisional(q, fee, c)
	}
}

// contribution is what a quarter comes to. Cents.
type contribution struct{ band1, band2, annual, quarter, fee, definitive money.Cents }

// payer is an affiliate's year of which quarters are computed. Most quarters of a year are alike: the last result is kept.
type payer struct {
	income reference.Income
	fee    decimal.Decimal // percent

	rules    *reference.Rules // of the last quarter, with its category and starter year
	category string
	starter  int
	last     reference.Result
	fault    error
}

// compute gives the contribution of a quarter that owes.
func (p *payer) compute(rules *reference.Rules, q *verifiedQuarter) (reference.Result, error) {
	if p.rules != rules || p.category != q.category || p.starter != q.starter {
		p.rules, p.category, p.starter = rules, q.category, q.starter
		p.last, p.fault = rules.Quarter(p.income, q.category, q.starter, p.fee)
	}
	return p.last, p.fault
}

// contribution computes a quarter. One that does not owe has none; one of which the supplement was dispensed is capped by what
// was called provisionally: that is what a first version calls, and what a later one may not exceed.
func (p *payer) contribution(rules *reference.Rules, q *verifiedQuarter) (contribution, error) {
	r, err := p.compute(rules, q)
	if err != nil || !reference.Owes(q.standing) {
		return contribution{}, err
	}
	if q.standing == reference.SupplementDispensed {
		provisional := q.called
		if q.version > 1 {
			provisional = q.definitive
		}
		r = r.Capped(eur(provisional), p.fee)
	}
	return contribution{cents(r.Band1), cents(r.Band2), cents(r.Annual), cents(r.Quarter), cents(r.Fee), cents(r.Definitive)}, nil
}

// otherwise says that amounts but the definitive one differ.
func otherwise(found, want *contribution) string {
	if found.definitive == want.definitive {
		return fmt.Sprintf(": contribution is %s, not %s, or a band or the fee differs", found.quarter, want.quarter)
	}
	return ""
}

// holdProvisional computes the legal provisional contribution of a starter of the first two years, which rests on nothing but the law
// (AR 38 art. 13bis §2). That of others rests on what was known of an earlier income, which the tables do not say.
func (v *verifier) holdProvisional(q *verifiedQuarter, fee decimal.Decimal, c *Check) {
	if !q.tellsLegal || !reference.Owes(q.standing) || q.year < reference.Reform || q.starter != 1 && q.starter != 2 {
		return
	}
	want, err := v.law.Provisional(q.declared, q.year, q.quarter, q.starter, nil, fee)
	switch {
	case err != nil:
		c.fail(q.file, q.row, "its legal provisional contribution can't be computed: %v", err)
	case q.legalComputed == pipeline.Unsaid:
		c.fail(q.file, q.row, "legal_provisional_computed is null, it must be %s", cents(want))
	case q.legalComputed != cents(want):
		c.fail(q.file, q.row, "legal_provisional_computed is %s, it must be %s", q.legalComputed, cents(want))
	}
}
