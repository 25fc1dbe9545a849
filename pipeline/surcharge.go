package pipeline

import "regul/pipeline/money"

// The two rates of the surcharge for an unjustified reduction (AR 38 art. 11bis).
const (
	yearEndRate    money.Rate = 70_000 // 7 %, once
	quarterEndRate money.Rate = 30_000 // 3 %, for each quarter end
)

// What was paid of the surcharge of art. 11bis divides it as P divides the contribution. The claim rests on what was claimed, what is given
// back on what was paid (reading): nobody receives what he never paid, and nobody is asked again for what he paid.
//
// A payment of a surcharge, by its purpose or as part of one transfer that a letter divides, pays what was claimed under art. 11bis first, at
// most the highest that was claimed; what is beyond it pays surcharges for late payment. So does that of a company, which has one kind.

// SurchargeToPay is what the notice asks of the surcharge, in cents: what exceeds both what was claimed before and what was paid.
func (r *Regularisation) SurchargeToPay() money.Cents {
	return max(0, r.SurchargeTotal-max(r.SurchargeTotal-r.Surcharge, r.PaidOfSurcharge))
}

// SurchargeRefund is what the fund transfers of the surcharge, in cents: what was paid beyond what is due in all.
func (r *Regularisation) SurchargeRefund() money.Cents {
	return max(0, r.PaidOfSurcharge-r.SurchargeTotal)
}

// SurchargeCancelled is what this version takes back of what was claimed and is not transferred, in cents: it was not paid, and lowers what
// is owed.
func (r *Regularisation) SurchargeCancelled() money.Cents {
	return max(0, -r.Surcharge-r.SurchargeRefund())
}

// paidOfSurcharge is what was paid of the surcharges that earlier versions claimed and is still with the fund, in cents.
func (y *MatchedYear) paidOfSurcharge() money.Cents {
	return max(0, min(y.SurchargesPaid-y.LateSurchargesPaid, y.Prior.mostSurcharge))
}

// reductionGranted says whether any quarter of the year had its provisional contribution lowered.
func reductionGranted(quarters []AccountQuarter) bool {
	for i := range quarters {
		if quarters[i].Reduction == ReductionGranted {
			return true
		}
	}
	return false
}

// reduction is L and R of art. 11bis: the year's legal and reduced provisional amounts in cents, 0 without a reduction.
func (y *MatchedYear) reduction() (legal, reduced money.Cents) {
	if !reductionGranted(y.Quarters) {
		return 0, 0
	}
	for i := range y.Quarters {
		legal += y.Quarters[i].Legal()
		reduced += y.Quarters[i].Called()
	}
	return legal, reduced
}

// surchargeTerms calls visit with the terms of the surcharge of a settled year, in order of time: 7 %
// on what was unpaid at the end of the contribution year, then 3 % for that day and for each later
// quarter end before the quarter of the first notification. Unpaid is what the definitive amount, but no
// more than the legal provisional one, exceeds of the reduced provisional amount or of what was paid.
// Each term is rounded half up to the cent. A later regularisation keeps the quarters of the first notification.
func surchargeTerms(y *MatchedYear, r *Regularisation, visit func(SurchargeTerm)) {
	first := r.NotifiedOn
	if y.Prior.Version > 0 {
		first = y.Prior.FirstNotified
	}
	owed := max(0, min(r.Definitive, r.LegalProvisional))
	term := func(rate money.Rate, on Date) {
		paid := paidUpTo(y.Payments, on)
		unpaid := max(0, owed-max(r.Reduced, paid))
		if unpaid > 0 {
			visit(SurchargeTerm{Basis: UnjustifiedReduction, NISS: r.NISS, Year: r.Year, Version: r.Version, On: on, Rate: rate, Paid: paid,
				Unpaid: unpaid, Amount: rate.Of(unpaid)})
		}
	}
	term(yearEndRate, QuarterEnd(r.Year, 4))
	for quarter := 4; QuarterEnd(r.Year, quarter) < QuarterEnd(first.Year(), first.Quarter()); quarter++ {
		term(quarterEndRate, QuarterEnd(r.Year, quarter))
	}
}
