package ask

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/pipeline/rows"
	"regul/writers/payments"
	"regul/writers/tables"
)

// Outstanding is the money that somebody must look at.
type Outstanding struct {
	AsOf  string             `json:"as_of"`
	Batch string             `json:"batch,omitempty"` // that recorded it; without one it was computed
	Sums  []OutstandingSum   `json:"sums"`            // of each kind that there is, in their order
	Years []OutstandingMoney `json:"years"`           // by kind, since when, national number and year

	failed failures
}

// OutstandingSum is how much there is of one kind. Amount in EUR.
type OutstandingSum struct {
	Kind   string      `json:"kind"`
	Years  int64       `json:"years"` // of affiliates
	Amount money.Cents `json:"amount"`
	Oldest int         `json:"oldest_days"`
}

// OutstandingMoney is money of one kind on an affiliate's year. Amount in EUR.
type OutstandingMoney struct {
	Kind    string      `json:"kind"`
	NISS    string      `json:"niss"`
	Dossier string      `json:"dossier"`
	Year    int         `json:"year"`
	Amount  money.Cents `json:"amount"`
	Since   string      `json:"since"`            // the day of the order, or of the first batch that recorded it
	AgeDays int         `json:"age_days"`         // since then
	Orders  []Order     `json:"orders,omitempty"` // the transfers of the year
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
	kinds := [5]money.Cents{b.Unseen, b.Credit, b.Unclear, 0, b.Later}
	if !b.Known {
		kinds[1], kinds[3] = 0, b.Paid-b.Refunded+b.Offsets
	}
	return kinds
}

// OutstandingToday computes what is outstanding on the day of the options, from the register, the account, the payments and the ledger.
// Nothing is settled and nothing is written.
func OutstandingToday(ctx context.Context, o run.Options) (*Outstanding, error) {
	var shards [][]pipeline.Balance
	store := o.Out
	err := run.WithPlan(ctx, &o, "outstanding", func(plan *rows.Plan) error {
		shards = make([][]pipeline.Balance, plan.Shards())
		return pipeline.Balances(ctx, plan, o.Parameters, o.Workers, func(number int) func([]pipeline.Balance) {
			o.Progress.Step(1)
			return func(b []pipeline.Balance) { shards[number] = append(shards[number], b...) }
		})
	})
	if err != nil {
		return nil, err
	}
	out := &Outstanding{AsOf: o.Parameters.AsOf.String()}
	history, err := ledger.Open(store)
	if err != nil {
		return nil, err
	}
	if out.failed, err = failuresOf(history, store, out.AsOf); err != nil {
		return nil, err
	}
	for _, balances := range shards {
		for i := range balances {
			b := &balances[i]
			out.take(b, b.NISS.String(), string(b.Dossier.Append(nil)))
		}
	}
	return out, out.complete(history, store)
}

// recordedBalance is a balance as a batch recorded it.
type recordedBalance struct {
	niss, dossier string
	pipeline.Balance
}

var balanceFields = batch.Fields[recordedBalance]{
	batch.TextField("niss", func(b *recordedBalance) *string { return &b.niss }),
	batch.TextField("dossier", func(b *recordedBalance) *string { return &b.dossier }),
	batch.WholeField("contribution_year", func(b *recordedBalance) *int { return &b.Year }),
	batch.FlagField("in_account", func(b *recordedBalance) *bool { return &b.Known }),
	batch.AmountField("paid", func(b *recordedBalance) *money.Cents { return &b.Paid }),
	batch.AmountField("refunded", func(b *recordedBalance) *money.Cents { return &b.Refunded }),
	batch.AmountField("offsets", func(b *recordedBalance) *money.Cents { return &b.Offsets }),
	batch.AmountField("credit", func(b *recordedBalance) *money.Cents { return &b.Credit }),
	batch.AmountField("unseen", func(b *recordedBalance) *money.Cents { return &b.Unseen }),
	batch.DayField("unseen_since", func(b *recordedBalance) *pipeline.Date { return &b.UnseenSince }),
	batch.AmountField("unclear", func(b *recordedBalance) *money.Cents { return &b.Unclear }),
	batch.AmountField("later", func(b *recordedBalance) *money.Cents { return &b.Later }),
	batch.AmountField("open", func(b *recordedBalance) *money.Cents { return &b.Open }),
}

// OutstandingRecorded reads what the last batch recorded.
func OutstandingRecorded(store storage.Storage) (*Outstanding, error) {
	history, err := ledger.Open(store)
	if err != nil {
		return nil, err
	}
	last := history.Last()
	if last == nil || !last.MoneyLedger {
		return nil, jobs.UsageError("no batch has recorded what is outstanding: give the register, the account and the payments to " +
			"compute it")
	}
	out := &Outstanding{AsOf: last.AsOf, Batch: last.Batch}
	if out.failed, err = failuresOf(history, store, out.AsOf); err != nil {
		return nil, err
	}
	err = balanceFields.Each(store, last, last.Parts(tables.BalancesTable), func(b *recordedBalance) error {
		out.take(&b.Balance, b.niss, b.dossier)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, out.complete(history, store)
}

// take adds what a balance says.
func (out *Outstanding) take(b *pipeline.Balance, niss, dossier string) {
	for kind, amount := range kindsOf(b) {
		if amount == 0 {
			continue
		}
		m := OutstandingMoney{Kind: OutstandingKinds()[kind], NISS: niss, Dossier: dossier, Year: b.Year, Amount: amount}
		if kind == 0 {
			m.Since = b.UnseenSince.String()
		}
		out.Years = append(out.Years, m)
	}
	if len(out.failed) > 0 {
		out.takeFailures(b, niss, dossier)
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
			cmp.Compare(a.NISS, b.NISS), cmp.Compare(a.Year, b.Year))
	})
	unseen := map[affiliateYear]*OutstandingMoney{} // by number, and by dossier: the number may have been replaced since
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
			unseen[affiliateYear{m.NISS, int64(m.Year)}] = m
			unseen[dossierYear(m.Dossier, int64(m.Year))] = m
		}
	}
	if len(unseen) == 0 {
		return nil
	}
	for _, m := range history.Batches {
		err := orderFields.Each(store, m, transfersOf(m), func(t *transfer) error {
			of := unseen[affiliateYear{t.niss, t.year}]
			if of == nil {
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
	niss, dossier, kind, status, transaction string
	year                                     int64
	amount                                   money.Cents
	due                                      pipeline.Date
}

var (
	transferFields = batch.Fields[transfer]{
		batch.TextField("niss", func(t *transfer) *string { return &t.niss }),
		batch.TextField("dossier", func(t *transfer) *string { return &t.dossier }),
		batch.WholeField("contribution_year", func(t *transfer) *int64 { return &t.year }),
		batch.AmountField("amount", func(t *transfer) *money.Cents { return &t.amount }),
		batch.TextField("transaction", func(t *transfer) *string { return &t.transaction }),
	}
	orderFields = append(slices.Clone(transferFields),
		batch.TextField("kind", func(t *transfer) *string { return &t.kind }),
		batch.TextField("status", func(t *transfer) *string { return &t.status }))
	voidFields = append(slices.Clone(transferFields),
		batch.DayField("due_on", func(t *transfer) *pipeline.Date { return &t.due }))
)

// addVoid adds the collections that batches made void and that the bank would make on the day or later.
func (out *Outstanding) addVoid(history *ledger.History, store storage.Storage) error {
	for _, m := range history.Batches {
		err := voidFields.Each(store, m, m.File(m.About().Money.Cancellations), func(t *transfer) error {
			if t.due.String() >= out.AsOf && !out.hasFailed(t.transaction) {
				out.Years = append(out.Years, OutstandingMoney{Kind: collectionVoid, NISS: t.niss, Dossier: t.dossier, Year: int(t.year),
					Amount: t.amount, Since: m.AsOf, Orders: []Order{{m.Batch, t.amount, "void", t.transaction}}})
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
func dossierYear(dossier string, year int64) affiliateYear {
	return affiliateYear{"dossier " + strings.TrimLeft(dossier, "0"), year}
}

// affiliateYear is an affiliate's year as the tables write it.
type affiliateYear struct {
	niss string
	year int64
}
