package notice

import (
	"regul/pipeline"
	"regul/writers/notice/pdf"
)

// opening says which notice is corrected, and why.
func (l *letter) opening(y *pipeline.SettledYear) string {
	b := &y.Before
	l.integer(fieldYear, y.Year)
	l.date(fieldNotified, b.NotifiedOn)
	l.amount(fieldBefore, b.Income)
	l.amount(fieldAfter, y.NetIncome)
	why := correctionNewIncome
	switch {
	case l.Index == companyIndex:
		why = companyReplaces
	case y.Rechecked&pipeline.RecheckIdentities != 0:
		why = correctionIdentities
	case y.Rechecked&pipeline.RecheckAccount != 0:
		why = correctionAccount
	case y.Rechecked != 0:
		why = correctionParameters
	case b.Income == y.NetIncome:
		why = correctionSameIncome
	}
	return l.say(why)
}

// correction says what an earlier notice said, what changes and why.
func (l *letter) correction(y *pipeline.SettledYear) {
	b := &y.Before
	l.need(110)
	l.mark(specimenCorrection, l.y+10)
	l.title(pdf.Heading3, heading, l.say(correctionTitle))
	if b.Definitive == y.Definitive { // else the table says it
		l.amount(fieldAfter, y.Definitive)
		l.flow(body, l.say(correctionSameDefinitive))
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
	line(pdf.HeaderCell, column, "", l.say(correctionBefore), l.say(correctionNow))
	line(pdf.Cell, cell, l.say(correctionCommunication), clean(b.Communication), clean(y.Communication))
	line(pdf.Cell, cell, l.say(correctionIncome), l.figure(b.Income), l.figure(y.NetIncome))
	line(pdf.Cell, cell, l.say(correctionDefinitive), l.figure(b.Definitive), l.figure(y.Definitive))
	l.leave()
	l.space(9)
}
