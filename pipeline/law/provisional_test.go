package law_test

import (
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"

	"regul/fixtures/reference"
)

// The legal provisional contribution is exact on random incomes, and known to both or to neither.
func TestExactProvisional(t *testing.T) {
	b := loadBoth(t)
	rng := rand.New(rand.NewPCG(38, 11))
	years, categories := b.kernel.Years(), reference.Categories()
	incomes := newIncomes(t, b.reference, years)
	computed := 0
	for range *cases / 10 {
		q := question{category: categories[rng.IntN(len(categories))], year: years[rng.IntN(len(years))], quarter: 1 + rng.IntN(4),
			starter: []int{0, 0, 0, 1, 2, 3}[rng.IntN(6)], n: 1 + rng.IntN(4), fee: drawFee(rng)}
		q.income = incomes.draw(rng, q.year, q.n)
		want, known := b.reference.LegalProvisional(q.category, q.year, q.quarter, q.starter, euros(q.income), q.n, decimal.New(int64(q.fee), -4))
		category, _ := b.kernel.Category(q.category)
		schedule := b.years[q.year].Schedule(category, q.quarter, q.starter)
		coefficient, there := b.years[q.year].Provisional()
		if !known {
			if schedule != nil && (there || q.starter > 0) {
				t.Fatalf("%s: known to the kernel alone", q)
			}
			continue
		}
		got := schedule.LeastProvisional(q.fee)
		if q.starter == 0 {
			if !there {
				t.Fatalf("%s: known to the reference alone", q)
			}
			got = schedule.Provisional(q.income, q.n, coefficient, q.fee)
		}
		if got != cents(want) {
			t.Fatalf("%s: kernel %s, reference %s", q, got, want)
		}
		computed++
	}
	if computed < *cases/40 {
		t.Errorf("only %d of %d were computed", computed, *cases/10)
	}
}

// Published coefficients: 1.0574582 for 2014, 1.0633665 for 2019, 1.06473156 for 2022.
func TestPublishedCoefficients(t *testing.T) {
	b := loadBoth(t)
	for year, want := range map[int]string{2014: "1.0574582", 2019: "1.0633665", 2020: "1.0522372", 2021: "1.0346668", 2022: "1.06473156"} {
		c, known := b.years[year].Provisional()
		published := decimal.RequireFromString(want)
		got := decimal.New(c.Numerator, 0).Div(decimal.New(c.Denominator, 0)).Round(-published.Exponent())
		if !known || got.Sub(published).Abs().GreaterThan(decimal.New(1, published.Exponent())) {
			t.Errorf("%d: %s, published %s", year, got, want)
		}
	}
}
