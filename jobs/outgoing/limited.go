package outgoing

import (
	"context"

	"regul/pipeline"
	"regul/writers/payments"
)

// limited are the refunds that a limit of the fund holds: their letters promise no day.
type limited map[limitedYear]bool

type limitedYear struct {
	number int64
	year   int
}

// limited finds the refunds that the limits hold, before the letters are printed: all refunds of the batch in the order of the payment
// files. Where there is no limit nothing is read.
func (o *Outbox) limited(ctx context.Context, sending payments.Sending) (limited, error) {
	if sending.Limits == (payments.Limits{}) {
		return nil, nil
	}
	found := limited{}
	for s, err := range o.settlements(o.items(func(o *item) bool { return o.refunds && !o.copied })) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		for i := range s.Years {
			if y := &s.Years[i]; y.Payout() > 0 && sending.Holds(s.Party, y.Payout()) {
				found[limitedYear{s.Party.Number, y.Year}] = true
			}
		}
	}
	return found, nil
}

// mark says of each refund of a settlement whether a limit holds it.
func (l limited) mark(s *pipeline.Settlement) {
	for i := range s.Years {
		s.Years[i].Limited = l[limitedYear{s.Party.Number, s.Years[i].Year}]
	}
}
