package pipeline

import (
	"cmp"
	"slices"
	"strings"

	"regul/pipeline/money"
	"regul/pipeline/rows"
)

func (m *matcher) matchPayments(c *Case) {
	if c.sharesPayments() {
		m.rejectShared(c)
	}
	if m.affiliate == nil {
		for i := range c.Payments {
			m.rejectPayment(&c.Payments[i], m.stranger, m.strange)
		}
		return
	}
	if slices.ContainsFunc(c.Payments, func(p Payment) bool { return p.Identifier != "" }) {
		c.Payments = siftPayments(c.Payments, func(*Payment) { m.fates[Payments].Count(rows.Repeated, 0) },
			func(p *Payment) {
				m.rejectPayment(p, Duplicate, becausePaymentConflict)
				m.broken.add(p.Year)
			})
	}
	slices.SortFunc(c.Payments, comparePayments)
	m.fates[Payments][rows.Settled].Rows += int64(len(c.Payments))
}

// rejectShared rejects the payments whose identifier a payment of another national number has too: nobody knows whose movement it is.
func (m *matcher) rejectShared(c *Case) {
	c.Payments = slices.DeleteFunc(c.Payments, func(p Payment) bool {
		if !c.sharesPayment(&p) {
			return false
		}
		m.rejectPayment(&p, Duplicate, becausePaymentShared)
		m.broken.add(p.Year)
		return true
	})
}

func (m *matcher) rejectPayment(p *Payment, code Code, reason Reason) {
	m.fates[Payments].Count(rows.Rejected, 0)
	row := *p
	row.Identifier, row.EndToEnd = strings.Clone(row.Identifier), strings.Clone(row.EndToEnd) // they outlive the shard
	m.reject(Payments, code, reason, row.Year, row.Place, row)
}

// siftPayments lets a payment that came twice count once. Of two that share an identifier and differ, nobody knows which one is right:
// neither counts.
func siftPayments(list []Payment, repeated, conflicting func(*Payment)) []Payment {
	slices.SortFunc(list, func(a, b Payment) int {
		return cmp.Or(strings.Compare(a.Identifier, b.Identifier), comparePayments(a, b), cmp.Compare(a.Quarter, b.Quarter),
			rows.ComparePlaces(a.Place, b.Place))
	})
	nameless := len(run(list, func(p *Payment) bool { return p.Identifier == "" }))
	same := func(a, b *Payment) bool {
		x, y := *a, *b
		x.Place, y.Place = rows.Place{}, rows.Place{}
		return x == y
	}
	named := dedupe(list[nameless:], func(a, b *Payment) bool { return a.Identifier == b.Identifier }, same, repeated, conflicting)
	return list[:nameless+len(named)]
}

// matchPending lists the collections of earlier batches that the bank still has to make, by the day on which it will.
func (m *matcher) matchPending(c *Case) {
	m.matched.Pending = appendPending(m.matched.Pending, c, m.parameters.AsOf)
}

// appendPending appends the collections of earlier batches that the bank still has to make after a day, by the day on which it will.
func appendPending(pending []PriorTransfer, c *Case, asOf Date) []PriorTransfer {
	for i := range c.Transfers {
		t := &c.Transfers[i]
		if t.Leaves || !t.Sent || t.DueOn <= asOf {
			continue
		}
		void := slices.ContainsFunc(c.Transfers, func(o PriorTransfer) bool { return o.Void && o.EndToEnd == t.EndToEnd })
		seen := slices.ContainsFunc(c.Payments, func(p Payment) bool { return p.EndToEnd == t.EndToEnd })
		if !void && !seen && !decided(c.Confirmations, t.EndToEnd) {
			pending = append(pending, *t)
		}
	}
	slices.SortFunc(pending, func(a, b PriorTransfer) int {
		return cmp.Or(cmp.Compare(a.DueOn, b.DueOn), strings.Compare(a.EndToEnd, b.EndToEnd))
	})
	return pending
}

// matchOrphans lists the years with money that the account does not have. A year that waits has an account.
func (m *matcher) matchOrphans(moved []Payment) {
	for len(moved) > 0 {
		year := moved[0].Year
		payments := run(moved, func(p *Payment) bool { return p.Year == year })
		moved = moved[len(payments):]
		if m.year(year) == nil && !m.broken.has(year) {
			m.matched.Orphans = append(m.matched.Orphans, Orphan{int(year), payments, m.movements.ledger(year)})
		}
	}
}

// yearOf is the part of payments, sorted by year, that lies in the year.
func yearOf(payments []Payment, year int) []Payment {
	start, _ := slices.BinarySearchFunc(payments, year, func(p Payment, y int) int { return cmp.Compare(int(p.Year), y) })
	return run(payments[start:], func(p *Payment) bool { return int(p.Year) == year })
}

// movedOn adds up the payments of a year among those of several, in cents.
func movedOn(payments []Payment, year int16) money.Cents {
	var sum money.Cents
	for i := range payments {
		if payments[i].Year == year {
			sum += payments[i].Amount
		}
	}
	return sum
}

// sumInRange says whether every running sum of the payments stays within the limit.
func sumInRange(payments []Payment) bool {
	var total money.Cents
	for i := range payments {
		total += payments[i].Amount
		if !InRange(total) {
			return false
		}
	}
	return true
}
