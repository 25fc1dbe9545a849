package tables

import (
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/writers/dictionary"
	"regul/writers/parquet"
)

// CareerTable is the name of the table of regularised quarters and their payment; it is in no batch.
const CareerTable = "career"

func careerTable(l *law.Law) *table[pipeline.CareerQuarter] {
	type row = pipeline.CareerQuarter
	return newTable(dictionary.Table{Name: CareerTable}, []column[row]{
		text("niss", func(r *row, b []byte) []byte { return r.NISS.Append(b) }),
		text("dossier", func(r *row, b []byte) []byte { return r.Dossier.Append(b) }),
		number("contribution_year", parquet.Integer, func(r *row) int64 { return int64(r.Year) }),
		number("quarter", parquet.Integer, func(r *row) int64 { return int64(r.Quarter) }),
		number("version", parquet.Integer, func(r *row) int64 { return int64(r.Version) }),
		code("category", l.Codes(), func(r *row) int64 { return int64(r.Category) }),
		code("category_declared", l.Codes(), func(r *row) int64 { return int64(r.Declared) }),
		code("standing", pipeline.Standings(), func(r *row) int64 { return int64(r.Standing) }),
		number("net_income", parquet.Income, func(r *row) int64 { return int64(r.Income) }),
		amount("definitive", func(r *row) money.Cents { return r.Definitive }),
		amount("paid", func(r *row) money.Cents { return r.Paid }),
		code("status", pipeline.CareerStatuses(), func(r *row) int64 { return int64(r.Status) }),
		code("change", pipeline.CareerChanges(), func(r *row) int64 { return int64(r.Change) }),
		number("notified_on", parquet.Date, func(r *row) int64 { return int64(r.NotifiedOn) }),
	})
}

// WriteCareer writes the quarters, by national number, year and quarter, as career.parquet.
func WriteCareer(create Create, l *law.Law, quarters []pipeline.CareerQuarter) error {
	return fill(create, careerTable(l), CareerTable+".parquet", each(quarters), nil)
}
