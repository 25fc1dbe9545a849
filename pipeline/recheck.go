package pipeline

import (
	"math/bits"
	"slices"
)

// Recheck is a set of changes since the last regularisation of a year for which it is settled again, without a new communication.
type Recheck uint8

// The changes.
const (
	// the account says something else: category, standing or reduction of a quarter; or its evidence does
	RecheckAccount    Recheck = 1 << iota
	RecheckFees               // under the fee, the law and the minimum pension of today the year comes to something else
	RecheckIdentities         // it was settled under two national numbers, which are one person's

	// None of the above: its communication came again. For questions that settle the same inputs otherwise; no night asks for it.
	RecheckGiven Recheck = 1 << 7
)

var recheckNames = [...]string{"account", "fees", "identities"}

// RecheckNames lists the changes by the words of operators, in the order of their bits.
func RecheckNames() []string { return recheckNames[:] }

// Names lists the changes of the set.
func (r Recheck) Names() []string {
	var names []string
	for i, name := range recheckNames {
		if r&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return names
}

// ParseRecheck is the change of a word; none is not known.
func ParseRecheck(word string) (r Recheck, known bool) {
	i := slices.Index(recheckNames[:], word)
	if i < 0 {
		return 0, false
	}
	return 1 << i, true
}

// RecheckTotals count the years that were settled again, by change; a year counts for each that it shows.
type RecheckTotals struct {
	For  [len(recheckNames)]int64
	Left int64 // years that show a change that is asked for, and were left: see recheck
}

// OfAccount says whether nothing was seen but changes of the account.
func (t *RecheckTotals) OfAccount() bool {
	return *t == RecheckTotals{For: [len(recheckNames)]int64{t.For[0]}}
}

func (t *RecheckTotals) add(o *RecheckTotals) {
	for i := range t.For {
		t.For[i] += o.For[i]
	}
	t.Left += o.Left
}

// Count counts a year that shows changes.
func (t *RecheckTotals) Count(r Recheck) {
	for ; r != 0; r &= r - 1 {
		t.For[bits.TrailingZeros8(uint8(r))]++
	}
}

// recheck claims the years, settled by an earlier batch and not by this one, that show a change that is asked for: they are settled
// again on the income they were settled on. A year of which a communication comes with this batch is left to it, also where it is rejected.
//
// Settled again, a year takes all of today: account, evidence and fee. So a year is left, and counted, when it is not the account that is
// asked for, but the account changed too, or the evidence on which it rested is not there.
func (m *matcher) recheck(c *Case) {
	for i := range m.matched.Years {
		y := &m.matched.Years[i]
		if y.Claim != nil || y.Prior.last == nil || m.baseYear(y) != y.Year {
			continue
		}
		evidence := hasEvidence(c, y)
		var changed Recheck
		if y.accountChanged(evidence) {
			changed |= RecheckAccount
		}
		if y.settledApart() {
			changed |= RecheckIdentities
		}
		given := m.parameters.Recheck&RecheckGiven != 0 && cameAgain(c, y)
		if !given && (changed == 0 && (m.parameters.Recheck&RecheckFees == 0 || !y.Prior.last.Repriced) || newCommunication(c, y)) {
			continue
		}
		if code, _ := m.checkYear(c, int16(y.Year)); code != Accepted {
			continue
		}
		known := y.settled()
		if y.Prior.last.Repriced && m.comesToOther(c, y, known) {
			changed |= RecheckFees
		}
		asked := changed & m.parameters.Recheck
		switch {
		case given:
			m.claim(c, int16(y.Year), known)
		case asked == 0:
		case asked&RecheckAccount == 0 && (changed&RecheckAccount != 0 || !evidence && y.statusFailed()):
			m.rechecked.Left++
		default:
			m.rechecked.Count(changed)
			m.claim(c, int16(y.Year), known)
			y.Claim.Rechecked = changed
		}
	}
}

// settled is the communication on which the year was settled last.
func (y *MatchedYear) settled() *communication {
	last := y.Prior.last
	return &communication{id: last.Communication, on: last.CommunicatedOn, total: last.Income, before: last.Components,
		counted: last.Counted, contested: last.Contested}
}

// comesToOther says whether a quarter comes to another amount, or another fee, than that of the last regularisation.
func (m *matcher) comesToOther(c *Case, y *MatchedYear, known *communication) bool {
	claim := m.claimOf(c, y, y.Year, subjectQuarters(y.Quarters), known)
	trial := *y
	trial.Claim = &claim
	var a Assessment
	assess(&trial, &a)
	for i := range y.Quarters {
		quarter := y.Quarters[i].Quarter
		if a.Quarters[i].Definitive != y.Prior.definitive[quarter] || a.Quarters[i].Fee != y.Prior.fee[quarter] {
			return true
		}
	}
	return false
}

// settledApart says whether two national numbers, which are one person's, were settled each by itself since the last version: the year
// then has more versions than the last one counts.
func (y *MatchedYear) settledApart() bool { return len(y.Versions) > int(y.Prior.last.Version) }

// statusFailed says whether the last regularisation took a quarter for another category than the account declared.
func (y *MatchedYear) statusFailed() bool { return y.Prior.applied != y.Prior.category }

// accountChanged says whether category (declared, or after the evidence), standing or reduction of a quarter are other ones than those
// on which the last regularisation rested. Without any evidence of the year in this run, that of then is taken to hold: who leaves the
// file out changes nothing.
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

// cameAgain says whether a communication of the year is there.
func cameAgain(c *Case, y *MatchedYear) bool {
	return slices.ContainsFunc(c.Components, func(r Component) bool { return int(r.Year) == y.Year })
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
