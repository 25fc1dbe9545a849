package notice

import (
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/notice/pdf"
	"regul/writers/notice/wording"
)

// surcharge explains the surcharge of art. 11bis term by term.
func (l *letter) surcharge(y *pipeline.SettledYear) {
	l.integer(wording.FieldYear, y.Year)
	l.need(130)
	what := wording.SurchargeNone
	if len(y.Terms) > 0 {
		what = wording.SurchargeText
	}
	l.head(wording.SurchargeTitle, wording.SpecimenSurcharge, what)
	basis := l.w.Articles[wording.ArticleReduction]
	l.row(cell, l.say(wording.SurchargeLegal), l.figure(y.LegalProvisional), basis)
	l.row(cell, l.say(wording.SurchargeReduced), l.figure(y.Reduced), basis)
	l.leave()
	if len(y.Terms) > 0 {
		l.space(4)
		l.need(40)
		l.enter(pdf.Table)
		l.columns = l.surchargeColumns
		l.columns()
		for i := 0; i < len(y.Terms); {
			n := 1
			for i+n < len(y.Terms) && alikeTerms(&y.Terms[i], &y.Terms[i+n]) {
				n++
			}
			l.terms(y.Terms[i : i+n])
			i += n
		}
		l.columns = nil
		l.leave()
		l.space(2)
		rule := l.say(wording.SurchargeRule)
		l.need(l.height(small, full, rule) + 18) // with the line below it
		l.flow(small, rule)
		l.space(3)
		l.fill(accent, left, l.y, full, 0.6)
	} else {
		l.space(3)
	}
	if before := y.SurchargeTotal - y.Surcharge; before != 0 {
		l.lineApart(cell, l.say(wording.SurchargeTotal), l.figure(y.SurchargeTotal), basis)
		l.lineApart(cell, l.say(wording.SurchargeBefore), l.figure(-before), basis)
	}
	asked, cancelled, back := y.SurchargeToPay(), y.SurchargeCancelled(), y.SurchargeRefund()
	if already := max(0, y.Surcharge) - asked; already > 0 {
		l.lineApart(cell, l.say(wording.SurchargeAlready), l.figure(-already), basis)
	}
	if cancelled > 0 {
		l.lineApart(cellBold, l.say(wording.SurchargeCancelled), l.figure(cancelled), basis)
	}
	if back > 0 {
		l.lineApart(cellBold, l.say(wording.SurchargeBack), l.figure(back), basis)
	}
	if cancelled+back == 0 {
		l.lineApart(cellBold, l.say(wording.SurchargeNow), l.figure(asked), basis)
	}
	l.space(7)
}

// The right edges of the columns after the day, and the room of their texts.
var (
	surchargeEdges = [4]float64{left + 68*millimetre, left + 102*millimetre, left + 126*millimetre, right}
	surchargeRooms = [4]float64{36 * millimetre, 32 * millimetre, 20 * millimetre, 40 * millimetre}
)

func (l *letter) surchargeColumns() {
	base := l.base(column, l.y+1)
	l.enter(pdf.Row)
	l.enter(pdf.HeaderCell)
	l.write(column, left, base, l.say(wording.SurchargeDate))
	l.leave()
	for i, t := range [4]wording.Term{wording.SurchargePaid, wording.SurchargeUnpaid, wording.SurchargeRate, wording.SurchargeAmount} {
		l.enter(pdf.HeaderCell)
		l.writeRight(column, surchargeEdges[i], base, 40*millimetre, l.say(t))
		l.leave()
	}
	l.leave()
	l.y += 13
	l.fill(accent, left, l.y-0.6, full, 0.6)
}

// alikeTerms says whether two terms differ in the day alone.
func alikeTerms(a, b *pipeline.SurchargeTerm) bool {
	return a.Rate == b.Rate && a.Paid == b.Paid && a.Unpaid == b.Unpaid && a.Amount == b.Amount
}

// terms is a line for terms that differ in the day alone: 10 × 3 %.
func (l *letter) terms(same []pipeline.SurchargeTerm) {
	const height = 13.0
	t, days, rate := &same[0], l.short(same[0].On), l.percent(same[0].Rate, 0)+wording.Fixed+"%"
	if n := len(same); n > 1 {
		days += " – " + l.short(same[n-1].On)
		rate = l.plain(n) + wording.Fixed + "×" + wording.Fixed + rate
	}
	l.need(height)
	base := l.base(cell, l.y+0.5)
	l.enter(pdf.Row)
	l.enter(pdf.Cell)
	l.write(cell, left, base, days)
	l.leave()
	for i, text := range [4]string{l.figure(t.Paid), l.figure(t.Unpaid), rate, l.figure(t.Amount * money.Cents(len(same)))} {
		l.enter(pdf.Cell)
		l.writeRight(cell, surchargeEdges[i], base, surchargeRooms[i], text)
		l.leave()
	}
	l.leave()
	l.y += height
	l.fill(hairline, left, l.y-0.4, full, 0.4)
}
