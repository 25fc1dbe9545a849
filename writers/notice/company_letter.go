package notice

import (
	"regul/pipeline"
	"regul/pipeline/company"
	"regul/pipeline/money"
	"regul/writers/notice/pdf"
)

// composeCompany lays out the letter of a result: the front of every letter, the year of the company, the closing.
func (l *letter) composeCompany(r *company.Result) {
	y := companyYear(r)
	contact := r.Contact.Affiliate()
	contact.Mandate = "" // no payment file collects from companies: they pay by transfer
	dossier, shifted := r.Number.Reference(y.Year)
	l.shift = shifted - y.Year
	l.begin(&pipeline.Settlement{
		Affiliate: &pipeline.Affiliate{Dossier: dossier, Language: r.Language, Contact: contact}, Years: []pipeline.SettledYear{y},
	})
	l.company = true
	l.put(fieldDossier, func(dst []byte) []byte { return appendEnterprise(dst, r.Number.String()) })
	l.front()
	l.companyYear(r)
	l.closing()
}

// companyYear is a result as the parts know it that all letters share. What a surcharge takes back is no payout.
func companyYear(r *company.Result) pipeline.SettledYear {
	y := pipeline.SettledYear{Regularisation: pipeline.Regularisation{
		Year: int(r.Year), Version: r.Version, Definitive: r.Definitive, Called: r.CalledBefore, Paid: r.Paid, Supplement: r.Supplement,
		SurplusApplied: r.SurplusApplied, ToPay: r.ToPay, Cancelled: r.Cancelled, RefundGross: r.Refund, Refund: r.Refund, Arrears: r.Arrears,
		Surcharge: max(0, r.Surcharge), Outcome: r.Outcome, NotifiedOn: r.NotifiedOn,
	}}
	if r.Claim() > 0 {
		y.DueDate = r.PayBy
	}
	if b := r.Before; b != nil {
		y.Before = pipeline.Before{NotifiedOn: b.NotifiedOn, Definitive: b.Definitive}
	}
	return y
}

// companyYear writes the calculation: what changed since an earlier notice, the amount, the settlement, the surcharge.
func (l *letter) companyYear(r *company.Result) {
	l.integer(fieldYear, int(r.Year))
	l.nextPage()
	l.banner(&l.s.Years[0])
	l.continued = l.say(yearContinued)
	if b := r.Before; b != nil {
		l.title(pdf.Heading3, heading, l.say(correctionTitle))
		l.flow(body, l.opening(&l.s.Years[0]))
		l.amount(fieldBefore, b.Definitive)
		l.amount(fieldAfter, r.Definitive)
		if b.Definitive == r.Definitive {
			l.flow(body, l.say(correctionSameDefinitive))
		} else {
			l.flow(body, l.say(correctionNewDefinitive))
		}
		l.space(11)
	}
	l.companyAmount(r)
	l.companySettlement(r)
	if r.SurchargeTotal != 0 || r.Surcharge != 0 {
		l.companySurcharge(r)
	}
	l.continued = ""
}

// companyRow is a line of the calculation.
func (l *letter) companyRow(h hand, t term, amount money.Cents) {
	l.row(h, l.say(t), l.figure(amount), l.w.articles[articleClaim])
}

// companyNote is a line without an amount.
func (l *letter) companyNote(t term) { l.row(cell, l.say(t), "", l.w.articles[articleClaim]) }

// companyAmount says how the amount of the year follows from the balance total, and what exempts from it.
func (l *letter) companyAmount(r *company.Result) {
	l.head(companyAmounts, noNote)
	if r.Balance != company.NoBalance && r.Ground != company.NewCompany {
		l.companyRow(cell, companyBalance, r.Balance)
		l.companyRow(cell, companyThreshold, r.Threshold)
	}
	l.companyRow(cell, companyGrounds[r.Ground-1], r.Amount)
	switch {
	case r.Exempt:
		l.companyNote(companyExemptions[r.Exemption-1])
	case r.Exemption == company.Starter:
		l.companyNote(companyStarterEnd)
	}
	if !r.Exempt {
		l.date(fieldDue, r.Due)
		l.companyNote(companyDue)
	}
	l.leave()
	l.space(11)
}

// companySettlement holds the definitive amount against what was called and paid.
func (l *letter) companySettlement(r *company.Result) {
	l.need(120)
	l.head(settlementTitle, noNote)
	l.companyRow(cell, settlementDefinitive, r.Definitive)
	l.companyRow(cell, settlementCalled, r.CalledBefore)
	l.date(fieldDate, r.NotifiedOn)
	l.row(cell, l.say(settlementPaid), l.figure(r.Paid), "")
	for _, line := range []struct {
		term
		amount money.Cents
	}{
		{companyRefunded, -r.RefundedBefore}, {settlementSupplement, r.Supplement}, {settlementSurplus, -r.SurplusApplied},
		{settlementCancelled, r.Cancelled}, {settlementRefundGross, r.Refund}, {settlementSurcharge, max(0, r.Surcharge)},
		{settlementSurchargeBack, max(0, -r.Surcharge)},
	} {
		if line.amount != 0 {
			l.companyRow(cell, line.term, line.amount)
		}
	}
	switch {
	case l.claim > 0:
		l.companyRow(cellBold, settlementClaim, l.claim)
		if l.payout > 0 {
			l.companyRow(cellBold, settlementPayout, l.payout)
		}
	case l.payout > 0:
		l.companyRow(cellBold, settlementPayout, l.payout)
	default:
		l.companyRow(cellBold, settlementNothing, 0)
	}
	if r.Arrears > 0 {
		l.companyRow(cell, settlementArrears, r.Arrears)
	}
	l.leave()
	l.space(11)
}

// companySurcharge explains the surcharge for late payment.
func (l *letter) companySurcharge(r *company.Result) {
	l.need(110)
	l.head(surchargeTitle, noNote, surchargeText)
	now := company.Surcharge(r.Late, r.Months)
	if r.Late > 0 {
		l.date(fieldDate, r.NotifiedOn)
		l.companyRow(cell, companyLate, r.Late)
		l.date(fieldDue, r.Due)
		l.integer(fieldMonths, int(r.Months))
		l.companyRow(cell, companyMonths, now)
	}
	if r.SurchargeTotal > now {
		l.companyNote(companyEarlierLate)
	}
	l.companyRow(cell, surchargeTotal, r.SurchargeTotal)
	if before := r.SurchargeTotal - r.Surcharge; before != 0 {
		l.companyRow(cell, surchargeBefore, -before)
	}
	if r.Surcharge < 0 {
		l.companyRow(cellBold, surchargeBack, -r.Surcharge)
	} else {
		l.companyRow(cellBold, surchargeNow, r.Surcharge)
	}
	l.leave()
	l.space(11)
}
