package law

import "regul/pipeline/money"

// Step is one line of an explanation: what is computed, on which article it rests, and the amount.
type Step struct {
	Text    string      `json:"text"`
	Amount  money.Cents `json:"amount"`
	Article string      `json:"article"`
	Said    Phrase      `json:"-"` // what Text says
	Remark  bool        `json:"-"` // it says something without an amount, which is 0
}

// Steps explains what Contribution computes, line by line, from the same schedule. Its last step is the definitive
// amount of the quarter.
func (s *Schedule) Steps(income money.Cents, quarters int, fee money.Rate) []Step {
	n := int64(quarters)
	annual := max(0, int64(income)) * 4
	base := AnnualIncome(income, quarters)
	var steps []Step
	step := func(amount money.Cents, article, format string, filled ...any) {
		steps = append(steps, NewStep(Say(format, filled...), Step{Amount: amount, Article: article}))
	}
	if annual < int64(s.ExemptBelow)*n {
		step(0, s.Basis, "annual income %s below %s %s: nothing is due", base, s.names.exemptBelow, s.ExemptBelow)
		return steps
	}
	if annual >= int64(s.FloorFrom)*n && annual < int64(s.Floor)*n {
		base = s.Floor
		step(base, s.Basis, "annual income below the minimum %s: counts as %s", s.names.floor, s.Floor)
	} else if annual < int64(s.DeductBelow)*n {
		step(base-s.Deduct, s.Basis, "annual income below %s %s: only what exceeds %s %s counts", s.names.deductBelow, s.DeductBelow,
			s.names.deduct, s.Deduct)
		base -= s.Deduct
	}
	c := s.Contribution(income, quarters, fee)
	step(c.Band1, s.Basis, "band 1: %s %% (%s) of %s, up to T1 %s", Percent(s.Rate1.Percent()), s.names.rate1, min(base, s.Top1), s.Top1)
	if base > s.Top1 {
		step(c.Band2, s.Basis, "band 2: %s %% (%s) of %s, from T1 %s to T2 %s", Percent(s.Rate2.Percent()), s.names.rate2,
			min(base, s.Top2)-s.Top1, s.Top1, s.Top2)
	}
	step(c.Annual, s.Basis, "annual contribution")
	if s.QuarterReduction > 0 {
		step(c.Quarter, s.Basis, "a quarter of it, less the reduction %s %s, not below 0", s.names.quarterReduction, s.QuarterReduction)
	} else {
		step(c.Quarter, s.Basis, "a quarter of it, rounded to the cent")
	}
	step(c.Definitive, "management fee of the fund", "with the management fee of %s %%, rounded to the cent", Percent(fee.Percent()))
	return steps
}
