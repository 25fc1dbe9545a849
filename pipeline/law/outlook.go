package law

import "regul/pipeline/money"

// Outlook is what the income of a regularised year means for the provisional contributions of the year that runs (AR 38 art. 11 §3,
// §4). Amounts are cents of EUR; those of a quarter with the fee.
type Outlook struct {
	Year        int
	Coefficient Coefficient // on the regularised income
	Income      money.Cents // that income a year, indexed, rounded for reading; 0 for a loss
	Quarter     money.Cents // the provisional contribution on it
	Threshold   money.Cents // of the income: below, the contribution is the lowest
	Lowest      money.Cents // provisional contribution of the category, in a quarter: 0 where an income may be exempt
}

// Reducible says whether a lower income would lower the contribution.
func (o *Outlook) Reducible() bool { return o.Quarter > o.Lowest }

// Outlook computes it from the counted income of a regularised year (cents) and its quarters that count (1 to 4), for a category in a
// quarter of the year that runs, with the fee of that year. A primostarter is main by then. It is false where the data do not hold the
// coefficient or the year, where the category is not in force any more, and where the income is older than the one on which the
// provisional contributions rest: nothing is guessed.
func (l *Law) Outlook(of int, income money.Cents, quarters int, running Quarter, category Category, fee money.Rate) (Outlook, bool) {
	year := running.Year()
	y, err := l.Year(year)
	if err != nil || of >= year || of < year-ReferenceYears || StartersOnly(of) || quarters < 1 {
		return Outlook{}, false
	}
	if f := l.fallback; category == f.Primostarter || category == f.PrimostarterFirst {
		category = f.Main
	}
	coefficient, known := y.Coefficient(of)
	schedule := y.Schedule(category, running.Number(), 0)
	if !known || schedule == nil {
		return Outlook{}, false
	}
	o := Outlook{Year: year, Coefficient: coefficient, Quarter: schedule.Provisional(income, quarters, coefficient, fee),
		Lowest: schedule.Contribution(0, 4, fee).Definitive, Threshold: schedule.ExemptBelow}
	o.Income = money.Cents(money.RoundHalfUp(max(0, int64(income))*4*coefficient.Numerator, int64(quarters)*coefficient.Denominator))
	if schedule.FloorFrom == 0 {
		o.Threshold = max(o.Threshold, schedule.Floor)
	}
	return o, true
}
