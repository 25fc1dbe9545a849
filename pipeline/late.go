package pipeline

import (
	"slices"

	"regul/pipeline/law"
	"regul/pipeline/money"
)

// callStep is a part of a year's debt that falls due at once (RGS art. 44, 44bis). Amount in cents.
type callStep struct {
	due    Date // the end of the first quarter that bears 3 %
	seven  Date // the 1 January on which it takes 7 % while it is unpaid; 0: it takes none
	last   Date // the end of the last quarter that bears 3 %; 0: it has none
	waived bool // it bears nothing, though payments go to it
	amount money.Cents
	late   *AccountQuarter // the quarter, of a late affiliation: its amount follows from the day
}

// notice is a regularisation that changed the debt of a year, apart from the quarters that are dispensed or of a late affiliation. Cents.
type notice struct {
	on    Date
	delta money.Cents // claimed more, or cancelled
	kept  money.Cents // definitive
	paid  money.Cents // of the year, up to and including its day, before what it ordered left
	left  money.Cents // what it ordered to leave the year: it was paid, though it was refunded
	lower bool        // it cancelled something
}

// yearDebt is the debt of a year on any day: what was called of the quarters, oldest first, and what each notice claimed or cancelled. Its
// memory is used again for the next year.
type yearDebt struct {
	year       *MatchedYear
	steps      []callStep // of the quarters, by the day on which they are due
	notices    []notice   // of earlier batches
	definitive []law.Contribution
	owed       money.Cents // in the end: the definitive amount of this batch; Unsaid without one
	stack      []callStep  // on the day that is looked at
}

// of begins a year. starts are the first quarters of activities of a starter; definitive are its quarters in this batch, by position,
// nil where it does not settle the year; owed is their sum, or Unsaid.
func (d *yearDebt) of(y *MatchedYear, starts []law.Quarter, definitive []law.Contribution, owed money.Cents) {
	d.year, d.definitive, d.owed, d.steps, d.notices = y, definitive, owed, d.steps[:0], d.notices[:0]
	for i := range y.Quarters {
		if q := &y.Quarters[i]; q.Standing != Dispensed {
			d.steps = append(d.steps, stepOf(q, starts))
		}
	}
	slices.SortStableFunc(d.steps, func(a, b callStep) int { return int(a.due) - int(b.due) })
	for i := range y.Versions {
		v := &y.Versions[i]
		n := notice{v.NotifiedOn, v.Definitive - v.Called, v.Definitive, paidUpTo(y.Payments, v.NotifiedOn) + v.Refund + v.Given,
			v.Refund + v.Given, v.Definitive < v.Called}
		for j := range y.Quarters {
			if q := &y.Quarters[j]; isApart(q) {
				if p := y.priorQuarter(q, v.Version); p != nil {
					n.delta -= p.Definitive - p.Called
					n.kept -= p.Definitive
				}
			}
		}
		d.notices = append(d.notices, n)
	}
}

// isApart says whether the definitive amount of a quarter is no part of what a notice claims, for surcharges: it has no step, or one of
// its own.
func isApart(q *AccountQuarter) bool { return q.Standing == Dispensed || q.LateAffiliation == Yes }

// priorQuarter is a quarter in an earlier regularisation of the year; nil where that does not have it.
func (y *MatchedYear) priorQuarter(q *AccountQuarter, version int32) *PriorQuarter {
	for i := range y.PriorQuarters {
		if p := &y.PriorQuarters[i]; int(p.Year) == y.Year && p.Version == version && p.Quarter == q.Quarter {
			return p
		}
	}
	return nil
}

// stepOf is the step of a quarter's provisional contribution: due at its own end; the first two quarters of a starter at the end of the
// following one, since the notice is sent in its quarter [R] (RGS art. 44 §2, 44bis §2).
func stepOf(q *AccountQuarter, starts []law.Quarter) callStep {
	s := callStep{due: QuarterEnd(int(q.Year), int(q.Quarter)), seven: newYearAfter(int(q.Year)), waived: q.SurchargesWaived == Yes,
		amount: q.Called()}
	if at := quarterOf(q); slices.Contains(starts, at) || slices.Contains(starts, at-1) {
		s.due = QuarterEnd(int(q.Year), int(q.Quarter)+1)
		s.seven = newYearAfter(s.due.Year())
	}
	if on, deferred := q.DeferredTo.Get(); deferred { // the decisions of 2020 and 2021
		s.due, s.seven = QuarterEnd(on.Year(), on.Quarter()), newYearAfter(on.Year())
	}
	if q.LateAffiliation == Yes { // RGS art. 44 §3 al. 2, 44bis §3 al. 2: as if all of it had been called in its time
		s.due, s.seven, s.late = QuarterEnd(int(q.Year), int(q.Quarter)), newYearAfter(int(q.Year)), q
	}
	if on, recovered := q.RecoveredOn.Get(); recovered { // RGS art. 44 §1 al. 4, 44bis §1 al. 3
		s.last = QuarterEnd(on.Year(), on.Quarter()-1)
		if on < s.seven { // in the year in which it was claimed, or counts as claimed [R]
			s.seven = 0
		}
	}
	return s
}

func newYearAfter(year int) Date { return QuarterEnd(year, 4) + 1 }

// lateAmounts are what a quarter of a late affiliation owes, which is its definitive amount from the beginning, and what was called of it
// on the day.
func (d *yearDebt) lateAmounts(q *AccountQuarter, day Date) (owed, called money.Cents) {
	called = q.Called()
	owed = called
	for i := range d.year.Versions {
		if p := d.year.priorQuarter(q, d.year.Versions[i].Version); p != nil {
			owed = p.Definitive
			if d.year.Versions[i].NotifiedOn <= day {
				called = p.Definitive
			}
		}
	}
	for i := range d.definitive {
		if d.year.Quarters[i].Quarter == q.Quarter {
			owed = d.definitive[i].Definitive
		}
	}
	return owed, called
}

// on puts the debt of a day into the stack, the oldest first, as far as it is one in the end: what was called, cancelled later and never
// paid bears nothing; what was paid late keeps its surcharge, also when it is refunded [R].
func (d *yearDebt) on(day, upTo Date) {
	late := d.called(day, upTo)
	var left money.Cents // by the notices after the day
	for i := range d.notices {
		if n := &d.notices[i]; n.on > day {
			d.cutTo(max(n.kept+late, n.paid+left))
			left += n.left
		}
	}
	if d.owed != Unsaid {
		d.cutTo(max(d.owed, paidUpTo(d.year.Payments, upTo)+left))
	}
	if len(d.notices) > 0 { // a quarter that was deferred may fall due after a supplement
		slices.SortStableFunc(d.stack, func(a, b callStep) int { return int(a.due) - int(b.due) })
	}
}

// called puts what was called up to a day into the stack, in the order in which it was: of the quarters, by the day on which they are due,
// then by the notices. What a notice cancels was called last. It says what the quarters of a late affiliation owe.
func (d *yearDebt) called(day, upTo Date) (late money.Cents) {
	late = d.callQuarters(day, upTo)
	for i := range d.notices {
		switch n := &d.notices[i]; {
		case n.on > day:
		case n.delta > 0: // RGS art. 44 §3, 44bis §3
			d.stack = append(d.stack, callStep{due: DueDate(n.on), seven: SevenPercentOn(n.on), amount: n.delta})
		default: // what the fund itself pays back was never late
			d.cut(-n.delta)
		}
	}
	return late
}

// callQuarters puts what was called of the quarters into the stack, and says what those of a late affiliation owe. Of these the definitive
// amount was due from the beginning; what was called beyond it counts as far as it was paid.
func (d *yearDebt) callQuarters(day, upTo Date) (late money.Cents) {
	d.stack = append(d.stack[:0], d.steps...)
	var below money.Cents
	for i := range d.stack {
		s := &d.stack[i]
		if s.late != nil {
			owed, called := d.lateAmounts(s.late, day)
			s.amount = max(owed, min(called, d.everPaid(day, upTo)-below))
			late += owed
		}
		below += s.amount
	}
	return late
}

// everPaid is what was paid of the debt of a day in the end, also if it was refunded since: no more than by any notice after the day that
// cancelled something.
func (d *yearDebt) everPaid(day, upTo Date) (ever money.Cents) {
	ever = 1<<62 - 1
	var left money.Cents
	for i := range d.notices {
		if n := &d.notices[i]; n.on > day {
			if n.lower {
				ever = min(ever, n.paid+left)
			}
			left += n.left
		}
	}
	if d.owed != Unsaid {
		ever = min(ever, paidUpTo(d.year.Payments, upTo)+left)
	}
	return ever
}

// cutTo takes off the newest steps what the debt exceeds an amount by.
func (d *yearDebt) cutTo(most money.Cents) {
	for i := range d.stack {
		most -= d.stack[i].amount
	}
	d.cut(-most)
}

// cut takes an amount off the newest steps, but not off those of a late affiliation, which follow their own amounts.
func (d *yearDebt) cut(amount money.Cents) {
	for i := len(d.stack) - 1; i >= 0 && amount > 0; i-- {
		if s := &d.stack[i]; s.late == nil {
			part := min(amount, s.amount)
			s.amount -= part
			amount -= part
		}
	}
}

// terms calls visit with the terms of the surcharges for late payment, in order of time up to and including the day (RGS art. 44, 44bis):
// 3 % of what is due and unpaid at each quarter end, and 7 %, once, on a 1 January, of what was claimed in the past year and is unpaid.
// Payments go to the oldest debt [R]. The surcharges are on contributions and fee, never on surcharges; each term is rounded half up to
// the cent.
func (d *yearDebt) terms(upTo Date, visit func(SurchargeTerm)) {
	y := d.year
	paid, next := money.Cents(0), 0
	d.on(upTo, upTo)
	for quarter := 1; QuarterEnd(y.Year, quarter) <= upTo; quarter++ {
		end := QuarterEnd(y.Year, quarter)
		for next < len(y.Payments) && y.Payments[next].PaidOn <= end { // those of the last day of the year still count
			paid += y.Payments[next].Amount
			next++
		}
		var quarterly, yearly, below money.Cents
		if len(d.notices) > 0 { // without one the debt is the same on any day
			d.on(end, upTo)
		}
		for i := range d.stack {
			s := &d.stack[i]
			top := below + s.amount
			unpaid := max(0, top-max(below, paid))
			below = top
			if s.waived {
				continue
			}
			if s.due <= end && (s.last == 0 || end <= s.last) {
				quarterly += unpaid
			}
			if s.seven == end+1 {
				yearly += unpaid
			}
		}
		term := SurchargeTerm{Year: y.Year, Basis: LatePayment, Paid: paid}
		if quarterly > 0 {
			term.On, term.Rate, term.Unpaid, term.Amount = end, quarterEndRate, quarterly, quarterEndRate.Of(quarterly)
			visit(term)
		}
		if yearly > 0 && end < upTo {
			term.On, term.Rate, term.Unpaid, term.Amount = end+1, yearEndRate, yearly, yearEndRate.Of(yearly)
			visit(term)
		}
	}
}

// oldest is the day on which the oldest part of the debt of a day fell due, or falls due, that so much does not pay; false: it pays all.
func (d *yearDebt) oldest(day Date, paid money.Cents) (Date, bool) {
	d.on(day, day)
	var called money.Cents
	for i := range d.stack {
		if called += d.stack[i].amount; called > paid {
			return d.stack[i].due, true
		}
	}
	return 0, false
}

// due is what is due of the year on a day.
func (d *yearDebt) due(day Date) money.Cents {
	var sum money.Cents
	d.on(day, day)
	for i := range d.stack {
		if d.stack[i].due <= day {
			sum += d.stack[i].amount
		}
	}
	return sum
}

// appendStarts appends the first quarters of activities that the account shows from their beginning: a quarter of the first year of a
// starter, of whom the account has neither the quarter before nor an earlier one of the same year. That a starter affiliated in time is
// taken for granted, unless the account says otherwise.
func appendStarts(starts []law.Quarter, account []AccountQuarter) []law.Quarter {
	for i := range account {
		q := &account[i]
		if q.Starter == 1 && (i == 0 || account[i-1].Year < q.Year && quarterOf(&account[i-1])+1 < quarterOf(q)) {
			starts = append(starts, quarterOf(q))
		}
	}
	return starts
}
