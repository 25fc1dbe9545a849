package notice

import (
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/notice/pdf"
)

// result is the box with the result in one sentence and the figure, and what stays owed besides.
func (l *letter) result() {
	const pad, panel = 11.0, 62 * millimetre
	sentence := l.sentence()
	textWidth := full - panel - 3*pad
	textHeight := l.height(large, textWidth, sentence)
	height := max(textHeight+2*pad, 72)
	l.need(height)
	l.mark(specimenResult, l.y+height/2)
	l.fill(tint, left, l.y, full, height)
	l.fill(accent, left, l.y, 3, height)
	l.enter(pdf.Paragraph)
	l.paragraph(large, left+3+pad, l.y+(height-textHeight)/2, textWidth, sentence)

	l.leave()
	l.enter(pdf.Paragraph)
	x, room := float64(right-pad), float64(panel-pad)
	name, amount, below := l.key()
	middle := l.y + height/2
	l.writeRight(label, x, middle-17, room, name)
	l.writeRight(huge, x, middle+7, room, l.inEUR(amount))
	l.writeRight(label, x, middle+22, room, below)
	l.leave()
	l.y += height
	l.space(10)

	if arrears := l.sum(l.owing); arrears > 0 {
		l.amount(fieldAmount, arrears)
		l.flow(body, l.say(resultArrears))
		l.space(6)
	}
}

// sum adds up an amount over the years.
func (l *letter) sum(amount func(*pipeline.SettledYear) money.Cents) (total money.Cents) {
	for i := range l.s.Years {
		total += amount(&l.s.Years[i])
	}
	return total
}

// sentence is the result of all years in one sentence.
func (l *letter) sentence() string {
	l.amount(fieldClaim, l.claim)
	l.amount(fieldPayout, l.payout)
	l.date(fieldDue, l.due)
	say := func(t term, amount money.Cents) string {
		l.amount(fieldAmount, amount)
		return l.say(t)
	}
	switch {
	case len(l.s.Years) == 0:
		return l.say(resultWithdrawn)
	case l.claim > 0 && l.payout > 0 && l.debit:
		return l.say(resultDebitAndPayout)
	case l.claim > 0 && l.payout > 0:
		return l.say(resultClaimAndPayout)
	case l.debit:
		return say(resultDebit, l.claim)
	case l.claim > 0:
		return say(resultClaim, l.claim)
	case l.payout > 0:
		return say(resultPayout, l.payout)
	}
	if offset := l.sum(func(y *pipeline.SettledYear) money.Cents { return y.Offset }); offset > 0 {
		return say(resultOffset, offset)
	}
	if cancelled := l.sum(func(y *pipeline.SettledYear) money.Cents { return y.Cancelled }); cancelled > 0 {
		return say(resultCancelled, cancelled)
	}
	if surplus := l.sum(func(y *pipeline.SettledYear) money.Cents { return y.SurplusApplied }); surplus > 0 {
		return say(resultSettled, surplus)
	}
	return l.say(resultUnchanged)
}

// key is the figure of the letter, with what stands above and below it.
func (l *letter) key() (name string, amount money.Cents, below string) {
	switch {
	case l.debit:
		return l.say(boxDebit), l.claim, l.say(boxDue)
	case l.claim > 0:
		return l.say(boxPay), l.claim, l.say(boxDue)
	case l.payout > 0 && l.account != "":
		return l.say(boxPayout), l.payout, l.say(boxPayoutTo)
	case l.payout > 0:
		return l.say(boxPayout), l.payout, ""
	}
	return l.say(boxNothing), 0, l.say(boxNoDue)
}
