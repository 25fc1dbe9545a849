package notice

import (
	"slices"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/notice/pdf"
	"regul/writers/notice/wording"
)

// Where the parts of the first page stand, in points. The address stands where it is seen through the window, at the right, of
// the usual envelopes of Belgium (DL, C5/6), however a sheet folded in three slides in them; nothing else is printed where the
// window may be. docs/notices.md has the measures.
const (
	windowX     = 122 * millimetre
	windowY     = 48.2 * millimetre
	windowWidth = right - windowX
	headY       = 14 * millimetre
	headWidth   = 76 * millimetre  // of the sender's lines
	nameWidth   = 120 * millimetre // of his name, which stands above the window
	referenceY  = 50 * millimetre
	bodyY       = 97 * millimetre
	logoWidth   = 60 * millimetre
	logoHeight  = 16 * millimetre
)

// front writes the first page: who writes to whom, what is to be paid or received in all and when, why, how, and what to do
// about it.
func (l *letter) front() {
	l.nextPage()
	l.stamp(l.onFirst)
	l.mark(wording.SpecimenSender, headY+6)
	l.y = bodyY
	l.addressee()
	l.references()
	l.copied()
	l.title(pdf.Heading1, subject, l.headline())
	l.space(6)
	if len(l.s.Years) == 0 {
		l.flow(body, l.say(wording.LetterWhyWithdrawn))
		l.space(8)
		l.withdrawals()
		return
	}
	for i := range l.s.Years {
		if y := &l.s.Years[i]; y.Version > 1 && y.Before.NotifiedOn != 0 {
			l.flow(body, l.opening(y))
			l.space(5)
		}
	}
	l.box()
	if len(l.s.Years) == 1 {
		l.why(&l.s.Years[0])
	} else {
		l.summary()
	}
	l.withdrawals()
	l.payment()
	l.helped = l.first(l.help())
	l.first(l.disagree())
	if len(l.s.Years) > 1 && l.helped { // the calculations leave no room for it on their pages
		l.warned = l.warnFirst()
		l.foreseen = l.outlookFirst()
	}
}

// copied says, before anything else, that the letter is a copy, of whose, and why.
func (l *letter) copied() {
	if l.s.Copied {
		l.set(wording.FieldName, join(clean(l.s.Party.Contact.FirstName), clean(l.s.Party.Contact.LastName)))
		l.flow(strong, l.say(wording.LetterCopy))
		l.space(8)
	}
}

// first writes a block if it fits on the first page.
func (l *letter) first(terms []wording.Term) bool {
	fits := len(l.sheets) == 1 && l.y+l.blockHeight(terms) <= bottom
	if fits {
		l.block(terms)
	}
	return fits
}

// references are the date, the dossier, and how the fund is reached.
func (l *letter) references() {
	l.mark(wording.SpecimenReference, referenceY+10)
	const values = left + 24*millimetre
	names := [4]wording.Term{wording.ReferenceDate, wording.ReferenceDossier, wording.ReferencePhone, wording.ReferenceEmail}
	y := float64(referenceY + 9)
	for i, value := range [4]string{l.day(l.asOf), string1(l.values[wording.FieldDossier]), l.fund.Phone, l.fund.Email} {
		l.enter(pdf.Paragraph)
		l.write(label, left, y, l.say(names[i]))
		if h := body; i == 1 {
			l.writeIn(strong, values, y, headWidth-24*millimetre, value)
			y += 10
			l.writeIn(label, values, y, headWidth-24*millimetre, l.say(wording.ReferenceMention))
		} else {
			l.writeIn(h, values, y, headWidth-24*millimetre, value)
		}
		l.leave()
		y += 13
	}
}

// headline is the result in a few words: what is to be paid or received, over all years and with what was asked before.
func (l *letter) headline() string {
	if len(l.s.Years) == 0 {
		return l.say(wording.LetterSubjectWithdrawn)
	}
	due := l.claim + l.before + l.late
	l.set(wording.FieldTopic, l.say(wording.LetterTopic))
	say := func(t wording.Term, amount money.Cents) string {
		l.amount(wording.FieldAmount, amount)
		return l.say(t)
	}
	var said string
	switch {
	case due > 0 && l.payout > 0:
		l.amount(wording.FieldClaim, due)
		l.amount(wording.FieldPayout, l.payout)
		said = l.say(wording.LetterBoth)
	case due > 0 && due == l.direct:
		said = say(wording.LetterDebit, due)
	case due > 0:
		said = say(wording.LetterPay, due)
	case l.isLimited():
		said = say(wording.LetterChecked, l.payout)
	case l.payout > 0 && l.held && l.heldPayout() == wording.PayoutHeirs:
		said = say(wording.LetterHeirs, l.payout)
	case l.payout > 0 && l.held:
		said = say(wording.LetterHeld, l.payout)
	case l.payout > 0 && !l.payable:
		said = say(wording.LetterAccount, l.payout)
	case l.payout > 0:
		said = say(wording.LetterPayout, l.payout)
	case l.settled > 0:
		said = l.say(wording.LetterNoClaim)
	default:
		said = l.say(wording.LetterNothing)
	}
	for i := range l.s.Years {
		if l.s.Years[i].Version > 1 {
			l.set(wording.FieldSubject, said)
			return l.say(wording.LetterCorrected)
		}
	}
	return said
}

// help is what can be done by who can't pay; nothing if nothing is due.
func (l *letter) help() []wording.Term {
	if l.claim+l.before+l.late == 0 {
		return nil
	}
	plan := wording.HelpPlanNow
	if l.due != 0 {
		l.date(wording.FieldDue, l.due)
		plan = wording.HelpPlan
	}
	owed := l.sum(func(y *pipeline.SettledYear) money.Cents { return y.ToPay - y.OffsetReceived })
	l.date(wording.FieldDate, pipeline.QuarterEnd(l.asOf.Year()+1, l.asOf.Quarter()))
	if owed > 0 {
		return []wording.Term{wording.HelpTitle, plan, wording.HelpDispensation}
	}
	return []wording.Term{wording.HelpTitle, plan}
}

// disagree is where to begin, and where the rights are.
func (l *letter) disagree() []wording.Term {
	for i := range l.s.Years {
		for j := range l.s.Years[i].Quarters {
			if l.s.Years[i].Quarters[j].Reason != pipeline.AsDeclared {
				l.integer(wording.FieldYear, l.s.Years[i].Year)
				return []wording.Term{wording.DisagreeTitle, wording.DisagreeStatus}
			}
		}
	}
	return []wording.Term{wording.DisagreeTitle, wording.DisagreeText}
}

// withdrawals says which earlier notices do not count any more.
func (l *letter) withdrawals() {
	for i := range l.s.Withdrawn {
		said := l.withdrawal(&l.s.Withdrawn[i])
		l.need(heading.leading + l.height(body, full, said))
		if i == 0 {
			l.title(pdf.Heading2, heading, l.say(wording.WithdrawnTitle))
		}
		l.flow(body, said)
		l.space(6)
	}
}

// withdrawal says that a notice does not count any more, and what takes its place: this letter, or an earlier notice. Without this letter
// it also says whether money is owed.
func (l *letter) withdrawal(w *pipeline.WithdrawnNotice) string {
	l.date(wording.FieldNotified, w.NotifiedOn)
	l.integer(wording.FieldYear, int(w.Year))
	if slices.Contains(l.years, int(w.Year)) && len(l.s.Years) > 0 {
		return l.say(wording.WithdrawnReplaced)
	}
	said := l.say(wording.WithdrawnOnly)
	if w.Claim > 0 {
		l.amount(wording.FieldAmount, w.Claim)
		said = join(said, l.say(wording.WithdrawnClaim))
	}
	if w.Payout > 0 {
		l.amount(wording.FieldAmount, w.Payout)
		said = join(said, l.say(wording.WithdrawnPayout))
	}
	if w.Again != 0 {
		l.date(wording.FieldDate, w.Again)
		said = join(said, l.say(wording.WithdrawnAgain))
	}
	return said
}
