package notice

import (
	"regul/pipeline"
	"regul/writers/notice/pdf"
)

// The right edges of the columns of the summary.
const (
	summaryPayX    = right - 34*millimetre
	summaryPayoutX = right
	summaryTextX   = left + 18*millimetre
)

// summary is the result of each year, with the totals.
func (l *letter) summary() {
	const row = 14.0
	l.need(row * float64(len(l.years)+2))
	l.mark(specimenSummary, l.y+9)
	l.enter(pdf.Table)
	defer l.leave()
	line := func(role pdf.Role, h hand, year, result, pay, payout string) {
		base := l.base(h, l.y+1)
		l.enter(pdf.Row)
		l.enter(role)
		l.write(h, left, base, year)
		l.leave()
		l.enter(role)
		l.writeIn(h, summaryTextX, base, summaryPayX-summaryTextX-28*millimetre, result)
		l.leave()
		l.enter(role)
		l.writeRight(h, summaryPayX, base, 28*millimetre, pay)
		l.leave()
		l.enter(role)
		l.writeRight(h, summaryPayoutX, base, 30*millimetre, payout)
		l.leave()
		l.leave()
		l.y += row
		l.fill(hairline, left, l.y-0.5, full, 0.5)
	}
	line(pdf.HeaderCell, column, l.say(summaryYear), l.say(summaryResult), l.say(summaryPay), l.say(summaryPayout))
	for i := range l.s.Years {
		y := &l.s.Years[i]
		line(pdf.Cell, cell, l.plain(y.Year), l.outcome(y), l.dashed(y.Claim()), l.dashed(y.Payout()))
	}
	line(pdf.Cell, cellBold, l.say(summaryTotal), "", l.dashed(l.claim), l.dashed(l.payout))
	l.space(10)
}

// outcome is the result of a year in a few words.
func (l *letter) outcome(y *pipeline.SettledYear) string {
	text := l.w.outcomes[y.Outcome]
	add := func(t term) {
		l.set(fieldResult, text)
		text = l.say(t)
	}
	if y.Offset > 0 || y.OffsetReceived > 0 {
		add(summaryOffset)
	}
	switch {
	case y.Surcharge > 0:
		add(summarySurcharge)
	case y.Surcharge < 0:
		add(summarySurchargeBack)
	}
	return text
}
