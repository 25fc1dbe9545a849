package tally

import (
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// yearCount is how many years a file may hold.
const yearCount = pipeline.LastYear - pipeline.FirstYear + 1

// tally counts what a shard settles, in memory that does not grow.
type tally struct {
	affiliates, notices, withdrawn int64

	all         Sums
	outcomes    [pipeline.OutcomeCount]Sums
	categories  []Sums // of the law, then several, then none
	years       [yearCount]YearSums
	languages   []Sums
	supplements AmountClasses
	refunds     AmountClasses
	incomes     IncomeClasses
	versions    [VersionCount]Sums
	corrections Corrections
	late        Late
	claims      largest
	payouts     largest
}

func newTally(categories int) *tally {
	return &tally{categories: make([]Sums, categories+2), languages: make([]Sums, len(pipeline.Languages()))}
}

// settlement takes an affiliate in.
func (t *tally) settlement(s *pipeline.Settlement) {
	if len(s.Years) > 0 {
		t.affiliates++
	}
	if s.Notable() {
		t.notices++
	}
	t.withdrawn += int64(len(s.Withdrawn))
	for i := range s.Years {
		t.year(&s.Years[i])
	}
}

// year takes a regularisation in.
func (t *tally) year(y *pipeline.SettledYear) {
	r := &y.Regularisation
	claim, payout := r.Claim(), r.Payout()
	t.all.count(r, claim, payout)
	t.outcomes[r.Outcome].count(r, claim, payout)
	t.categories[t.category(y)].count(r, claim, payout)
	t.languages[r.Language].count(r, claim, payout)
	t.versions[min(r.Version, VersionCount-1)].count(r, claim, payout)
	year := &t.years[r.Year-pipeline.FirstYear]
	year.count(r, claim, payout)
	year.Outcomes[r.Outcome]++
	if r.Supplement > 0 {
		t.supplements[amountClass(r.Supplement)].count(r.Supplement)
	}
	if r.RefundGross > 0 {
		t.refunds[amountClass(r.RefundGross)].count(r.RefundGross)
	}
	t.incomes[incomeClass(r.AnnualIncome)].count(r.Definitive)
	t.correction(y)
	t.statement(r, claim)
	t.claims.count(r, claim)
	t.payouts.count(r, payout)
}

// category is the position of the size of a company, or of the category of the quarters that are due: of all of them, or that of several,
// or of none.
func (t *tally) category(y *pipeline.SettledYear) int {
	if y.Company != nil {
		return int(y.Company.Size)
	}
	quarters := y.Quarters
	several, none := len(t.categories)-2, len(t.categories)-1
	found := none
	for i := range quarters {
		if !quarters[i].Standing.Owes() {
			continue
		}
		category := int(law.Category(quarters[i].Category))
		if found == none {
			found = category
		} else if found != category {
			return several
		}
	}
	return found
}

func (t *tally) correction(y *pipeline.SettledYear) {
	if y.Version > 1 {
		t.corrections.Before += y.Before.Definitive
	}
	switch {
	case y.Rechecked&pipeline.RecheckAccount != 0:
		t.corrections.Rechecked++
	case y.Rechecked != 0:
		t.corrections.Otherwise++
	}
	if y.Interrupted {
		t.corrections.Interrupted++
	}
}

func (t *tally) statement(r *pipeline.Regularisation, claim money.Cents) {
	if !r.LateStatement {
		t.late.OnTime.count(claim)
		return
	}
	age := int32(r.NotifiedOn - r.StatementDeadline)
	t.late.Ages[ageClass(age)].count(claim)
	t.late.Oldest = max(t.late.Oldest, age)
}
