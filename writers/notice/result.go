package notice

import (
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/notice/pdf"
	"regul/writers/notice/wording"
	"regul/writers/payments"
)

// boxRow is a sum in the box: what it is, when it is paid or received, and how much.
type boxRow struct {
	name, when, day string
	amount          money.Cents
	total           bool
}

// box says what is to be paid and received in all: this notice, what was asked before and is unpaid, the surcharges that run on
// it, and their sum, each with its day. Surcharges on what was paid late and is paid are told below it: whether they were paid nobody said.
func (l *letter) box() {
	l.boxRows = l.boxRows[:0]
	row := func(name, when wording.Term, day pipeline.Date, amount money.Cents) {
		if amount == 0 {
			return
		}
		r := boxRow{when: l.say(when), amount: amount}
		if name != wording.None {
			r.name = l.say(name)
		}
		if day != 0 {
			r.day = l.day(day)
		}
		l.boxRows = append(l.boxRows, r)
	}
	row(wording.BoxNotice, wording.BoxDebit, l.due, l.direct)
	row(wording.BoxNotice, wording.BoxPay, l.due, l.claim-l.direct)
	row(wording.BoxBefore, wording.BoxNow, 0, l.before)
	l.date(wording.FieldDate, l.asOf)
	row(wording.BoxLate, wording.BoxNow, 0, l.late)
	if len(l.boxRows) > 1 {
		l.boxRows = append(l.boxRows, boxRow{name: l.say(wording.BoxTotal), amount: l.claim + l.before + l.late, total: true})
	}
	back := wording.None // alone, it needs no name
	if len(l.boxRows) > 0 || l.payable && l.limited > 0 {
		back = wording.PayoutTitle
	}
	switch {
	case l.payable:
		row(back, wording.BoxPayout, payments.ExecutionDate(l.asOf), l.payout-l.limited)
		row(back, wording.BoxChecked, 0, l.limited)
	case l.isLimited():
		row(back, wording.BoxChecked, 0, l.payout)
	case l.held && l.heldPayout() == wording.PayoutHeirs:
		row(back, wording.BoxHeirs, 0, l.payout)
	case l.held:
		row(back, wording.BoxHeld, 0, l.payout)
	default:
		row(back, wording.BoxAccount, 0, l.payout)
	}
	if len(l.boxRows) == 1 && l.boxRows[0].name != l.say(wording.BoxLate) {
		l.oneSum(&l.boxRows[0])
	} else {
		l.sums()
	}
	l.space(4)
	l.date(wording.FieldDate, l.asOf)
	l.flow(small, l.say(wording.BoxCounted))
	if l.settled > 0 {
		l.amount(wording.FieldAmount, l.settled)
		l.flow(smallInk, l.say(wording.BoxSettled))
	}
	l.space(8)
}

const boxPad = 12.0

// frame draws the box.
func (l *letter) frame(height float64) {
	l.need(height)
	l.mark(wording.SpecimenResult, l.y+height/2)
	l.fill(tint, left, l.y, full, height)
	l.fill(accent, left, l.y, 3, height)
}

// oneSum is the box with one sum, large.
func (l *letter) oneSum(r *boxRow) {
	const figures = 64 * millimetre
	type line struct {
		hand
		text string
	}
	lines := [3]line{{fine, r.when}, {dated, r.day}}
	switch {
	case r.day == "" && r.name != "":
		lines = [3]line{{fine, r.name}, {dated, r.when}}
	case r.day == "":
		lines[0].hand = strong
	}
	if l.payout == 0 && l.before+l.late+l.settled == 0 {
		lines[2] = line{small, l.say(wording.BoxOnly)}
	}
	height := 2 * boxPad
	for i := range lines {
		if lines[i].text != "" {
			height += lines[i].leading
		}
	}
	height = max(height, 2*boxPad+huge.leading)
	l.frame(height)
	l.enter(pdf.Paragraph)
	x, room, y := float64(left+boxPad), float64(full-3*boxPad-figures), l.y+boxPad
	if lines[1].text == "" {
		y = l.y + (height-lines[0].leading)/2
	}
	for _, line := range lines {
		if line.text != "" {
			l.writeIn(line.hand, x, l.base(line.hand, y), room, line.text)
			y += line.leading
		}
	}
	l.writeRight(huge, right-boxPad, l.base(huge, l.y+(height-huge.leading)/2), figures, l.inEUR(r.amount))
	l.leave()
	l.y += height
}

// sums is the box with a line for each sum, or the word that there is none.
func (l *letter) sums() {
	const line, totalLine, figures = 17.0, 24.0, 45 * millimetre
	height := boxPad + 4
	for i := range l.boxRows {
		height += line
		if l.boxRows[i].total {
			height += totalLine - line
		}
	}
	if len(l.boxRows) == 0 {
		height += line + 4
	}
	l.frame(height)
	y := l.y + boxPad/2 + 2
	x, room := float64(left+boxPad), float64(full-3*boxPad-figures)
	if len(l.boxRows) == 0 {
		l.enter(pdf.Paragraph)
		nothing := wording.BoxNothing
		if l.settled > 0 {
			nothing = wording.BoxNoClaim
		}
		l.writeIn(dated, x, y+15, full-2*boxPad, l.say(nothing))
		l.leave()
	}
	for i := range l.boxRows {
		r := &l.boxRows[i]
		h, step := strong, line
		if r.total {
			h, step = total, totalLine
			l.fill(accent, x, y+1, right-boxPad-x, 0.6)
		}
		l.enter(pdf.Paragraph)
		name, said := r.name, join(r.when, r.day)
		if name == "" {
			name = said
		} else if said != "" {
			name += ", " + said
		}
		l.writeIn(hand{h.face, h.size, h.leading, black}, x, y+step-5, room, name)
		l.writeRight(h, right-boxPad, y+step-5, figures, l.inEUR(r.amount))
		l.leave()
		y += step
	}
	l.y += height
}

// sum adds up an amount over the years.
func (l *letter) sum(amount func(*pipeline.SettledYear) money.Cents) (total money.Cents) {
	for i := range l.s.Years {
		total += amount(&l.s.Years[i])
	}
	return total
}
