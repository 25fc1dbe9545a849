package whatif

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// deciles is into how many groups of equal size the rows are cut by annual income.
const deciles = 10

// simulation lists the effects that have rows, each group in its order.
func (e *effects) simulation(before, after *law.Law) *Simulation {
	s := &Simulation{Law: before.Version(), Reform: after.Version(), All: e.all, Outcomes: map[string][2]int{}, OneSided: e.oneSided}
	s.All.Name = "all"
	names := append(slices.Clone(before.Codes()), make([]string, severalCategories-len(before.Codes()))...)
	for i, name := range append(names, "several", "none owes") {
		if effect := e.categories[i]; effect.Rows > 0 {
			effect.Name = name
			s.Categories = append(s.Categories, effect)
		}
	}
	for _, year := range slices.Sorted(maps.Keys(e.years)) {
		effect := *e.years[year]
		effect.Name = fmt.Sprint(year)
		s.Years = append(s.Years, effect)
	}
	s.Deciles = e.deciles()
	for i, outcome := range pipeline.Outcomes() {
		if counts := e.outcomes[i]; counts != [2]int{} {
			s.Outcomes[outcome] = counts
		}
	}
	return s
}

// deciles cuts the rows, by annual income, into groups of equal size. Rows of the same income are ordered by their effect, so
// that the cut does not depend on the order in which they came.
func (e *effects) deciles() []Effect {
	slices.SortFunc(e.rows, func(a, b incomeEffect) int {
		return cmp.Or(cmp.Compare(a.income, b.income), cmp.Compare(a.effect.Definitive, b.effect.Definitive),
			cmp.Compare(a.effect.Claim, b.effect.Claim), cmp.Compare(a.effect.Payout, b.effect.Payout),
			cmp.Compare(a.effect.ToPay, b.effect.ToPay), cmp.Compare(a.effect.Refund, b.effect.Refund),
			cmp.Compare(a.effect.Surcharge, b.effect.Surcharge), cmp.Compare(a.effect.Fee, b.effect.Fee))
	})
	var list []Effect
	for decile := range deciles {
		from, to := len(e.rows)*decile/deciles, len(e.rows)*(decile+1)/deciles
		if from == to {
			continue
		}
		effect := Effect{Incomes: [2]money.Cents{e.rows[from].income, e.rows[to-1].income}}
		for i := from; i < to; i++ {
			effect.Add(&e.rows[i].effect)
		}
		effect.Name = fmt.Sprintf("%d: %s to %s", decile+1, effect.Incomes[0], effect.Incomes[1])
		list = append(list, effect)
	}
	return list
}
