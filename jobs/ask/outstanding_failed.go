package ask

import (
	"cmp"
	"slices"

	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/payments"
)

// The kinds of what the bank did not do, as the confirmations of the batches say.
const (
	refundFailed     = "refund_failed"     // a refund that the bank rejected or returned, as far as the year is still in credit
	collectionFailed = "collection_failed" // a collection that it rejected or returned, as far as the year is still open
)

// failure is a transaction that the bank rejected or returned. Amount in EUR, 0 until the index is read: the whole.
type failure struct {
	Order
	kind  string
	since pipeline.Date
}

// failures are the transactions that the bank rejected or returned, by the year and by their name.
type failures struct {
	of    map[partyYear][]*failure
	named map[string]*failure
}

// failuresOf reads what the bank said until a day, from the batches that count.
func failuresOf(history *ledger.History, on pipeline.Date) (f failures, err error) {
	f = failures{map[partyYear][]*failure{}, map[string]*failure{}}
	err = history.EachSaid(func(_ *batch.Manifest, w *ledger.Transfer) error {
		status := pipeline.ConfirmationStatus(max(0, slices.Index(pipeline.ConfirmationStatuses(), w.Status)))
		if !status.Failed() || w.On > on {
			return nil
		}
		of := f.named[w.Transaction]
		if of == nil {
			of = &failure{kind: collectionFailed, since: w.On, Order: Order{EndToEnd: w.Transaction}}
			if w.Kind == payments.Refund.String() {
				of.kind = refundFailed
			}
			f.named[w.Transaction] = of
			year := partyYear{w.Number, w.Year}
			f.of[year] = append(f.of[year], of)
		}
		of.Status, of.since, of.Amount = w.Status, min(of.since, w.On), max(of.Amount, w.Amount)
		return nil
	})
	if err != nil || len(f.named) == 0 {
		return f, err
	}
	// the payment indexes say which batch ordered each, and the amount of those of which the bank named none
	return f, history.EachTransfer(func(m *batch.Manifest, t *ledger.Transfer) error {
		if of := f.named[t.Transaction]; of != nil {
			of.Batch, of.Amount = m.Batch, cmp.Or(of.Amount, t.Amount)
		}
		return nil
	})
}

// takeFailures adds what the bank did not do of a balance's year, as far as it still leaves something to do.
func (f *finding) takeFailures(b *pipeline.Balance) {
	year := partyYear{b.NISS, int32(b.Year)}
	for _, of := range []struct {
		kind string
		left money.Cents
	}{{refundFailed, b.Credit}, {collectionFailed, b.Open}} {
		m := found{partyYear: year, dossier: b.Dossier, kind: kindOf(of.kind), since: unknown}
		var orders []Order
		for _, failed := range f.failed.of[year] {
			if failed.kind == of.kind {
				m.amount += failed.Amount
				orders = append(orders, failed.Order)
				if m.since == unknown || failed.since < m.since {
					m.since = failed.since
				}
			}
		}
		if m.amount = min(m.amount, of.left); m.amount > 0 {
			f.with(orders, m)
		}
	}
}
