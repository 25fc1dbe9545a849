package ledger

import (
	"slices"
	"strings"

	"regul/jobs/batch"
	"regul/pipeline/money"
	"regul/writers/payments"
)

// heldRefund names a refund that a batch held. The dossier keeps when the national number changes.
type heldRefund struct {
	Batch, Whose string
	Year         int64
	Amount       money.Cents
}

// holdsRefunds says whether a refund of the people is held that no later batch has sent.
func (l *History) holdsRefunds() (bool, error) {
	held := map[heldRefund]int{}
	for _, m := range l.Batches {
		if err := l.countHeld(m, held); err != nil {
			return false, err
		}
	}
	return len(held) > 0, nil
}

// countHeld counts the refunds that a batch held, and takes those off that it sent.
func (l *History) countHeld(m *batch.Manifest, held map[heldRefund]int) error {
	index := payments.PeopleIndex
	type row struct {
		heldRefund
		kind, reason string
	}
	fields := batch.Fields[row]{
		batch.TextField("dossier", func(r *row) *string { return &r.Whose }),
		batch.WholeField("contribution_year", func(r *row) *int64 { return &r.Year }),
		batch.AmountField("amount", func(r *row) *money.Cents { return &r.Amount }),
		batch.TextField("kind", func(r *row) *string { return &r.kind }),
		batch.TextField("reason", func(r *row) *string { return &r.reason }),
	}
	if len(m.Held) > 0 {
		err := fields.Each(l.Storage, m, m.File(index.File), func(r *row) error {
			if r.kind == payments.Refund.String() && m.WaitsFor(r.reason) != nil {
				r.Batch, r.Whose = m.Batch, strings.TrimLeft(r.Whose, "0")
				held[r.heldRefund]++
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	fields = append(slices.Clone(fields), batch.TextField("held_in", func(r *row) *string { return &r.Batch }))
	return fields.Each(l.Storage, m, m.File(index.Freed), func(r *row) error {
		r.Whose = strings.TrimLeft(r.Whose, "0")
		if held[r.heldRefund]--; held[r.heldRefund] <= 0 {
			delete(held, r.heldRefund)
		}
		return nil
	})
}
