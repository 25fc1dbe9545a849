package notice

import (
	"regul/pipeline"
	"regul/pipeline/company"
	"regul/pipeline/money"
	"regul/writers/notice/pdf"
)

// companies are the letters to companies.
var companies = overlay{words: companyWords, layout: "4", index: companyIndex}

// NewCompanies is New for letters to companies. The wording may have companies-fr.yaml, -nl and -de beside; what it lacks of these is
// built in.
func NewCompanies(s Settings) (*Press, error) {
	plain, err := New(s)
	if err != nil {
		return nil, err
	}
	return companies.over(plain)
}

// companyYear writes the calculation: what changed since an earlier notice, the amount, the settlement, the surcharge.
func (l *letter) companyYear(r *pipeline.SettledYear) {
	l.integer(fieldYear, r.Year)
	l.nextPage()
	l.banner(r)
	l.continued = l.say(yearContinued)
	if b := &r.Before; r.Version > 1 {
		l.title(pdf.Heading3, heading, l.say(correctionTitle))
		l.amount(fieldBefore, b.Definitive)
		l.amount(fieldAfter, r.Definitive)
		if b.Definitive == r.Definitive {
			l.flow(body, l.say(correctionSameDefinitive))
		} else {
			l.flow(body, l.say(correctionNewDefinitive))
		}
		l.space(11)
	}
	l.companyAmount(r.Company)
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
func (l *letter) companyAmount(r *pipeline.CompanyYear) {
	l.head(companyAmounts, noNote)
	if r.Balance != company.NoBalance && r.Ground != uint8(company.NewCompany) {
		l.companyRow(cell, companyBalance, r.Balance)
		l.companyRow(cell, companyThreshold, r.Threshold)
	}
	l.companyRow(cell, companyGrounds[r.Ground-1], r.Contribution)
	switch {
	case r.Exempt:
		l.companyNote(companyExemptions[r.Exemption-1])
	case r.Exemption == uint8(company.Starter):
		l.companyNote(companyStarterEnd)
	}
	if !r.Exempt {
		l.date(fieldDue, r.Due)
		l.companyNote(companyDue)
	}
	l.leave()
	l.space(11)
}

// companySettlement sets the definitive amount beside what was called and paid.
func (l *letter) companySettlement(r *pipeline.SettledYear) {
	lay := func(h hand, t term, amount money.Cents) {
		l.laid = append(l.laid, l.lay(h, l.say(t), l.figure(amount), l.w.articles[articleClaim]))
	}
	lay(cell, settlementDefinitive, r.Definitive)
	lay(cell, settlementCalled, r.Called)
	l.date(fieldDate, r.NotifiedOn)
	l.laid = append(l.laid, l.lay(cell, l.say(settlementPaid), l.figure(r.Paid), ""))
	for _, line := range []struct {
		term
		amount money.Cents
	}{
		{companyRefunded, -r.Company.RefundedBefore}, {settlementSupplement, r.Supplement}, {settlementSurplus, -r.SurplusApplied},
		{settlementCancelled, r.Cancelled}, {settlementRefundGross, r.Refund}, {settlementSurcharge, max(0, r.Surcharge)},
		{settlementSurchargeBack, max(0, -r.Surcharge)},
	} {
		if line.amount != 0 {
			lay(cell, line.term, line.amount)
		}
	}
	switch {
	case l.claim > 0:
		lay(cellBold, settlementClaim, l.claim)
		if l.payout > 0 {
			lay(cellBold, settlementPayout, l.payout)
		}
	case l.payout > 0:
		lay(cellBold, settlementPayout, l.payout)
	default:
		lay(cellBold, settlementNothing, 0)
	}
	if r.Arrears > 0 {
		lay(cell, settlementArrears, r.Arrears)
	}
	l.together(settlementTitle, noNote)
}

// companySurcharge explains the surcharge for late payment.
func (l *letter) companySurcharge(r *pipeline.SettledYear) {
	l.need(110)
	l.head(surchargeTitle, noNote, surchargeText)
	c := r.Company
	l.date(fieldDue, c.Due)
	if c.PaidLate > 0 {
		l.companyRow(cell, companyPaidLate, company.Surcharge(c.PaidLate, 1))
	}
	if c.Unpaid > 0 {
		l.date(fieldDate, r.NotifiedOn)
		l.companyRow(cell, companyLate, c.Unpaid)
		l.integer(fieldMonths, int(c.Months))
		l.companyRow(cell, companyMonths, company.Surcharge(c.Unpaid, c.Months))
	}
	if r.SurchargeTotal > company.Surcharge(c.PaidLate+c.Unpaid*money.Cents(c.Months), 1) {
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
