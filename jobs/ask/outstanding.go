package ask

import (
	"cmp"
	"context"
	"slices"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/pipeline/rows"
	"regul/readers/table"
	"regul/writers/payments"
	"regul/writers/tables"
)

// Outstanding is the money that somebody must look at.
type Outstanding struct {
	AsOf  string             `json:"as_of"`
	Batch string             `json:"batch,omitempty"` // that recorded it; without one it was computed
	Sums  []OutstandingSum   `json:"sums"`            // of each kind that there is, in their order
	Years []OutstandingMoney `json:"years"`           // by kind, since when, national number and year
}

// OutstandingSum is how much there is of one kind. Amount in EUR.
type OutstandingSum struct {
	Kind   string      `json:"kind"`
	Years  int64       `json:"years"` // of affiliates
	Amount money.Cents `json:"amount"`
}

// OutstandingMoney is money of one kind on an affiliate's year. Amount in EUR.
type OutstandingMoney struct {
	Kind    string      `json:"kind"`
	NISS    string      `json:"niss"`
	Dossier string      `json:"dossier"`
	Year    int         `json:"year"`
	Amount  money.Cents `json:"amount"`
	Since   string      `json:"since,omitempty"`  // the day of the order
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
	return []string{"refund_unseen", "credit", "unclear", "nowhere", "later", collectionVoid}
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
	for _, balances := range shards {
		for i := range balances {
			b := &balances[i]
			out.take(b, b.NISS.String(), string(b.Dossier.Append(nil)))
		}
	}
	return out, out.complete(store)
}

var balanceColumns = []table.Column{
	{Name: "niss", Kind: table.Text}, {Name: "dossier", Kind: table.Text}, {Name: "contribution_year", Kind: table.Integer},
	{Name: "in_account", Kind: table.Boolean}, {Name: "paid", Kind: table.Amount}, {Name: "refunded", Kind: table.Amount},
	{Name: "offsets", Kind: table.Amount}, {Name: "credit", Kind: table.Amount}, {Name: "unseen", Kind: table.Amount},
	{Name: "unseen_since", Kind: table.Date}, {Name: "unclear", Kind: table.Amount}, {Name: "later", Kind: table.Amount},
}

// OutstandingRecorded reads what the last batch recorded.
func OutstandingRecorded(store storage.Storage) (*Outstanding, error) {
	history, err := ledger.Open(store)
	if err != nil {
		return nil, err
	}
	last := history.Last()
	if last == nil || !last.MoneyLedger {
		return nil, jobs.UsageError("no batch has recorded what is outstanding: give the register, the account and the payments to compute it")
	}
	out := &Outstanding{AsOf: last.AsOf, Batch: last.Batch}
	err = batch.EachRow(store, last, tables.BalancesTable, balanceColumns, func(b *table.Block, row int) {
		amount := func(column int) money.Cents { return money.Cents(b.Columns[column].Ints[row]) }
		balance := pipeline.Balance{Year: int(b.Columns[2].Ints[row]), Known: b.Columns[3].Ints[row] != 0, Paid: amount(4), Refunded: amount(5),
			Offsets: amount(6), Credit: amount(7), Unseen: amount(8), UnseenSince: pipeline.Date(b.Columns[9].Ints[row]), Unclear: amount(10), Later: amount(11)}
		out.take(&balance, string(b.Columns[0].Texts[row]), string(b.Columns[1].Texts[row]))
	})
	if err != nil {
		return nil, err
	}
	return out, out.complete(store)
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
}

// complete sorts, sums up, and adds the transfers that the payment indexes list of the years with one that nobody has seen.
func (out *Outstanding) complete(store storage.Storage) error {
	history, err := ledger.Open(store)
	if err != nil {
		return err
	}
	if err := out.addVoid(history, store); err != nil {
		return err
	}
	order := OutstandingKinds()
	slices.SortFunc(out.Years, func(a, b OutstandingMoney) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Kind), slices.Index(order, b.Kind)), cmp.Compare(a.Since, b.Since),
			cmp.Compare(a.NISS, b.NISS), cmp.Compare(a.Year, b.Year))
	})
	unseen := map[affiliateYear]*OutstandingMoney{}
	for i := range out.Years {
		m := &out.Years[i]
		if len(out.Sums) == 0 || out.Sums[len(out.Sums)-1].Kind != m.Kind {
			out.Sums = append(out.Sums, OutstandingSum{Kind: m.Kind})
		}
		sum := &out.Sums[len(out.Sums)-1]
		sum.Years++
		sum.Amount += m.Amount
		if m.Kind == order[0] {
			unseen[affiliateYear{m.NISS, int64(m.Year)}] = m
		}
	}
	if len(unseen) == 0 {
		return nil
	}
	columns := []table.Column{{Name: "niss", Kind: table.Text}, {Name: "contribution_year", Kind: table.Integer}, {Name: "kind", Kind: table.Text},
		{Name: "amount", Kind: table.Amount}, {Name: "status", Kind: table.Text}, {Name: "transaction", Kind: table.Text}}
	for _, m := range history.Batches {
		err := eachRowOf(store, m, payments.PeopleIndex.File, columns, func(b *table.Block, row int) {
			of := unseen[affiliateYear{string(b.Columns[0].Texts[row]), b.Columns[1].Ints[row]}]
			if of != nil && string(b.Columns[2].Texts[row]) == payments.Refund.String() && of.Since <= m.AsOf {
				of.Orders = append(of.Orders, Order{m.Batch, money.Cents(b.Columns[3].Ints[row]), string(b.Columns[4].Texts[row]), string(b.Columns[5].Texts[row])})
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// eachRowOf visits the rows of one file of a batch, if it has it.
func eachRowOf(store storage.Storage, m *batch.Manifest, path string, columns []table.Column, visit func(*table.Block, int)) error {
	for i := range m.Files {
		if f := &m.Files[i]; f.Path == path {
			return batch.EachRowOfFile(store, m, f, columns, func(b *table.Block, row int) error { visit(b, row); return nil })
		}
	}
	return nil
}

// addVoid adds the collections that batches made void and that the bank would make on the day or later.
func (out *Outstanding) addVoid(history *ledger.History, store storage.Storage) error {
	columns := []table.Column{{Name: "niss", Kind: table.Text}, {Name: "dossier", Kind: table.Text}, {Name: "contribution_year", Kind: table.Integer},
		{Name: "transaction", Kind: table.Text}, {Name: "amount", Kind: table.Amount}, {Name: "due_on", Kind: table.Date}}
	for _, m := range history.Batches {
		err := eachRowOf(store, m, payments.CancellationsFile, columns, func(b *table.Block, row int) {
			if on := pipeline.Date(b.Columns[5].Ints[row]).String(); on >= out.AsOf {
				amount := money.Cents(b.Columns[4].Ints[row])
				out.Years = append(out.Years, OutstandingMoney{Kind: collectionVoid, NISS: string(b.Columns[0].Texts[row]), Dossier: string(b.Columns[1].Texts[row]),
					Year: int(b.Columns[2].Ints[row]), Amount: amount, Since: m.AsOf, Orders: []Order{{m.Batch, amount, "void", string(b.Columns[3].Texts[row])}}})
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// affiliateYear is an affiliate's year as the tables write it.
type affiliateYear struct {
	niss string
	year int64
}
