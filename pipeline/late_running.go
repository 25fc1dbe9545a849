package pipeline

import "regul/pipeline/money"

// Running is the part of a year's surcharges for late payment that lies on what is still unpaid and can be claimed. The surcharge on what
// was paid late was claimed with it, and asking for it here would ask twice. Payments go to the oldest debt, so that of what was due at
// the end of a quarter the part beyond all that is paid by now is still unpaid. Offsets of this notice pay today, after the surcharge has
// run. apart is what was claimed with what was paid late. What was paid of surcharges goes to those of art. 11bis that were claimed
// before, then to those claimed apart, then to these (reading): no more is asked than what is open.
func (y *SettledYear) Running() (runs, apart money.Cents) {
	unpaid := max(0, y.Arrears-y.ArrearsBarred)
	var due money.Cents // at the last end of a quarter
	var end Date
	for i := range y.Late {
		t := &y.Late[i]
		if !t.IsYearly() || t.On != end+1 {
			due, end = t.Paid+t.Unpaid, t.On
		}
		runs += t.Rate.Of(min(t.Unpaid, unpaid, max(0, due-y.Paid)))
	}
	apart = y.LateSurcharge - runs
	paid := max(0, y.SurchargesPaid-y.PaidOfSurcharge)
	return max(0, runs-max(0, paid-apart)), max(0, apart-paid)
}
