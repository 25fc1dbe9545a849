package company

import (
	"fmt"

	"regul/pipeline/law"
	"regul/pipeline/money"
)

// exemptionTexts say each exemption in words.
var exemptionTexts = []string{"", "a starter's personal company in its first three years", "an inactive company with a certificate",
	"bankruptcy: what was paid is not given back", "liquidation: what was paid is not given back"}

// Steps explains a result, line by line, from the values that Settle decided on.
func Steps(r *Result) []law.Step {
	var steps []law.Step
	say := func(amount money.Cents, format string, args ...any) {
		steps = append(steps, law.Step{Text: fmt.Sprintf(format, args...), Amount: amount, Article: law.CompanyBasis})
	}
	switch r.Ground {
	case NewCompany:
		say(r.Amount, "created on %s, in the contribution year: the amount of small companies", r.CreatedOn)
	case NoPenultimate:
		say(r.Amount, "no penultimate financial year is closed: the amount of small companies")
	case UpToThreshold:
		say(r.Amount, "balance total %s, not above the threshold %s: the amount of small companies", r.Balance, r.Threshold)
	case AboveThreshold:
		say(r.Amount, "balance total %s, above the threshold %s: the amount of large companies", r.Balance, r.Threshold)
	}
	if r.Exempt {
		say(r.Definitive, "exempt: %s", exemptionTexts[r.Exemption])
	} else if r.Exemption == Starter {
		say(r.Definitive, "the exemption of a starter has ended: created on %s, it covers %d years", r.CreatedOn, starterYears)
	}
	say(r.Definitive, "definitive, D; due on %s", r.Due)
	if r.Before != nil {
		say(r.CalledBefore, "called, C: the definitive amount of version %d", r.Before.Version)
	} else {
		say(r.CalledBefore, "called, C")
	}
	paid := r.Paid - r.RefundedBefore
	if r.RefundedBefore > 0 {
		say(paid, "paid, P: %s, less %s given back by earlier versions", r.Paid, r.RefundedBefore)
	} else {
		say(paid, "paid, P")
	}
	say(r.Supplement, "supplement = D - C, not below 0")
	if r.SurplusApplied > 0 {
		say(r.SurplusApplied, "already overpaid: at most P - C")
	}
	say(r.ToPay, "to pay")
	say(r.Cancelled, "cancelled = C - D, not below 0")
	say(r.Refund, "refund = P - D, not below 0")
	if r.Arrears > 0 {
		say(r.Arrears, "arrears: called before and unpaid, not claimed by this notice")
	}
	return append(steps, surchargeSteps(r)...)
}

// surchargeSteps explains the surcharge for late payment: what was late in all, and what of it this version claims or gives back.
func surchargeSteps(r *Result) []law.Step {
	var steps []law.Step
	say := func(amount money.Cents, format string, args ...any) {
		steps = append(steps, law.Step{Text: fmt.Sprintf(format, args...), Amount: amount, Article: law.CompanyBasis})
	}
	if r.PaidLate > 0 {
		say(Surcharge(r.PaidLate, 1), "paid after %s: 1 %% of each part for each month until it came", r.Due)
	}
	if r.Late > 0 {
		say(Surcharge(r.Late, r.Months), "late on %s: 1 %% of %s for each of %d months since %s, rounded to the cent", r.NotifiedOn, r.Late,
			r.Months, r.Due)
	}
	y := r.Settlement().Years[0]
	if r.SurchargeTotal == 0 && r.Surcharge == 0 && y.SurchargeRefund() == 0 {
		return steps
	}
	if r.SurchargeTotal > Surcharge(r.PaidLate+r.Late*money.Cents(r.Months), 1) {
		say(r.SurchargeTotal, "surcharge in all: an earlier notice found more unpaid, which stays late")
	} else {
		say(r.SurchargeTotal, "surcharge in all: added up exactly, rounded once")
	}
	say(r.Surcharge, "surcharge of this version: less %s of earlier ones", r.SurchargeTotal-r.Surcharge)
	if r.SurchargePaid > 0 {
		say(r.SurchargePaid, "paid of the surcharges of earlier versions")
		say(y.SurchargeToPay(), "surcharge to pay: what exceeds the earlier ones and what was paid")
		say(y.SurchargeRefund(), "surcharge given back: paid beyond what is due in all")
	}
	return steps
}
