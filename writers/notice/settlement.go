package notice

import (
	"regul/pipeline"
	"regul/pipeline/money"
)

// settlement holds the definitive contribution against what was called and paid, down to what is to pay or to receive.
func (l *letter) settlement(y *pipeline.SettledYear) {
	line := func(h hand, t term, amount money.Cents, basis article) {
		l.laid = append(l.laid, l.lay(h, l.say(t), l.figure(amount), l.w.articles[basis]))
	}
	line(cell, settlementDefinitive, y.Definitive, articleClaim)
	line(cell, settlementCalled, y.Called, articleClaim)
	l.date(fieldDate, y.NotifiedOn)
	line(cell, settlementPaid, y.Paid, noArticle)
	if y.Supplement > 0 {
		line(cell, settlementSupplement, y.Supplement, articleClaim)
	}
	if y.SurplusApplied > 0 {
		line(cell, settlementSurplus, -y.SurplusApplied, articleOffset)
		line(cell, settlementToPay, y.ToPay, articleOffset)
	}
	l.offsets(func(o *pipeline.Offset) bool { return o.To == y.Year && !o.Arrears }, func(o *pipeline.Offset) {
		l.integer(fieldYear, o.From)
		line(cell, settlementOffsetReceived, -o.Amount, articleOffset)
	})
	if y.Cancelled > 0 {
		line(cell, settlementCancelled, y.Cancelled, articleClaim)
	}
	if y.RefundGross > 0 {
		line(cell, settlementRefundGross, y.RefundGross, articleOffset)
	}
	l.offsets(func(o *pipeline.Offset) bool { return o.From == y.Year }, func(o *pipeline.Offset) {
		l.integer(fieldYear, o.To)
		what := settlementOffsetSupplement
		if o.Arrears {
			what = settlementOffsetArrears
		}
		line(cell, what, -o.Amount, articleOffset)
	})
	if y.Offset > 0 {
		line(cell, settlementRefund, y.Refund, articleOffset)
	}
	switch {
	case y.Surcharge > 0:
		line(cell, settlementSurcharge, y.Surcharge, articleReduction)
	case y.Surcharge < 0:
		line(cell, settlementSurchargeBack, -y.Surcharge, articleReduction)
	}
	l.integer(fieldYear, y.Year)
	switch claim, payout := y.Claim(), y.Payout(); {
	case claim > 0 || payout > 0:
		if claim > 0 {
			line(cellBold, settlementClaim, claim, articleDue)
		}
		if payout > 0 {
			line(cellBold, settlementPayout, payout, articleOffset)
		}
	default:
		line(cellBold, settlementNothing, 0, noArticle)
	}
	if y.Arrears > 0 {
		line(cell, settlementArrears, y.Arrears, articleLate)
		if y.ArrearsBarred > 0 {
			line(cell, settlementArrearsBarred, y.ArrearsBarred, articleArrears)
		}
		l.offsets(func(o *pipeline.Offset) bool { return o.To == y.Year && o.Arrears }, func(o *pipeline.Offset) {
			l.integer(fieldYear, o.From)
			line(cell, settlementOffsetReceived, -o.Amount, articleOffset)
		})
		if left := l.owing(y); left != y.Arrears {
			line(cell, settlementArrearsLeft, left, articleLate)
		}
	}
	runs, apart := running(y)
	if runs > 0 {
		l.date(fieldDate, y.NotifiedOn)
		line(cell, settlementLate, runs, articleLate)
	}
	if apart > 0 {
		line(cell, settlementLateSettled, apart, articleLate)
	}
	l.integer(fieldYear, y.Year)
	l.together(settlementTitle, specimenSettlement)
}

// owing is what stays owed of the arrears of a year once refunds of other years have paid theirs.
func (l *letter) owing(y *pipeline.SettledYear) money.Cents {
	owing := y.Arrears - y.ArrearsBarred // what is barred is not asked any more
	l.offsets(func(o *pipeline.Offset) bool { return o.To == y.Year && o.Arrears }, func(o *pipeline.Offset) { owing -= o.Amount })
	return owing
}

// running is the part of a year's surcharges for late payment that lies on what is still unpaid and can be claimed. The surcharge on what
// was paid late was claimed with it, and asking for it here would ask twice. Payments go to the oldest debt, so that of what was due at
// the end of a quarter the part beyond all that is paid by now is still unpaid. Offsets of this notice pay today, after the surcharge has
// run. apart is what was claimed with what was paid late. What was paid of surcharges goes to those of art. 11bis that were claimed
// before, then to those claimed apart, then to these (reading): no more is asked than what is open.
func running(y *pipeline.SettledYear) (runs, apart money.Cents) {
	unpaid := max(0, y.Arrears-y.ArrearsBarred)
	var due money.Cents // at the last end of a quarter
	var end pipeline.Date
	for i := range y.Late {
		t := &y.Late[i]
		if !t.IsYearly() || t.On != end+1 {
			due, end = t.Paid+t.Unpaid, t.On
		}
		runs += t.Rate.Of(min(t.Unpaid, unpaid, max(0, due-y.Paid)))
	}
	apart = y.LateSurcharge - runs
	paid := max(0, y.SurchargesPaid-(y.SurchargeTotal-y.Surcharge))
	return max(0, runs-max(0, paid-apart)), max(0, apart-paid)
}

func (l *letter) offsets(of func(*pipeline.Offset) bool, visit func(*pipeline.Offset)) {
	for i := range l.s.Offsets {
		if of(&l.s.Offsets[i]) {
			visit(&l.s.Offsets[i])
		}
	}
}
