package notice

import (
	"slices"
	"unsafe"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/writers/fund"
	"regul/writers/notice/pdf"
	"regul/writers/notice/wording"
	"regul/writers/payments"
)

// payment says what is to be done: let collect, pay, wait for a refund or give an account.
func (l *letter) payment() {
	if l.direct > 0 {
		l.collection()
	}
	if l.claim > l.direct || l.before+l.late > 0 {
		l.slips()
	}
	if l.payout > 0 {
		l.refund()
	}
}

// blockHeight is the height of a block, without the space below it.
func (l *letter) blockHeight(terms []wording.Term) float64 {
	if len(terms) == 0 {
		return 0
	}
	return heading.leading + l.height(body, full, l.sayAll(terms[1:]))
}

// sayAll is terms of the wording, one after the other.
func (l *letter) sayAll(terms []wording.Term) (said string) {
	for _, t := range terms {
		said = join(said, l.say(t))
	}
	return said
}

// block is a heading with a text of the wording, kept together.
func (l *letter) block(terms []wording.Term) {
	if len(terms) == 0 {
		return
	}
	l.need(l.blockHeight(terms))
	l.noteOnce(wording.SpecimenPayment)
	l.title(pdf.Heading2, heading, l.say(terms[0]))
	l.flow(body, l.sayAll(terms[1:]))
	l.space(8)
}

// refund says where the money goes and when, or asks for an account.
func (l *letter) refund() {
	l.amount(wording.FieldAmount, l.payout)
	l.date(wording.FieldDate, pipeline.DueDate(l.asOf))
	how := wording.PayoutText
	switch status := payments.RefundStatus(l.fund, l.s.Party, l.payout); {
	case l.isLimited():
		how = wording.PayoutChecked
	case l.held:
		how = l.heldPayout()
	case status == payments.RefundWithoutAccount:
		how = wording.PayoutNoAccount
	case status == payments.WrongAccount || status == payments.OwnAccount:
		how = wording.PayoutWrongAccount
	default:
		l.amount(wording.FieldAmount, l.payout-l.limited)
		l.date(wording.FieldDate, payments.ExecutionDate(l.asOf))
		l.set(wording.FieldAccount, l.iban(l.account))
	}
	l.block([]wording.Term{wording.PayoutTitle, how, wording.PayoutNoInterest})
	if l.limited > 0 && !l.held {
		l.amount(wording.FieldAmount, l.limited)
		l.flow(body, l.say(wording.PayoutChecked))
		l.space(10)
	}
}

// heldPayout says why a refund waits.
func (l *letter) heldPayout() wording.Term {
	if payments.RefundReason(l.fund, l.s.Party, l.payout) == payments.RefundBelow {
		l.amount(wording.FieldThreshold, l.fund.RefundBelow)
		return wording.PayoutBelow
	}
	if l.s.Party.Hold == pipeline.HoldDeceased {
		return wording.PayoutHeirs
	}
	return wording.PayoutHeld
}

// slips are the payments to make: one for what this notice asks, over all years, and one for what was asked before. Each has the
// structured communication of its oldest year: payments go to the oldest debt.
func (l *letter) slips() {
	l.need(heading.leading + l.height(body, full, l.say(wording.PayHow)) + 5 + slipHeight)
	l.noteOnce(wording.SpecimenPayment)
	l.title(pdf.Heading2, heading, l.say(wording.PayTitle))
	l.flow(body, l.say(wording.PayHow))
	l.space(5)
	l.notCollected()
	l.slipOf(wording.PayYear, l.day(l.due), func(y *pipeline.SettledYear) money.Cents {
		if l.collects(y) {
			return 0
		}
		return y.Claim()
	})
	before := wording.PayBefore
	if l.before == 0 {
		before = wording.PayLate
	}
	l.slipOf(before, l.say(wording.PayNow), func(y *pipeline.SettledYear) money.Cents {
		runs, _ := y.Running()
		return l.owing(y) + runs
	})
	l.space(4)
}

// notCollected says of small claims on who left that they are not collected, and whether that touches the pension (RGS art. 50bis).
func (l *letter) notCollected() {
	var claim money.Cents
	pension := false
	for i := range l.s.Years {
		y := &l.s.Years[i]
		if amount := y.Claim(); amount > 0 && payments.ClaimReason(l.fund, l.s.Party, amount) == payments.DebtBelow {
			claim += amount
			pension = pension || slices.ContainsFunc(y.Quarters, func(q pipeline.QuarterResult) bool {
				return q.Standing.Owes() && l.law.Occupation(q.Category) == law.MainOccupation
			})
		}
	}
	if claim == 0 {
		return
	}
	l.amount(wording.FieldAmount, claim)
	l.amount(wording.FieldThreshold, l.fund.DebtBelow)
	said := l.say(wording.PayBelow)
	if pension {
		said = join(said, l.say(wording.PayPension))
	}
	l.flow(body, said)
	l.space(5)
}

// slipOf is the slip of an amount of each year; none if there is nothing to pay.
func (l *letter) slipOf(title wording.Term, due string, of func(*pipeline.SettledYear) money.Cents) {
	start := len(l.years)
	var amount money.Cents
	for i := range l.s.Years {
		if y := &l.s.Years[i]; of(y) > 0 {
			amount += of(y)
			l.years = append(l.years, y.Year)
		}
	}
	if amount > 0 {
		l.put(wording.FieldYears, func(dst []byte) []byte { return l.w.Style.AppendYears(dst, l.years[start:]) })
		l.slip(l.say(title), amount, l.years[start], due)
	}
	l.years = l.years[:start]
	l.put(wording.FieldYears, func(dst []byte) []byte { return l.w.Style.AppendYears(dst, l.years) })
}

// The slip: a frame with the data of the payment at the left and the QR code at the right. It is not one of the transfer forms
// that banks scan, on which a QR code may not stand.
const (
	slipHeight = 32 * millimetre
	slipPad    = 9.0
	slipLine   = 12.1
	qrSize     = 28 * millimetre
)

// slip is one payment.
func (l *letter) slip(title string, amount money.Cents, year int, due string) {
	l.need(slipHeight)
	f, at := l.fund, l.y
	l.stroke(accent, 0.8, left, at, full, slipHeight)
	digits := l.digits(year)
	qrX := float64(right - qrSize - slipPad)
	name := f.Name.In(l.w.Language)
	if f.Specimen {
		name = l.say(wording.HeaderSpecimen) + " " + name // an app shows it to who scans the code all the same
	}
	start := len(l.scratch)
	l.scratch = payments.AppendEPC(l.scratch, f, name, amount, digits)
	code := l.scratch[start:]

	room := qrX - left - 2*slipPad
	l.enter(pdf.Heading3)
	l.writeIn(heading, left+slipPad, at+13, room, title)
	l.leave()
	if f.Specimen {
		l.enter(pdf.Paragraph)
		l.writeRight(warned, qrX-slipPad, at+13, room/2, l.say(wording.PaySpecimen))
		l.leave()
	}
	for i, line := range [6]struct {
		name  wording.Term
		value string
		hand
	}{{wording.PayBeneficiary, f.Name.In(l.w.Language), body}, {wording.PayAccount, l.iban(payable(f)), strong},
		{wording.PayBIC, f.BIC, body}, {wording.PayAmount, l.inEUR(amount), strong}, {wording.PayCommunication, l.reference(year), strong},
		{wording.PayDue, due, body}} {
		l.data(left+slipPad, at+26+slipLine*float64(i), room, line.name, line.value, line.hand)
	}
	l.qr(qrX, at+(slipHeight-qrSize)/2, qrSize, code, l.say(wording.PayCode))
	l.enter(pdf.Paragraph)
	l.writeRight(label, qrX-slipPad, at+26+5*slipLine, room/3, l.say(wording.PayScan))
	l.leave()
	l.y += slipHeight
	l.space(6)
}

// data is a line with its name.
func (l *letter) data(x, y, room float64, name wording.Term, value string, h hand) {
	const names = 33 * millimetre
	l.enter(pdf.Paragraph)
	l.writeIn(label, x, y, names-4, l.say(name))
	l.writeIn(h, x+names, y, room-names, value)
	l.leave()
}

// collection says that the amount is collected, from which account and under which mandate.
func (l *letter) collection() {
	l.amount(wording.FieldAmount, l.direct)
	l.date(wording.FieldDue, l.due)
	l.block([]wording.Term{wording.DebitTitle, wording.DebitText, wording.DebitFails})
	l.y -= 4
	c := &l.s.Party.Contact
	line := func(name, value string) {
		l.need(body.leading)
		base := l.base(body, l.y)
		l.enter(pdf.Paragraph)
		l.writeIn(label, left, base, 50*millimetre, name)
		l.writeIn(strong, left+52*millimetre, base, full-52*millimetre, value)
		l.leave()
		l.y += body.leading
	}
	line(l.say(wording.DebitAccount), l.maskedIBAN(l.account))
	line(l.say(wording.DebitMandate), clean(c.Mandate))
	line(l.say(wording.DebitSigned), l.day(c.MandateSignedOn))
	line(l.say(wording.DebitCreditor), l.fund.CreditorID)
	for i := range l.s.Years {
		if y := &l.s.Years[i]; l.collects(y) {
			l.integer(wording.FieldYear, y.Year)
			line(l.say(wording.DebitCommunication), join(l.reference(y.Year)+":", l.inEUR(y.Claim())))
		}
	}
	if l.fund.Specimen {
		l.flow(warned, l.say(wording.DebitSpecimen))
	}
	l.space(10)
}

// string1 is bytes of the letter's scratch memory as a string, see since.
func string1(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// payable is a fund's account as banks write it: without spaces, in capitals.
func payable(f *fund.Fund) pipeline.IBAN {
	number, _ := pipeline.ParseIBAN(f.IBAN)
	return number
}
