package reference

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// Result is the contribution of one quarter. Amounts are EUR.
type Result struct {
	Band1, Band2 decimal.Decimal // annual contribution of each band, rounded half up to the cent
	Annual       decimal.Decimal // annual contribution, rounded half up to the cent from the exact sum
	Quarter      decimal.Decimal // the quarter without fee
	Fee          decimal.Decimal // management fee of the fund
	Definitive   decimal.Decimal // the quarter with fee
}

// Income is an annual income in EUR, exact, with the quarters of subjection that it was annualised by.
type Income struct {
	y quotient
	n int
}

// AnnualIncome is Y = max(0, income) x 4 / n, with n the quarters of subjection, 1 to 4 (AR 38 art. 11 §5). That a negative income
// counts as 0 is a reading.
func AnnualIncome(income decimal.Decimal, n int) Income {
	return Income{quotient{atLeastZero(income).Mul(four), decimal.NewFromInt(int64(n))}, n}
}

// Rounded is the annual income rounded half up to the cent: it is shown, and nothing is computed from it.
func (y Income) Rounded() decimal.Decimal { return y.y.cents() }

// atLeast is the larger of the income and an amount.
func (y Income) atLeast(amount decimal.Decimal) Income {
	return Income{quotient{larger(y.y.number, amount.Mul(y.y.by)), y.y.by}, y.n}
}

// below says whether the income is smaller than an amount. Both sides are multiplied by the divisor: nothing is rounded.
func (y Income) below(amount decimal.Decimal) bool { return y.y.number.LessThan(amount.Mul(y.y.by)) }

// Quarter computes the contribution of one quarter on an annual income. starterYear is 0, or 1 to 3; feePercent is the fund's fee
// (3.05 for 3.05 %). Errors: ErrYear, ErrNotInForce, ErrArgument.
func (l *Law) Quarter(category string, year, quarter, starterYear int, y Income, feePercent decimal.Decimal) (Result, error) {
	q, err := l.Rules(year, quarter)
	if err != nil {
		return Result{}, err
	}
	return q.Quarter(y, category, starterYear, feePercent)
}

// Quarter computes the contribution of one quarter on an annual income. Errors: ErrNotInForce, ErrArgument.
func (q *Rules) Quarter(y Income, category string, starterYear int, feePercent decimal.Decimal) (Result, error) {
	if y.n < 1 || y.n > 4 {
		return Result{}, fmt.Errorf("%w: n %d", ErrArgument, y.n)
	}
	if starterYear < 0 || starterYear > 3 {
		return Result{}, fmt.Errorf("%w: starter year %d", ErrArgument, starterYear)
	}
	a, err := q.annual(category, starterYear, y)
	if err != nil {
		return Result{}, err
	}
	excludingFee := quotient{a.band1.Add(a.band2), a.by.Mul(four)}.cents() // D_excl = A / 4
	if category == "primostarter_first" {
		excludingFee = atLeastZero(excludingFee.Sub(q.firstReduction)) // AR 38 art. 12 §1bis
	}
	definitive := withFee(excludingFee, feePercent)
	return Result{
		Band1: quotient{a.band1, a.by}.cents(), Band2: quotient{a.band2, a.by}.cents(),
		Annual: quotient{a.band1.Add(a.band2), a.by}.cents(), Quarter: excludingFee, Fee: definitive.Sub(excludingFee),
		Definitive: definitive,
	}, nil
}

// withFee is an amount with the fee of the fund, rounded a second time: the published amounts show this order.
func withFee(amount, feePercent decimal.Decimal) decimal.Decimal {
	return cents(amount.Mul(one.Add(proportion(feePercent))))
}

// Capped is a quarter of which the supplement was dispensed (AR 38 art. 17 §2): the smaller of its definitive amount and what was
// called provisionally. Where the cap holds, the contribution in it is amount / (1 + fee), rounded half up, and the fee the rest
// (reading).
func (r Result) Capped(provisional, feePercent decimal.Decimal) Result {
	most := atLeastZero(provisional)
	if !most.LessThan(r.Definitive) {
		return r
	}
	r.Definitive = most
	r.Quarter = quotient{most, one.Add(proportion(feePercent))}.cents()
	r.Fee = r.Definitive.Sub(r.Quarter)
	return r
}

// annualContribution is A by band, in EUR, over a common divisor.
type annualContribution struct{ band1, band2, by decimal.Decimal }

// nothing is a year that owes no contribution.
var nothing = annualContribution{by: one}

// bands is rate1 x min(y, T1) and rate2 x max(0, min(y, T2) - T1) (AR 38 art. 12 §1).
func (q *Rules) bands(rate1, rate2 decimal.Decimal, income Income) annualContribution {
	y, by := income.y.number, income.y.by
	t1, t2 := q.t1.Mul(by), q.t2.Mul(by)
	return annualContribution{rate1.Mul(smaller(y, t1)), rate2.Mul(atLeastZero(smaller(y, t2).Sub(t1))), by}
}

// exempt is nothing below a threshold, and the normal contribution on all of the income from there.
func (q *Rules) exempt(threshold, rate1 decimal.Decimal, y Income) annualContribution {
	if y.below(threshold) {
		return nothing
	}
	return q.bands(rate1, q.b2, y)
}

// annual is A(category, Y), exact. Errors: ErrNotInForce, ErrArgument.
func (q *Rules) annual(category string, starterYear int, y Income) (annualContribution, error) {
	if q.notYet[category] {
		return nothing, fmt.Errorf("%w: %s", ErrNotInForce, category)
	}
	rate1 := q.b1[starterYear]
	if a, found := q.article12(category, rate1, y); found {
		return a, nil
	}
	if a, found := q.article13(category, rate1, y); found {
		return a, nil
	}
	return nothing, fmt.Errorf("%w: category %q", ErrArgument, category)
}

// article12 is A of the categories of AR 38 art. 12 and 12bis and of RGS art. 11 and 37; false for another category.
func (q *Rules) article12(category string, rate1 decimal.Decimal, y Income) (a annualContribution, found bool) {
	switch category {
	case "main": // AR 38 art. 12 §1
		return q.bands(rate1, q.b2, y.atLeast(q.minimum)), true
	case "primostarter", "primostarter_first": // AR 38 art. 12 §1bis
		return q.bands(rate1, q.b2, y.atLeast(q.primostarter)), true
	case "spouse_maxi": // AR 38 art. 12 §1ter
		return q.bands(rate1, q.b2, y.atLeast(q.maxi)), true
	case "spouse_mini": // RGS art. 11 §2: other rates, on the income of the helped person, the minimum of the main occupation
		return q.bands(q.mini1, q.mini2, y.atLeast(q.minimum)), true
	case "complementary": // AR 38 art. 12 §2
		return q.exempt(q.complementary, rate1, y), true
	case "article37": // RGS art. 37
		if y.below(q.article37) {
			return q.exempt(q.complementary, rate1, y), true
		}
		return q.bands(rate1, q.b2, y.atLeast(q.minimum)), true
	case "article37_mandate": // RGS art. 37 §1 al. 2
		if y.below(q.complementary) {
			return nothing, true
		}
		return q.bands(rate1, q.b2, y.atLeast(q.minimum)), true
	case "student": // AR 38 art. 12bis
		if y.below(q.minimum) && !y.below(q.halfMinimum) {
			excess := y.y.number.Sub(q.halfMinimum.Mul(y.y.by))
			return annualContribution{rate1.Mul(excess), decimal.Zero, y.y.by}, true
		}
		return q.exempt(q.halfMinimum, rate1, y), true
	}
	return nothing, false
}

// article13 is A of the categories of AR 38 art. 13, from pension age or with a pension; false for another category.
func (q *Rules) article13(category string, rate1 decimal.Decimal, y Income) (a annualContribution, found bool) {
	switch category {
	case "pension_paid", "pension_optout_survivor": // §1 and §4 al. 2
		if y.below(q.pension) {
			return nothing, true
		}
		return q.bands(q.pension1, q.pension2, y), true
	case "pension_age": // §2; law of 18 July 2025
		if q.mainAtPension {
			return q.bands(rate1, q.b2, y.atLeast(q.minimum)), true
		}
		return q.exempt(q.pension, rate1, y), true
	case "pension_age_spouse": // §2 al. 3
		return q.bands(rate1, q.b2, y.atLeast(q.maxi)), true
	case "pension_age_primostarter": // §2 al. 5
		return q.bands(rate1, q.b2, y.atLeast(q.primostarter)), true
	case "pension_suspended", "pension_optout": // §3 and §4 al. 1
		return q.exempt(q.pension, rate1, y), true
	}
	return nothing, false
}

// categoriesSince are the categories that the law made later, by their first quarter.
var categoriesSince = map[string]string{
	"primostarter": "2018Q2", "primostarter_first": "2018Q2", "student": "2017Q1",
	"pension_age_spouse": "2025Q4", "pension_age_primostarter": "2025Q4", "pension_optout": "2025Q4", "pension_optout_survivor": "2025Q4",
}

// Categories lists the categories of contribution payers.
func Categories() []string {
	return []string{
		"main", "primostarter", "primostarter_first", "spouse_maxi", "spouse_mini", "complementary", "article37", "article37_mandate",
		"student", "pension_paid", "pension_age", "pension_suspended", "pension_age_spouse", "pension_age_primostarter", "pension_optout",
		"pension_optout_survivor",
	}
}

// Basis is the article on which a category rests, in the words of the tables; "" where it is not in force.
func (q *Rules) Basis(category string) string { return q.articles[category] }
