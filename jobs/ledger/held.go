package ledger

import (
	"slices"
	"strings"

	"regul/jobs/batch"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/payments"
)

// heldRefund names a refund that a batch held. The dossier keeps when the national number changes.
type heldRefund struct {
	Batch, Whose string
	Year         int64
	Amount       money.Cents
}

// heldRefunds are the national numbers, as they were then, of the people of whom a refund is held that no later batch has sent.
func (l *History) heldRefunds() (map[pipeline.NISS]bool, error) {
	held := map[heldRefund][]pipeline.NISS{}
	for _, m := range l.Batches {
		if err := l.countHeld(m, held); err != nil {
			return nil, err
		}
	}
	whose := map[pipeline.NISS]bool{}
	for _, numbers := range held {
		for _, n := range numbers {
			whose[n] = true
		}
	}
	return whose, nil
}

// countHeld counts the refunds that a batch held, by whose they are, and takes those off that it sent.
func (l *History) countHeld(m *batch.Manifest, held map[heldRefund][]pipeline.NISS) error {
	index := payments.PeopleIndex
	type row struct {
		heldRefund
		number       pipeline.NISS
		kind, reason string
	}
	fields := batch.Fields[row]{
		batch.NISSField(func(r *row) *pipeline.NISS { return &r.number }),
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
				held[r.heldRefund] = append(held[r.heldRefund], r.number)
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
		if left := len(held[r.heldRefund]) - 1; left > 0 {
			held[r.heldRefund] = held[r.heldRefund][:left]
		} else {
			delete(held, r.heldRefund)
		}
		return nil
	})
}
