package outgoing

import (
	"context"
	"iter"
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
	for _, pass := range []struct {
		items iter.Seq2[*item, error]
		take  func(*pipeline.Settlement) error
	}{{p.Outbox.items(isNoCopy), w.Settlement}, {p.Outbox.thatFree(), w.Free}} {
		for settled, err := range p.Outbox.settlements(pass.items) {
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
	for settled, err := range outbox.settlements(outbox.thatFree()) {
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

func isNoCopy(o *item) bool { return !o.copied }

// thatFree are the items of whom something may leave that was held.
func (o *Outbox) thatFree() iter.Seq2[*item, error] {
	if !o.counts.frees {
		return each(nil)
	}
	return o.items(func(o *item) bool { return o.frees && !o.copied })
}
