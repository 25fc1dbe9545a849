package jobs

import (
	"context"

	"regul/pipeline"
	"regul/writers/payments"
)

// writePayments writes the payment files, in the order of national numbers.
func (s *settling) writePayments(ctx context.Context) error {
	p := &s.options.Parameters
	w, err := payments.NewWriter(payments.Settings{
		Fund: s.options.Outgoing.Fund, Batch: s.batch, AsOf: p.AsOf, DueDate: pipeline.DueDate(p.AsOf), Create: s.build.Create,
	})
	if err != nil {
		return err
	}
	for settled, err := range s.outbox.settlements(s.outbox.inNumberOrder()) {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = w.Settlement(settled)
		}
		if err != nil {
			w.Close() // its files are not those of a batch
			return err
		}
	}
	s.sent, err = w.Close()
	return err
}
