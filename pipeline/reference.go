package pipeline

import (
	"cmp"
	"slices"
	"time"

	"regul/pipeline/law"
	"regul/pipeline/money"
)

// communicated is an income that the tax administration communicated of a year, with the quarters that counted in that year, 1 to 4.
type communicated struct {
	year     int
	on       Date
	id       string
	income   money.Cents
	quarters int
}

// findReferences finds, for every year that is settled, the income on which its legal provisional contributions rest, as it was known on
// 1 January of the year: a communication that comes later changes nothing (AR 38 art. 11 §3).
func (m *matcher) findReferences(c *Case) {
	if !slices.ContainsFunc(m.matched.Years, func(y MatchedYear) bool { return y.Claim != nil }) {
		return
	}
	m.ledgerIncomes(c)
	for i := range m.matched.Years {
		if y := &m.matched.Years[i]; y.Claim != nil {
			y.Reference = m.reference(y)
		}
	}
}

// reference is the income of three years before, else that of the latest year before it (AR 38 art. 11 §3 al. 1, 2).
func (m *matcher) reference(y *MatchedYear) Reference {
	year := y.Year - law.ReferenceYears
	r := Reference{Subject: slices.ContainsFunc(m.account,
		func(q AccountQuarter) bool { return int(q.Year) == year && q.Standing.Counts() }),
		Held: m.brokenAccount.has(int16(year))}
	newYear := DateOf(y.Year, time.January, 1)
	var best *communicated
	for i := range m.incomes {
		known := &m.incomes[i]
		if known.year <= year && known.quarters > 0 && known.on <= newYear && (best == nil || known.after(best)) {
			best = known
		}
	}
	if best != nil {
		r.Income, r.Quarters = best.income, best.quarters
		r.Coefficient, r.Known = y.Claim.Law.Coefficient(best.year)
	}
	return r
}

// after says whether an income is of a later year than another, or of a later communication of the same.
func (c *communicated) after(o *communicated) bool {
	return cmp.Or(cmp.Compare(c.year, o.year), cmp.Compare(c.on, o.on), compareIdentifiers(c.id, o.id)) > 0
}

// addIncome notes a communication of the input that is sound, whether or not its year can be settled. Its quarters are those of the
// account.
func (m *matcher) addIncome(year int16, next *communication) {
	known := communicated{year: int(year), on: next.on, id: next.id, income: next.counted}
	if y := m.year(year); y != nil {
		known.quarters = subjectQuarters(y.Quarters)
	}
	m.incomes = append(m.incomes, known)
}

// ledgerIncomes adds those of the ledger. Of years before 2015 it may hold the income of another year.
func (m *matcher) ledgerIncomes(c *Case) {
	for i := range c.PriorYears {
		p := &c.PriorYears[i]
		if law.StartersOnly(int(p.Year)) {
			continue
		}
		known := communicated{year: int(p.Year), on: p.CommunicatedOn, id: p.Communication, income: p.Counted}
		for j := range c.PriorQuarters {
			if q := &c.PriorQuarters[j]; q.Year == p.Year && q.Version == p.Version && q.Standing.Counts() {
				known.quarters++
			}
		}
		m.incomes = append(m.incomes, known)
	}
}

// legalProvisional is the legal provisional contribution of a quarter of the account, by its position, fee included, in cents: from the
// income of the reference year, for a starter on the fixed base of the category; Unsaid where that income or the coefficient is unknown.
func (y *MatchedYear) legalProvisional(at int) money.Cents {
	q, r := &y.Quarters[at], &y.Reference
	if !q.Standing.Owes() {
		return Unsaid
	}
	schedule := y.Claim.Law.Schedule(q.Category, int(q.Quarter), int(q.Starter))
	switch {
	case q.Starter == 3 && r.Held:
		return Unsaid // whether there was an activity three years before is not known
	case q.Starter == 1, q.Starter == 2, q.Starter == 3 && !r.Subject: // AR 38 art. 13bis §2
		return schedule.StarterProvisional(y.Claim.Fee)
	case !r.Known:
		return Unsaid
	}
	return schedule.Provisional(r.Income, r.Quarters, r.Coefficient, y.Claim.Fee)
}
