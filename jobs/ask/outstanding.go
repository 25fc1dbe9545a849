package ask

import (
	"context"

	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// Outstanding is the money that somebody must look at.
type Outstanding struct {
	AsOf  string             `json:"as_of"`
	Batch string             `json:"batch,omitempty"` // that recorded it; without one it was computed
	Sums  []OutstandingSum   `json:"sums"`            // of each kind that there is, in their order
	Years []OutstandingMoney `json:"years"`           // by kind, since when, number and year; of each kind as many as were asked for
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
		kinds[1], kinds[3] = b.SurchargeCredit, b.Paid
	}
	return kinds
}

// AllOfAKind asks for all money of each kind.
const AllOfAKind = -1

// OutstandingToday computes what is outstanding on the day of the options, from the register, the account, the payments and the ledger, and
// lists so many of each kind, or AllOfAKind. Nothing is settled and nothing is written.
func OutstandingToday(ctx context.Context, o run.Options, limit int) (*Outstanding, error) {
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
	history, err := ledger.OpenOf(store, about.Job)
	if err != nil {
		return nil, err
	}
	f, err := find(about, history, o.Parameters.AsOf)
	if err != nil {
		return nil, err
	}
	for _, balances := range shards {
		for i := range balances {
			f.take(&balances[i])
		}
	}
	return f.complete("", limit)
}

// balanceFields are the balances of affiliates or of companies. A company has no dossier, no offsets, and no year that is nowhere.
func balanceFields(about *batch.About) batch.Fields[pipeline.Balance] {
	fields := append(batch.Fields[pipeline.Balance]{
		batch.CodeField(about.Number, func(b *pipeline.Balance, text []byte) (ok bool) {
			b.NISS, ok = about.Parse(text)
			b.Known = !about.HasDossier()
			return ok
		}),
		batch.AmountField("surcharges_credit", func(b *pipeline.Balance) *money.Cents { return &b.SurchargeCredit }).AddedLater(),
	}, ledger.BalanceFields...)
	if !about.HasDossier() {
		return fields
	}
	return append(fields,
		batch.CodeField("dossier", func(b *pipeline.Balance, text []byte) (ok bool) {
			b.Dossier, ok = about.Whose(text)
			return ok
		}),
		batch.FlagField("in_account", func(b *pipeline.Balance) *bool { return &b.Known }),
		batch.AmountField("offsets", func(b *pipeline.Balance) *money.Cents { return &b.Offsets }))
}

// OutstandingRecorded reads what the last batch recorded of the self-employed, or of companies, and lists so many of each kind, or
// AllOfAKind; nil where none did.
func OutstandingRecorded(store storage.Storage, about *batch.About, limit int) (*Outstanding, error) {
	history, err := ledger.OpenOf(store, about.Job)
	if err != nil {
		return nil, err
	}
	last := history.Last()
	if last == nil || !last.MoneyLedger {
		return nil, nil
	}
	day, err := dayOf(last)
	if err != nil {
		return nil, err
	}
	f, err := find(about, history, day)
	if err != nil {
		return nil, err
	}
	err = balanceFields(about).Each(store, last, last.Parts(about.Balances), func(b *pipeline.Balance) error {
		f.take(b)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return f.complete(last.Batch, limit)
}
