package pipeline

import (
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
	Payments   int64       // rows
	Received   money.Cents // contributions
	Returned   money.Cents // reversals, and refunds that left less those that came back
	Surcharges money.Cents // paid, less those that were given back: not contributions
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
	NotInRegister   // nobody knows whose it is
	PaymentsUnclear // a payment may be the booking of a refund with the wrong sign, or that refund which came back
	receiptStatuses
)

// ReceiptStatuses lists the codes of the states.
func ReceiptStatuses() []string {
	return []string{"certified", "payments_faulty", "unknown_affiliate", "payments_unclear"}
}

// OpenReceipts opens what takes the receipts of a shard, each with its party, and says what closes it.
type OpenReceipts func(shard int) (visit func(*Receipt, *Party), closing func() error, err error)

// Receipts goes through the receipts of a calendar year as they are on a day, shard by shard on so many workers. open gives what takes
// those of a shard, by national number, and what closes it. Whoever paid nothing in the year, was refunded nothing and has no faulty payment is
// left out. The party is nil where the register does not have one.
func Receipts(ctx context.Context, plan *rows.Plan, year int, on Date, workers int, open OpenReceipts) error {
	return eachShard(ctx, plan, workers, func() *movements { return &movements{} }, func(v *movements, shard *rows.Shard) error {
		visit, closing, err := open(shard.Number)
		if err != nil {
			return err
		}
		eachCase(shard, func(c *Case) {
			r, any := receiptOf(c, v, year, on)
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

// receiptOf adds up the movements of a calendar year, see movements: a refund left on the day of the batch that ordered it, whenever it is
// booked (see left for those that no payment file has), and an offset between two years neither comes in nor leaves.
func receiptOf(c *Case, v *movements, year int, on Date) (r Receipt, any bool) {
	r = Receipt{NISS: c.NISS, Year: year}
	if len(c.Affiliates) > 0 {
		r.Dossier = c.Affiliates[0].Dossier
	} else {
		r.Status = NotInRegister
	}
	moved, faulty := v.sifted(c, on)
	if faulty || slices.ContainsFunc(c.Flaws, func(f Flaw) bool { return f.Input == Payments }) {
		r.Status, any = PaymentsFaulty, true
	}
	for i := range c.Payments {
		if c.Payments[i].PaidOn.Year() == year {
			r.Payments++
		}
	}
	for i := range moved {
		if p := &moved[i]; p.PaidOn.Year() == year {
			r.add(p)
		}
	}
	for i := range v.orders {
		if refund, back, left := v.orders[i].left(); refund+back > 0 && left.Year() == year {
			r.Returned += refund
			r.Surcharges -= back
			any = true
		}
	}
	for i := range v.surcharges {
		if p := &v.surcharges[i]; p.PaidOn.Year() == year {
			r.Surcharges += p.Amount
		}
	}
	if r.Status == Certified && slices.ContainsFunc(v.unclear, func(p Payment) bool { return p.PaidOn.Year() == year }) {
		r.Status = PaymentsUnclear
	}
	return r, any || r.Payments > 0
}

// sifted finds the movements of a case whose rows no stage has seen. faulty: of some payments nobody knows whose they are, or which of two
// is right.
func (v *movements) sifted(c *Case, on Date) (moved []Payment, faulty bool) {
	faulty = c.sharesPayments()
	c.Payments = siftPayments(c.Payments, func(*Payment) {}, func(*Payment) { faulty = true })
	slices.SortFunc(c.Payments, comparePayments)
	slices.SortFunc(c.PriorYears, comparePriorYears)
	return v.of(c, on), faulty
}

// add adds a movement by its purpose. Without one, a negative amount is a reversal.
func (r *Receipt) add(p *Payment) {
	switch {
	case p.Purpose == PurposeSurcharge, p.Purpose == purposeOrdered:
	case p.Purpose == PurposeRefund, p.Purpose == PurposeReturned && p.Amount > 0, p.Amount < 0:
		r.Returned -= p.Amount
	default:
		r.Received += p.Amount
	}
}
