package jobs

import (
	"context"

	"regul/pipeline"
	"regul/writers/payments"
)

// writePayments writes the payment files, in the order of national numbers.
func (p *post) writePayments(ctx context.Context) (payments.Totals, error) {
	asOf := p.parameters.AsOf
	w, err := payments.NewWriter(payments.Settings{
		Fund: p.outgoing.Fund, Batch: p.batch, AsOf: asOf, DueDate: pipeline.DueDate(asOf), Create: p.build.Create,
	})
	if err != nil {
		return payments.Totals{}, err
	}
	for settled, err := range p.outbox.settlements(p.outbox.inNumberOrder()) {
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
