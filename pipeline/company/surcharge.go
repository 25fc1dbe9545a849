package company

import (
	"regul/pipeline"
	"regul/pipeline/money"
)

// percent of the unpaid principal for each month.
const surchargePercent = 1

// Months counts the calendar months since the due date, a month that has begun as a whole one: 0 on the due date, which is
// the last day of a month, 1 on the next day.
func Months(due, on pipeline.Date) int64 {
	if on <= due {
		return 0
	}
	dueYear, dueMonth := civil(due)
	year, month := civil(on)
	return int64(year-dueYear)*12 + int64(month-dueMonth)
}

// LatePrincipal is the part of the contribution that is late after the due date. Readings: the contribution is due by law,
// whether it was called or not, so a supplement is late as well; what was paid is the row's amount, because the input has no
// dated payments; and what the fund gave back by mistake was never late.
func LatePrincipal(definitive, paid money.Cents) money.Cents { return max(0, definitive-paid) }

// Surcharge is 1 % of the late principal for each month or part of one, rounded once, half up to the cent, on the whole.
func Surcharge(principal money.Cents, months int64) money.Cents {
	return money.Cents(money.RoundHalfUp(int64(principal)*months*surchargePercent, 100))
}

// surchargeTotal is the surcharge due in all: on what is late now, or, if that is more, on what was late when an earlier version
// was notified, by the definitive amount as it now stands. So what was late stays late once it is paid, and a lower definitive
// amount lowers the surcharge (reading).
func surchargeTotal(r *Result, versions []Prior) money.Cents {
	total := Surcharge(r.Late, r.Months)
	for i := range versions {
		v := &versions[i]
		total = max(total, Surcharge(LatePrincipal(r.Definitive, v.Paid), v.Months))
	}
	return total
}
