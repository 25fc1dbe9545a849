package pipeline

import "regul/pipeline/law"

// What applies to a quarter whose complementary status fails (AR 38 art. 12 §1bis al. 2): who was not main in the 20 quarters before is a
// primostarter for the first four main quarters. The register says so (if_main), or it follows from the account's own history [R].

// quartersBefore are the quarters without a main occupation that make a primostarter; primostarterQuarters those for which it lasts.
const (
	quartersBefore       = 20
	primostarterQuarters = 4
)

// findInstead finds, row by row of the account, the category that applies, and whether it is to be confirmed since the account does not
// show enough. A quarter that the account does not have is one without subjection.
func (m *matcher) findInstead() {
	m.applied, m.toConfirm = m.applied[:0], m.toConfirm[:0]
	start := 0 // of the unbroken run of main quarters
	for i := range m.account {
		q := &m.account[i]
		if i == 0 || !m.isMain(i-1) || quarterOf(&m.account[i-1])+1 != quarterOf(q) {
			start = i
		}
		category, toConfirm := q.Category, false
		if m.failed[i] != AsDeclared {
			category, toConfirm = m.instead(start, i)
		}
		m.applied, m.toConfirm = append(m.applied, category), append(m.toConfirm, toConfirm)
	}
}

// instead is what applies to a row whose status failed, in a run of main quarters.
func (m *matcher) instead(start, at int) (category law.Category, toConfirm bool) {
	fallback := m.parameters.Law.Fallback()
	q, s := &m.account[at], &m.account[start]
	if said, there := m.parameters.Law.Category(q.IfMain.String()); there {
		return said, false
	}
	first := quarterOf(s)
	lasts := quarterOf(q) < first+primostarterQuarters
	if m.failed[start] == AsDeclared || s.IfMain != IfMainUnsaid {
		switch before := m.applied[at-1]; {
		case lasts && (before == fallback.Primostarter || before == fallback.PrimostarterFirst):
			return fallback.Primostarter, false
		case before == fallback.SpouseMaxi:
			return fallback.SpouseMaxi, false
		}
		return fallback.Main, false
	}
	switch {
	case !m.shows(first):
		return fallback.Main, true
	case !lasts || m.mainBefore(start) || !m.parameters.Law.InForce(fallback.PrimostarterFirst, first):
		return fallback.Main, false
	case at == start:
		return fallback.PrimostarterFirst, false
	}
	return fallback.Primostarter, false
}

// isMain says whether a row of the account is of a main quarter: declared, or complementary that failed.
func (m *matcher) isMain(at int) bool {
	return m.failed[at] != AsDeclared || m.parameters.Law.Occupation(m.account[at].Category) == law.MainOccupation
}

// mainBefore says whether the account has a main quarter, or one of article 37, in the 20 before that of a row.
func (m *matcher) mainBefore(start int) bool {
	first := quarterOf(&m.account[start]) - quartersBefore
	for i := start - 1; i >= 0 && quarterOf(&m.account[i]) >= first; i-- {
		if m.isMain(i) || m.parameters.Law.Occupation(m.account[i].Category) == law.Article37 {
			return true
		}
	}
	return false
}

// shows says whether the account shows the 20 quarters before the start: it has a row of the first of them or an earlier one, and no row of
// account or evidence of those years was rejected.
func (m *matcher) shows(start law.Quarter) bool {
	first := start - quartersBefore
	if quarterOf(&m.account[0]) > first {
		return false
	}
	for year := first.Year(); year <= (start - 1).Year(); year++ {
		if m.brokenStatus.has(int16(year)) {
			return false
		}
	}
	return true
}
