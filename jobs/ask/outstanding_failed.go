package ask

import (
	"cmp"
	"slices"

	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/jobs/storage"
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
	since string
}

// failures are the transactions that the bank rejected or returned, by the affiliate's year.
type failures map[partyYear][]*failure

// bankWord is what the bank said of a transfer.
type bankWord struct {
	transfer
	on pipeline.Date
}

func bankFields(about *batch.About) batch.Fields[bankWord] {
	return batch.Fields[bankWord]{
		batch.TextField(about.Number, func(w *bankWord) *string { return &w.number }),
		batch.WholeField("contribution_year", func(w *bankWord) *int64 { return &w.year }),
		batch.TextField("kind", func(w *bankWord) *string { return &w.kind }),
		batch.TextField("transaction", func(w *bankWord) *string { return &w.transaction }),
		batch.TextField("status", func(w *bankWord) *string { return &w.status }),
		batch.DayField("confirmed_on", func(w *bankWord) *pipeline.Date { return &w.on }),
		batch.AmountField("amount", func(w *bankWord) *money.Cents { return &w.amount }),
	}
}

// failuresOf reads what the bank said until a day, from the batches that count.
func failuresOf(about *batch.About, history *ledger.History, store storage.Storage, asOf string) (failures, error) {
	found, named := failures{}, map[string]*failure{}
	for _, m := range history.Batches {
		err := bankFields(about).Each(store, m, m.File(about.Money.Confirmations), func(w *bankWord) error {
			status := pipeline.ConfirmationStatus(max(0, slices.Index(pipeline.ConfirmationStatuses(), w.status)))
			since := w.on.String()
			if !status.Failed() || since > asOf {
				return nil
			}
			f := named[w.transaction]
			if f == nil {
				f = &failure{kind: collectionFailed, since: since, Order: Order{EndToEnd: w.transaction}}
				if w.kind == payments.Refund.String() {
					f.kind = refundFailed
				}
				named[w.transaction] = f
				of := partyYear{w.number, w.year}
				found[of] = append(found[of], f)
			}
			f.Status, f.since, f.Amount = w.status, min(f.since, since), max(f.Amount, w.amount)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if len(named) == 0 {
		return found, nil
	}
	return found, completeFailures(about, named, history, store)
}

// completeFailures adds from the payment indexes which batch ordered each, and the amount of those of which the bank named none.
func completeFailures(about *batch.About, named map[string]*failure, history *ledger.History, store storage.Storage) error {
	for _, m := range history.Batches {
		err := transferFields(about).Each(store, m, transfersOf(m), func(t *transfer) error {
			if f := named[t.transaction]; f != nil {
				f.Batch, f.Amount = m.Batch, cmp.Or(f.Amount, t.amount)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// takeFailures adds what the bank did not do of a balance's year, as far as it still leaves something to do.
func (out *Outstanding) takeFailures(b *pipeline.Balance, number, dossier string) {
	for _, of := range []struct {
		kind string
		left money.Cents
	}{{refundFailed, b.Credit}, {collectionFailed, b.Open}} {
		m := out.money(of.kind, number, dossier, b.Year)
		for _, f := range out.failed[partyYear{number, int64(b.Year)}] {
			if f.kind == of.kind {
				m.Amount += f.Amount
				m.Orders = append(m.Orders, f.Order)
				m.Since = min(cmp.Or(m.Since, f.since), f.since)
			}
		}
		if m.Amount = min(m.Amount, of.left); m.Amount > 0 {
			out.Years = append(out.Years, m)
		}
	}
}

// hasFailed says whether the bank rejected or returned a transaction.
func (out *Outstanding) hasFailed(transaction string) bool {
	for _, list := range out.failed {
		if slices.ContainsFunc(list, func(f *failure) bool { return f.EndToEnd == transaction }) {
			return true
		}
	}
	return false
}
