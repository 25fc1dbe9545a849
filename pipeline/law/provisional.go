package law

import "regul/pipeline/money"

// ReferenceYears is how many years before the contribution year the income of the legal provisional contribution is (AR 38 art. 11 §3).
const ReferenceYears = 3

// Coefficient indexes the income of an earlier year for the legal provisional contribution of a year (AR 38 art. 11 §3): the index of
// the year over the average index of the earlier one. The zero value is unknown.
type Coefficient struct{ Numerator, Denominator int64 }

// Coefficient is the one of the year on the income of an earlier year; false where the data do not hold the average index of that one.
func (y *Year) Coefficient(reference int) (Coefficient, bool) {
	average, known := y.averages[reference]
	return Coefficient{int64(y.Index.Numerator), int64(average)}, known
}

// Provisional computes the legal provisional contribution of a quarter, fee included, from the income of a reference year (cents; a
// negative one counts as 0) and its quarters that count (1 to 4). The indexed income is not rounded; the quarter is, as Contribution does.
func (s *Schedule) Provisional(income money.Cents, quarters int, c Coefficient, fee money.Rate) money.Cents {
	return s.contribution(max(0, int64(income))*4*c.Numerator, int64(quarters)*c.Denominator, fee).Definitive
}

// StarterProvisional is the legal provisional contribution of a starter's quarter, fee included: the first rate on the fixed base of the
// category, lowered by its reduction (AR 38 art. 13bis §2). It does not look at an exemption or a minimum.
func (s *Schedule) StarterProvisional(fee money.Rate) money.Cents {
	quarter := money.Cents(money.RoundHalfUp(int64(s.StarterBase)*int64(s.Rate1), int64(money.One)*4))
	return (money.One + fee).Of(max(0, quarter-s.QuarterReduction))
}
