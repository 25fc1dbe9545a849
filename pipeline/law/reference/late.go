package reference

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// CalledQuarter is what the account says of a quarter that owes, or owed, a provisional contribution. Amounts are EUR, fee included.
type CalledQuarter struct {
	Quarter         int
	Standing        string
	Provisional     decimal.Decimal
	Definitive      decimal.Decimal // by this regularisation
	FirstTwo        bool            // one of the first two quarters of the activity of a starter (RGS art. 44 §2)
	LateAffiliation bool            // the fund was joined when the definitive contribution could be established (RGS art. 44 §3 al. 2)
	RecoveredOn     time.Time       // day of the summons or of the contrainte
	DeferredTo      time.Time       // last day on which it was paid in time
	Waived          bool            // the surcharges (RGS art. 48)
}

// Notice is one published regularisation of the year, with the definitive amount of each quarter.
type Notice struct {
	On         time.Time
	Definitive map[int]decimal.Decimal
}

// Debt is the debt of a year and what came in for it.
type Debt struct {
	Year     int
	Quarters []CalledQuarter
	Notices  []Notice // of earlier regularisations, oldest first
	Payments []Payment
}

// step is a part of the debt that falls due at once. Steps lie on each other by the day on which they are due: payments go to the
// oldest debt (reading).
type step struct {
	amount    decimal.Decimal
	due       time.Time // the first 3 % is at this quarter end
	seven     time.Time // the 1 January of the 7 %; zero: there is none
	lastThree time.Time // the last quarter end that bears 3 %; zero: no end
	waived    bool
}

// ofQuarter is the step of a quarter's provisional contribution. A dispensed quarter has none.
func (d *Debt) ofQuarter(q *CalledQuarter) (step, bool) {
	if q.Standing == Dispensed {
		return step{}, false
	}
	s := step{amount: q.Provisional, due: QuarterEnd(d.Year, q.Quarter), seven: Date(d.Year+1, time.January, 1), waived: q.Waived}
	switch {
	case q.LateAffiliation: // RGS art. 44 §3 al. 2, 44bis §3 al. 2: all of the definitive amount, as if it had been called in time
		s.amount = q.Definitive
	case !q.DeferredTo.IsZero():
		s.due = QuarterEnd(q.DeferredTo.Year(), quarterNumber(q.DeferredTo))
		s.seven = Date(q.DeferredTo.Year()+1, time.January, 1)
	case q.FirstTwo: // RGS art. 44 §2, 44bis §2: the notice is sent in its quarter (reading)
		s.due = DueDate(quarterStart(d.Year, q.Quarter))
		s.seven = SevenPercentOn(quarterStart(d.Year, q.Quarter))
	}
	if !q.RecoveredOn.IsZero() { // RGS art. 44 §1 al. 4, 44bis §1 al. 3
		s.lastThree = QuarterEnd(q.RecoveredOn.Year(), quarterNumber(q.RecoveredOn)-1)
		if q.RecoveredOn.Year() == d.Year {
			s.seven = time.Time{}
		}
	}
	return s, true
}

// steps are the debt as it stood on a day, the oldest first: what was called provisionally, then what each notice up to that day
// claimed more or cancelled.
func (d *Debt) steps(on time.Time) []step {
	var steps []step
	called := map[int]decimal.Decimal{} // of quarters whose supplements are steps of their own
	for i := range d.Quarters {
		q := &d.Quarters[i]
		s, owed := d.ofQuarter(q)
		if !owed {
			continue
		}
		steps = append(steps, s)
		if !q.LateAffiliation {
			called[q.Quarter] = q.Provisional
		}
	}
	slices.SortStableFunc(steps, func(a, b step) int { return a.due.Compare(b.due) })
	for _, n := range d.Notices {
		if n.On.After(on) {
			break
		}
		change := decimal.Zero // the quarters net inside the year (reading)
		for quarter, before := range called {
			change = change.Add(n.Definitive[quarter]).Sub(before)
			called[quarter] = n.Definitive[quarter]
		}
		if change.IsPositive() {
			steps = append(steps, step{amount: change, due: DueDate(n.On), seven: SevenPercentOn(n.On)})
		}
		for cut := change.Neg(); cut.IsPositive() && len(steps) > 0; { // what was called last is no debt any more
			last := &steps[len(steps)-1]
			part := smaller(cut, last.amount)
			last.amount, cut = last.amount.Sub(part), cut.Sub(part)
			if last.amount.IsZero() {
				steps = steps[:len(steps)-1]
			}
		}
	}
	return steps
}

// kept is how much of the debt of a day is, or was, a debt in the end, by the notices after it: what was paid when a notice came stays
// what it was, also if it was paid late and is refunded; of the rest, what the notice cancels bears nothing (reading).
func (d *Debt) kept(on time.Time) decimal.Decimal {
	last := len(d.Notices) - 1
	kept := d.definitive(last)
	for i := last; i >= 0 && (i == last || d.Notices[i].On.After(on)); i-- {
		kept = larger(d.paidBefore(d.Notices[i].On), smaller(d.definitive(i), kept))
	}
	return kept
}

// paidBefore is what was paid when a notice came: what left the fund on its day, the notice itself gave back.
func (d *Debt) paidBefore(notified time.Time) decimal.Decimal {
	paid := PaidUpTo(d.Payments, notified)
	for _, p := range d.Payments {
		if p.PaidOn.Equal(notified) && p.Amount.IsNegative() {
			paid = paid.Sub(p.Amount)
		}
	}
	return paid
}

// definitive is the debt after a notice. A late affiliation owed its last definitive amount all the time.
func (d *Debt) definitive(notice int) decimal.Decimal {
	sum := decimal.Zero
	for _, q := range d.Quarters {
		switch {
		case q.Standing == Dispensed:
		case q.LateAffiliation:
			sum = sum.Add(q.Definitive)
		default:
			sum = sum.Add(d.Notices[notice].Definitive[q.Quarter])
		}
	}
	return sum
}

// unpaid adds what was unpaid on a day of the steps that count.
func (d *Debt) unpaid(on time.Time, counts func(*step) bool) (paid, unpaid decimal.Decimal) {
	paid, kept := PaidUpTo(d.Payments, on), d.kept(on)
	below := decimal.Zero // of the steps under this one
	for _, s := range d.steps(on) {
		top := below.Add(s.amount)
		if counts(&s) && !s.waived {
			unpaid = unpaid.Add(atLeastZero(smaller(top, kept).Sub(larger(below, paid))))
		}
		below = top
	}
	return paid, unpaid
}

// LateSurcharges are the surcharges for late payment (RGS art. 44, 44bis) up to and including the day of this regularisation,
// which they are told with. Terms of which nothing is unpaid are left out.
func (d Debt) LateSurcharges(notifiedOn time.Time) (total decimal.Decimal, terms []SurchargeTerm) {
	now := Notice{notifiedOn, map[int]decimal.Decimal{}}
	for _, q := range d.Quarters {
		now.Definitive[q.Quarter] = q.Definitive
	}
	d.Notices = append(slices.Clone(d.Notices), now)
	add := func(on time.Time, percent int64, paid, unpaid decimal.Decimal) {
		if unpaid.IsPositive() {
			amount := percentOf(percent, unpaid)
			total = total.Add(amount)
			terms = append(terms, SurchargeTerm{on, percent, paid, unpaid, amount})
		}
	}
	for quarter := 1; ; quarter++ {
		end := QuarterEnd(d.Year, quarter)
		if end.After(notifiedOn) {
			break
		}
		paid, unpaid := d.unpaid(end, func(s *step) bool { return !s.due.After(end) && (s.lastThree.IsZero() || !end.After(s.lastThree)) })
		add(end, 3, paid, unpaid)
		if first := end.AddDate(0, 0, 1); quarter%4 == 0 && !first.After(notifiedOn) {
			paid, unpaid := d.unpaid(end, func(s *step) bool { return s.seven.Equal(first) })
			add(first, 7, paid, unpaid)
		}
	}
	return total, terms
}
