package law_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"regul/pipeline/law"
	"regul/pipeline/law/reference"
	"regul/pipeline/money"
)

// What 30 000.00 of 2023 means for 2026, fee 3.05: x 676.50 / 630.85 = 32 170.88 a year, 1 648.76 x 1.0305 a quarter; no less than 890.42 x
// 1.0305, up to 17 374.08. Below 1 922.16 the complementary occupation pays nothing.
func TestOutlook(t *testing.T) {
	b := loadBoth(t)
	running := law.QuarterOf(2026, 2)
	for category, want := range map[string]law.Outlook{
		"main":          {Quarter: 1699_05, Threshold: 17374_08, Lowest: 917_58},
		"primostarter":  {Quarter: 1699_05, Threshold: 17374_08, Lowest: 917_58}, // main by then
		"complementary": {Quarter: 1699_05, Threshold: 1922_16, Lowest: 0},
		"spouse_maxi":   {Quarter: 1699_05, Threshold: 7632_44, Lowest: 403_09},
	} {
		c, _ := b.kernel.Category(category)
		got, known := b.kernel.Outlook(2023, 30_000_00, 4, running, c, 30_500)
		want.Year, want.Income, want.Coefficient = 2026, 32170_88, got.Coefficient
		if !known || got != want || !got.Reducible() {
			t.Errorf("%s: %+v, want %+v", category, got, want)
		}
		income := &reference.ReferenceIncome{Year: 2023, Income: euros(30_000_00), Quarters: 4}
		if category == "primostarter" {
			category = "main"
		}
		second, err := b.reference.Provisional(category, 2026, 2, 0, income, decimal.RequireFromString("3.05"))
		if err != nil || cents(second) != got.Quarter {
			t.Errorf("%s: a second time %s, %v", category, second, err)
		}
	}
}

// Nothing is said where it would be a guess: the average index of 2024 is not there, 2022 is too old for 2026, 2027 has no parameters.
func TestOutlookIsNotGuessed(t *testing.T) {
	l := loadBoth(t).kernel
	main, _ := l.Category("main")
	for _, at := range []struct{ of, year int }{{2024, 2026}, {2022, 2026}, {2024, 2027}, {2014, 2017}, {2026, 2026}} {
		if o, known := l.Outlook(at.of, 30_000_00, 4, law.QuarterOf(at.year, 1), main, money.Rate(0)); known {
			t.Errorf("%d in %d: %+v", at.of, at.year, o)
		}
	}
	o, known := l.Outlook(2023, -5_00, 4, law.QuarterOf(2026, 1), main, 30_500)
	if !known || o.Reducible() || o.Income != 0 || o.Quarter != 917_58 {
		t.Errorf("a loss pays the lowest: %+v", o)
	}
}
