package outgoing

import (
	"context"

	"regul/pipeline"
	"regul/writers/payments"
)

// writePayments writes the payment files, in the order of national numbers.
func (p *Post) writePayments(ctx context.Context) (payments.Totals, error) {
	asOf := p.Parameters.AsOf
	w, err := payments.NewWriter(payments.Settings{
		Fund: p.Outgoing.Fund, Batch: p.Batch, AsOf: asOf, DueDate: pipeline.DueDate(asOf), Create: p.Build.Create,
	})
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
	return w.Close()
}
