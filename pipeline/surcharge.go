package pipeline

import "regul/pipeline/money"

// The two rates of the surcharge for an unjustified reduction (AR 38 art. 11bis).
const (
	yearEndRate    money.Rate = 70_000 // 7 %, once
	quarterEndRate money.Rate = 30_000 // 3 %, for each quarter end
)

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
