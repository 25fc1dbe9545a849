package notice

import (
	"regul/pipeline"
)

// surcharge explains the surcharge of art. 11bis term by term.
func (l *letter) surcharge(y *pipeline.SettledYear) {
	l.integer(fieldYear, y.Year)
	l.need(130)
	l.head(surchargeTitle, specimenSurcharge)
	l.space(4)
	if len(y.Terms) > 0 {
		l.flow(smallInk, l.say(surchargeText))
	} else {
		l.flow(smallInk, l.say(surchargeNone))
	}
	l.space(3)
	basis := l.w.articles[articleReduction]
	l.row(cell, l.say(surchargeLegal), l.figure(y.LegalProvisional), basis)
	l.row(cell, l.say(surchargeReduced), l.figure(y.Reduced), basis)
	if len(y.Terms) > 0 {
		l.space(6)
		l.need(40)
		l.columns = l.surchargeColumns
		l.columns()
		for i := range y.Terms {
			l.term(&y.Terms[i])
		}
		l.columns = nil
		l.space(2)
		l.flow(small, l.say(surchargeRule))
		l.space(4)
	}
	l.row(cell, l.say(surchargeTotal), l.figure(y.SurchargeTotal), basis)
	if before := y.SurchargeTotal - y.Surcharge; before != 0 {
		l.row(cell, l.say(surchargeBefore), l.figure(-before), basis)
	}
	if y.Surcharge < 0 {
		l.row(cellBold, l.say(surchargeBack), l.figure(-y.Surcharge), basis)
	} else {
		l.row(cellBold, l.say(surchargeNow), l.figure(y.Surcharge), basis)
	}
	l.space(11)
}

// surchargeEdges are the right edges of the columns after the day.
var surchargeEdges = [4]float64{left + 68*millimetre, left + 102*millimetre, left + 126*millimetre, right}

func (l *letter) surchargeColumns() {
	base := l.base(column, l.y+1)
	l.write(column, left, base, l.say(surchargeDate))
	for i, t := range [4]term{surchargePaid, surchargeUnpaid, surchargeRate, surchargeAmount} {
		l.writeRight(column, surchargeEdges[i], base, 40*millimetre, l.say(t))
	}
	l.y += 13
	l.fill(accent, left, l.y-0.6, full, 0.6)
}

func (l *letter) term(t *pipeline.SurchargeTerm) {
	const height = 13.0
	l.need(height)
	base := l.base(cell, l.y+0.5)
	l.write(cell, left, base, l.short(t.On))
	l.writeRight(cell, surchargeEdges[0], base, 36*millimetre, l.figure(t.Paid))
	l.writeRight(cell, surchargeEdges[1], base, 32*millimetre, l.figure(t.Unpaid))
	l.writeRight(cell, surchargeEdges[2], base, 20*millimetre, l.percent(t.Rate, 0)+fixed+"%")
	l.writeRight(cell, surchargeEdges[3], base, 40*millimetre, l.figure(t.Amount))
	l.y += height
	l.fill(hairline, left, l.y-0.4, full, 0.4)
}
