package tables

import (
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/parquet"
)

func entriesTable(chart Chart) *table[pipeline.Entry] {
	type row = pipeline.Entry
	numbers, position := chart.numbers()
	return newTable(EntriesTable, []column[row]{
		text("niss", func(r *row, b []byte) []byte { return r.NISS.Append(b) }),
		text("dossier", func(r *row, b []byte) []byte { return r.Dossier.Append(b) }),
		number("contribution_year", parquet.Integer, func(r *row) int64 { return int64(r.Year) }),
		optional("version", parquet.Integer, func(r *row) int64 { return int64(r.Version) }),
		number("line", parquet.Integer, func(r *row) int64 { return int64(r.Line) }),
		number("booked_on", parquet.Date, func(r *row) int64 { return int64(r.BookedOn) }),
		code("role", pipeline.Roles(), func(r *row) int64 { return int64(r.Role) }),
		code("account", numbers, func(r *row) int64 { return position[r.Role] }),
		amount("debit", func(r *row) money.Cents { return r.Debit }),
		amount("credit", func(r *row) money.Cents { return r.Credit }),
		optional("from_year", parquet.Integer, func(r *row) int64 { return int64(r.FromYear) }),
		text("reference", func(r *row, b []byte) []byte { return r.Dossier.AppendReference(b, r.Year) }),
		optional("reverses", parquet.Date, func(r *row) int64 { return int64(r.Reverses) }),
	})
}
