package outgoing

import (
	"context"
	"slices"

	"regul/jobs/batch"
	"regul/pipeline"
	"regul/writers/payments"
)

// writePayments writes the payment files, in the order of national numbers.
func (p *Post) writePayments(ctx context.Context) (payments.Totals, error) {
	asOf := p.Parameters.AsOf
	s := payments.Settings{Fund: p.Outgoing.Fund, Batch: p.Batch, AsOf: asOf, Create: p.Build.Create, Index: p.Outgoing.Index,
		Limits: p.Outgoing.Limits}
	if s.Index == payments.PeopleIndex {
		s.DueDate = pipeline.DueDate(asOf) // of all their claims; companies have other days
	}
	w, err := payments.NewWriter(s)
	if err != nil {
		return payments.Totals{}, err
	}
	list := p.Outbox.inNumberOrder()
	for _, pass := range []struct {
		list []item
		take func(*pipeline.Settlement) error
	}{{list, w.Settlement}, {thatFree(list), w.Free}} {
		for settled, err := range p.Outbox.settlements(pass.list) {
			if err == nil {
				err = ctx.Err()
			}
			if err == nil {
				err = pass.take(settled)
			}
			if err != nil {
				w.Close() // its files are not those of a batch
				return payments.Totals{}, err
			}
		}
	}
	totals, err := w.Close()
	for at, name := range payments.Reasons() {
		reason := payments.Reason(at)
		if sum := w.Held(reason); sum.Count > 0 {
			p.Held = append(p.Held, batch.HeldTransfers{Reason: name, Count: sum.Count, Amount: sum.Amount, Limit: s.Limits.Of(reason),
				Waits: true})
		}
		if sum := w.Freed(reason); sum.Count > 0 {
			p.Freed = append(p.Freed, batch.HeldTransfers{Reason: name, Count: sum.Count, Amount: sum.Amount})
		}
	}
	return totals, err
}

// Frees says whether a night that sends nothing else sends something that an earlier batch held. Every shard is settled.
func (o *Options) Frees(outbox *Outbox) (bool, error) {
	if !o.Payments {
		return false, nil
	}
	for settled, err := range outbox.settlements(thatFree(outbox.Items)) {
		if err != nil {
			return false, err
		}
		if o.FreesOf(settled) {
			return true, nil
		}
	}
	return false, nil
}

// FreesOf says whether a night sends something of a settlement that an earlier batch held, and nothing else.
func (o *Options) FreesOf(s *pipeline.Settlement) bool {
	return o.Payments && slices.ContainsFunc(s.Freed, func(f pipeline.FreedTransfer) bool {
		return payments.CanFree(o.Fund, &o.Limits, s.Party, &f, 0)
	})
}
