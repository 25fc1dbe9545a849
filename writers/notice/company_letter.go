package notice

import (
	"regul/pipeline"
	"regul/pipeline/company"
	"regul/pipeline/money"
	"regul/writers/notice/index"
	"regul/writers/notice/pdf"
	"regul/writers/notice/wording"
)

// companies are the letters to companies.
var companies = overlay{words: wording.CompanyWords, layout: "4", index: index.Companies}

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
	l.integer(wording.FieldYear, r.Year)
	l.nextPage()
	l.banner(r)
	l.continued = l.say(wording.YearContinued)
	if b := &r.Before; r.Version > 1 {
		l.title(pdf.Heading3, heading, l.say(wording.CorrectionTitle))
		l.amount(wording.FieldBefore, b.Definitive)
		l.amount(wording.FieldAfter, r.Definitive)
		if b.Definitive == r.Definitive {
			l.flow(body, l.say(wording.CorrectionSameDefinitive))
		} else {
			l.flow(body, l.say(wording.CorrectionNewDefinitive))
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
func (l *letter) companyRow(h hand, t wording.Term, amount money.Cents) {
	l.row(h, l.say(t), l.figure(amount), l.w.Articles[wording.ArticleClaim])
}

// companyNote is a line without an amount.
func (l *letter) companyNote(t wording.Term) {
	l.row(cell, l.say(t), "", l.w.Articles[wording.ArticleClaim])
}

// companyAmount says how the amount of the year follows from the balance total, and what exempts from it.
func (l *letter) companyAmount(r *pipeline.CompanyYear) {
	l.head(wording.CompanyAmounts, wording.None)
	if r.Balance != company.NoBalance && r.Ground != uint8(company.NewCompany) {
		l.companyRow(cell, wording.CompanyBalance, r.Balance)
		l.companyRow(cell, wording.CompanyThreshold, r.Threshold)
	}
	l.companyRow(cell, wording.CompanyGrounds[r.Ground-1], r.Contribution)
	switch {
	case r.Exempt:
		l.companyNote(wording.CompanyExemptions[r.Exemption-1])
	case r.Exemption == uint8(company.Starter):
		l.companyNote(wording.CompanyStarterEnd)
	}
	if !r.Exempt {
		l.date(wording.FieldDue, r.Due)
		l.companyNote(wording.CompanyDue)
	}
	l.leave()
	l.space(11)
}

// companySettlement sets the definitive amount beside what was called and paid.
func (l *letter) companySettlement(r *pipeline.SettledYear) {
	lay := func(h hand, t wording.Term, amount money.Cents) {
		l.laid = append(l.laid, l.lay(h, l.say(t), l.figure(amount), l.w.Articles[wording.ArticleClaim]))
	}
	lay(cell, wording.SettlementDefinitive, r.Definitive)
	lay(cell, wording.SettlementCalled, r.Called)
	l.date(wording.FieldDate, r.NotifiedOn)
	l.laid = append(l.laid, l.lay(cell, l.say(wording.SettlementPaid), l.figure(r.Paid), ""))
	for _, line := range []struct {
		wording.Term
		amount money.Cents
	}{
		{wording.CompanyRefunded, -r.Company.RefundedBefore}, {wording.SettlementSupplement, r.Supplement},
		{wording.SettlementSurplus, -r.SurplusApplied}, {wording.SettlementCancelled, r.Cancelled},
		{wording.SettlementRefundGross, r.Refund}, {wording.SettlementSurcharge, r.SurchargeToPay()},
		{wording.SettlementSurchargeBack, r.SurchargeCancelled()}, {wording.CompanyReturned, r.SurchargeRefund()},
	} {
		if line.amount != 0 {
			lay(cell, line.Term, line.amount)
		}
	}
	switch {
	case l.claim > 0:
		lay(cellBold, wording.SettlementClaim, l.claim)
		if l.payout > 0 {
			lay(cellBold, wording.SettlementPayout, l.payout)
		}
	case l.payout > 0:
		lay(cellBold, wording.SettlementPayout, l.payout)
	default:
		lay(cellBold, wording.SettlementNothing, 0)
	}
	if r.Arrears > 0 {
		lay(cell, wording.SettlementArrears, r.Arrears)
	}
	l.together(wording.SettlementTitle, wording.None)
}

// companySurcharge explains the surcharge for late payment.
func (l *letter) companySurcharge(r *pipeline.SettledYear) {
	l.need(110)
	l.head(wording.SurchargeTitle, wording.None, wording.SurchargeText)
	c := r.Company
	l.date(wording.FieldDue, c.Due)
	if c.PaidLate > 0 {
		l.companyRow(cell, wording.CompanyPaidLate, company.Surcharge(c.PaidLate, 1))
	}
	if c.Unpaid > 0 {
		l.date(wording.FieldDate, r.NotifiedOn)
		l.companyRow(cell, wording.CompanyLate, c.Unpaid)
		l.integer(wording.FieldMonths, int(c.Months))
		l.companyRow(cell, wording.CompanyMonths, company.Surcharge(c.Unpaid, c.Months))
	}
	if r.SurchargeTotal > company.Surcharge(c.PaidLate+c.Unpaid*money.Cents(c.Months), 1) {
		l.companyNote(wording.CompanyEarlierLate)
	}
	l.companyRow(cell, wording.SurchargeTotal, r.SurchargeTotal)
	if before := r.SurchargeTotal - r.Surcharge; before != 0 {
		l.companyRow(cell, wording.SurchargeBefore, -before)
	}
	asked, cancelled, back := r.SurchargeToPay(), r.SurchargeCancelled(), r.SurchargeRefund()
	if already := max(0, r.Surcharge) - asked; already > 0 {
		l.companyRow(cell, wording.SurchargeAlready, -already)
	}
	if cancelled > 0 {
		l.companyRow(cellBold, wording.SurchargeBack, cancelled)
	}
	if back > 0 {
		l.companyRow(cellBold, wording.CompanyReturned, back)
	}
	if cancelled+back == 0 {
		l.companyRow(cellBold, wording.SurchargeNow, asked)
	}
	l.leave()
	l.space(11)
}
