package pipeline

import (
	"cmp"
	"slices"
	"strings"

	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// communication is the rows of one communication of a year.
type communication struct {
	id         string
	on         Date // the latest day its rows give
	total      money.Cents
	counted    money.Cents // as total, of contested components what is admitted
	contested  bool
	components []Component // without the repeated and the conflicting ones
	torn       bool        // a row of it was rejected
	before     string      // components that an earlier batch settled and that this one completes, see AppendComponents
	code       Code        // why it can't be settled, or Accepted
}

// after says whether this communication is later than another: highest (day, identifier).
func (c *communication) after(on Date, id string) bool {
	return cmp.Or(cmp.Compare(c.on, on), compareIdentifiers(c.id, id)) > 0
}

// matchRevenue decides, year by year, on the communications of income.
func (m *matcher) matchRevenue(c *Case) {
	c.Components = m.withWaiting(c)
	slices.SortFunc(c.Components, compareComponents)
	// The claims of all years stand in one slice that must not move while years point into it.
	m.claims = slices.Grow(m.claims, 2*len(m.matched.Years))
	for rest := c.Components; len(rest) > 0; {
		year := rest[0].Year
		rows := run(rest, func(r *Component) bool { return r.Year == year })
		rest = rest[len(rows):]
		m.matchRevenueYear(c, year, m.communications(c, year, rows))
	}
}

// communications groups the rows of a year, sorted, by communication. Repeated rows count once; rows
// with the same key that differ are all rejected, and tear their communication.
func (m *matcher) communications(c *Case, year int16, list []Component) []communication {
	var found []communication
	for len(list) > 0 {
		id := list[0].Communication
		group := run(list, func(r *Component) bool { return r.Communication == id })
		list = list[len(group):]
		next := communication{id: id, torn: m.flawed(c, year, id)}
		for i := range group {
			next.on = max(next.on, group[i].CommunicatedOn)
		}
		next.components = dedupe(group,
			func(a, b *Component) bool { return a.Nature == b.Nature && a.Assessment == b.Assessment },
			func(a, b *Component) bool {
				return a.Income == b.Income && a.CommunicatedOn == b.CommunicatedOn && a.ComponentAdded == b.ComponentAdded
			},
			func(r *Component) { m.countComponent(r, rows.Repeated) },
			func(r *Component) {
				next.torn = true
				m.rejectComponent(r, Duplicate, becauseRowConflict)
			})
		next.total = sumOf(next.components)
		next.addCounted(next.components)
		found = append(found, next)
	}
	return found
}

// flawed says whether a row that could not be read may belong to the communication.
func (m *matcher) flawed(c *Case, year int16, id string) bool {
	return slices.ContainsFunc(c.Flaws, func(f Flaw) bool {
		return f.Input == Revenue && (f.Year == 0 || f.Year == year) && (f.Communication == "" || f.Communication == id)
	})
}

// countComponent counts a row of the revenue: of the files, or of those that wait in the ledger.
func (m *matcher) countComponent(r *Component, fate rows.Fate) {
	if m.glanced != nil {
		m.glanceAt(r, fate)
	}
	if r.Waits() {
		m.waiting.Count(fate, r.Income)
	} else {
		m.fates[Revenue].Count(fate, r.Income)
	}
}

// rejectComponent rejects a row. One that waits goes on waiting: the batch that rejected it first still tells of it.
func (m *matcher) rejectComponent(r *Component, code Code, reason Reason) {
	m.countComponent(r, rows.Rejected)
	if r.Waits() {
		return
	}
	row := *r
	row.Communication, row.Assessment = strings.Clone(r.Communication), strings.Clone(r.Assessment) // they outlive the shard
	m.reject(Revenue, code, reason, r.Year, r.Place, row)
}

// matchRevenueYear settles the latest communication of a year, if it can be.
func (m *matcher) matchRevenueYear(c *Case, year int16, found []communication) {
	code, reason := m.checkYear(c, year)
	var latest *communication
	for i := range found {
		next := &found[i]
		if m.settledBefore(c, year, next) {
			continue
		}
		if !next.torn && InRange(next.total) && InRange(next.counted) && next.on <= m.parameters.AsOf {
			m.addIncome(year, next)
		}
		m.check(next, code, reason)
		// A communication that waits still supersedes the earlier ones: their income is known to be stale.
		if next.on <= m.parameters.AsOf && (latest == nil || next.after(latest.on, latest.id)) {
			latest = next
		}
	}
	latest = m.unreadAfter(c, year, latest)
	for i := range found {
		next := &found[i]
		switch {
		case next.code != Accepted || next.components == nil:
			continue
		case m.broken.has(year):
			m.rejectAll(next, IncompleteAccount, m.whyBroken(year))
		case next != latest || m.olderThanSettled(c, year, next):
			m.countAll(next, rows.Superseded)
		default:
			m.countAll(next, rows.Settled)
			m.claim(c, year, next)
		}
	}
}

// unreadAfter is the latest communication of a year, where one of which no row could be read comes after another.
func (m *matcher) unreadAfter(c *Case, year int16, latest *communication) *communication {
	for i := range c.Flaws {
		f := &c.Flaws[i]
		if f.Input != Revenue || f.Year != year || f.Communication == "" || f.CommunicatedOn == 0 || f.CommunicatedOn > m.parameters.AsOf {
			continue
		}
		unread := &communication{id: f.Communication, on: f.CommunicatedOn}
		if latest != nil && unread.id != latest.id && unread.after(latest.on, latest.id) {
			latest = unread
		}
	}
	return latest
}

// checkYear finds the first code that applies to every communication of the year.
func (m *matcher) checkYear(c *Case, year int16) (Code, Reason) {
	if code, reason := m.checkCalendar(c, year); code != Accepted {
		return code, reason
	}
	if m.brokenAccount.has(year) || slices.ContainsFunc(m.lost, func(l lostQuarter) bool { return l.year == year }) {
		return Accepted, "" // decided later: incomplete_communication comes before incomplete_account
	}
	quarters := m.quartersOf(year)
	if len(quarters) == 0 && law.StartersOnly(int(year)) {
		return YearNotSupported, becauseFinal // no account says that it is a starter
	}
	if len(quarters) == 0 {
		return NoAccount, becauseNoAccount
	}
	if known := m.year(year); known != nil { // its payments and its evidence are whole too
		if code, reason := m.checkStarter(c, known); code != Accepted {
			return code, reason
		}
	}
	if subjectQuarters(quarters) == 0 {
		return NoSubjectQuarter, becauseNoSubject
	}
	return Accepted, ""
}

// quartersOf is what the account has of a year.
func (m *matcher) quartersOf(year int16) []AccountQuarter {
	first := slices.IndexFunc(m.account, func(a AccountQuarter) bool { return a.Year == year })
	if first < 0 {
		return nil
	}
	return run(m.account[first:], func(a *AccountQuarter) bool { return a.Year == year })
}

func interrupted(c *Case, year int16) bool {
	return slices.ContainsFunc(c.Interruptions, func(i Interruption) bool { return i.Year == year })
}

// check rejects the rows of a communication that can't be settled.
func (m *matcher) check(next *communication, yearCode Code, yearReason Reason) {
	future := next.on > m.parameters.AsOf
	switch {
	case !next.torn && !(InRange(next.total) && InRange(next.counted)):
		m.rejectAll(next, IncomeOutOfRange, becauseTotalIncome)
	case m.affiliate == nil:
		m.rejectAll(next, yearCode, yearReason)
	case future:
		for i := range next.components {
			if r := &next.components[i]; r.CommunicatedOn > m.parameters.AsOf {
				m.rejectComponent(r, FutureCommunication, becauseFuture)
			} else {
				m.rejectComponent(r, cmp.Or(yearCode, IncompleteCommunication), cmp.Or(yearReason, becauseCommunicationPart))
			}
		}
		next.code = FutureCommunication
	case yearCode != Accepted:
		m.rejectAll(next, yearCode, yearReason)
	case next.torn:
		m.rejectAll(next, IncompleteCommunication, becauseCommunicationPart)
	}
}

func (m *matcher) rejectAll(next *communication, code Code, reason Reason) {
	next.code = code
	for i := range next.components {
		m.rejectComponent(&next.components[i], code, reason)
	}
}

func (m *matcher) countAll(next *communication, fate rows.Fate) {
	for i := range next.components {
		m.countComponent(&next.components[i], fate)
	}
}

// settledBefore counts a communication that an earlier batch has settled, whole or a part of its rows. Rows that were not
// there then complete it: they add up with those that were, and it is settled once more. A row that says another amount than then is no
// correction, which would have another identifier, but a contradiction.
func (m *matcher) settledBefore(c *Case, year int16, next *communication) bool {
	if next.torn {
		return false
	}
	before := lastOf(c.PriorYears, year, next.id)
	if before == nil {
		return false
	}
	again := before.Income == next.total
	var added []Component
	agrees := true
	if !again {
		added, agrees = addedTo(before, next.components)
		again = agrees && len(added) == 0 // one of the files over which it came
	}
	if again {
		m.countAll(next, rows.AlreadySettled)
		next.components = nil
		return true
	}
	if !agrees || !InRange(before.Income+sumOf(added)) {
		m.rejectAll(next, Duplicate, becauseSettledOtherwise)
		next.components = nil
		return true
	}
	for i := range next.components {
		if r := &next.components[i]; !slices.Contains(added, *r) {
			m.countComponent(r, rows.AlreadySettled)
		}
	}
	next.on = max(next.on, before.CommunicatedOn)
	next.components, next.total, next.before = added, before.Income+sumOf(added), before.Components
	next.counted, next.contested = before.Counted, before.Contested
	next.addCounted(added)
	return false
}

// lastOf is the last version that settled a communication; nil if none did.
func lastOf(versions []PriorYear, year int16, id string) *PriorYear {
	for i := range slices.Backward(versions) {
		if p := &versions[i]; p.Year == year && p.Communication == id {
			return p
		}
	}
	return nil
}

// addCounted adds what counts of rows: of a contested one what is admitted (RGS art. 34).
func (c *communication) addCounted(list []Component) {
	for i := range list {
		if r := &list[i]; r.Contested {
			c.counted, c.contested = c.counted+r.Admitted, true
		} else {
			c.counted += r.Income
		}
	}
}

func sumOf(list []Component) (sum money.Cents) {
	for i := range list {
		sum += list[i].Income
	}
	return sum
}

// olderThanSettled says whether a communication comes before the last one that was settled.
func (m *matcher) olderThanSettled(c *Case, year int16, next *communication) bool {
	return slices.ContainsFunc(c.PriorYears, func(before PriorYear) bool {
		return before.Year == year && before.Communication != next.id && !next.after(before.CommunicatedOn, before.Communication)
	})
}

// claim hands the communication on to the next stages: for its year, and for the years before 2015 that rest on its income.
func (m *matcher) claim(c *Case, year int16, next *communication) {
	quarters := subjectQuarters(m.year(year).Quarters)
	for i := range m.matched.Years {
		if y := &m.matched.Years[i]; y.Year == int(year) || m.lends(c, y, int(year)) {
			m.claimFor(c, y, int(year), quarters, next)
		}
	}
}

func (m *matcher) claimFor(c *Case, y *MatchedYear, incomeYear, quarters int, next *communication) {
	m.claims = append(m.claims, m.claimOf(c, y, incomeYear, quarters, next))
	y.Claim = &m.claims[len(m.claims)-1]
}

// claimOf is the communication as the claim of a year, with the parameters of the year.
func (m *matcher) claimOf(c *Case, y *MatchedYear, incomeYear, quarters int, next *communication) Claim {
	parameters, err := m.parameters.Law.Year(y.Year)
	if err != nil {
		panic("pipeline: a year without parameters passed its check")
	}
	return Claim{
		Communication:  next.id,
		CommunicatedOn: next.on,
		Components:     next.components,
		Before:         next.before,
		Income:         next.total,
		Counted:        next.counted,
		Contested:      next.contested,
		IncomeYear:     incomeYear,
		Quarters:       quarters,
		Interrupted:    interrupted(c, int16(y.Year)),
		Law:            parameters,
		Fee:            m.parameters.Fees[y.Year],
	}
}
