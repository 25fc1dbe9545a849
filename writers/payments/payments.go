// Package payments writes the payment files of a batch: SEPA credit transfers for its refunds (pain.001.001.09), SEPA direct
// debits for the claims on affiliates with a mandate (pain.008.001.08, scheme CORE), and the index that lists every refund
// and claim with what became of it.
//
// It owns what may be sent to a bank: the checks of accounts and mandates, the days of execution and collection, the
// character set, the messages. Nothing that fails a check is sent, and nothing vanishes: over all statuses the
// amounts of the index add up to the payouts and the claims of the batch.
package payments

import (
	"fmt"
	"io"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/fund"
)

// Settings are what the files of a batch are made with.
type Settings struct {
	Fund     *fund.Fund
	Language pipeline.Language // of the fund's name and address in the files; 0 is the first of pipeline.Languages
	Batch    string            // the batch's name, at most 19 characters: identifiers of messages and transactions begin with it
	AsOf     pipeline.Date     // of the batch: refunds are executed on the first business day from then
	DueDate  pipeline.Date     // of all the batch's claims; 0: each has its own. They are collected on the last business day until then
	Limits   Limits
	Index    *Index
	Create   func(name string) (io.WriteCloser, error)
}

// Folder is the folder of the payment files in a batch, whoever is paid: all of them go to the bank.
const Folder = "payments"

// Writer writes the payment files of one batch. It belongs to one goroutine.
type Writer struct {
	settings Settings
	sender   sender
	files    [KindCount]files
	index    *indexWriter
	freed    *indexWriter // nil: nothing so far
	totals   Totals
	sent     money.Cents // refunds, also those that earlier batches held
	held     [ReasonCount]Sum
	freeing  [ReasonCount]Sum
	void     *cancellations // nil: none so far
	err      error          // the first: nothing is written after it
}

// NewWriter checks the settings and starts the index.
func NewWriter(s Settings) (*Writer, error) {
	sender, err := newSender(&s)
	if err != nil {
		return nil, err
	}
	w := &Writer{settings: s, sender: sender}
	for kind := range w.files {
		w.files[kind] = files{kind: Kind(kind), limit: maxTransactions, sender: &w.sender, create: s.Create}
	}
	if w.index, err = s.Index.start(s.Create); err != nil {
		return nil, err
	}
	return w, nil
}

// Settlement takes what the fund pays and claims for the years of an affiliate: a transaction for each, since the structured
// communication is that of a dossier and year. Settlements come in ascending national number. The first error stays.
func (w *Writer) Settlement(s *pipeline.Settlement) error {
	for i := range s.Years {
		y := &s.Years[i]
		if amount := y.Payout(); amount > 0 {
			w.refund(s.Party, y, amount)
		}
		if amount := y.Claim(); amount > 0 {
			w.claim(s.Party, y, amount)
		}
	}
	for i := range s.Void {
		w.cancel(s.Party, &s.Void[i])
	}
	return w.err
}

// cancel lists a collection that the bank must not make any more.
func (w *Writer) cancel(a *pipeline.Party, v *pipeline.VoidCollection) {
	if w.err == nil && w.void == nil {
		w.void, w.err = w.settings.Index.newCancellations(w.settings.Create)
	}
	if w.err == nil {
		w.err = w.void.add(a, v)
	}
}

func (w *Writer) refund(a *pipeline.Party, y *pipeline.SettledYear, amount money.Cents) {
	r := row{party: a, year: y.Year, kind: Refund, amount: amount, surcharge: y.SurchargeRefund()}
	r.status, r.reason = w.settings.Limits.decide(w.settings.Fund, a, amount, w.sent)
	if r.status == Sent {
		r.dueOn = w.sender.executeOn
	}
	w.add(&r)
}

func (w *Writer) claim(a *pipeline.Party, y *pipeline.SettledYear, amount money.Cents) {
	if w.settings.DueDate != 0 && y.DueDate != w.settings.DueDate && w.err == nil {
		// The notice names the day: the bank must not collect on another.
		w.err = fmt.Errorf("payments: a claim falls due on %s, those of the batch on %s", y.DueDate, w.settings.DueDate)
	}
	r := row{party: a, year: y.Year, kind: Claim, amount: amount, surcharge: y.SurchargeToPay(), dueOn: y.DueDate,
		status: ClaimStatus(w.settings.Fund, a, w.settings.AsOf, y.DueDate, amount), reason: ClaimReason(w.settings.Fund, a, amount)}
	if r.status == Sent {
		r.dueOn = CollectionDate(y.DueDate)
	}
	w.add(&r)
}

// add puts a refund or claim into its file, if it is sent, and into the index.
func (w *Writer) add(r *row) {
	if w.err != nil {
		return
	}
	r.reference = referenceOf(r.party.Dossier, r.year)
	if r.status == Sent {
		r.target = TargetOf(r.kind, r.party)
		w.err = w.files[r.kind].add(r)
	}
	if w.err == nil {
		w.err = w.index.add(r)
	}
	if r.kind == Refund && r.status == Sent {
		w.sent += r.amount
	}
	w.totals[r.kind][r.status].add(r.amount)
	if r.status == Held {
		w.held[r.reason].add(r.amount)
	}
}

// Held is what was held for a reason, of both kinds.
func (w *Writer) Held(r Reason) Sum { return w.held[r] }

// referenceOf is the structured communication of a dossier and year: 12 digits.
func referenceOf(d pipeline.Dossier, year int) latin {
	return latin(d.AppendReference(make([]byte, 0, 12), year))
}

// Close completes the files and says what is in them. The first error is returned.
func (w *Writer) Close() (Totals, error) {
	for kind := range w.files {
		if w.err == nil {
			w.err = w.files[kind].flush()
		}
	}
	for _, table := range []*indexWriter{w.index, w.freed} {
		if table == nil {
			continue
		}
		if err := table.close(w.err == nil); w.err == nil {
			w.err = err
		}
	}
	if w.void != nil {
		if err := w.void.close(w.err == nil); w.err == nil {
			w.err = err
		}
	}
	return w.totals, w.err
}
