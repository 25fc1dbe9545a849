package verify

import (
	"regul/pipeline"
	"regul/pipeline/company"
	"regul/pipeline/money"
)

// verifiedCompany is a row of a batch of companies. Its rowPlace holds the enterprise number.
type verifiedCompany struct {
	rowPlace
	exemption, size, ground, outcome, reference, language       string
	year, version, months                                       int
	created                                                     pipeline.Date // company.NoDay where it is null
	notified, due, payBy                                        pipeline.Date
	paidOn                                                      pipeline.Date // 0: not said
	balance                                                     money.Cents   // company.NoBalance where it is null
	threshold, contribution, definitive, reported, called, paid money.Cents
	refundedBefore, supplement, surplus, toPay, cancelled       money.Cents
	refund, arrears, late, surchargeTotal, surcharge            money.Cents
	surchargePaid, surchargeToPay, surchargeRefund              money.Cents // as they are told; see claim
	moved                                                       bool        // they are told
	paidLate                                                    money.Cents // each part times the months until it came
	exempt                                                      bool
}

var companyColumns = []verifiedColumn[verifiedCompany]{
	textColumn("enterprise", func(r *verifiedCompany) *string { return &r.niss }),
	integerColumn("contribution_year", func(r *verifiedCompany) *int { return &r.year }),
	integerColumn("version", func(r *verifiedCompany) *int { return &r.version }),
	incomeColumn("balance_total", func(r *verifiedCompany) *money.Cents { return &r.balance }).orNull().
		nullAs(func(r *verifiedCompany) { r.balance = company.NoBalance }),
	dayColumn("created_on", func(r *verifiedCompany) *pipeline.Date { return &r.created }).orNull().
		nullAs(func(r *verifiedCompany) { r.created = company.NoDay }),
	textColumn("exemption", func(r *verifiedCompany) *string { return &r.exemption }).orNull(),
	flagColumn("exempt", func(r *verifiedCompany) *bool { return &r.exempt }),
	amountColumn("threshold", func(r *verifiedCompany) *money.Cents { return &r.threshold }),
	textColumn("size", func(r *verifiedCompany) *string { return &r.size }),
	textColumn("ground", func(r *verifiedCompany) *string { return &r.ground }),
	amountColumn("contribution", func(r *verifiedCompany) *money.Cents { return &r.contribution }),
	amountColumn("definitive", func(r *verifiedCompany) *money.Cents { return &r.definitive }),
	amountColumn("called_reported", func(r *verifiedCompany) *money.Cents { return &r.reported }),
	amountColumn("called", func(r *verifiedCompany) *money.Cents { return &r.called }),
	amountColumn("paid", func(r *verifiedCompany) *money.Cents { return &r.paid }),
	amountColumn("refunded_before", func(r *verifiedCompany) *money.Cents { return &r.refundedBefore }),
	amountColumn("supplement", func(r *verifiedCompany) *money.Cents { return &r.supplement }),
	amountColumn("surplus_applied", func(r *verifiedCompany) *money.Cents { return &r.surplus }),
	amountColumn("to_pay", func(r *verifiedCompany) *money.Cents { return &r.toPay }),
	amountColumn("cancelled", func(r *verifiedCompany) *money.Cents { return &r.cancelled }),
	amountColumn("refund", func(r *verifiedCompany) *money.Cents { return &r.refund }),
	amountColumn("arrears", func(r *verifiedCompany) *money.Cents { return &r.arrears }),
	amountColumn("late_principal", func(r *verifiedCompany) *money.Cents { return &r.late }),
	integerColumn("late_months", func(r *verifiedCompany) *int { return &r.months }),
	amountColumn("surcharge_total", func(r *verifiedCompany) *money.Cents { return &r.surchargeTotal }),
	amountColumn("surcharge", func(r *verifiedCompany) *money.Cents { return &r.surcharge }),
	textColumn("outcome", func(r *verifiedCompany) *string { return &r.outcome }),
	dayColumn("notified_on", func(r *verifiedCompany) *pipeline.Date { return &r.notified }),
	dayColumn("due_date", func(r *verifiedCompany) *pipeline.Date { return &r.due }),
	dayColumn("pay_by", func(r *verifiedCompany) *pipeline.Date { return &r.payBy }),
	textColumn("reference", func(r *verifiedCompany) *string { return &r.reference }),
	textColumn("language", func(r *verifiedCompany) *string { return &r.language }),
	dayColumn("paid_on", func(r *verifiedCompany) *pipeline.Date { return &r.paidOn }).orNull().addedLater(),
	incomeColumn("paid_late_months", func(r *verifiedCompany) *money.Cents { return &r.paidLate }).orNull().addedLater(),
	amountColumn("surcharge_paid", func(r *verifiedCompany) *money.Cents { r.moved = true; return &r.surchargePaid }).addedLater(),
	amountColumn("surcharge_to_pay", func(r *verifiedCompany) *money.Cents { return &r.surchargeToPay }).addedLater(),
	amountColumn("surcharge_refund", func(r *verifiedCompany) *money.Cents { return &r.surchargeRefund }).addedLater(),
}

// claim is what the letter asks for. A batch of before it knew what is paid of a surcharge asked for all that it claimed.
func (r *verifiedCompany) claim() money.Cents {
	if !r.moved {
		return r.toPay + max(0, r.surcharge)
	}
	return r.toPay + r.surchargeToPay
}

// payout is what the fund transfers.
func (r *verifiedCompany) payout() money.Cents { return r.refund + r.surchargeRefund }

var companyEntryColumns = []verifiedColumn[verifiedEntry]{
	textColumn("enterprise", func(r *verifiedEntry) *string { return &r.niss }),
	integerColumn("contribution_year", func(r *verifiedEntry) *int { return &r.year }),
	integerColumn("version", func(r *verifiedEntry) *int { return &r.version }),
	integerColumn("line", func(r *verifiedEntry) *int { return &r.line }),
	dayColumn("booked_on", func(r *verifiedEntry) *pipeline.Date { return &r.booked }),
	textColumn("role", func(r *verifiedEntry) *string { return &r.role }),
	textColumn("account", func(r *verifiedEntry) *string { return &r.account }),
	amountColumn("debit", func(r *verifiedEntry) *money.Cents { return &r.debit }),
	amountColumn("credit", func(r *verifiedEntry) *money.Cents { return &r.credit }),
	textColumn("reference", func(r *verifiedEntry) *string { return &r.reference }),
	dayColumn("reverses", func(r *verifiedEntry) *pipeline.Date { return &r.reverses }).orNull().addedLater(),
}
