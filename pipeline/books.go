package pipeline

import (
	"slices"

	"regul/pipeline/money"
)

// Books are the movements of a party for a subject that settles by other rules than those of the self-employed: see movements. Their
// memory is used again.
type Books struct {
	movements movements
	received  []Payment
	pending   []PriorTransfer
	freed     []FreedTransfer
}

// Open takes the payments, the orders and the confirmations of a party. What the books say is valid until the next call.
func (b *Books) Open(c *Case, p *Parameters) {
	slices.SortFunc(c.Payments, comparePayments)
	slices.SortFunc(c.PriorYears, comparePriorYears)
	b.movements.ordering = p.Ordering
	moved := b.movements.of(c, p.AsOf)
	b.received = b.received[:0]
	if len(b.movements.orders) == 0 {
		b.received = append(b.received, moved...)
	} else {
		for i, left := range b.movements.left {
			p := &b.movements.payments[i]
			if p.Purpose == PurposeReturned && left > 0 {
				continue // what the fund gave back is with it again: nobody paid it
			}
			b.received = append(b.received, Payment{Year: p.Year, PaidOn: p.PaidOn, Amount: left})
		}
		b.received = append(b.received, b.movements.claims...)
	}
	b.received = slices.DeleteFunc(b.received, func(p Payment) bool { return p.Amount == 0 })
	slices.SortFunc(b.received, comparePayments)
	b.pending = appendPending(b.pending[:0], c, p.AsOf)
}

// Received is what came in on a year, by day, without what only books an order.
func (b *Books) Received(year int16) []Payment { return yearOf(b.received, int(year)) }

// Of is what earlier batches ordered of a year, and what of it nobody has seen.
func (b *Books) Of(year int16) YearLedger { return b.movements.ledger(year) }

// Pending are the collections that the bank still has to make.
func (b *Books) Pending() []PriorTransfer { return b.pending }

// Freed are the refunds of a year that earlier batches held and that may leave by now, where so much of what was called is not paid, in
// cents.
func (b *Books) Freed(year int16, owed money.Cents) []FreedTransfer {
	b.freed = b.freed[:0]
	for i := range b.movements.orders {
		if o := &b.movements.orders[i]; o.year == year && o.waits() && owed <= b.movements.askedAfter(i) {
			b.freed = append(b.freed, o.freedTransfer())
		}
	}
	return b.freed
}
