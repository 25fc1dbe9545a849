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

// LatePrincipal is the part of the contribution that is not paid. Readings: the contribution is due by law, whether it was called or
// not, so a supplement is late as well; and what the fund gave back by mistake was never late, so no more than the contribution is, also
// where payments that were taken back add up to less than nothing.
func LatePrincipal(definitive, paid money.Cents) money.Cents { return max(0, definitive-max(0, paid)) }

// Surcharge is 1 % of the late principal for each month or part of one, rounded once, half up to the cent, on the whole.
func Surcharge(principal money.Cents, months int64) money.Cents {
	return money.Cents(money.RoundHalfUp(int64(principal)*months*surchargePercent, 100))
}

// paidLate adds up what was paid after the due date, each part times the months until its day. A payment without a day was in time
// (reading); that of a published version is known already. Of payments the day is kept on which the last of the contribution was paid.
//
// What is taken back is what was paid last. It is late again in the month in which it was taken back, a part of it as a whole one: the
// months between count as paid (reading).
func paidLate(r *Result, received []Payment) money.Cents {
	if day, dated := r.PaidOn.Get(); dated && r.PaidLate == 0 {
		return min(r.Definitive, r.Paid) * money.Cents(Months(r.Due, day))
	}
	if len(received) == 0 {
		return r.PaidLate
	}
	type part struct{ amount, months money.Cents }
	var room [8]part
	parts := room[:0] // that are paid
	var sum, paid, covered money.Cents
	for i := range received { // by day
		p := &received[i]
		paid += p.Amount
		now := max(0, min(r.Definitive, paid))
		if now != covered {
			r.PaidOn = p.PaidOn.Some() // the last day decides
		}
		months := money.Cents(Months(r.Due, p.PaidOn))
		if now > covered {
			parts = append(parts, part{now - covered, months})
			sum += (now - covered) * months
		}
		for back := covered - now; back > 0; {
			last := &parts[len(parts)-1]
			taken := min(back, last.amount)
			sum -= taken * max(last.months, months-1)
			back -= taken
			if last.amount -= taken; last.amount == 0 {
				parts = parts[:len(parts)-1]
			}
		}
		covered = now
	}
	return sum
}

// surchargeTotal is the surcharge due in all: on what is late now, or, if that is more, on what was late when an earlier version
// was notified, by the definitive amount as it now stands. So what was late stays late once it is paid, and a lower definitive
// amount lowers the surcharge (reading). Where the days of the payments are known, they alone decide.
func surchargeTotal(r *Result, versions []Prior) money.Cents {
	total := r.PaidLate + r.Late*money.Cents(r.Months)
	for i := range versions {
		if v := &versions[i]; r.PaidOn == 0 {
			total = max(total, min(v.PaidLate+LatePrincipal(r.Definitive, v.Paid)*money.Cents(v.Months),
				r.Definitive*money.Cents(v.Months)))
		}
	}
	return Surcharge(total, 1)
}
