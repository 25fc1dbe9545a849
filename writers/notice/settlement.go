package notice

import (
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/notice/wording"
)

// settlement sets the definitive contribution beside what was called and paid, down to what is to pay or to receive.
func (l *letter) settlement(y *pipeline.SettledYear) {
	l.entry(cell, wording.SettlementDefinitive, y.Definitive, wording.ArticleClaim)
	l.entry(cell, wording.SettlementCalled, y.Called, wording.ArticleClaim)
	l.date(wording.FieldDate, y.NotifiedOn)
	l.entry(cell, wording.SettlementPaid, y.Paid, wording.NoArticle)
	l.moreDue(y)
	l.lessDue(y)
	l.integer(wording.FieldYear, y.Year)
	l.result(y)
	l.unpaid(y)
	l.integer(wording.FieldYear, y.Year)
	l.together(wording.SettlementTitle, wording.SpecimenSettlement)
}

// entry lays a line of the settlement.
func (l *letter) entry(h hand, t wording.Term, amount money.Cents, basis wording.Article) {
	l.laid = append(l.laid, l.lay(h, l.say(t), l.figure(amount), l.w.Articles[basis]))
}

// moreDue are the supplement, and what pays it.
func (l *letter) moreDue(y *pipeline.SettledYear) {
	if y.Supplement > 0 {
		l.entry(cell, wording.SettlementSupplement, y.Supplement, wording.ArticleClaim)
	}
	if y.SurplusApplied > 0 {
		l.entry(cell, wording.SettlementSurplus, -y.SurplusApplied, wording.ArticleOffset)
		l.entry(cell, wording.SettlementToPay, y.ToPay, wording.ArticleOffset)
	}
	l.received(func(o *pipeline.Offset) bool { return o.To == y.Year && !o.Arrears })
}

// lessDue are what is cancelled, and where the money goes that was paid for it.
func (l *letter) lessDue(y *pipeline.SettledYear) {
	if y.Cancelled > 0 {
		l.entry(cell, wording.SettlementCancelled, y.Cancelled, wording.ArticleClaim)
	}
	if y.RefundGross > 0 {
		l.entry(cell, wording.SettlementRefundGross, y.RefundGross, wording.ArticleOffset)
	}
	l.offsets(func(o *pipeline.Offset) bool { return o.From == y.Year }, func(o *pipeline.Offset) {
		l.integer(wording.FieldYear, o.To)
		what := wording.SettlementOffsetSupplement
		if o.Arrears {
			what = wording.SettlementOffsetArrears
		}
		l.entry(cell, what, -o.Amount, wording.ArticleOffset)
	})
	if y.Offset > 0 {
		l.entry(cell, wording.SettlementRefund, y.Refund, wording.ArticleOffset)
	}
}

// result are the surcharge of art. 11bis, and what is to pay or to receive for the year.
func (l *letter) result(y *pipeline.SettledYear) {
	if asked := y.SurchargeToPay(); asked > 0 {
		l.entry(cell, wording.SettlementSurcharge, asked, wording.ArticleReduction)
	}
	if cancelled := y.SurchargeCancelled(); cancelled > 0 {
		l.entry(cell, wording.SettlementSurchargeCancelled, cancelled, wording.ArticleReduction)
	}
	if back := y.SurchargeRefund(); back > 0 {
		l.entry(cell, wording.SettlementSurchargeBack, back, wording.ArticleReduction)
	}
	claim, payout := y.Claim(), y.Payout()
	if claim > 0 {
		l.entry(cellBold, wording.SettlementClaim, claim, wording.ArticleDue)
	}
	if payout > 0 {
		l.entry(cellBold, wording.SettlementPayout, payout, wording.ArticleOffset)
	}
	if claim <= 0 && payout <= 0 {
		l.entry(cellBold, wording.SettlementNothing, 0, wording.NoArticle)
	}
}

// unpaid are what was called before and is open, and the surcharges for late payment.
func (l *letter) unpaid(y *pipeline.SettledYear) {
	if y.Arrears > 0 {
		l.entry(cell, wording.SettlementArrears, y.Arrears, wording.ArticleLate)
		if y.ArrearsBarred > 0 {
			l.entry(cell, wording.SettlementArrearsBarred, y.ArrearsBarred, wording.ArticleArrears)
		}
		l.received(func(o *pipeline.Offset) bool { return o.To == y.Year && o.Arrears })
		if left := l.owing(y); left != y.Arrears {
			l.entry(cell, wording.SettlementArrearsLeft, left, wording.ArticleLate)
		}
	}
	runs, apart := y.Running()
	if runs > 0 {
		l.date(wording.FieldDate, y.NotifiedOn)
		l.entry(cell, wording.SettlementLate, runs, wording.ArticleLate)
	}
	if apart > 0 {
		l.entry(cell, wording.SettlementLateSettled, apart, wording.ArticleLate)
	}
}

// received are the offsets that pay something of the year.
func (l *letter) received(of func(*pipeline.Offset) bool) {
	l.offsets(of, func(o *pipeline.Offset) {
		l.integer(wording.FieldYear, o.From)
		l.entry(cell, wording.SettlementOffsetReceived, -o.Amount, wording.ArticleOffset)
	})
}

// owing is what stays owed of the arrears of a year once refunds of other years have paid theirs.
func (l *letter) owing(y *pipeline.SettledYear) money.Cents {
	owing := y.Arrears - y.ArrearsBarred // what is barred is not asked any more
	l.offsets(func(o *pipeline.Offset) bool { return o.To == y.Year && o.Arrears }, func(o *pipeline.Offset) { owing -= o.Amount })
	return owing
}

func (l *letter) offsets(of func(*pipeline.Offset) bool, visit func(*pipeline.Offset)) {
	for i := range l.s.Offsets {
		if of(&l.s.Offsets[i]) {
			visit(&l.s.Offsets[i])
		}
	}
}
