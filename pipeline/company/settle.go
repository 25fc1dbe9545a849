package company

import (
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// Result is one settled company and year: one row of the batch. Amounts are cents of EUR.
type Result struct {
	Row
	Assessment
	Threshold money.Cents
	Version   int // 1, 2 ... : 2 and later correct an earlier notice

	Definitive     money.Cents // D
	CalledBefore   money.Cents // C: the definitive amount of the last version, else the row's amount
	RefundedBefore money.Cents // by earlier versions
	Supplement     money.Cents // max(0, D - C)
	SurplusApplied money.Cents // what an overpayment already covers of it
	ToPay          money.Cents
	Cancelled      money.Cents // max(0, C - D)
	Refund         money.Cents // max(0, P - D)
	Arrears        money.Cents // max(0, min(C, D) - P): called before and unpaid, not claimed by this notice

	Late           money.Cents // the unpaid principal at NotifiedOn, if that is after Due
	Months         int64       // since Due, begun ones
	SurchargeTotal money.Cents
	Surcharge      money.Cents // the difference with what earlier versions claimed, may be negative
	SurchargePaid  money.Cents // of surcharges, still with the fund

	Rechecked  pipeline.Recheck // its facts were settled before, and come to something else today
	Outcome    pipeline.Outcome
	NotifiedOn pipeline.Date
	PayBy      pipeline.Date // until then what is claimed costs no further surcharge
	Before     *Prior        // the last version; nil: there was none
}

// Settlement is the result as all outputs know one, in other memory.
func (r *Result) Settlement() pipeline.Settlement {
	party := r.party()
	return pipeline.Settlement{Party: &party, Years: []pipeline.SettledYear{r.settled(new(pipeline.CompanyYear))}}
}

// party is the company as the outputs know one.
func (r *Row) party() pipeline.Party {
	return pipeline.Party{Number: int64(r.Number), Digits: NumberDigits, Dossier: r.Number.Dossier(), Language: r.Language,
		Contact: r.Contact}
}

// settled is the result as a settled year. What only companies have is put into the given place.
func (r *Result) settled(facts *pipeline.CompanyYear) pipeline.SettledYear {
	*facts = pipeline.CompanyYear{
		Balance: r.Balance, Threshold: r.Threshold, Contribution: r.Amount, Reported: r.Called, RefundedBefore: r.RefundedBefore,
		Unpaid: r.Late, PaidLate: r.PaidLate, Months: r.Months, CreatedOn: r.CreatedOn, Due: r.Due, PayBy: r.PayBy, PaidOn: r.PaidOn,
		Exemption: uint8(r.Exemption), Size: uint8(r.Size), Ground: uint8(r.Ground), Exempt: r.Exempt,
	}
	y := pipeline.SettledYear{Company: facts, Regularisation: pipeline.Regularisation{
		Dossier: r.Number.Dossier(), Language: r.Language, Year: int(r.Year), IncomeYear: int(r.Year), Version: r.Version,
		Contribution: r.Definitive, Definitive: r.Definitive, Called: r.CalledBefore, Paid: r.Paid, Supplement: r.Supplement,
		SurplusApplied: r.SurplusApplied, ToPay: r.ToPay, Cancelled: r.Cancelled, RefundGross: r.Refund, Refund: r.Refund,
		Arrears: r.Arrears, Surcharge: r.Surcharge, SurchargeTotal: r.SurchargeTotal, PaidOfSurcharge: r.SurchargePaid,
		Rechecked: r.Rechecked,
		Outcome:   r.Outcome, NotifiedOn: r.NotifiedOn,
	}}
	if y.Claim() > 0 {
		y.DueDate = r.PayBy
	}
	if r.Before != nil {
		y.Before = pipeline.Before{NotifiedOn: r.Before.NotifiedOn, Definitive: r.Before.Definitive}
	}
	return y
}

// Settle settles a row on a day against the versions that published batches hold, by version. It is a pure function.
//
// P is what the row says was paid, less what earlier versions gave back and did not come back, in cents. Claims rest on what was called,
// refunds on what was paid. What came in is by day; where there is nothing, the row says when what was paid came in.
func Settle(row *Row, received []Payment, y *law.CompanyYear, versions []Prior, back money.Cents, on pipeline.Date) Result {
	r := Result{Row: *row, Assessment: Assess(&row.Facts, y), Threshold: y.Threshold, Version: len(versions) + 1,
		CalledBefore: row.Called, NotifiedOn: on}
	var claimed money.Cents
	for i := range versions {
		v := &versions[i]
		r.Before, r.CalledBefore = v, v.Definitive
		r.RefundedBefore += v.Refund
		claimed += v.Surcharge
	}
	r.RefundedBefore -= back
	paid := row.Paid - r.RefundedBefore
	r.Definitive = definitive(&r, paid)
	d, c := r.Definitive, r.CalledBefore
	r.Supplement, r.Cancelled = max(0, d-c), max(0, c-d)
	r.SurplusApplied = min(r.Supplement, max(0, paid-c))
	r.ToPay = r.Supplement - r.SurplusApplied
	r.Refund = max(0, paid-d)
	r.Arrears = max(0, min(c, d)-paid)
	r.Outcome = outcome(&r)
	if r.Months = Months(r.Due, on); r.Months > 0 {
		r.Late = LatePrincipal(d, row.Paid)
	}
	r.PaidLate = paidLate(&r, received)
	r.SurchargeTotal = surchargeTotal(&r, versions)
	r.Surcharge = r.SurchargeTotal - claimed
	year, month := civil(on)
	r.PayBy = max(r.Due, pipeline.DateOf(year, month+1, 0)) // the months are counted to the end of this one
	return r
}

// definitive is what the company owes for the year. An exemption that gives nothing back leaves what was paid of the amount.
func definitive(r *Result, paid money.Cents) money.Cents {
	switch {
	case !r.Exempt:
		return r.Amount
	case r.Exemption.keepsPaid():
		return max(0, min(r.Amount, paid))
	}
	return 0
}

// outcome is the result in one word, as for the self-employed.
func outcome(r *Result) pipeline.Outcome {
	switch {
	case r.ToPay > 0:
		return pipeline.Supplement
	case r.Refund > 0:
		return pipeline.Refund
	case r.Cancelled > 0:
		return pipeline.Cancelled
	case r.Supplement > 0:
		return pipeline.SettledBySurplus
	}
	return pipeline.Unchanged
}
