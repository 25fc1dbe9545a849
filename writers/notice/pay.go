package notice

import (
	"unsafe"

	"regul/pipeline"
	"regul/writers/notice/pdf"
	"regul/writers/payments"
)

// payment says what is to be done: pay, let collect, wait for a refund, or nothing.
func (l *letter) payment() {
	if l.direct > 0 {
		l.collection()
	}
	if l.claim > l.direct {
		l.slips()
	}
	if l.payout > 0 {
		l.refund()
	}
	if l.claim == 0 && l.payout == 0 {
		what := nothingText
		if l.sum(l.owing) > 0 {
			what = nothingArrears
		}
		l.block(nothingTitle, 1, what)
	}
}

// block is a heading with paragraphs of the wording, kept together with the first of them.
func (l *letter) block(title term, keep int, paragraphs ...term) {
	height := heading.leading
	for _, t := range paragraphs[:keep] {
		height += l.height(body, full, l.say(t))
	}
	l.need(height + 6)
	l.noteOnce(specimenPayment)
	l.title(pdf.Heading2, heading, l.say(title))
	for _, t := range paragraphs {
		l.flow(body, l.say(t))
		l.space(3)
	}
	l.space(7)
}

// refund says where the money goes, or asks for an account.
func (l *letter) refund() {
	l.amount(fieldAmount, l.payout)
	how := payoutText
	switch payments.RefundStatus(l.fund, &l.s.Affiliate.Contact, l.payout) {
	case payments.RefundWithoutAccount:
		how = payoutNoAccount
	case payments.WrongAccount, payments.OwnAccount:
		how = payoutWrongAccount
	default:
		l.set(fieldAccount, l.iban(l.account, false))
	}
	l.block(payoutTitle, 2, how, payoutNoInterest)
}

// slips are the payments to make, one for each year: each has its own structured communication.
func (l *letter) slips() {
	claims := 0
	for i := range l.s.Years {
		if y := &l.s.Years[i]; y.Claim() > 0 && !l.collects(y) {
			claims++
		}
	}
	l.need(heading.leading + 2*body.leading + slipHeight + 12)
	l.noteOnce(specimenPayment)
	l.title(pdf.Heading2, heading, l.say(payTitle))
	l.flow(body, l.say(payHow))
	if claims > 1 {
		l.flow(strong, l.say(paySeveral))
	}
	l.space(5)
	for i := range l.s.Years {
		if y := &l.s.Years[i]; y.Claim() > 0 && !l.collects(y) {
			l.slip(y)
		}
	}
	l.space(4)
}

// The slip: a frame with the data of the payment at the left and the QR code at the right. It is not one of the transfer forms
// that banks scan, on which a QR code may not stand.
const (
	slipHeight = 36 * millimetre
	slipPad    = 9.0
	qrSize     = 29 * millimetre
)

// slip is the payment of one year.
func (l *letter) slip(y *pipeline.SettledYear) {
	l.need(slipHeight)
	f, at := l.fund, l.y
	l.stroke(accent, 0.8, left, at, full, slipHeight)
	digits := l.digits(y.Year)
	qrX := float64(right - qrSize - slipPad)
	name := f.Name.In(l.w.language)
	if f.Specimen {
		name = l.say(headerSpecimen) + " " + name // an app shows it to who scans the code all the same
	}
	start := len(l.scratch)
	l.scratch = appendEPC(l.scratch, f, name, y.Claim(), digits)
	code := l.scratch[start:]

	l.integer(fieldYear, y.Year)
	room := qrX - left - 2*slipPad
	l.enter(pdf.Heading3)
	l.writeIn(heading, left+slipPad, at+15, room, l.say(payYear))
	l.leave()
	if f.Specimen {
		l.enter(pdf.Paragraph)
		l.writeRight(hand{1, 10, 12, warning}, qrX-slipPad, at+15, room/2, l.say(paySpecimen))
		l.leave()
	}
	l.data(left+slipPad, at+28, room, payBeneficiary, f.Name.In(l.w.language), body)
	l.data(left+slipPad, at+41, room, payAccount, l.iban(payable(f), false), strong)
	l.data(left+slipPad, at+54, room, payBIC, f.BIC, body)
	l.data(left+slipPad, at+67, room, payAmount, l.inEUR(y.Claim()), strong)
	l.data(left+slipPad, at+80, room, payCommunication, l.reference(y.Year), strong)
	l.data(left+slipPad, at+93, room, payDue, l.day(y.DueDate), body)
	l.qr(qrX, at+slipPad-3, qrSize, code, l.say(payCode))
	l.enter(pdf.Paragraph)
	l.writeRight(label, right-slipPad, at+slipHeight-4, qrSize, l.say(payScan))
	l.leave()
	l.y += slipHeight
	l.space(6)
}

// data is a line with its name.
func (l *letter) data(x, y, room float64, name term, value string, h hand) {
	const names = 33 * millimetre
	l.enter(pdf.Paragraph)
	l.writeIn(label, x, y, names-4, l.say(name))
	l.writeIn(h, x+names, y, room-names, value)
	l.leave()
}

// collection says that the amount is collected, from which account and under which mandate.
func (l *letter) collection() {
	l.amount(fieldAmount, l.direct)
	l.block(debitTitle, 1, debitText)
	l.y -= 4
	c := &l.s.Affiliate.Contact
	line := func(name, value string) {
		l.need(body.leading)
		base := l.base(body, l.y)
		l.enter(pdf.Paragraph)
		l.writeIn(label, left, base, 50*millimetre, name)
		l.writeIn(strong, left+52*millimetre, base, full-52*millimetre, value)
		l.leave()
		l.y += body.leading
	}
	line(l.say(debitAccount), l.iban(l.account, true))
	line(l.say(debitMandate), clean(c.Mandate))
	line(l.say(debitSigned), l.day(c.MandateSignedOn))
	line(l.say(debitCreditor), l.fund.CreditorID)
	line(l.say(debitDue), l.day(l.due))
	for i := range l.s.Years {
		if y := &l.s.Years[i]; l.collects(y) {
			l.integer(fieldYear, y.Year)
			line(l.say(debitCommunication), join(l.reference(y.Year)+":", l.inEUR(y.Claim())))
		}
	}
	if l.fund.Specimen {
		l.flow(hand{1, 10, 14, warning}, l.say(debitSpecimen))
	}
	l.space(10)
}

// string1 is bytes of the letter's scratch memory as a string, see since.
func string1(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
