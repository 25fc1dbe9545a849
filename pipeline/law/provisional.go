package law

import "regul/pipeline/money"

// Coefficient indexes the income of three years before for the legal provisional contribution of a year (AR 38 art. 11 §3): the index of
// the year over the average index of the reference year. The zero value is unknown.
type Coefficient struct{ Numerator, Denominator int64 }

// Provisional is the coefficient of the year; false where the data do not hold it.
func (y *Year) Provisional() (Coefficient, bool) {
	return Coefficient{int64(y.Index.Numerator), int64(y.Index.Denominator)}, y.Index.Denominator > 0
}

// Provisional computes the legal provisional contribution of a quarter, fee included, from the income of three years before (cents; a
// negative one counts as 0) and its quarters that count (1 to 4). The indexed income is not rounded; the quarter is, as Contribution does.
func (s *Schedule) Provisional(income money.Cents, quarters int, c Coefficient, fee money.Rate) money.Cents {
	return s.contribution(max(0, int64(income))*4*c.Numerator, int64(quarters)*c.Denominator, fee).Definitive
}

// LeastProvisional is the legal provisional contribution of a starter's quarter, fee included: that of the lowest income on which the
// category owes.
func (s *Schedule) LeastProvisional(fee money.Rate) money.Cents {
	return s.contribution(int64(s.ExemptBelow), 1, fee).Definitive
}
