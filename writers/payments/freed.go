package payments

import (
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/fund"
)

// CanFree says whether a refund that an earlier batch held leaves in a batch that sends so much already, in cents: nothing holds it by
// now, and the register of today has an account for it. What a limit of the night held waits for a higher one: it does not go because a
// night passed.
func CanFree(f *fund.Fund, l *Limits, a *pipeline.Party, t *pipeline.FreedTransfer, sent money.Cents) bool {
	raised := l.Night == 0 || t.Limit > 0 && l.Night > t.Limit
	return RefundStatus(f, a, t.Amount) == Sent && l.hold(t.Amount, sent) == NoReason && (Reason(t.Held) != AboveNight || raised)
}

// Free sends what earlier batches held of an affiliate, as far as it can leave. It comes after every Settlement, in the same order: what
// the batch itself orders goes first. The first error stays.
func (w *Writer) Free(s *pipeline.Settlement) error {
	for i := range s.Freed {
		t := &s.Freed[i]
		if w.err != nil || !CanFree(w.settings.Fund, &w.settings.Limits, s.Party, t, w.sent) {
			continue
		}
		if w.freed == nil {
			if w.freed, w.err = w.settings.Index.startFreed(w.settings.Create); w.err != nil {
				return w.err
			}
		}
		r := row{party: s.Party, year: t.Year, kind: Refund, amount: t.Amount, surcharge: t.Surcharge, status: Sent, reason: Reason(t.Held),
			holder: t.Holder, reference: referenceOf(s.Party.Dossier, t.Year), dueOn: w.sender.executeOn, target: TargetOf(Refund, s.Party)}
		if w.err = w.files[Refund].add(&r); w.err == nil {
			w.err = w.freed.add(&r)
		}
		w.sent += t.Amount
		w.freeing[t.Held].add(t.Amount)
	}
	return w.err
}

// Freed is what earlier batches held for a reason and this one sends.
func (w *Writer) Freed(r Reason) Sum { return w.freeing[r] }
