package law

import (
	"fmt"

	"regul/pipeline/money"
)

// Step is one line of an explanation: what is computed, on which article it rests, and the amount.
type Step struct {
	Text    string      `json:"text"`
	Amount  money.Cents `json:"amount"`
	Article string      `json:"article"`
}

// Steps explains what Contribution computes, line by line, from the same schedule. Its last step is the definitive
// amount of the quarter.
func (s *Schedule) Steps(income money.Cents, quarters int, fee money.Rate) []Step {
	n := int64(quarters)
	annual := max(0, int64(income)) * 4
	base := AnnualIncome(income, quarters)
	if annual < int64(s.ExemptBelow)*n {
		return []Step{{fmt.Sprintf("annual income %s below %s %s: nothing is due", base, s.names.exemptBelow, s.ExemptBelow), 0, s.Basis}}
	}
	var steps []Step
	if annual >= int64(s.FloorFrom)*n && annual < int64(s.Floor)*n {
		base = s.Floor
		steps = append(steps, Step{fmt.Sprintf("annual income below the minimum %s: counts as %s", s.names.floor, s.Floor), base, s.Basis})
	} else if annual < int64(s.DeductBelow)*n {
		steps = append(steps, Step{fmt.Sprintf("annual income below %s %s: only what exceeds %s %s counts", s.names.deductBelow, s.DeductBelow, s.names.deduct, s.Deduct),
			base - s.Deduct, s.Basis})
		base -= s.Deduct
	}
	c := s.Contribution(income, quarters, fee)
	steps = append(steps, Step{fmt.Sprintf("band 1: %s %% (%s) of %s, up to T1 %s", s.Rate1.Percent(), s.names.rate1, min(base, s.Top1), s.Top1), c.Band1, s.Basis})
	if base > s.Top1 {
		steps = append(steps, Step{fmt.Sprintf("band 2: %s %% (%s) of %s, from T1 %s to T2 %s", s.Rate2.Percent(), s.names.rate2,
			min(base, s.Top2)-s.Top1, s.Top1, s.Top2), c.Band2, s.Basis})
	}
	steps = append(steps, Step{"annual contribution", c.Annual, s.Basis})
	if s.QuarterReduction > 0 {
		steps = append(steps, Step{fmt.Sprintf("a quarter of it, less the reduction %s %s, not below 0", s.names.quarterReduction, s.QuarterReduction), c.Quarter, s.Basis})
	} else {
		steps = append(steps, Step{"a quarter of it, rounded to the cent", c.Quarter, s.Basis})
	}
	return append(steps, Step{fmt.Sprintf("with the management fee of %s %%, rounded to the cent", fee.Percent()), c.Definitive, "management fee of the fund"})
}
