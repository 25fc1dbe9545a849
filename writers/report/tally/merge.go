package tally

import (
	"slices"

	"regul/pipeline"
)

// add adds what another shard counted.
func (t *tally) add(other *tally) {
	t.affiliates += other.affiliates
	t.notices += other.notices
	t.withdrawn += other.withdrawn
	t.all.Add(&other.all)
	addSums(t.outcomes[:], other.outcomes[:])
	addSums(t.categories, other.categories)
	addSums(t.languages, other.languages)
	addSums(t.versions[:], other.versions[:])
	for i := range t.years {
		t.years[i].Add(&other.years[i].Sums)
		for outcome := range t.years[i].Outcomes {
			t.years[i].Outcomes[outcome] += other.years[i].Outcomes[outcome]
		}
	}
	addClasses(t.supplements[:], other.supplements[:])
	addClasses(t.refunds[:], other.refunds[:])
	addClasses(t.incomes[:], other.incomes[:])
	addClasses(t.late.Ages[:], other.late.Ages[:])
	t.late.OnTime.Add(&other.late.OnTime)
	t.late.Oldest = max(t.late.Oldest, other.late.Oldest)
	t.corrections.Before += other.corrections.Before
	t.corrections.Rechecked += other.corrections.Rechecked
	t.corrections.Otherwise += other.corrections.Otherwise
	t.corrections.Interrupted += other.corrections.Interrupted
	t.claims.add(&other.claims)
	t.payouts.add(&other.payouts)
}

func addSums(sums, others []Sums) {
	for i := range sums {
		sums[i].Add(&others[i])
	}
}

func addClasses(classes, others []Class) {
	for i := range classes {
		classes[i].Add(&others[i])
	}
}

// statistics are what was counted so far, with the codes of the categories.
func (t *tally) statistics(codes []string) *Statistics {
	s := &Statistics{
		Affiliates: t.affiliates, Notices: t.notices, Withdrawn: t.withdrawn, All: t.all, Outcomes: t.outcomes,
		Languages: slices.Clone(t.languages), Supplements: t.supplements, Refunds: t.refunds, Incomes: t.incomes,
		Versions: t.versions, Corrections: t.corrections, Late: t.late,
		Claims: slices.Clone(t.claims.kept[:t.claims.size]), Payouts: slices.Clone(t.payouts.kept[:t.payouts.size]),
	}
	for i, code := range slices.Concat(codes, []string{SeveralCategories, NoCategory}) {
		if t.categories[i].Rows > 0 {
			s.Categories = append(s.Categories, CategorySums{code, t.categories[i]})
		}
	}
	for i := range t.years {
		if t.years[i].Rows > 0 {
			t.years[i].Year = pipeline.FirstYear + i
			s.Years = append(s.Years, t.years[i])
		}
	}
	return s
}
