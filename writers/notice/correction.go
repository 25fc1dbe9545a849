package notice

import (
	"regul/pipeline"
)

// correction says what an earlier notice said, what changes and why.
func (l *letter) correction(y *pipeline.SettledYear) {
	b := &y.Before
	l.need(110)
	l.mark(specimenCorrection, l.y+10)
	l.flow(heading, l.say(correctionTitle))
	l.date(fieldNotified, b.NotifiedOn)
	l.amount(fieldBefore, b.Income)
	l.amount(fieldAfter, y.NetIncome)
	why := correctionNewIncome
	switch {
	case y.Rechecked:
		why = correctionAccount
	case b.Income == y.NetIncome:
		why = correctionSameIncome
	}
	l.flow(body, l.say(why))
	l.amount(fieldBefore, b.Definitive)
	l.amount(fieldAfter, y.Definitive)
	result := correctionNewDefinitive
	if b.Definitive == y.Definitive {
		result = correctionSameDefinitive
	}
	l.flow(body, l.say(result))
	l.space(5)

	const first, second = left + 95*millimetre, right
	line := func(h hand, name, before, now string) {
		l.need(14)
		base := l.base(h, l.y+1)
		l.writeIn(h, left, base, 50*millimetre, name)
		l.writeRight(h, first, base, 44*millimetre, before)
		l.writeRight(h, second, base, 70*millimetre, now)
		l.y += 14
		l.fill(hairline, left, l.y-0.4, full, 0.4)
	}
	line(column, "", l.say(correctionBefore), l.say(correctionNow))
	line(cell, l.say(correctionCommunication), clean(b.Communication), clean(y.Communication))
	line(cell, l.say(correctionIncome), l.figure(b.Income), l.figure(y.NetIncome))
	line(cell, l.say(correctionDefinitive), l.figure(b.Definitive), l.figure(y.Definitive))
	l.space(11)
}
