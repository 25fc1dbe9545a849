package ask

import (
	"slices"

	"regul/jobs/batch"
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/writers/report"
)

// The incomes that are worked out: from 0 in steps, each of a year, in cents.
const (
	bandStep  = 2_500_00
	bandCount = 61
)

// bandsOf works out the year of a published row with other incomes, and with its own.
func bandsOf(l *law.Law, rules *law.Year, r *batch.PublishedRow, fee money.Rate) []report.Band {
	own := max(0, r.CountedIncome())
	bands := []report.Band{{Income: own, Own: true}}
	for i := range money.Cents(bandCount) {
		if i*bandStep != own {
			bands = append(bands, report.Band{Income: i * bandStep})
		}
	}
	slices.SortFunc(bands, func(a, b report.Band) int { return int(a.Income - b.Income) })
	quarters := r.Subject
	for i := range bands {
		for _, q := range r.Quarters {
			bands[i].Contribution += quarterWith(l, rules, &q, bands[i].Income, quarters, fee)
		}
	}
	return bands
}

// quarterWith is what a quarter would cost with an income. Where the supplement is dispensed it is at most what was called.
func quarterWith(l *law.Law, rules *law.Year, q *batch.PublishedQuarter, income money.Cents, quarters int, fee money.Rate) money.Cents {
	dispensed := q.Standing == pipeline.SupplementDispensed.String()
	category, known := l.Category(q.Category)
	if !known || !dispensed && q.Standing != pipeline.Due.String() {
		return 0
	}
	amount := rules.Schedule(category, q.Quarter, q.Starter).Contribution(income, quarters, fee).Definitive
	if dispensed {
		return min(amount, max(q.Called, q.Definitive))
	}
	return amount
}
