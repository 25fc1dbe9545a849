package notice

import (
	"cmp"
	"slices"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/writers/notice/pdf"
	"regul/writers/notice/wording"
)

// why explains the result of the one year of a letter: its arithmetic, a bar, and the reason in words.
func (l *letter) why(y *pipeline.SettledYear) {
	l.need(120)
	l.title(pdf.Heading2, heading, l.say(wording.WhyTitle))
	l.space(1)
	l.arithmetic(y)
	l.bar(y)
	if said := l.cause(y); said != "" {
		l.flow(body, said)
		l.space(3)
	}
	l.space(6)
}

// arithmetic is the way from the definitive contribution to what is to pay or to receive.
func (l *letter) arithmetic(y *pipeline.SettledYear) {
	l.integer(wording.FieldYear, y.Year)
	l.sumLine(cell, wording.WhyDefinitive, y.Definitive)
	l.sumLine(cell, wording.WhyCalled, -y.Called)
	last := y.Supplement
	switch {
	case y.Supplement > 0:
		l.sumLine(cellBold, wording.WhySupplement, y.Supplement)
	case y.Cancelled > 0:
		l.sumLine(cellBold, wording.WhyCancelled, y.Cancelled)
	default:
		l.sumLine(cellBold, wording.WhyUnchanged, 0)
	}
	if y.SurplusApplied > 0 {
		l.sumLine(cell, wording.SettlementSurplus, -y.SurplusApplied)
	}
	l.offsets(func(o *pipeline.Offset) bool { return o.To == y.Year && !o.Arrears }, func(o *pipeline.Offset) {
		l.integer(wording.FieldYear, o.From)
		l.sumLine(cell, wording.SettlementOffsetReceived, -o.Amount)
	})
	if y.RefundGross > 0 {
		l.date(wording.FieldDate, y.NotifiedOn)
		l.sumLine(cell, wording.WhyPaid, y.Paid)
		l.sumLine(cellBold, wording.WhyOverpaid, y.RefundGross)
		last = y.RefundGross
	}
	l.offsets(func(o *pipeline.Offset) bool { return o.From == y.Year }, func(o *pipeline.Offset) {
		l.integer(wording.FieldYear, o.To)
		what := wording.SettlementOffsetSupplement
		if o.Arrears {
			what = wording.SettlementOffsetArrears
		}
		l.sumLine(cell, what, -o.Amount)
	})
	l.sumSurcharge(y)
	if claim := y.Claim(); claim > 0 && claim != last {
		l.sumLine(cellBold, wording.WhyResultPay, claim)
	}
	if payout := y.Payout(); payout > 0 && payout != last {
		l.sumLine(cellBold, wording.WhyResultPayout, payout)
	}
}

// sumSurcharge is what is asked of a surcharge, what is cancelled and what is given back.
func (l *letter) sumSurcharge(y *pipeline.SettledYear) {
	cancelled, back := wording.WhySurchargeCancelled, wording.WhySurchargeBack
	if y.Company != nil {
		cancelled, back = wording.WhySurchargeBack, wording.CompanyReturned
	}
	for _, line := range [...]struct {
		wording.Term
		amount money.Cents
	}{{wording.WhySurcharge, y.SurchargeToPay()}, {cancelled, y.SurchargeCancelled()}, {back, y.SurchargeRefund()}} {
		if line.amount > 0 {
			l.sumLine(cell, line.Term, line.amount)
		}
	}
}

// sumLine is one line of the arithmetic.
func (l *letter) sumLine(h hand, t wording.Term, amount money.Cents) {
	const height = 15.0
	l.need(height)
	base := l.base(h, l.y+1)
	l.enter(pdf.Paragraph)
	l.writeIn(h, left, base, full-40*millimetre, l.say(t))
	l.writeRight(h, right, base, 38*millimetre, l.inEUR(amount))
	l.leave()
	l.y += height
	if h == cellBold {
		l.fill(accent, left, l.y-0.6, full, 0.6)
	} else {
		l.fill(hairline, left, l.y-0.4, full, 0.4)
	}
}

// bar shows what was paid beside the definitive contribution.
func (l *letter) bar(y *pipeline.SettledYear) {
	const height, gap = 14.0, 6.0
	paid, definitive := max(0, y.Paid), max(0, y.Definitive)
	if y.Company != nil {
		paid = max(0, y.Paid-y.Company.RefundedBefore) // a person's P is without what left
	}
	whole := max(definitive, paid)
	if whole <= 0 {
		l.space(gap)
		return
	}
	l.space(gap)
	l.need(height + gap)
	l.enter(pdf.Figure)
	l.drawing = true
	l.amount(wording.FieldPaid, paid)
	l.amount(wording.FieldDefinitive, definitive)
	l.alternative(l.say(wording.WhyBar))
	rest, what := whole-min(paid, definitive), wording.WhyBarRest
	if paid > definitive {
		what = wording.WhyBarOver
	}
	x := float64(left)
	for _, part := range [2]struct {
		wording.Term
		amount money.Cents
		ink    pdf.Colour
	}{{wording.WhyBarPaid, whole - rest, lighter}, {what, rest, accent}} {
		if part.amount <= 0 {
			continue
		}
		width := float64(full * float64(part.amount) / float64(whole))
		l.fill(part.ink, x, l.y, width, height)
		l.amount(wording.FieldAmount, part.amount)
		if text := l.say(part.Term); l.width(inBar, text) < width-10 {
			l.write(inBar, x+5, l.y+10, text)
		}
		x += width
	}
	l.drawing = false
	l.leave()
	l.y += height
	l.space(gap)
}

// cause says in words why the contribution is what it is: the income that came, a status that failed, a minimum.
func (l *letter) cause(y *pipeline.SettledYear) string {
	said := l.unusual(y)
	if !y.Contested && y.Version == 1 {
		said = join(l.say(wording.WhyIncome), said)
	}
	for i := range y.Quarters {
		q := &y.Quarters[i]
		s := l.schedule(q)
		if s == nil {
			continue
		}
		annual, n := max(0, int64(y.CountedIncome))*4, int64(y.SubjectQuarters)
		l.amount(wording.FieldIncome, y.AnnualIncome)
		if annual < int64(s.ExemptBelow)*n {
			l.amount(wording.FieldThreshold, s.ExemptBelow)
			what := wording.WhyExempt
			if l.one(y, func(q *pipeline.QuarterResult) bool {
				s := l.schedule(q)
				return s != nil && annual < int64(s.ExemptBelow)*n
			}) {
				what = wording.WhyExemptOne
			}
			said = join(said, l.say(what))
			break
		}
		if onFloor(s, annual, n) {
			l.amount(wording.FieldFloor, s.Floor)
			said = join(said, l.say(wording.WhyMinimum))
			break
		}
	}
	if said == "" {
		return ""
	}
	return join(said, l.say(wording.WhyDetail))
}

// one says whether one quarter of a year alone is such.
func (l *letter) one(y *pipeline.SettledYear, such func(*pipeline.QuarterResult) bool) bool {
	n := 0
	for i := range y.Quarters {
		if such(&y.Quarters[i]) {
			n++
		}
	}
	return n == 1
}

// unusual is what makes the year other than its income and its account say: an income that is contested, a status that failed. "": nothing.
func (l *letter) unusual(y *pipeline.SettledYear) (said string) {
	l.integer(wording.FieldYear, cmp.Or(y.IncomeYear, y.Year))
	l.amount(wording.FieldIncome, y.NetIncome)
	if y.Contested {
		l.amount(wording.FieldAmount, y.CountedIncome)
		said = l.say(wording.WhyContested)
	}
	return join(said, l.statusReason(y))
}

// onFloor says whether an annual income of so many n-ths of a cent counts for the minimum of the schedule.
func onFloor(s *law.Schedule, annual, n int64) bool {
	return annual >= int64(s.FloorFrom)*n && annual < int64(s.Floor)*n
}

// statusReason says which quarters count otherwise than declared, and why: one sentence for those of the same reason. "": none does.
func (l *letter) statusReason(y *pipeline.SettledYear) (said string) {
	for i := range y.Quarters {
		q := &y.Quarters[i]
		if q.Reason == pipeline.AsDeclared ||
			slices.ContainsFunc(y.Quarters[:i], func(b pipeline.QuarterResult) bool { return sameStatus(&b, q) }) {
			continue
		}
		start := len(l.years)
		for j := i; j < len(y.Quarters); j++ {
			if sameStatus(&y.Quarters[j], q) {
				l.years = append(l.years, y.Quarters[j].Quarter)
			}
		}
		l.put(wording.FieldQuarters, func(dst []byte) []byte { return l.w.Style.AppendYears(dst, l.years[start:]) })
		one := len(l.years) == start+1
		l.years = l.years[:start]
		what := wording.WhyStatus
		switch {
		case said != "" && one:
			what = wording.WhyStatusAlsoOne
		case said != "":
			what = wording.WhyStatusAlso
		case one:
			what = wording.WhyStatusOne
		}
		l.set(wording.FieldDeclared, l.w.Categories[q.Declared])
		l.set(wording.FieldCategory, l.w.Categories[q.Category])
		l.set(wording.FieldReason, l.w.Reasons[q.Reason])
		said = join(said, l.say(what))
	}
	return said
}

// sameStatus says whether two quarters count otherwise than declared for the same reason.
func sameStatus(a, b *pipeline.QuarterResult) bool {
	return a.Reason == b.Reason && a.Category == b.Category && a.Declared == b.Declared
}
