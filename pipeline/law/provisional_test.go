package law_test

import (
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"

	"regul/pipeline/law"
	"regul/pipeline/law/reference"
	"regul/pipeline/money"
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
		of := q.year - 3 - rng.IntN(3)
		var known *reference.ReferenceIncome // a starter's base is fixed
		if q.starter == 0 {
			known = &reference.ReferenceIncome{Year: of, Income: euros(q.income), Quarters: q.n}
		}
		want, err := b.reference.Provisional(q.category, q.year, q.quarter, q.starter, known, decimal.New(int64(q.fee), -4))
		category, _ := b.kernel.Category(q.category)
		schedule := b.years[q.year].Schedule(category, q.quarter, q.starter)
		coefficient, there := b.years[q.year].Coefficient(of)
		if err != nil {
			if schedule != nil && (there || q.starter > 0) {
				t.Fatalf("%s: known to the kernel alone", q)
			}
			continue
		}
		got := schedule.StarterProvisional(q.fee)
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

// Published coefficients of the income of three years before.
func TestPublishedCoefficients(t *testing.T) {
	b := loadBoth(t)
	for year, want := range map[int]string{2014: "1.0574582", 2019: "1.0633665", 2020: "1.0522372", 2021: "1.0346668", 2022: "1.06473156",
		2017: "1.0470412", 2018: "1.0610973", 2026: "1.07236269"} {
		c, known := b.years[year].Coefficient(year - law.ReferenceYears)
		published := decimal.RequireFromString(want)
		got := decimal.New(c.Numerator, 0).Div(decimal.New(c.Denominator, 0)).Round(-published.Exponent())
		if !known || got.Sub(published).Abs().GreaterThan(decimal.New(1, published.Exponent())) {
			t.Errorf("%d: %s, published %s", year, got, want)
		}
	}
}

// Published: a student who starts in 2021 (fee 3.95) and in 2024 (fee 3.90). Without a fee, 2024: 864.15 as main and as primostarter,
// 749.12 in the first quarter. Worked out from AR 38 art. 13bis §2 for the other categories: rate x base x index / 142.75 / 4.
func TestLegalProvisionalOfStarters(t *testing.T) {
	b := loadBoth(t)
	for _, c := range []struct {
		category      string
		year, quarter int
		fee           money.Rate
		want          money.Cents
	}{
		{"student", 2021, 1, 39_500, 82_76},
		{"student", 2024, 1, 39_000, 99_33},
		{"main", 2024, 1, 0, 864_15},
		{"primostarter", 2024, 1, 0, 864_15},
		{"primostarter_first", 2024, 1, 0, 749_12}, // 864.15 - 115.03
		{"spouse_maxi", 2024, 1, 0, 379_62},        // 1 610.54 x 656.54 / 142.75 = 7 407.24; x 20.5 % / 4 = 379.62105
		{"article37", 2024, 1, 0, 95_60},           // 405.60 x 656.54 / 142.75 = 1 865.45; x 20.5 % / 4 = 95.6043
		{"article37_mandate", 2024, 1, 0, 95_60},
		{"pension_paid", 2024, 1, 0, 137_11},      // 811.20 x 656.54 / 142.75 = 3 730.89; x 14.70 % / 4 = 137.1102075
		{"pension_suspended", 2024, 1, 0, 191_21}, // 3 730.89 x 20.5 % / 4 = 191.2081125
		{"pension_age", 2025, 3, 0, 192_88},       // 811.20 x 662.28 / 142.75 = 3 763.51; x 20.5 % / 4 = 192.8798875
		{"pension_age", 2025, 4, 0, 871_71},       // 17 008.88 x 20.5 % / 4 = 871.7051
		{"pension_age_primostarter", 2025, 4, 0, 871_71},
		{"pension_age_spouse", 2026, 1, 0, 391_16},      // 7 632.44 x 20.5 % / 4 = 391.16255
		{"pension_optout", 2026, 1, 0, 197_02},          // 811.20 x 676.50 / 142.75 = 3 844.32; x 20.5 % / 4 = 197.0214
		{"pension_optout_survivor", 2026, 1, 0, 141_28}, // 3 844.32 x 14.70 % / 4 = 141.27876
		{"spouse_mini", 2024, 1, 0, 33_30},              // 16 861.46 x 0.79 % / 4 = 33.3013835
	} {
		category, _ := b.kernel.Category(c.category)
		if got := b.years[c.year].Schedule(category, c.quarter, 1).StarterProvisional(c.fee); got != c.want {
			t.Errorf("%s in %dQ%d: %s, want %s", c.category, c.year, c.quarter, got, c.want)
		}
	}
}
