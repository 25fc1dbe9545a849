package pipeline

import (
	"slices"
	"time"

	"regul/pipeline/law"
	"regul/pipeline/money"
)

// callStep is an amount that was called of a year and must be paid by a day. Amount in cents.
type callStep struct {
	due    Date // the last day on which it is paid in time
	seven  Date // the 1 January on which it takes 7 % while it is unpaid
	amount money.Cents
}

// callSteps lists what was called of a year before the notice of this batch, by the day on which it was due: each quarter by its own end, the
// first two quarters of an activity by the end of the following one (RGS art. 44), and each supplement that an earlier batch claimed.
// start is the first quarter of the activity, or 0.
func (y *MatchedYear) callSteps(steps []callStep, start law.Quarter) []callStep {
	for i := range y.Quarters {
		q := &y.Quarters[i]
		end := int(q.Quarter)
		if at := law.QuarterOf(y.Year, end); start != 0 && (at == start || at == start+1) {
			end++
		}
		due := QuarterEnd(y.Year, end)
		steps = append(steps, callStep{due, DateOf(due.Year()+1, time.January, 1), q.Provisional})
	}
	for i := range y.Versions {
		if v := &y.Versions[i]; v.Definitive > v.Called {
			steps = append(steps, callStep{DueDate(v.NotifiedOn), SevenPercentOn(v.NotifiedOn), v.Definitive - v.Called})
		}
	}
	slices.SortStableFunc(steps, func(a, b callStep) int { return int(a.due) - int(b.due) })
	return steps
}

// lateTerms calls visit with the terms of the surcharges for late payment, in order of time up to and including the day (RGS art. 44,
// 44bis): 3 % of what was called and is unpaid at each quarter end from its own on, and 7 %, once, on the 1 January after, of what was
// called in that time and is unpaid. Payments go to the oldest debt. The surcharges are on contributions and fee, never on surcharges; each
// term is rounded half up to the cent.
//
// owed is what is owed of the year in the end, the definitive amount; negative while it is unknown. What was called beyond it, and was
// never paid, is no debt any more and bears nothing; what was paid late keeps its surcharge, also when it is refunded.
func (y *MatchedYear) lateTerms(steps []callStep, owed money.Cents, upTo Date, visit func(SurchargeTerm)) {
	limit := money.Cents(1<<62 - 1)
	if owed >= 0 {
		limit = max(owed, paidUpTo(y.Payments, upTo))
	}
	paid, next := money.Cents(0), 0
	paidBy := func(day Date) money.Cents {
		for next < len(y.Payments) && y.Payments[next].PaidOn <= day {
			paid += y.Payments[next].Amount
			next++
		}
		return paid
	}
	term := func(rate money.Rate, on Date, paid, unpaid money.Cents) {
		if unpaid > 0 {
			visit(SurchargeTerm{Year: y.Year, Basis: LatePayment, On: on, Rate: rate, Paid: paid, Unpaid: unpaid, Amount: rate.Of(unpaid)})
		}
	}
	for quarter := 1; QuarterEnd(y.Year, quarter) <= upTo; quarter++ {
		end := QuarterEnd(y.Year, quarter)
		var called, sevenNext money.Cents
		for i := range steps {
			if steps[i].due > end {
				continue
			}
			called += steps[i].amount
			if steps[i].seven == end+1 {
				sevenNext += steps[i].amount
			}
		}
		paid := paidBy(end)
		unpaid := max(0, min(called, limit)-paid)
		term(quarterEndRate, end, paid, unpaid)
		if end < upTo { // payments of the last day of the year still count
			term(yearEndRate, end+1, paid, min(unpaid, sevenNext))
		}
	}
}

// activityStart is the first quarter of an activity that the account shows from its beginning: its first quarter, if that is one of the first
// year of a starter; else 0. That a starter affiliated in time is taken for granted.
func activityStart(account []AccountQuarter) law.Quarter {
	if len(account) == 0 || account[0].Starter != 1 {
		return 0
	}
	return law.QuarterOf(int(account[0].Year), int(account[0].Quarter))
}
