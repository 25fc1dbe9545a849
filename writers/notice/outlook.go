package notice

import (
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/writers/notice/wording"
)

// outlook says what the income of the last year of the letter means for the provisional contributions of the year that runs (AR 38
// art. 11 §4). Nothing is said where the parameters of that year are missing, or to the heirs of who has died.
func (l *letter) outlook() {
	if said := l.foresight(); said != "" {
		l.passage(wording.OutlookTitle, wording.None, wording.ArticleOutlook, said)
	}
}

// outlookFirst is outlook on the first page, if it fits there.
func (l *letter) outlookFirst() bool {
	said := l.foresight()
	fits := said != "" && len(l.sheets) == 1 && l.y+l.passageHeight(said) <= bottom
	if fits {
		l.passage(wording.OutlookTitle, wording.None, wording.ArticleOutlook, said)
	}
	return fits
}

// foresight is what outlook says.
func (l *letter) foresight() string {
	y := &l.s.Years[len(l.s.Years)-1]
	if y.Company != nil || l.s.Party.Hold == pipeline.HoldDeceased {
		return ""
	}
	o, known := l.outlookOf(y)
	if !known {
		return ""
	}
	l.integer(wording.FieldEarned, y.Year)
	l.integer(wording.FieldYear, o.Year)
	l.amount(wording.FieldIncome, o.Income)
	l.amount(wording.FieldAmount, o.Quarter)
	l.amount(wording.FieldThreshold, o.Threshold)
	l.amount(wording.FieldLowest, o.Lowest)
	said := l.say(wording.OutlookAmount)
	switch {
	case !o.Reducible():
		said = join(said, l.say(wording.OutlookLowest))
	case o.Lowest == 0:
		said = join(join(said, l.say(wording.OutlookNothing)), l.say(wording.OutlookReason))
	default:
		said = join(join(said, l.say(wording.OutlookLower)), l.say(wording.OutlookReason))
	}
	return said
}

// outlookOf is the outlook of a year, by the category of its last quarter of subjection.
func (l *letter) outlookOf(y *pipeline.SettledYear) (law.Outlook, bool) {
	running := law.QuarterOf(l.asOf.Year(), l.asOf.Quarter())
	fee, given := l.fees[running.Year()]
	for i := len(y.Quarters) - 1; i >= 0 && given; i-- {
		if q := &y.Quarters[i]; q.Standing.Counts() {
			return l.law.Outlook(y.IncomeYear, y.CountedIncome, y.SubjectQuarters, running, q.Category, fee)
		}
	}
	return law.Outlook{}, false
}
