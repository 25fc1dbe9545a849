package pipeline

import (
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// Assessment is the definitive contribution of a year: the second stage, from the income and the
// standing of each quarter (AR 38 art. 11 §5, 12, 13). Amounts in cents.
type Assessment struct {
	SubjectQuarters int // n, 1 to 4
	Quarters        [4]law.Contribution
	Articles        [4]int      // on which each quarter rests, see law.Law.Articles
	Contribution    money.Cents // without the fee
	Fee             money.Cents
	Definitive      money.Cents // D
}

// subjectQuarters is n: the quarters that count for the annualisation of the income.
func subjectQuarters(quarters []AccountQuarter) int {
	n := 0
	for i := range quarters {
		if quarters[i].Standing.Counts() {
			n++
		}
	}
	return n
}

// assess computes each quarter by its own category, as qualified, and rules on the one annual income of the
// year. A quarter that does not owe has the amount 0.
func assess(y *MatchedYear, a *Assessment) {
	*a = Assessment{SubjectQuarters: y.Claim.Quarters}
	for i := range y.Quarters {
		q := &y.Quarters[i]
		schedule := y.Claim.Law.Schedule(y.Applied[i].Category, int(q.Quarter), int(q.Starter))
		a.Articles[i] = schedule.Article
		if !q.Standing.Owes() {
			continue
		}
		c := schedule.Contribution(y.Claim.Counted, a.SubjectQuarters, y.Claim.Fee)
		if q.Standing == SupplementDispensed {
			// AR 38 art. 17 §2, RGS art. 50ter/1 §2 2° b): no more than what was called provisionally, also in a later version.
			c = c.AtMost(max(0, q.Provisional), y.Claim.Fee)
		}
		a.Quarters[i] = c
		a.Contribution += c.Quarter
		a.Fee += c.Fee
		a.Definitive += c.Definitive
	}
}
