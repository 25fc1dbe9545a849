package reference

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"
)

// companyYear are the yearly amounts of companies, in EUR (law of 30 December 1992).
type companyYear struct{ small, large, threshold decimal.Decimal }

// Company is a company in a contribution year. Amounts are EUR.
type Company struct {
	Year      int
	Balance   decimal.NullDecimal // total of the balance sheet of the penultimate closed financial year; not valid: there is none
	CreatedOn time.Time           // zero: not known
	Exemption string              // "", starter, inactive, bankruptcy, liquidation
}

// The reasons for which a company does not owe.
const (
	exemptStarter     = "starter"
	exemptInactive    = "inactive"
	exemptBankruptcy  = "bankruptcy"
	exemptLiquidation = "liquidation"
)

// IsNew says whether the company was created in the contribution year.
func (c *Company) IsNew() bool { return !c.CreatedOn.IsZero() && c.CreatedOn.Year() == c.Year }

// CompanyThreshold is the balance total of a year up to which, included, a company is small. Error: ErrYear.
func (l *Law) CompanyThreshold(year int) (decimal.Decimal, error) {
	y, found := l.companies[year]
	if !found {
		return decimal.Zero, fmt.Errorf("%w: %d", ErrYear, year)
	}
	return y.threshold, nil
}

// CompanyAmount is the contribution of a company by its size (art. 91): small up to the threshold, when it is new, and without a
// penultimate financial year. Error: ErrYear.
func (l *Law) CompanyAmount(c Company) (amount decimal.Decimal, small bool, err error) {
	y, found := l.companies[c.Year]
	if !found {
		return decimal.Zero, false, fmt.Errorf("%w: %d", ErrYear, c.Year)
	}
	if c.IsNew() || !c.Balance.Valid || !c.Balance.Decimal.GreaterThan(y.threshold) {
		return y.small, true, nil
	}
	return y.large, false, nil
}

// Exempt says whether the company does not owe the contribution of the year: a starter's personal company in its first three
// years, one without activity, one in bankruptcy or liquidation.
func (c *Company) Exempt() bool {
	switch c.Exemption {
	case exemptStarter:
		return !c.CreatedOn.IsZero() && c.Year < c.CreatedOn.Year()+3
	case exemptInactive, exemptBankruptcy, exemptLiquidation:
		return true
	}
	return false
}

// Definitive is what the company owes of its amount: nothing where it is exempt; in bankruptcy and liquidation what was already
// paid of it is not given back.
func (c *Company) Definitive(amount, paid decimal.Decimal) decimal.Decimal {
	switch {
	case !c.Exempt():
		return amount
	case c.Exemption == exemptBankruptcy || c.Exemption == exemptLiquidation:
		return atLeastZero(smaller(amount, paid))
	}
	return decimal.Zero
}

// DueOn is 31 December from 2020 and 30 June before; for a new company the last day of the third month after that of its creation, if that
// is later (art. 94).
func (c *Company) DueOn() time.Time {
	due := Date(c.Year, time.December, 31)
	if c.Year < 2020 {
		due = Date(c.Year, time.June, 30)
	}
	if !c.CreatedOn.IsZero() {
		if later := Date(c.CreatedOn.Year(), c.CreatedOn.Month()+4, 0); later.After(due) {
			return later
		}
	}
	return due
}

// MonthsLate counts the calendar months, or parts of one, from the day after a due date up to and including a day.
func MonthsLate(due, until time.Time) int64 {
	first := due.AddDate(0, 0, 1)
	if until.Before(first) {
		return 0
	}
	return int64((until.Year()-first.Year())*12 + int(until.Month()) - int(first.Month()) + 1)
}

// LateInterest is 1 % a month of what is paid late, each part until the month in which it was paid, and of what is unpaid until
// that of the notice, added up exactly and rounded once half up to the cent (art. 93). A payment without a day was in time (reading).
func LateInterest(definitive decimal.Decimal, due time.Time, payments []Payment, notifiedOn time.Time) decimal.Decimal {
	left, interest := definitive, decimal.Zero
	for _, p := range payments { // by day, the earliest first
		part := smaller(left, p.Amount)
		left = left.Sub(part)
		if !p.PaidOn.IsZero() {
			interest = interest.Add(part.Mul(decimal.New(MonthsLate(due, p.PaidOn), -2)))
		}
	}
	return cents(interest.Add(left.Mul(decimal.New(MonthsLate(due, notifiedOn), -2))))
}

// IndexedCompany is the threshold of a year and, from 2023, its amounts, by the consumer price index of November of the year before
// (base 1996): to 2022 520 000 x index / 113.32, then 347.50, 868.00 and 746 410.17 x index / 162.66, rounded half up to the cent (art.
// 91).
func IndexedCompany(year int, index decimal.Decimal) (small, large, threshold decimal.Decimal) {
	number := decimal.RequireFromString
	if year < 2023 {
		return decimal.Zero, decimal.Zero, quotient{number("520000").Mul(index), number("113.32")}.cents()
	}
	by := number("162.66")
	return quotient{number("347.50").Mul(index), by}.cents(), quotient{number("868.00").Mul(index), by}.cents(),
		quotient{number("746410.17").Mul(index), by}.cents()
}

// PayBy is until when what is claimed costs no further interest: the end of the month of the notice, which is counted already, or the
// day on which it is due, if that is later (reading).
func (c *Company) PayBy(notifiedOn time.Time) time.Time {
	end := Date(notifiedOn.Year(), notifiedOn.Month()+1, 0)
	if due := c.DueOn(); due.After(end) {
		return due
	}
	return end
}

// Ground is why a company has its size: new_company, no_balance_total, up_to_threshold or above_threshold. Error: ErrYear.
func (l *Law) Ground(c Company) (string, error) {
	_, small, err := l.CompanyAmount(c)
	switch {
	case err != nil:
		return "", err
	case c.IsNew():
		return "new_company", nil
	case !c.Balance.Valid:
		return "no_balance_total", nil
	case small:
		return "up_to_threshold", nil
	}
	return "above_threshold", nil
}

// CompanyReference is the structured communication of a company's year: the first eight digits of its number, and the year plus 50,
// so that no communication of an affiliate is alike (reading). False if the number is none.
func CompanyReference(enterprise string, contributionYear int) (string, bool) {
	if !ValidEnterprise(enterprise) {
		return "", false
	}
	return PaymentReference(enterprise[:8], contributionYear+50)
}
