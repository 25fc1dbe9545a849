package pipeline

// recheck claims the years, settled by an earlier batch and not by this one, whose account says something else now than
// when they were last settled: they are settled anew on the income they were settled on. A year of which a communication
// comes with this batch is left to it, whatever becomes of it.
func (m *matcher) recheck(c *Case) {
	for i := range m.matched.Years {
		y := &m.matched.Years[i]
		if y.Claim != nil || y.Prior.last == nil || !y.accountChanged(hasEvidence(c, y)) || newCommunication(c, y) || m.baseYear(y) != y.Year {
			continue
		}
		if code, _ := m.checkYear(c, int16(y.Year)); code != Accepted {
			continue
		}
		m.claim(c, int16(y.Year), &communication{id: y.Prior.last.Communication, on: y.Prior.last.CommunicatedOn, total: y.Prior.last.Income,
			before:  y.Prior.last.Components,
			counted: y.Prior.last.Counted, contested: y.Prior.last.Contested})
		y.Claim.Rechecked = true
	}
}

// accountChanged says whether category (declared, or after the evidence), standing or reduction of a quarter are other ones than those
// on which the last regularisation rested. Without any evidence of the year in this run, that of then is taken to hold: who leaves the file out changes nothing.
func (y *MatchedYear) accountChanged(evidence bool) bool {
	known := 0
	for _, is := range y.Prior.known {
		if is {
			known++
		}
	}
	if known != len(y.Quarters) {
		return true
	}
	var legal, reduced = y.reduction()
	for i := range y.Quarters {
		q := &y.Quarters[i]
		if !y.Prior.known[q.Quarter] || y.Prior.category[q.Quarter] != q.Category ||
			evidence && y.Prior.applied[q.Quarter] != y.Applied[i].Category || y.Prior.standing[q.Quarter] != q.Standing {
			return true
		}
	}
	return legal != y.Prior.last.Legal || reduced != y.Prior.last.Reduced
}

// hasEvidence says whether there is evidence of the complementary status for the year.
func hasEvidence(c *Case, y *MatchedYear) bool {
	for i := range c.Evidence {
		if int(c.Evidence[i].Year) == y.Year {
			return true
		}
	}
	return false
}

// newCommunication says whether a communication of the year is there that no earlier batch has settled.
func newCommunication(c *Case, y *MatchedYear) bool {
	for i := range c.Components {
		if r := &c.Components[i]; int(r.Year) == y.Year && !settledEver(c, r) {
			return true
		}
	}
	for i := range c.Flaws {
		if f := &c.Flaws[i]; f.Input == Revenue && (f.Year == 0 || int(f.Year) == y.Year) {
			return true
		}
	}
	return false
}

func settledEver(c *Case, r *Component) bool {
	for i := range c.PriorYears {
		if p := &c.PriorYears[i]; p.Year == r.Year && p.Communication == r.Communication {
			return true
		}
	}
	return false
}
