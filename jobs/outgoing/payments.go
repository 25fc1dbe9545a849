package outgoing

import (
	"context"

	"regul/jobs/batch"
	"regul/pipeline"
	"regul/writers/payments"
)

// writePayments writes the payment files, in the order of national numbers.
func (p *Post) writePayments(ctx context.Context) (payments.Totals, error) {
	asOf := p.Parameters.AsOf
	s := payments.Settings{Fund: p.Outgoing.Fund, Batch: p.Batch, AsOf: asOf, Create: p.Build.Create, Index: p.Outgoing.Index, Limits: p.Outgoing.Limits}
	if s.Index == payments.PeopleIndex {
		s.DueDate = pipeline.DueDate(asOf) // of all their claims; companies have days of their own
	}
	w, err := payments.NewWriter(s)
	if err != nil {
		return payments.Totals{}, err
	}
	for settled, err := range p.Outbox.settlements(p.Outbox.inNumberOrder()) {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = w.Settlement(settled)
		}
		if err != nil {
			w.Close() // its files are not those of a batch
			return payments.Totals{}, err
		}
	}
	totals, err := w.Close()
	for reason, name := range payments.Reasons() {
		if sum := w.Held(payments.Reason(reason)); sum.Count > 0 {
			p.Held = append(p.Held, batch.HeldTransfers{Reason: name, Count: sum.Count, Amount: sum.Amount})
		}
	}
	return totals, err
}
