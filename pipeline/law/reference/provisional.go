package reference

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// ReferenceIncome is the income of a year on which a legal provisional contribution rests, as it was known on 1 January of the
// contribution year.
type ReferenceIncome struct {
	Year     int             // three years before the contribution year, or the latest year before that was known
	Income   decimal.Decimal // EUR
	Quarters int             // of its year that count, 1 to 4
}

// Provisional is the legal provisional contribution in EUR of a quarter that owes, fee included (AR 38 art. 11 §3 and 13bis §2). A
// starter of the first or second year has a fixed base, one of the third where there was no subjection three years before: known
// is then nil. Errors: ErrYear, ErrNotInForce, ErrArgument, and ErrMissing without an income or the average index of its year.
func (l *Law) Provisional(category string, year, quarter, starterYear int, known *ReferenceIncome, feePercent decimal.Decimal) (
	decimal.Decimal, error) {
	q, err := l.Rules(year, quarter)
	if err != nil {
		return decimal.Zero, err
	}
	if starterYear == 1 || starterYear == 2 || starterYear == 3 && known == nil {
		return q.provisionalOfStarter(category, starterYear, feePercent)
	}
	if known == nil {
		return decimal.Zero, fmt.Errorf("%w: no income is known", ErrMissing)
	}
	average, found := l.averages[known.Year]
	if !found || known.Quarters < 1 || known.Quarters > 4 {
		return decimal.Zero, fmt.Errorf("%w: average index of %d", ErrMissing, known.Year)
	}
	y := AnnualIncome(known.Income, known.Quarters)
	y.y.number, y.y.by = y.y.number.Mul(q.indexation), y.y.by.Mul(average) // x N(year) / average: not rounded (reading)
	r, err := q.Quarter(y, category, starterYear, feePercent)
	return r.Definitive, err
}

// provisionalOfStarter is the category's first rate on a fixed base (AR 38 art. 13bis §2).
func (q *Rules) provisionalOfStarter(category string, starterYear int, feePercent decimal.Decimal) (decimal.Decimal, error) {
	if q.notYet[category] {
		return decimal.Zero, fmt.Errorf("%w: %s", ErrNotInForce, category)
	}
	rate, base := q.b1[starterYear], q.minimum
	switch category {
	case "main", "primostarter", "primostarter_first", "pension_age_primostarter":
	case "spouse_maxi", "pension_age_spouse":
		base = q.maxi
	case "complementary", "article37", "article37_mandate", "student":
		base = q.complementary
	case "pension_paid", "pension_optout_survivor":
		rate, base = q.pension1, q.pension
	case "pension_suspended", "pension_optout":
		base = q.pension
	case "pension_age":
		if !q.mainAtPension {
			base = q.pension
		}
	case "spouse_mini":
		rate = q.mini1
	default:
		return decimal.Zero, fmt.Errorf("%w: category %q", ErrArgument, category)
	}
	amount := quotient{rate.Mul(base), four}.cents()
	if category == "primostarter_first" {
		amount = atLeastZero(amount.Sub(q.firstReduction)) // AR 38 art. 12 §1bis
	}
	return withFee(amount, feePercent), nil
}
