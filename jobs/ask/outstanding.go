package ask

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/pipeline/rows"
	"regul/writers/payments"
)

// Outstanding is the money that somebody must look at.
type Outstanding struct {
	AsOf  string             `json:"as_of"`
	Batch string             `json:"batch,omitempty"` // that recorded it; without one it was computed
	Sums  []OutstandingSum   `json:"sums"`            // of each kind that there is, in their order
	Years []OutstandingMoney `json:"years"`           // by kind, since when, number and year

	about  *batch.About
	failed failures
}

// AllOutstanding is the money of the self-employed that somebody must look at, and that of companies; nil: there are no batches of them.
type AllOutstanding struct {
	Outstanding
	Companies *Outstanding `json:"companies,omitempty"`
}

// OutstandingSum is how much there is of one kind. Amount in EUR.
type OutstandingSum struct {
	Kind   string      `json:"kind"`
	Years  int64       `json:"years"` // of affiliates, or of companies
	Amount money.Cents `json:"amount"`
	Oldest int         `json:"oldest_days"`
}

// OutstandingMoney is money of one kind on the year of an affiliate or a company. Amount in EUR.
type OutstandingMoney struct {
	Kind string `json:"kind"`
	batch.Named
	Dossier string      `json:"dossier,omitempty"`
	Year    int         `json:"year"`
	Amount  money.Cents `json:"amount"`
	Since   string      `json:"since"`            // the day of the order, or of the first batch that recorded it
	AgeDays int         `json:"age_days"`         // since then
	Orders  []Order     `json:"orders,omitempty"` // the transfers of the year
}

// money is money of one kind on a year.
func (out *Outstanding) money(kind, number, dossier string, year int) OutstandingMoney {
	m := OutstandingMoney{Kind: kind, Named: out.about.Named(number), Year: year}
	if out.about.HasDossier() {
		m.Dossier = dossier
	}
	return m
}

// Order is a transfer that a batch ordered. Amount in EUR.
type Order struct {
	Batch    string      `json:"batch"`
	Amount   money.Cents `json:"amount"`
	Status   string      `json:"status"`               // see docs/payments.md
	EndToEnd string      `json:"end_to_end,omitempty"` // where it was sent
}

// OutstandingKinds lists the kinds, in the order in which they are told.
func OutstandingKinds() []string {
	return []string{"refund_unseen", "credit", "unclear", "nowhere", "later", collectionVoid, refundFailed, collectionFailed}
}

// collectionVoid is a collection of an earlier batch that a later one cancelled: the bank must not make it.
const collectionVoid = "collection_void"

// kindsOf are the amounts of a balance, by kind.
func kindsOf(b *pipeline.Balance) [5]money.Cents {
	kinds := [5]money.Cents{b.Unseen, b.Credit + b.SurchargeCredit, b.Unclear, 0, b.Later}
	if !b.Known {
		kinds[1], kinds[3] = b.SurchargeCredit, b.Paid-b.Refunded+b.Offsets
	}
	return kinds
}

// OutstandingToday computes what is outstanding on the day of the options, from the register, the account, the payments and the ledger.
// Nothing is settled and nothing is written.
func OutstandingToday(ctx context.Context, o run.Options) (*Outstanding, error) {
	var shards [][]pipeline.Balance
	store, about := o.Out, o.Subject.About
	err := run.WithPlan(ctx, &o, "outstanding", func(plan *rows.Plan) error {
		shards = make([][]pipeline.Balance, plan.Shards())
		return pipeline.Balances(ctx, o.Subject.Subject, plan, o.Parameters, o.Workers, func(number int) func([]pipeline.Balance) {
			o.Progress.Step(1)
			return func(b []pipeline.Balance) { shards[number] = append(shards[number], b...) }
		})
	})
	if err != nil {
		return nil, err
	}
	out := &Outstanding{AsOf: o.Parameters.AsOf.String(), about: about}
	history, err := ledger.OpenOf(store, about.Job)
	if err != nil {
		return nil, err
	}
	if out.failed, err = failuresOf(about, history, store, out.AsOf); err != nil {
		return nil, err
	}
	for _, balances := range shards {
		for i := range balances {
			b := &balances[i]
			out.take(b, about.Write(b.NISS), string(b.Dossier.Append(nil)))
		}
	}
	return out, out.complete(history, store)
}

// recordedBalance is a balance as a batch recorded it.
type recordedBalance struct {
	number, dossier string
	pipeline.Balance
}

// balanceFields are the balances of affiliates or of companies. A company has no dossier, no offsets, and no year that is nowhere.
func balanceFields(about *batch.About) batch.Fields[recordedBalance] {
	fields := batch.FieldsIn(ledger.BalanceFields, func(b *recordedBalance) *pipeline.Balance { return &b.Balance })
	if !about.HasDossier() {
		return append(fields, batch.TextField(about.Number, func(b *recordedBalance) *string { b.Known = true; return &b.number }))
	}
	return append(fields,
		batch.TextField(about.Number, func(b *recordedBalance) *string { return &b.number }),
		batch.TextField("dossier", func(b *recordedBalance) *string { return &b.dossier }),
		batch.FlagField("in_account", func(b *recordedBalance) *bool { return &b.Known }),
		batch.AmountField("offsets", func(b *recordedBalance) *money.Cents { return &b.Offsets }),
		batch.AmountField("surcharges_credit", func(b *recordedBalance) *money.Cents { return &b.SurchargeCredit }).AddedLater())
}

// OutstandingRecorded reads what the last batch recorded of the self-employed, or of companies; nil where none did.
func OutstandingRecorded(store storage.Storage, about *batch.About) (*Outstanding, error) {
	history, err := ledger.OpenOf(store, about.Job)
	if err != nil {
		return nil, err
	}
	last := history.Last()
	if last == nil || !last.MoneyLedger {
		return nil, nil
	}
	out := &Outstanding{AsOf: last.AsOf, Batch: last.Batch, about: about}
	if out.failed, err = failuresOf(about, history, store, out.AsOf); err != nil {
		return nil, err
	}
	err = balanceFields(about).Each(store, last, last.Parts(about.Balances), func(b *recordedBalance) error {
		out.take(&b.Balance, b.number, b.dossier)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, out.complete(history, store)
}

// take adds what a balance says.
func (out *Outstanding) take(b *pipeline.Balance, number, dossier string) {
	for kind, amount := range kindsOf(b) {
		if amount == 0 {
			continue
		}
		m := out.money(OutstandingKinds()[kind], number, dossier, b.Year)
		m.Amount = amount
		if kind == 0 {
			m.Since = b.UnseenSince.String()
		}
		out.Years = append(out.Years, m)
	}
	if len(out.failed) > 0 {
		out.takeFailures(b, number, dossier)
	}
}

// complete sorts, sums up, and adds the transfers that the payment indexes list of the years with one that nobody has seen.
func (out *Outstanding) complete(history *ledger.History, store storage.Storage) error {
	if err := out.addVoid(history, store); err != nil {
		return err
	}
	if err := out.age(history, store); err != nil {
		return err
	}
	order := OutstandingKinds()
	slices.SortFunc(out.Years, func(a, b OutstandingMoney) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Kind), slices.Index(order, b.Kind)), cmp.Compare(a.Since, b.Since),
			cmp.Compare(a.Name(), b.Name()), cmp.Compare(a.Year, b.Year))
	})
	unseen := map[partyYear]*OutstandingMoney{} // by number, and by dossier: the number may have been replaced since
	for i := range out.Years {
		m := &out.Years[i]
		if len(out.Sums) == 0 || out.Sums[len(out.Sums)-1].Kind != m.Kind {
			out.Sums = append(out.Sums, OutstandingSum{Kind: m.Kind})
		}
		sum := &out.Sums[len(out.Sums)-1]
		sum.Years++
		sum.Amount += m.Amount
		sum.Oldest = max(sum.Oldest, m.AgeDays)
		if m.Kind == order[0] {
			unseen[partyYear{m.Name(), int64(m.Year)}] = m
			if m.Dossier != "" {
				unseen[dossierYear(m.Dossier, int64(m.Year))] = m
			}
		}
	}
	if len(unseen) == 0 {
		return nil
	}
	for _, m := range history.Batches {
		err := orderFields(out.about).Each(store, m, transfersOf(m), func(t *transfer) error {
			of := unseen[partyYear{t.number, t.year}]
			if of == nil && t.dossier != "" {
				of = unseen[dossierYear(t.dossier, t.year)]
			}
			if of != nil && t.kind == payments.Refund.String() && of.Since <= m.AsOf {
				of.Orders = append(of.Orders, Order{m.Batch, t.amount, t.status, t.transaction})
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// transfersOf are the tables of the refunds and collections of a batch: its own, and those that earlier batches held.
func transfersOf(m *batch.Manifest) []*batch.ManifestFile {
	about := m.About()
	return append(m.File(about.Money.File), m.File(about.Money.Freed)...)
}

// transfer is a refund or a collection of the payment indexes, or a collection that was made void.
type transfer struct {
	number, dossier, kind, status, transaction string
	year                                       int64
	amount                                     money.Cents
	due                                        pipeline.Date
}

func transferFields(about *batch.About) batch.Fields[transfer] {
	fields := batch.Fields[transfer]{
		batch.TextField(about.Number, func(t *transfer) *string { return &t.number }),
		batch.WholeField("contribution_year", func(t *transfer) *int64 { return &t.year }),
		batch.AmountField("amount", func(t *transfer) *money.Cents { return &t.amount }),
		batch.TextField("transaction", func(t *transfer) *string { return &t.transaction }),
	}
	if about.HasDossier() {
		fields = append(fields, batch.TextField("dossier", func(t *transfer) *string { return &t.dossier }))
	}
	return fields
}

func orderFields(about *batch.About) batch.Fields[transfer] {
	return append(transferFields(about),
		batch.TextField("kind", func(t *transfer) *string { return &t.kind }),
		batch.TextField("status", func(t *transfer) *string { return &t.status }))
}

func voidFields(about *batch.About) batch.Fields[transfer] {
	return append(transferFields(about), batch.DayField("due_on", func(t *transfer) *pipeline.Date { return &t.due }))
}

// addVoid adds the collections that batches made void and that the bank would make on the day or later.
func (out *Outstanding) addVoid(history *ledger.History, store storage.Storage) error {
	for _, m := range history.Batches {
		err := voidFields(out.about).Each(store, m, m.File(out.about.Money.Cancellations), func(t *transfer) error {
			if t.due.String() >= out.AsOf && !out.hasFailed(t.transaction) {
				void := out.money(collectionVoid, t.number, t.dossier, int(t.year))
				void.Amount, void.Since, void.Orders = t.amount, m.AsOf, []Order{{m.Batch, t.amount, "void", t.transaction}}
				out.Years = append(out.Years, void)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// dossierYear is the year of a dossier, with or without leading zeros.
func dossierYear(dossier string, year int64) partyYear {
	return partyYear{"dossier " + strings.TrimLeft(dossier, "0"), year}
}

// partyYear is the year of an affiliate or of a company as the tables write it.
type partyYear struct {
	number string
	year   int64
}
