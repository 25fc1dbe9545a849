package ask

import (
	"fmt"
	"strconv"

	"regul/jobs/batch"
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// outlookSection says what the income of the year means for the provisional contributions of the year in which it was notified (AR 38
// art. 11 §4); false where the parameters of that year are not there.
func outlookSection(l *law.Law, r *batch.PublishedRow) (Section, bool) {
	day := r.NotifiedOn
	running := law.QuarterOf(day.Year(), day.Quarter())
	fee, err := money.ParsePercent(r.Manifest.Parameters.Fees[fmt.Sprint(running.Year())])
	if err != nil {
		return Section{}, false
	}
	var last *batch.PublishedQuarter
	for i := range r.Quarters {
		if r.Quarters[i].Standing != pipeline.Assimilated.String() {
			last = &r.Quarters[i]
		}
	}
	if last == nil {
		return Section{}, false
	}
	category, known := l.Category(last.Category)
	if !known {
		return Section{}, false
	}
	earned := r.IncomeYear
	o, known := l.Outlook(earned, r.CountedIncome(), r.Subject, running, category, fee)
	if !known {
		return Section{}, false
	}
	const provisional, surcharge = "AR 38 art. 11 §3 and §4", "AR 38 art. 11bis"
	year := strconv.Itoa(o.Year)
	s := newSection(law.Say("What it means for %s", year),
		step(o.Income, provisional, "annual income of %s, indexed for %s: x %s / %s", strconv.Itoa(earned), year,
			money.Cents(o.Coefficient.Numerator), money.Cents(o.Coefficient.Denominator)),
		step(o.Quarter, provisional, "provisional contribution of a quarter on it, in the same category, fee included"))
	if o.Reducible() {
		remark := step(0, surcharge, "reduced without reason: 7 %% at the end of the year and 3 %% a quarter of what was missing")
		remark.Remark = true
		s.Steps = append(s.Steps,
			step(o.Lowest, provisional, "may be reduced for an income between %s and %s, to no less than", o.Threshold, o.Income), remark)
	} else {
		s.Steps = append(s.Steps, step(o.Lowest, provisional, "it is the lowest of the category: it can't be reduced"))
	}
	return s, true
}
