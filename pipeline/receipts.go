package pipeline

import (
	"cmp"
	"context"
	"slices"

	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// Receipt is what came in from an affiliate in a calendar year, for any contribution year. Amounts are cents.
type Receipt struct {
	NISS       NISS
	Dossier    Dossier
	Year       int         // the calendar year
	Payments   int64       // rows that count
	Received   money.Cents // contributions
	Returned   money.Cents // reversals, and refunds that left less those that came back
	Surcharges money.Cents // not contributions
	Status     ReceiptStatus
}

// Deductible is the contributions that were paid in the year; below 0 where more came back than was paid.
func (r *Receipt) Deductible() money.Cents { return r.Received - r.Returned }

// ReceiptStatus is whether a receipt can be certified.
type ReceiptStatus uint8

// The states of a receipt.
const (
	Certified ReceiptStatus = iota
	// a row of the payments was rejected, or two rows of one identifier differ, also of two people: a sum would be wrong
	PaymentsFaulty
	NotInRegister // nobody knows whose it is
	receiptStatuses
)

// ReceiptStatuses lists the codes of the states.
func ReceiptStatuses() []string { return []string{"certified", "payments_faulty", "unknown_affiliate"} }

// OpenReceipts opens what takes the receipts of a shard, each with its party, and says what closes it.
type OpenReceipts func(shard int) (visit func(*Receipt, *Party), closing func() error, err error)

// Receipts goes through the receipts of a calendar year, shard by shard on so many workers. open gives what takes those of a shard, by
// national number, and what closes it. Whoever paid nothing in the year and has no faulty payment is left out. The party is nil where the
// register does not have one.
func Receipts(ctx context.Context, plan *rows.Plan, year, workers int, open OpenReceipts) error {
	return eachShard(ctx, plan, workers, func() *struct{} { return nil }, func(_ *struct{}, shard *rows.Shard) error {
		visit, closing, err := open(shard.Number)
		if err != nil {
			return err
		}
		eachCase(shard, func(c *Case) {
			r, any := receiptOf(c, year)
			switch {
			case any && len(c.Affiliates) > 0:
				party := c.Affiliates[0].Party()
				visit(&r, &party)
			case any:
				visit(&r, nil)
			}
		})
		return closing()
	})
}

func receiptOf(c *Case, year int) (r Receipt, any bool) {
	r = Receipt{NISS: c.NISS, Year: year}
	if len(c.Affiliates) > 0 {
		r.Dossier = c.Affiliates[0].Dossier
	} else {
		r.Status = NotInRegister
	}
	if slices.ContainsFunc(c.Flaws, func(f Flaw) bool { return f.Input == Payments }) {
		r.Status, any = PaymentsFaulty, true
	}
	if c.sharesPayments() {
		r.Status, any = PaymentsFaulty, true
	}
	first, last := DateOf(year, 1, 1), DateOf(year, 12, 31)
	slices.SortFunc(c.Payments, func(a, b Payment) int {
		return cmp.Or(cmp.Compare(a.Identifier, b.Identifier), cmp.Compare(a.PaidOn, b.PaidOn), rows.ComparePlaces(a.Place, b.Place))
	})
	for i := range c.Payments {
		p := &c.Payments[i]
		if i > 0 && p.Identifier != "" && p.Identifier == c.Payments[i-1].Identifier {
			if !sameMovement(p, &c.Payments[i-1]) {
				r.Status, any = PaymentsFaulty, true
			}
			continue
		}
		if p.PaidOn >= first && p.PaidOn <= last {
			r.add(p)
			any = true
		}
	}
	return r, any
}

// sameMovement says whether two rows of one identifier tell the same.
func sameMovement(a, b *Payment) bool {
	return a.Year == b.Year && a.Quarter == b.Quarter && a.PaidOn == b.PaidOn && a.Amount == b.Amount && a.PaymentAdded == b.PaymentAdded
}

// add adds a payment by its purpose. Without one, a negative amount is a reversal or a refund.
func (r *Receipt) add(p *Payment) {
	r.Payments++
	switch {
	case p.Purpose == PurposeSurcharge:
		r.Surcharges += p.Amount
	case p.Purpose == PurposeRefund: // with any sign: it left
		r.Returned += max(p.Amount, -p.Amount)
	case p.Purpose == PurposeReturned && p.Amount > 0: // a refund that came back to the fund
		r.Returned -= p.Amount
	case p.Amount < 0:
		r.Returned -= p.Amount
	default:
		r.Received += p.Amount
	}
}
