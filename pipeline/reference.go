package pipeline

import (
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// referenceYears is how many years before the contribution year the income of the legal provisional contribution is (AR 38 art. 11 §3).
const referenceYears = 3

// findReferences finds, for every year that is settled, the income of three years before: that of this batch, else that of the last
// regularisation; with the quarters that counted then.
func (m *matcher) findReferences(c *Case) {
	for i := range m.matched.Years {
		if y := &m.matched.Years[i]; y.Claim != nil {
			y.Reference = m.knownIncome(c, y.Year-referenceYears)
		}
	}
}

// knownIncome is the income of a year. Those of years before 2015 are not known here: few were communicated, and those of starters may have
// served other years.
func (m *matcher) knownIncome(c *Case, year int) *KnownIncome {
	if law.StartersOnly(year) {
		return nil
	}
	if y := m.year(int16(year)); y != nil && y.Claim != nil {
		return &KnownIncome{y.Claim.Income, y.Claim.Quarters}
	}
	versions := versionsOf(c.PriorYears, int16(year))
	if len(versions) == 0 {
		return nil
	}
	last := &versions[len(versions)-1]
	known := &KnownIncome{Income: last.Income}
	for i := range c.PriorQuarters {
		if q := &c.PriorQuarters[i]; int(q.Year) == year && q.Version == last.Version && q.Standing.Counts() {
			known.Quarters++
		}
	}
	if known.Quarters == 0 {
		return nil
	}
	return known
}

// legalProvisional is the legal provisional contribution of a quarter of the account, by its position, fee included, in cents: from the
// income of three years before, for a starter from the least that the category pays; Unsaid where that income or the coefficient of the
// year is unknown.
func (y *MatchedYear) legalProvisional(at int) money.Cents {
	q := &y.Quarters[at]
	if q.Standing != Due {
		return Unsaid
	}
	schedule := y.Claim.Law.Schedule(q.Category, int(q.Quarter), int(q.Starter))
	if q.Starter > 0 {
		return schedule.LeastProvisional(y.Claim.Fee)
	}
	coefficient, known := y.Claim.Law.Provisional()
	if y.Reference == nil || !known {
		return Unsaid
	}
	return schedule.Provisional(y.Reference.Income, y.Reference.Quarters, coefficient, y.Claim.Fee)
}
