package notice

import (
	"slices"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/notice/pdf"
	"regul/writers/notice/wording"
)

// summaryColumn is a column of amounts of the summary: its name, and the amount of a year.
type summaryColumn struct {
	name   wording.Term
	amount func(*pipeline.SettledYear) money.Cents
}

// summaryColumns are all that there may be; those in which no year has an amount are left out. The amounts of a year add up to its last
// two: supplement less offset and surcharge to what is to be paid, refund less offset and surcharge to what is received.
var summaryColumns = [...]summaryColumn{
	{wording.SummarySupplement, func(y *pipeline.SettledYear) money.Cents { return y.ToPay }},
	{wording.SummaryRefund, func(y *pipeline.SettledYear) money.Cents { return y.RefundGross }},
	{wording.SummaryOffsets, func(y *pipeline.SettledYear) money.Cents { return -y.Offset - y.OffsetReceived }},
	{wording.SummarySurcharges, func(y *pipeline.SettledYear) money.Cents { return y.SurchargeToPay() - y.SurchargeRefund() }},
	{wording.SummaryPay, func(y *pipeline.SettledYear) money.Cents { return y.Claim() }},
	{wording.SummaryPayout, func(y *pipeline.SettledYear) money.Cents { return y.Payout() }},
}

// Where the result of a year stands in the summary, and what room it has at least.
const (
	summaryRow   = 14.0
	summaryText  = left + 14*millimetre
	summaryTextW = 38 * millimetre
)

// summary is the result of each year, with the totals.
func (l *letter) summary() {
	var shown []summaryColumn
	for _, c := range summaryColumns {
		if slices.ContainsFunc(l.s.Years, func(y pipeline.SettledYear) bool { return c.amount(&y) != 0 }) {
			shown = append(shown, c)
		}
	}
	l.need(summaryRow * float64(len(l.s.Years)+2))
	l.mark(wording.SpecimenSummary, l.y+9)
	l.enter(pdf.Table)
	width := min(26*millimetre, float64(right-summaryText-summaryTextW)/float64(max(1, len(shown))))
	line := func(role pdf.Role, h hand, year, result string, amount func(*summaryColumn) string) {
		base := l.base(h, l.y+1)
		l.enter(pdf.Row)
		l.enter(role)
		l.write(h, left, base, year)
		l.leave()
		l.enter(role)
		l.writeIn(h, summaryText, base, right-summaryText-float64(len(shown))*width, result)
		l.leave()
		for i := range shown {
			l.enter(role)
			l.writeRight(h, right-float64(len(shown)-1-i)*width, base, width-4, amount(&shown[i]))
			l.leave()
		}
		l.leave()
		l.y += summaryRow
		l.fill(hairline, left, l.y-0.5, full, 0.5)
	}
	line(pdf.HeaderCell, column, l.say(wording.SummaryYear), l.say(wording.SummaryResult),
		func(c *summaryColumn) string { return l.say(c.name) })
	for i := range l.s.Years {
		y := &l.s.Years[i]
		line(pdf.Cell, cell, l.plain(y.Year), l.w.Outcomes[y.Outcome], func(c *summaryColumn) string { return l.dashed(c.amount(y)) })
	}
	line(pdf.Cell, cellBold, l.say(wording.SummaryTotal), "", func(c *summaryColumn) string {
		if c.name == wording.SummaryOffsets { // what one year gives another takes: their sum says nothing
			return ""
		}
		return l.dashed(l.sum(c.amount))
	})
	l.leave()
	l.space(8)
	l.whyOfYears()
}

// whyOfYears says of each year what is unusual about it; nothing if no year has anything.
func (l *letter) whyOfYears() {
	title := wording.WhyTitle
	for i := range l.s.Years {
		y := &l.s.Years[i]
		said := l.unusual(y)
		if said == "" {
			continue
		}
		said = l.plain(y.Year) + " – " + said
		l.need(heading.leading + l.height(body, full, said))
		if title != wording.None {
			l.title(pdf.Heading2, heading, l.say(title))
			title = wording.None
		}
		l.flow(body, said)
		l.space(6)
	}
}
