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

// Notice is one published regularisation of the year. Amounts are EUR, fee included.
type Notice struct {
	On       time.Time
	Quarters map[int]NoticeQuarter // 1 to 4
	Left     decimal.Decimal       // what it ordered to leave the year: the refund, and the offsets to other years
}

// NoticeQuarter is what a notice says of a quarter: its definitive amount, and what was called before.
type NoticeQuarter struct{ Definitive, Called decimal.Decimal }

// Debt is the debt of a year and what came in for it.
type Debt struct {
	Year     int
	Quarters []CalledQuarter
	Notices  []Notice  // of earlier regularisations, oldest first
	Payments []Payment // what the notices ordered to leave is among them, on their days
}

// step is a part of the debt that falls due at once. Steps lie on each other by the day on which they are due: payments go to the
// oldest debt (reading).
type step struct {
	amount    decimal.Decimal
	due       time.Time // the first 3 % is at this quarter end
	seven     time.Time // the 1 January of the 7 %; zero: there is none
	lastThree time.Time // the last quarter end that bears 3 %; zero: no end
	waived    bool
	whole     bool            // of a late affiliation: no notice claims or cancels it
	called    decimal.Decimal // of it
}

// ofQuarter is the step of a quarter's provisional contribution on a day. A dispensed quarter has none.
func (d *Debt) ofQuarter(q *CalledQuarter, on time.Time) (step, bool) {
	if q.Standing == Dispensed {
		return step{}, false
	}
	s := step{amount: q.Provisional, due: QuarterEnd(d.Year, q.Quarter), seven: Date(d.Year+1, time.January, 1), waived: q.Waived}
	switch {
	case q.LateAffiliation: // RGS art. 44 §3 al. 2, 44bis §3 al. 2: all of the definitive amount, as if it had been called in time
		s.amount, s.whole, s.called = q.Definitive, true, d.called(q, on)
	case !q.DeferredTo.IsZero():
		s.due = QuarterEnd(q.DeferredTo.Year(), quarterNumber(q.DeferredTo))
		s.seven = Date(q.DeferredTo.Year()+1, time.January, 1)
	case q.FirstTwo: // RGS art. 44 §2, 44bis §2: the notice is sent in its quarter (reading)
		s.due = DueDate(quarterStart(d.Year, q.Quarter))
		s.seven = SevenPercentOn(quarterStart(d.Year, q.Quarter))
	}
	if !q.RecoveredOn.IsZero() { // RGS art. 44 §1 al. 4, 44bis §1 al. 3
		s.lastThree = QuarterEnd(q.RecoveredOn.Year(), quarterNumber(q.RecoveredOn)-1)
		if q.RecoveredOn.Before(s.seven) { // in the year in which it was claimed, or counts as claimed (reading)
			s.seven = time.Time{}
		}
	}
	return s, true
}

// apart says whether the amounts of a quarter are no part of what the notices claim or cancel: it has no step, or one for all of it.
func (d *Debt) apart(quarter int) bool {
	return slices.ContainsFunc(d.Quarters, func(q CalledQuarter) bool {
		return q.Quarter == quarter && (q.Standing == Dispensed || q.LateAffiliation)
	})
}

// steps are the debt as it stood on a day, the oldest first: what was called provisionally, of a late affiliation the definitive
// amount and what was called beyond it as far as it was paid; then what each notice up to that day claimed more or cancelled; of all that
// what is, or was, a debt in the end.
func (d *Debt) steps(on, now time.Time) []step {
	var steps []step
	for i := range d.Quarters {
		if s, owed := d.ofQuarter(&d.Quarters[i], on); owed {
			steps = append(steps, s)
		}
	}
	byDue := func(a, b step) int { return a.due.Compare(b.due) }
	slices.SortStableFunc(steps, byDue)
	paid := d.everPaid(on, now) // goes to the oldest first
	for i := range steps {
		if s := &steps[i]; s.whole {
			s.amount = larger(s.amount, smaller(s.called, paid))
		}
		paid = paid.Sub(steps[i].amount)
	}
	for _, n := range d.Notices {
		if n.On.After(on) {
			break
		}
		change := decimal.Zero // the quarters net inside the year (reading)
		for quarter, told := range n.Quarters {
			if !d.apart(quarter) {
				change = change.Add(told.Definitive).Sub(told.Called)
			}
		}
		if change.IsPositive() {
			steps = append(steps, step{amount: change, due: DueDate(n.On), seven: SevenPercentOn(n.On)})
		}
		cancel(steps, change.Neg())
	}
	d.keep(steps, on, now)
	slices.SortStableFunc(steps, byDue) // a deferred quarter may fall due after a supplement
	return steps
}

// cancel takes an amount off what was called last. A quarter of a late affiliation follows its own amounts.
func cancel(steps []step, amount decimal.Decimal) {
	for at := len(steps) - 1; at >= 0 && amount.IsPositive(); at-- {
		if last := &steps[at]; !last.whole {
			part := smaller(amount, last.amount)
			last.amount, amount = last.amount.Sub(part), amount.Sub(part)
		}
	}
}

// keep leaves of the debt of a day what is, or was, a debt in the end, by the notices after it and by the one that is made now: what was
// called, cancelled and never paid bears nothing; what was paid late keeps its surcharge, also when it is refunded (reading).
func (d *Debt) keep(steps []step, on, now time.Time) {
	definitive, whole := decimal.Zero, decimal.Zero
	for _, q := range d.Quarters {
		if q.Standing == Dispensed {
			continue
		}
		definitive = definitive.Add(q.Definitive)
		if q.LateAffiliation {
			whole = whole.Add(q.Definitive) // owed from the beginning, whatever the notices said
		}
	}
	cancelAbove := func(most decimal.Decimal) {
		debt := decimal.Zero
		for _, s := range steps {
			debt = debt.Add(s.amount)
		}
		cancel(steps, debt.Sub(most))
	}
	left := decimal.Zero // it was paid, though it was refunded
	for _, n := range d.Notices {
		if !n.On.After(on) {
			continue
		}
		told := whole
		for quarter, amounts := range n.Quarters {
			if !d.apart(quarter) {
				told = told.Add(amounts.Definitive)
			}
		}
		left = left.Add(n.Left)
		cancelAbove(larger(told, PaidUpTo(d.Payments, n.On).Add(left)))
	}
	cancelAbove(larger(definitive, PaidUpTo(d.Payments, now).Add(left)))
}

// everPaid is how much of the debt of a day was paid in the end, also if it was refunded since: no more than by any notice after it that
// cancelled something.
func (d *Debt) everPaid(on, now time.Time) decimal.Decimal {
	left := decimal.Zero
	var paid []decimal.Decimal
	for _, n := range d.Notices {
		if !n.On.After(on) {
			continue
		}
		left = left.Add(n.Left)
		change := decimal.Zero
		for _, told := range n.Quarters {
			change = change.Add(told.Definitive).Sub(told.Called)
		}
		if change.IsNegative() {
			paid = append(paid, PaidUpTo(d.Payments, n.On).Add(left))
		}
	}
	least := PaidUpTo(d.Payments, now).Add(left)
	for _, p := range paid {
		least = smaller(least, p)
	}
	return least
}

// called is what was called of a quarter on a day.
func (d *Debt) called(q *CalledQuarter, on time.Time) decimal.Decimal {
	called := q.Provisional
	for _, n := range d.Notices {
		if told, found := n.Quarters[q.Quarter]; found && !n.On.After(on) {
			called = told.Definitive
		}
	}
	return called
}

// unpaid adds what was unpaid on a day of the steps that count.
func (d *Debt) unpaid(on, now time.Time, counts func(*step) bool) (paid, unpaid decimal.Decimal) {
	paid = PaidUpTo(d.Payments, on)
	below := decimal.Zero // of the steps under this one
	for _, s := range d.steps(on, now) {
		top := below.Add(s.amount)
		if counts(&s) && !s.waived {
			unpaid = unpaid.Add(atLeastZero(top.Sub(larger(below, paid))))
		}
		below = top
	}
	return paid, unpaid
}

// LateSurcharges are the surcharges for late payment (RGS art. 44, 44bis) up to and including the day of this regularisation,
// which they are told with. Terms of which nothing is unpaid are left out.
func (d Debt) LateSurcharges(notifiedOn time.Time) (total decimal.Decimal, terms []SurchargeTerm) {
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
		paid, unpaid := d.unpaid(end, notifiedOn,
			func(s *step) bool { return !s.due.After(end) && (s.lastThree.IsZero() || !end.After(s.lastThree)) })
		add(end, 3, paid, unpaid)
		if first := end.AddDate(0, 0, 1); quarter%4 == 0 && !first.After(notifiedOn) {
			paid, unpaid := d.unpaid(end, notifiedOn, func(s *step) bool { return s.seven.Equal(first) })
			add(first, 7, paid, unpaid)
		}
	}
	return total, terms
}

// LateRunning is the part of surcharges for late payment that lies on what is still unpaid, before what was paid of them: open is what can
// still be claimed of the year, paid what was paid by now, in EUR. Of what was due on a day the part beyond all that is paid is unpaid
// (payments go to the oldest debt). A 7 % looks at the end of the year before.
func LateRunning(terms []SurchargeTerm, open, paid decimal.Decimal) (total decimal.Decimal) {
	due := map[time.Time]decimal.Decimal{}
	for _, t := range terms {
		there, known := due[t.On.AddDate(0, 0, -1)]
		if !known || t.Percent != 7 {
			there = t.Paid.Add(t.Unpaid)
		}
		due[t.On] = there
		still := smaller(smaller(t.Unpaid, atLeastZero(open)), atLeastZero(there.Sub(paid)))
		total = total.Add(percentOf(t.Percent, still))
	}
	return total
}
