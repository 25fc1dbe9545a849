package reference

import (
	"time"

	"github.com/shopspring/decimal"
)

// Payment is money that came in for a year; a negative amount is money that left it.
type Payment struct {
	PaidOn time.Time
	Amount decimal.Decimal
}

// PaidUpTo adds the payments up to and including a day.
func PaidUpTo(payments []Payment, day time.Time) decimal.Decimal {
	sum := decimal.Zero
	for _, payment := range payments {
		if !payment.PaidOn.After(day) {
			sum = sum.Add(payment.Amount)
		}
	}
	return sum
}

// SurchargeTerm is a percentage of what was unpaid on a day. Amounts are EUR.
type SurchargeTerm struct {
	On      time.Time
	Percent int64
	Paid    decimal.Decimal
	Unpaid  decimal.Decimal
	Amount  decimal.Decimal // rounded half up to the cent
}

// percentOf is a whole percentage of an amount, rounded half up to the cent: each term of a surcharge is rounded for itself.
func percentOf(percent int64, amount decimal.Decimal) decimal.Decimal {
	return cents(amount.Mul(decimal.New(percent, -2)))
}

// TermAmount is what a term of a surcharge comes to.
func TermAmount(percent int64, unpaid decimal.Decimal) decimal.Decimal {
	return percentOf(percent, unpaid)
}

// Reduction are the sums of a year of which a reduction was granted, in EUR and fee included: definitive D, legal provisional L,
// reduced provisional R. Dispensed quarters count in none.
type Reduction struct{ Definitive, Legal, Reduced decimal.Decimal }

// Unpaid is max(0, min(D, L) - max(R, P)): what the reduction kept from the fund without reason (AR 38 art. 11bis).
func (r Reduction) Unpaid(paid decimal.Decimal) decimal.Decimal {
	return atLeastZero(smaller(r.Definitive, r.Legal).Sub(larger(r.Reduced, paid)))
}

// ReductionDays are the days on which the surcharge for an unjustified reduction looks at what is unpaid: 7 % and 3 % on the last
// day of the contribution year, 3 % at each later quarter end, up to that of the quarter before the quarter of the first
// notification.
func ReductionDays(contributionYear int, firstNotified time.Time) []time.Time {
	days := []time.Time{QuarterEnd(contributionYear, 4)}
	last := QuarterEnd(firstNotified.Year(), quarterNumber(firstNotified)-1)
	for quarter := 5; !QuarterEnd(contributionYear, quarter).After(last); quarter++ {
		days = append(days, QuarterEnd(contributionYear, quarter))
	}
	return days
}

// SettleSurcharge compares the surcharge that is due in all with what earlier notices claimed and with what was paid of that, in EUR: asked
// is what no notice asked yet and nobody paid, back what was paid and is not due any more (reading). What was claimed and not paid falls away.
func SettleSurcharge(total, claimed, paid decimal.Decimal) (asked, back decimal.Decimal) {
	return atLeastZero(total.Sub(larger(claimed, paid))), atLeastZero(paid.Sub(total))
}

// Surcharge is what AR 38 art. 11bis claims in all for an unjustified reduction of the provisional contributions of a year. Terms
// of which nothing is unpaid are left out. firstNotified is the day of the first regularisation of the year.
func (r Reduction) Surcharge(contributionYear int, payments []Payment, firstNotified time.Time) (
	total decimal.Decimal, terms []SurchargeTerm) {
	for i, day := range ReductionDays(contributionYear, firstNotified) {
		percents := []int64{3}
		if i == 0 {
			percents = []int64{7, 3}
		}
		paid := PaidUpTo(payments, day)
		for _, percent := range percents {
			if unpaid := r.Unpaid(paid); unpaid.IsPositive() {
				amount := percentOf(percent, unpaid)
				total = total.Add(amount)
				terms = append(terms, SurchargeTerm{day, percent, paid, unpaid, amount})
			}
		}
	}
	return total, terms
}
