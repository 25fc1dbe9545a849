package law

import (
	"fmt"
	"slices"

	"regul/pipeline/money"
)

// Schedule is how one category pays in one quarter: two bands of the annual income, and what
// the category adds to them. All amounts are cents of EUR a year; the zero value of an amount switches its rule off.
type Schedule struct {
	Rate1, Rate2 money.Rate  // of band 1 and band 2
	Top1, Top2   money.Cents // ends of band 1 (T1) and band 2 (T2)

	ExemptBelow      money.Cents // an income below pays nothing
	FloorFrom, Floor money.Cents // an income from FloorFrom on counts as at least Floor
	DeductBelow      money.Cents // an income below pays band 1 on what exceeds Deduct (students)
	Deduct           money.Cents
	QuarterReduction money.Cents // taken off the quarter, not below 0
	StarterBase      money.Cents // on which a starter's legal provisional contribution is computed

	Article int    // position of the article in Law.Articles
	Basis   string // the article
	Status  string // L read in the law, S single source, R reading of this project
	Detail  string
	names   names
}

// names keep what the amounts of a schedule are called in the data, for the explanation.
type names struct{ rate1, rate2, exemptBelow, floorFrom, floor, deductBelow, deduct, quarterReduction string }

// Contribution is the result of the kernel. Amounts are cents of EUR.
type Contribution struct {
	Band1      money.Cents // annual, rounded half up to the cent
	Band2      money.Cents // annual, rounded half up to the cent
	Annual     money.Cents // annual, rounded half up to the cent from the exact sum
	Quarter    money.Cents // the quarter without the fee
	Fee        money.Cents // management fee of the fund
	Definitive money.Cents // Quarter + Fee
}

// schedule resolves the names of a definition to the amounts of the year and the rates of the quarter.
func (l *Law) schedule(y *Year, d definition, q Quarter, starter int) (Schedule, error) {
	s := Schedule{Article: slices.Index(l.articles, d.article), Basis: d.article, Status: d.status, Detail: d.detail, names: names{
		d.rate1, d.rate2, d.exemptBelow, d.floorFrom, d.floor, d.deductBelow, d.deduct, d.quarterReduction}}
	for _, amount := range []struct {
		name string
		to   *money.Cents
	}{
		{"T1", &s.Top1}, {"T2", &s.Top2}, {d.exemptBelow, &s.ExemptBelow}, {d.floorFrom, &s.FloorFrom},
		{d.floor, &s.Floor}, {d.deductBelow, &s.DeductBelow}, {d.deduct, &s.Deduct}, {d.quarterReduction, &s.QuarterReduction},
		{d.starterBase, &s.StarterBase},
	} {
		value, err := y.threshold(amount.name)
		if err != nil {
			return s, err
		}
		*amount.to = value
	}
	var found1, found2 bool
	s.Rate1, found1 = l.Rate(d.rate1, q)
	s.Rate2, found2 = l.Rate(d.rate2, q)
	if !found1 || !found2 {
		return s, fmt.Errorf("no rate %s or %s in %s", d.rate1, d.rate2, q)
	}
	if d.starterRates && starter > 0 {
		// AR 38 art. 13bis; on the definitive amount too, never above the rate of the year [R].
		name := fmt.Sprintf("starter_%d", starter)
		if rate, found := l.Rate(name, q); found && rate < s.Rate1 {
			s.Rate1, s.names.rate1 = rate, name
		}
	}
	return s, nil
}

// Contribution computes one quarter from the income of the year (cents; a negative one counts
// as 0), the number of quarters that count (1 to 4), and the fee of the fund.
//
// The annual income income x 4 / quarters is never rounded: income and thresholds are compared as
// integers, scaled by the number of quarters. What is rounded, half up to the cent, is the
// quarter, then the quarter with its fee (in this order: the published amounts show it); and, to be
// printed only, the bands and the annual amount. It allocates nothing.
func (s *Schedule) Contribution(income money.Cents, quarters int, fee money.Rate) Contribution {
	return s.contribution(max(0, int64(income))*4, int64(quarters), fee)
}

// contribution computes a quarter from an annual income of annual / n cents.
func (s *Schedule) contribution(annual, n int64, fee money.Rate) Contribution {
	if annual < int64(s.ExemptBelow)*n {
		return Contribution{}
	}
	if annual >= int64(s.FloorFrom)*n {
		annual = max(annual, int64(s.Floor)*n)
	}
	if annual < int64(s.DeductBelow)*n {
		annual -= int64(s.Deduct) * n
	}
	top1, top2 := int64(s.Top1)*n, int64(s.Top2)*n
	band1 := min(annual, top1) * int64(s.Rate1) // cents / (n x 1 000 000)
	band2 := max(0, min(annual, top2)-top1) * int64(s.Rate2)
	unit := n * int64(money.One)
	c := Contribution{
		Band1:   money.Cents(money.RoundHalfUp(band1, unit)),
		Band2:   money.Cents(money.RoundHalfUp(band2, unit)),
		Annual:  money.Cents(money.RoundHalfUp(band1+band2, unit)),
		Quarter: money.Cents(money.RoundHalfUp(band1+band2, unit*4)),
	}
	c.Quarter = max(0, c.Quarter-s.QuarterReduction)
	c.Definitive = (money.One + fee).Of(c.Quarter)
	c.Fee = c.Definitive - c.Quarter
	return c
}

// AnnualIncome is income x 4 / quarters rounded half up to the cent, for printing only; a
// negative income counts as 0.
func AnnualIncome(income money.Cents, quarters int) money.Cents {
	return money.Cents(money.RoundHalfUp(max(0, int64(income))*4, int64(quarters)))
}

// AtMost is the quarter with a definitive amount of at most so many cents. The fee in that amount is a reading, see FeeWithin.
func (c Contribution) AtMost(definitive money.Cents, fee money.Rate) Contribution {
	if c.Definitive > definitive {
		c.Definitive, c.Fee = definitive, FeeWithin(definitive, fee)
		c.Quarter = c.Definitive - c.Fee
	}
	return c
}

// FeeWithin is the part of an amount, called with the fee, that is the fee: what exceeds amount / (1 + fee), rounded half up to the cent
// [R]. The account does not tell it apart.
func FeeWithin(amount money.Cents, fee money.Rate) money.Cents {
	return amount - money.Cents(money.RoundHalfUp(int64(amount)*int64(money.One), int64(money.One+fee)))
}
