package tables

import (
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/parquet"
)

func entriesTable(chart Chart) *table[pipeline.Entry] {
	type row = pipeline.Entry
	party := func(r *row) int64 { return r.Number }
	numbers, position := chart.numbers()
	return newTable(entriesAbout, []column[row]{
		ofNumber("niss", party, func(r *row, b []byte) []byte { return pipeline.NISS(r.Number).Append(b) }).means("national number, 11 digits"),
		ofNumber("dossier", party, func(r *row, b []byte) []byte { return r.Dossier.Append(b) }).means("file number at the fund"),
		number("contribution_year", parquet.Integer, func(r *row) int64 { return int64(r.Year) }).
			means("the year whose account the line concerns"),
		optional("version", parquet.Integer, func(r *row) int64 { return int64(r.Version) }).
			means("of the regularisation; null: this batch does not settle the year"),
		number("line", parquet.Integer, func(r *row) int64 { return int64(r.Line) }).
			means("1, 2 … within the affiliate's year of the batch"),
		number("booked_on", parquet.Date, func(r *row) int64 { return int64(r.BookedOn) }).means("date of the batch"),
		code("role", pipeline.Roles(), func(r *row) int64 { return int64(r.Role) }).means("what the account is for"),
		code("account", numbers, func(r *row) int64 { return position[r.Role] }).
			means("its number in the fund's chart of accounts").open(),
		amount("debit", func(r *row) money.Cents { return r.Debit }).means("0.00 where `credit` is positive"),
		amount("credit", func(r *row) money.Cents { return r.Credit }).means("0.00 where `debit` is positive"),
		optional("from_year", parquet.Integer, func(r *row) int64 { return int64(r.FromYear) }).
			means("of an offset: the year of the refund; else null", "RGS art. 44"),
		ofNumber("reference", func(r *row) int64 { return r.Number*10_000 + int64(r.Year) },
			func(r *row, b []byte) []byte { return r.Dossier.AppendReference(b, r.Year) }).
			means("structured communication of dossier and contribution year, 12 digits"),
		optional("reverses", parquet.Date, func(r *row) int64 { return int64(r.Reverses) }).
			means("date of the withdrawn batch whose line this one takes back; else null"),
	})
}
