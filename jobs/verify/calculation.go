package verify

import (
	"fmt"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// holdCalculation computes the quarters of a sampled year anew, with the kernel of this program, from what the batch says of
// the income, the quarters that count, the categories and the fee.
func holdCalculation(v *verifier, y *verifiedCase, c *Check) {
	if !y.sampled || len(y.settled) == 0 {
		return
	}
	r := &y.settled[0]
	fee, err := money.ParsePercent(v.manifest.Parameters.Fees[fmt.Sprint(r.year)])
	if err != nil {
		c.fail(r.file, r.row, "the manifest has no fee of its year")
		return
	}
	rules, err := v.law.Year(r.year)
	if err != nil {
		c.fail(r.file, r.row, "%v", err)
		return
	}
	for i := range y.quarters {
		q := &y.quarters[i]
		c.Number++
		schedule := v.schedule(rules, r, q)
		if schedule == nil {
			c.fail(q.file, q.row, "there is no rule for its category, quarter and standing")
			continue
		}
		var want law.Contribution
		if owes(q.standing) {
			want = schedule.Contribution(r.countedIncome(), r.subject, fee)
		}
		if q.standing == pipeline.SupplementDispensed.String() { // what was called provisionally is not in the tables
			want = want.AtMost(q.definitive, fee)
		}
		found := law.Contribution{Band1: q.band1, Band2: q.band2, Annual: q.annual, Quarter: q.contribution, Fee: q.fee, Definitive: q.definitive}
		if found != want {
			c.fail(q.file, q.row, "definitive is %s, this program computes %s%s", found.Definitive, want.Definitive, otherwise(found, want))
		}
		if q.basis != schedule.Basis {
			c.fail(q.file, q.row, "its basis is not the article of its category")
		}
	}
}

// otherwise says that amounts but the definitive one differ.
func otherwise(found, want law.Contribution) string {
	if found.Definitive == want.Definitive {
		return fmt.Sprintf(": contribution is %s, not %s, or a band or the fee differs", found.Quarter, want.Quarter)
	}
	return ""
}

// schedule is the rule of a quarter; nil where there is none.
func (v *verifier) schedule(rules *law.Year, r *verifiedYear, q *verifiedQuarter) *law.Schedule {
	category, known := v.law.Category(q.category)
	if !known || q.quarter < 1 || q.quarter > 4 || q.starter < 0 || q.starter > 3 || r.subject < 1 || r.subject > 4 {
		return nil
	}
	return rules.Schedule(category, q.quarter, q.starter)
}
