package verify

import (
	"time"

	"github.com/shopspring/decimal"

	"regul/pipeline/company"
	"regul/pipeline/law/reference"
	"regul/pipeline/money"
)

// calculation computes a company's year a second time (law of 30-12-1992 art. 88-95).
func (w *companyWalk) calculation(r *verifiedCompany) {
	c := w.checks["calculation"]
	c.Number++
	subject := r.company()
	amount, small, err := w.v.law.CompanyAmount(subject)
	if err != nil {
		c.fail(r.file, r.row, "it can't be computed: %v", err)
		return
	}
	threshold, _ := w.v.law.CompanyThreshold(r.year) // it has amounts, so it has a threshold
	ground, _ := w.v.law.Ground(subject)
	size := company.Large
	if small {
		size = company.Small
	}
	say := func(name string, found, want any) {
		if found != want {
			c.fail(r.file, r.row, "%s is %v, it must be %v", name, found, want)
		}
	}
	paid := eur(r.paid - r.refundedBefore)
	definitive := subject.Definitive(amount, paid)
	b := reference.Settle(eur(r.definitive), eur(r.called), paid)
	notified := calendar(r.notified)
	say("threshold", r.threshold, cents(threshold))
	say("size", r.size, size.String())
	say("ground", r.ground, ground)
	say("exempt", r.exempt, subject.Exempt())
	say("contribution", r.contribution, cents(amount))
	say("definitive", r.definitive, cents(definitive))
	say("supplement", r.supplement, cents(b.Supplement))
	say("surplus_applied", r.surplus, cents(b.SurplusApplied))
	say("to_pay", r.toPay, cents(b.ToPay))
	say("cancelled", r.cancelled, cents(b.Cancelled))
	say("refund", r.refund, cents(b.RefundGross))
	say("arrears", r.arrears, cents(b.Arrears))
	say("outcome", r.outcome, b.Outcome())
	say("due_date", r.due.String(), dayOf(subject.DueOn()).String())
	say("pay_by", r.payBy.String(), dayOf(subject.PayBy(notified)).String())
	w.earlier(r, &subject, say)
}

// earlier checks what a row takes from the versions before it: what they called, gave back and claimed.
func (w *companyWalk) earlier(r *verifiedCompany, subject *reference.Company, say func(name string, found, want any)) {
	called, refunded, claimed := r.reported, money.Cents(0), money.Cents(0)
	total := r.interest(subject, r, calendar(r.notified))
	if late := r.paidWithin(subject); r.paidLate > late || r.paidLate < 0 && r.paidOn == 0 {
		say("paid_late_months", r.paidLate, late)
	}
	back := money.Cents(0) // of the surcharges
	for _, p := range w.priors[companyKey{r.niss, r.year}] {
		called = p.definitive
		refunded += p.refund
		back += p.surchargeRefund
		claimed += p.surcharge
		// What was late when an earlier version was notified stays late, by the definitive amount as it now stands (reading), unless the
		// days of the payments are known.
		if before := p.company(); r.paidOn == 0 {
			total = max(total, r.interest(&before, &p, calendar(p.notified)))
		}
	}
	say("called", r.called, called)
	if r.refundedBefore < -back || r.refundedBefore > refunded { // what came back since is not among it
		say("refunded_before", r.refundedBefore, refunded)
	}
	say("surcharge_total", r.surchargeTotal, total)
	say("surcharge", r.surcharge, total-claimed)
	if !r.moved { // by a program that did not tell them
		return
	}
	say("surcharge_to_pay", r.surchargeToPay, max(0, total-max(claimed, r.surchargePaid)))
	say("surcharge_refund", r.surchargeRefund, max(0, r.surchargePaid-total))
}

// company is what the row says of the company.
func (r *verifiedCompany) company() reference.Company {
	c := reference.Company{Year: r.year, Exemption: r.exemption}
	if r.balance != company.NoBalance {
		c.Balance = decimal.NewNullDecimal(eur(r.balance))
	}
	if r.created != company.NoDay {
		c.CreatedOn = calendar(r.created)
	}
	return c
}

// interest is what a company owes of interest (art. 93) on its definitive amount as it now stands, with what an earlier row or this one
// says was paid until it was notified, and how late; never more than on the whole amount until then.
func (r *verifiedCompany) interest(subject *reference.Company, paid *verifiedCompany, notifiedOn time.Time) money.Cents {
	late := reference.MonthsLate(subject.DueOn(), notifiedOn)
	unpaid := decimal.Min(eur(r.definitive), decimal.Max(decimal.Zero, eur(r.definitive-paid.paid))) // nobody owes the year twice
	owed := eur(paid.paidLate).Add(unpaid.Mul(decimal.NewFromInt(late)))
	if paid != r {
		owed = decimal.Min(owed, eur(r.definitive).Mul(decimal.NewFromInt(late)))
	}
	return cents(owed.Mul(decimal.New(1, -2)).Round(2))
}

// paidWithin is the most that what was paid late can add up to: all of it on the day of the last payment.
func (r *verifiedCompany) paidWithin(subject *reference.Company) money.Cents {
	if r.paidOn == 0 {
		return 0
	}
	return min(r.definitive, max(0, r.paid)) * money.Cents(reference.MonthsLate(subject.DueOn(), calendar(r.paidOn)))
}
