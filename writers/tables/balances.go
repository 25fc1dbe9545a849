package tables

import (
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/parquet"
)

func balancesTable() *table[pipeline.Balance] {
	type row = pipeline.Balance
	return newTable(BalancesTable, []column[row]{
		text("niss", func(r *row, b []byte) []byte { return r.NISS.Append(b) }),
		text("dossier", func(r *row, b []byte) []byte { return r.Dossier.Append(b) }),
		number("contribution_year", parquet.Integer, func(r *row) int64 { return int64(r.Year) }),
		optional("version", parquet.Integer, func(r *row) int64 { return int64(r.Version) }),
		flag("in_account", func(r *row) bool { return r.Known }),
		amount("called", func(r *row) money.Cents { return r.Called }),
		amount("paid", func(r *row) money.Cents { return r.Paid }),
		amount("refunded", func(r *row) money.Cents { return r.Refunded }),
		amount("offsets", func(r *row) money.Cents { return r.Offsets }),
		amount("surcharges", func(r *row) money.Cents { return r.Surcharges }),
		amount("open", func(r *row) money.Cents { return r.Open }),
		amount("credit", func(r *row) money.Cents { return r.Credit }),
		optional("oldest_due_date", parquet.Date, func(r *row) int64 { return int64(r.OldestDue) }),
		amount("unseen", func(r *row) money.Cents { return r.Unseen }),
		optional("unseen_since", parquet.Date, func(r *row) int64 { return int64(r.UnseenSince) }),
		amount("unclear", func(r *row) money.Cents { return r.Unclear }),
		amount("later", func(r *row) money.Cents { return r.Later }),
	})
}
