package company

import (
	"time"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// Assessment is what a company owes for a year by law, before what was called and paid.
type Assessment struct {
	Size   Size
	Ground Ground
	Amount money.Cents   // of the size
	Due    pipeline.Date // by law
	Exempt bool          // the exemption of the row is in force in the year
}

// Assess decides the size, the amount and the day on which it is due (law of 30-12-1992 art. 88-95).
func Assess(f *Facts, y *law.CompanyYear) Assessment {
	a := Assessment{Size: Small, Amount: y.Small, Due: due(f, y), Exempt: exempt(f, y.Year)}
	switch {
	case f.CreatedOn != NoDay && f.CreatedOn.Year() == y.Year:
		a.Ground = NewCompany
	case f.Balance == NoBalance:
		a.Ground = NoPenultimate
	case f.Balance <= y.Threshold:
		a.Ground = UpToThreshold
	default:
		a.Size, a.Ground, a.Amount = Large, AboveThreshold, y.Large
	}
	return a
}

// monthsToPay is how many months after the month of its creation a new company has at least.
const monthsToPay = 3

// due is the day of the year on which the contribution is due; for a new company the last day of the third month after its
// creation, if that is later.
func due(f *Facts, y *law.CompanyYear) pipeline.Date {
	day := pipeline.DateOf(y.Year, y.DueMonth, y.DueDay)
	if f.CreatedOn == NoDay {
		return day
	}
	year, month := civil(f.CreatedOn)
	return max(day, pipeline.DateOf(year, month+monthsToPay+1, 0))
}

// starterYears is how many contribution years a starter's personal company is exempt. Reading: calendar years, the year of its
// creation is the first.
const starterYears = 3

// exempt says whether the exemption that the row claims is in force in the year.
func exempt(f *Facts, year int) bool {
	if f.Exemption == Starter {
		return f.CreatedOn != NoDay && year < f.CreatedOn.Year()+starterYears
	}
	return f.Exemption != NoExemption
}

// keepsPaid says whether an exemption leaves to the fund what was paid before. The law says it of bankruptcy and liquidation.
// Reading: what the other exempt companies have paid, they never owed, and it is given back.
func (e Exemption) keepsPaid() bool { return e == Bankruptcy || e == Liquidation }

// civil is the year and month of a day.
func civil(d pipeline.Date) (year int, month time.Month) {
	year, month, _ = time.Unix(int64(d)*secondsPerDay, 0).UTC().Date()
	return year, month
}

const secondsPerDay = 24 * 60 * 60
