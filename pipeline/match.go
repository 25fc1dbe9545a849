package pipeline

import (
	"cmp"
	"slices"

	"regul/pipeline/law"
	"regul/pipeline/rows"
)

// matcher is the first stage: it brings the rows of a national number together, decides what
// becomes of every row, and hands on the affiliate's years.
type matcher struct {
	parameters Parameters
	rejects    []Reject
	fates      [InputCount]rows.Fates
	waiting    rows.Fates // of the revenue that waits in the ledger
	rechecked  RecheckTotals
	confirmed  []ConfirmedTransfer

	// of the present case
	niss          NISS // of all its rows
	affiliate     *Affiliate
	stranger      Code // why the rows of a number without affiliate are rejected
	strange       Reason
	brokenAccount years // a row of the year's account was rejected
	broken        years // a row of the year's account, payments or evidence was rejected, or is missing
	brokenStatus  years // a row of the year's account or evidence was rejected
	lost          []lostQuarter
	matched       Matched
	movements     movements
	account       []AccountQuarter
	claims        []Claim
	incomes       []communicated

	glanced *Case // of which the ledger gave glimpses at most; nil: all is known
	unsure  bool  // of it, what becomes of a row of the revenue

	// of each row of account
	failed    []StatusReason // why its complementary status fails
	applied   []law.Category
	toConfirm []bool
}

// years is a small set of years; 0 stands for every year.
type years []int16

func (y *years) add(year int16) {
	if !slices.Contains(*y, year) {
		*y = append(*y, year)
	}
}

func (y years) has(year int16) bool { return slices.Contains(y, year) || slices.Contains(y, 0) }

// match decides on the rows of a case. The result is valid until the next call; its Affiliate is
// nil when the register does not know the number.
func (m *matcher) match(c *Case) *Matched {
	m.niss = c.NISS
	m.brokenAccount, m.broken, m.brokenStatus = m.brokenAccount[:0], m.broken[:0], m.brokenStatus[:0]
	m.matched.Years, m.claims, m.incomes = m.matched.Years[:0], m.claims[:0], m.incomes[:0]
	m.lost, m.matched.Orphans, m.matched.Pending, m.matched.Held = m.lost[:0], m.matched.Orphans[:0], m.matched.Pending[:0],
		m.matched.Held[:0]
	m.matched.Forgotten = m.matched.Forgotten[:0]
	for _, flaw := range c.Flaws {
		switch flaw.Input {
		case Account:
			m.breakAccount(flaw.Year)
		case EvidenceInput:
			m.broken.add(flaw.Year)
			m.brokenStatus.add(flaw.Year)
		case Payments:
			m.broken.add(flaw.Year)
		}
	}
	m.affiliate = m.matchAffiliate(c)
	m.matched.Affiliate = m.affiliate
	m.matched.Withdrawn = c.Withdrawn
	m.matched.Entries = c.Entries
	OrderTakenBack(m.matched.Withdrawn, m.matched.Entries)
	m.confirmed = AppendNews(m.confirmed, c.Confirmations)
	m.matchAccount(c.Account)
	m.matched.Starts = m.matched.Starts[:0]
	if len(m.brokenAccount) == 0 {
		m.matched.Starts = appendStarts(m.matched.Starts, m.account)
	}
	if m.affiliate != nil {
		m.affiliate.Contact.Former = m.hasLeft()
	}
	m.matchPayments(c)
	m.matchInterruptions(c.Interruptions)
	c.Evidence = m.matchEvidence(c.Evidence)
	m.matchYears(c)
	m.matchRevenue(c)
	return &m.matched
}

// hasLeft says whether the account ends before the quarter of the batch: its affiliate left (reading of RGS art. 50bis).
func (m *matcher) hasLeft() bool {
	last := len(m.account) - 1
	day := m.parameters.AsOf
	return last >= 0 && len(m.brokenAccount) == 0 && quarterOf(&m.account[last]) < law.QuarterOf(day.Year(), day.Quarter())
}

// matchAndQualify is the first two stages, and the years that are settled again after them.
func (m *matcher) matchAndQualify(c *Case) *Matched {
	matched := m.match(c)
	m.qualify(c.Evidence)
	if m.parameters.Recheck != 0 {
		m.recheck(c)
	}
	m.findReferences(c)
	return matched
}

// reject rejects a row of the case.
func (m *matcher) reject(input Input, code Code, reason Reason, year int16, place rows.Place, row any) {
	m.rejects = append(m.rejects, Reject{Input: input, Code: code, Year: year, NISS: m.niss, Place: place, Reason: reason, Row: row})
}

// matchAffiliate finds the one row of the register. Two rows that differ are both rejected, and so is one whose dossier is
// another's: nobody of this number is settled then.
func (m *matcher) matchAffiliate(c *Case) *Affiliate {
	m.stranger, m.strange = UnknownAffiliateCode, becauseNotInRegister
	list := c.Affiliates
	same := func(a, b *Affiliate) bool {
		return a.Fingerprint == b.Fingerprint && a.Dossier == b.Dossier && a.Language == b.Language
	}
	slices.SortFunc(list, func(a, b Affiliate) int {
		return cmp.Or(cmp.Compare(a.Fingerprint, b.Fingerprint), cmp.Compare(a.Dossier.Number, b.Dossier.Number),
			cmp.Compare(a.Dossier.Digits, b.Dossier.Digits), cmp.Compare(a.Language, b.Language), rows.ComparePlaces(a.Place, b.Place))
	})
	kept := dedupe(list, func(a, b *Affiliate) bool { return true }, same,
		func(a *Affiliate) { m.fates[Affiliates].Count(rows.Repeated, 0) },
		func(a *Affiliate) {
			m.fates[Affiliates].Count(rows.Rejected, 0)
			m.reject(Affiliates, Duplicate, becauseRowConflict, 0, a.Place, nil)
		})
	if len(kept) == 0 {
		return nil
	}
	a := &kept[0]
	for i := range c.Conflicts {
		code, reason := Accepted, Reason("")
		switch c.Conflicts[i].Kind {
		case DossierShared:
			code, reason = Duplicate, becauseDossierShared
		case DossierRenamed:
			code, reason = IdentityConflict, becauseDossierRenamed
			m.stranger, m.strange = code, reason
		case MandateShared:
			a.Contact.MandateShared = true
			continue
		case PaymentShared:
			continue // which its payments tell
		}
		m.fates[Affiliates].Count(rows.Rejected, 0)
		m.reject(Affiliates, code, reason, 0, a.Place, nil)
		return nil
	}
	m.fates[Affiliates].Count(rows.Settled, 0)
	return a
}

// breakAccount notes that a row of the year's account was rejected.
func (m *matcher) breakAccount(year int16) {
	m.brokenAccount.add(year)
	m.broken.add(year)
	m.brokenStatus.add(year)
}

func (m *matcher) matchAccount(list []AccountQuarter) {
	slices.SortFunc(list, compareAccount)
	sameKey := func(a, b *AccountQuarter) bool { return a.Year == b.Year && a.Quarter == b.Quarter }
	same := func(a, b *AccountQuarter) bool {
		x, y := *a, *b
		x.Place, y.Place = rows.Place{}, rows.Place{}
		return x == y
	}
	bad := func(a *AccountQuarter, code Code, reason Reason) {
		m.fates[Account].Count(rows.Rejected, 0)
		m.reject(Account, code, reason, a.Year, a.Place, *a)
		m.breakAccount(a.Year)
	}
	m.account = m.account[:0]
	kept := dedupe(list, sameKey, same,
		func(*AccountQuarter) { m.fates[Account].Count(rows.Repeated, 0) },
		func(a *AccountQuarter) { bad(a, Duplicate, becauseRowConflict) })
	for i := range kept {
		if code, reason := m.checkAccount(&kept[i]); code != Accepted {
			bad(&kept[i], code, reason)
			continue
		}
		m.account = append(m.account, kept[i])
	}
	// A year with a rejected quarter waits whole: a partial sum would be a wrong bill.
	m.account = slices.DeleteFunc(m.account, func(a AccountQuarter) bool {
		if !m.brokenAccount.has(a.Year) {
			m.fates[Account].Count(rows.Settled, 0)
			return false
		}
		m.fates[Account].Count(rows.Rejected, 0)
		m.reject(Account, IncompleteAccount, becauseAccountPart, a.Year, a.Place, a)
		return true
	})
}

// checkAccount finds the first code that applies to a quarter.
func (m *matcher) checkAccount(a *AccountQuarter) (Code, Reason) {
	switch {
	case m.affiliate == nil:
		return m.stranger, m.strange
	case a.Category == UnknownCategory:
		return UnknownCategoryCode, becauseCategory
	case a.Standing == UnknownStanding:
		return UnknownStandingCode, becauseStanding
	}
	// A year without parameters can't be settled, but its account still says what is owed.
	year, err := m.parameters.Law.Year(int(a.Year))
	if err != nil {
		return Accepted, ""
	}
	if year.Schedule(a.Category, int(a.Quarter), 0) == nil {
		return CategoryNotInForce, becauseCategoryNotYet
	}
	if instead, said := m.parameters.Law.Category(a.IfMain.String()); said && year.Schedule(instead, int(a.Quarter), 0) == nil {
		return CategoryNotInForce, becauseIfMainNotYet
	}
	return Accepted, ""
}

// checkCalendar finds the first code that applies to every communication of the year, whatever the account has of it.
func (m *matcher) checkCalendar(c *Case, year int16) (Code, Reason) {
	if m.affiliate == nil {
		return m.stranger, m.strange
	}
	if int(year) >= m.parameters.AsOf.Year() {
		return NotYetOver, becauseNotOver
	}
	if Barred(int(year), m.parameters.AsOf) && !interrupted(c, year) {
		return TimeBarred, becauseBarred
	}
	if _, err := m.parameters.Law.Year(int(year)); err != nil {
		return YearNotSupported, becauseNoLaw
	}
	if _, known := m.parameters.Fees[int(year)]; !known {
		return YearNotSupported, becauseNoFee
	}
	return Accepted, ""
}

func (m *matcher) matchInterruptions(list []Interruption) {
	for i := range list {
		if m.affiliate != nil {
			m.fates[Interruptions].Count(rows.Settled, 0)
			continue
		}
		m.fates[Interruptions].Count(rows.Rejected, 0)
		m.reject(Interruptions, m.stranger, m.strange, list[i].Year, list[i].Place, list[i])
	}
}

// matchYears lists the years that the account knows whole.
func (m *matcher) matchYears(c *Case) {
	slices.SortFunc(c.PriorYears, comparePriorYears)
	for i := range m.matched.Withdrawn {
		w := &m.matched.Withdrawn[i]
		w.Again = countsAgain(versionsOf(c.PriorYears, w.Year), w.NotifiedOn)
	}
	defer m.matchForgotten(c)
	m.movements.ordering = m.parameters.Ordering
	if m.affiliate == nil {
		if len(c.PriorYears) > 0 {
			slices.SortFunc(c.Payments, comparePayments)
			m.movements.of(c, m.parameters.AsOf)
		}
		return
	}
	moved := m.movements.of(c, m.parameters.AsOf)
	defer m.matchOrphans(moved)
	defer m.matchHeld()
	m.matchPending(c)
	for rest := m.account; len(rest) > 0; {
		year := rest[0].Year
		quarters := run(rest, func(a *AccountQuarter) bool { return a.Year == year })
		rest = rest[len(quarters):]
		if m.broken.has(year) {
			continue
		}
		versions := versionsOf(c.PriorYears, year)
		before := prior(versions, c.PriorQuarters)
		if lost := before.lost(quarters); lost != 0 {
			m.broken.add(year)
			m.lost = append(m.lost, lostQuarter{year, lost})
			continue
		}
		payments := yearOf(moved, int(year))
		if !sumInRange(payments) {
			m.broken.add(year)
			continue
		}
		m.matched.Years = append(m.matched.Years, MatchedYear{
			Year:          int(year),
			Quarters:      quarters,
			Payments:      payments,
			Prior:         before,
			Versions:      versions,
			PriorQuarters: c.PriorQuarters,
			Interrupted:   interrupted(c, year),
			YearLedger:    m.movements.ledger(year),
		})
	}
}

// matchForgotten finds the years with transfers of earlier batches that nobody has seen, where tonight's rows say nothing certain of the year:
// the register does not have the affiliate, or the year waits. Rows that are rejected count for nothing, but a booking among them is seen.
func (m *matcher) matchForgotten(c *Case) {
	for rest := c.PriorYears; len(rest) > 0; {
		year := rest[0].Year
		versions := run(rest, func(p *PriorYear) bool { return p.Year == year })
		rest = rest[len(versions):]
		if m.year(year) != nil || slices.ContainsFunc(m.matched.Orphans, func(o Orphan) bool { return o.Year == int(year) }) {
			continue
		}
		if l := m.movements.ledger(year); l.Unseen > 0 {
			m.matched.Forgotten = append(m.matched.Forgotten, Balance{NISS: c.NISS, Dossier: versions[len(versions)-1].Dossier,
				Year: int(year), Refunded: l.Refunded, Unseen: l.Unseen, UnseenSince: l.UnseenSince})
		}
	}
}

// comparePriorYears orders by year and version.
func comparePriorYears(a, b PriorYear) int {
	return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Version, b.Version), cmp.Compare(a.Batch, b.Batch))
}

// lostQuarter is a quarter of a year that an earlier batch settled and the account has no more.
type lostQuarter struct {
	year    int16
	quarter int
}

// whyBroken says why the year waits.
func (m *matcher) whyBroken(year int16) Reason {
	for _, l := range m.lost {
		if l.year == year {
			return becauseQuarterLost[l.quarter-1]
		}
	}
	return becauseAccountPart
}

// year finds a year of the affiliate; nil when the account does not know it whole.
func (m *matcher) year(year int16) *MatchedYear {
	for i := range m.matched.Years {
		if m.matched.Years[i].Year == int(year) {
			return &m.matched.Years[i]
		}
	}
	return nil
}
