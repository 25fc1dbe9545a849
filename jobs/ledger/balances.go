package ledger

import (
	"regul/jobs/batch"
	"regul/pipeline"
	"regul/pipeline/money"
)

// BalanceFields are what the balances of people and of companies say alike.
var BalanceFields = batch.Fields[pipeline.Balance]{
	batch.WholeField("contribution_year", func(b *pipeline.Balance) *int { return &b.Year }),
	batch.AmountField("paid", func(b *pipeline.Balance) *money.Cents { return &b.Paid }),
	batch.AmountField("refunded", func(b *pipeline.Balance) *money.Cents { return &b.Refunded }),
	batch.AmountField("open", func(b *pipeline.Balance) *money.Cents { return &b.Open }),
	batch.AmountField("credit", func(b *pipeline.Balance) *money.Cents { return &b.Credit }),
	batch.AmountField("unseen", func(b *pipeline.Balance) *money.Cents { return &b.Unseen }),
	batch.DayField("unseen_since", func(b *pipeline.Balance) *pipeline.Date { return &b.UnseenSince }),
	batch.AmountField("unclear", func(b *pipeline.Balance) *money.Cents { return &b.Unclear }),
	batch.AmountField("later", func(b *pipeline.Balance) *money.Cents { return &b.Later }),
}
