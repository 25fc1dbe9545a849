package notice

import (
	"regul/pipeline"
	"regul/writers/notice/index"
	"regul/writers/notice/pdf"
	"regul/writers/notice/wording"
)

// opening says which notice is corrected, and why.
func (l *letter) opening(y *pipeline.SettledYear) string {
	b := &y.Before
	l.integer(wording.FieldYear, y.Year)
	l.date(wording.FieldNotified, b.NotifiedOn)
	l.amount(wording.FieldBefore, b.Income)
	l.amount(wording.FieldAfter, y.NetIncome)
	why := wording.CorrectionNewIncome
	switch {
	case l.Index == index.Companies && y.Rechecked != 0:
		why = wording.CompanyParameters
	case l.Index == index.Companies:
		why = wording.CompanyReplaces
	case y.Rechecked&pipeline.RecheckIdentities != 0:
		why = wording.CorrectionIdentities
	case y.Rechecked&pipeline.RecheckAccount != 0:
		why = wording.CorrectionAccount
	case y.Rechecked != 0:
		why = wording.CorrectionParameters
	case b.Income == y.NetIncome:
		why = wording.CorrectionSameIncome
	}
	return l.say(why)
}

// correction says what an earlier notice said, what changes and why.
func (l *letter) correction(y *pipeline.SettledYear) {
	b := &y.Before
	l.need(110)
	l.mark(wording.SpecimenCorrection, l.y+10)
	l.title(pdf.Heading3, heading, l.say(wording.CorrectionTitle))
	if b.Definitive == y.Definitive { // else the table says it
		l.amount(wording.FieldAfter, y.Definitive)
		l.flow(body, l.say(wording.CorrectionSameDefinitive))
		l.space(5)
	}

	const first, second = left + 95*millimetre, right
	l.enter(pdf.Table)
	line := func(role pdf.Role, h hand, name, before, now string) {
		l.need(14)
		base := l.base(h, l.y+1)
		l.enter(pdf.Row)
		l.enter(role)
		l.writeIn(h, left, base, 50*millimetre, name)
		l.leave()
		l.enter(role)
		l.writeRight(h, first, base, 44*millimetre, before)
		l.leave()
		l.enter(role)
		l.writeRight(h, second, base, 70*millimetre, now)
		l.leave()
		l.leave()
		l.y += 14
		l.fill(hairline, left, l.y-0.4, full, 0.4)
	}
	line(pdf.HeaderCell, column, "", l.say(wording.CorrectionBefore), l.say(wording.CorrectionNow))
	line(pdf.Cell, cell, l.say(wording.CorrectionCommunication), clean(b.Communication), clean(y.Communication))
	line(pdf.Cell, cell, l.say(wording.CorrectionIncome), l.figure(b.Income), l.figure(y.NetIncome))
	line(pdf.Cell, cell, l.say(wording.CorrectionDefinitive), l.figure(b.Definitive), l.figure(y.Definitive))
	l.leave()
	l.space(9)
}
