package pipeline

import "regul/pipeline/law"

// Before 2015 a contribution was final on the income of three years before, except for starters (AR 38 art. 13bis, 13ter as they stood):
//
//   - the quarters up to the end of the first full calendar year rest on the income of that year;
//   - those of the second and third year rest on the income of their year; on that of the year before, if the activity ended in it;
//   - an activity that ended before a full year keeps its provisional amounts.
//
// The quarters before 1 January 2015 stay under these rules, also where the first full year is 2015.

// baseYear is the year on whose income the contributions of a year rest; 0: none, its provisional amounts are final.
func (m *matcher) baseYear(y *MatchedYear) int {
	if !law.StartersOnly(y.Year) {
		return y.Year
	}
	next := m.year(int16(y.Year + 1))
	switch starter := y.Quarters[len(y.Quarters)-1].Starter; {
	case starter == 0:
		return 0
	case isFull(y):
		return y.Year
	case starter == 1 && next != nil && isFull(next):
		return next.Year
	case starter == 1:
		return 0
	case next == nil && y.Quarters[len(y.Quarters)-1].Quarter < 4: // ended
		return y.Year - 1
	}
	return y.Year
}

// isFull says whether the account has every quarter of the year.
func isFull(y *MatchedYear) bool { return len(y.Quarters) == 4 }

// restsOn says whether the contributions of a year rest on the income of another one.
func (m *matcher) restsOn(y *MatchedYear, year int) bool {
	return y.Year != year && m.baseYear(y) == year
}

// lends says whether a communication of the year settles another year as well: one that rests on its income, is not barred and has a
// quarter that counts.
func (m *matcher) lends(c *Case, y *MatchedYear, year int) bool {
	return m.restsOn(y, year) && subjectQuarters(y.Quarters) > 0 && (!Barred(y.Year, m.parameters.AsOf) || interrupted(c, int16(y.Year)))
}

// checkStarter finds the first code that applies to a communication of a year because of the rules for starters before 2015.
func (m *matcher) checkStarter(c *Case, y *MatchedYear) (Code, Reason) {
	if m.baseYear(y) != y.Year {
		return YearNotSupported, becauseFinal
	}
	for i := range m.matched.Years {
		other := &m.matched.Years[i]
		if !m.lends(c, other, y.Year) {
			continue
		}
		_, known := m.parameters.Fees[other.Year]
		if _, err := m.parameters.Law.Year(other.Year); err != nil || !known {
			return YearNotSupported, becauseNoLawOfStarter
		}
	}
	for _, near := range []int{y.Year - 1, y.Year + 1} {
		if law.StartersOnly(near) && m.broken.has(int16(near)) { // which may rest on this income
			return IncompleteAccount, becauseAccountPart
		}
	}
	return Accepted, ""
}
