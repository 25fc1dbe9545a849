// Package reports writes the tables of a batch for analysts: regularisations, quarters, surcharges and rejects, as
// docs/tables.md describes them. It owns their columns; writers/parquet owns the format.
package reports

import (
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/writers/parquet"
)

// The names of the tables: the folders of a batch.
const (
	RegularisationsTable = "regularisations"
	QuartersTable        = "quarters"
	SurchargesTable      = "surcharges"
	RejectsTable         = "rejects"
)

// column is a column of a table of rows: its name and type, and how a row fills it.
type column[Row any] struct {
	parquet.Column
	put func(w *parquet.Writer, at int, r *Row)
}

func number[Row any](name string, t parquet.Type, value func(*Row) int64) column[Row] {
	return column[Row]{parquet.Column{Name: name, Type: t}, func(w *parquet.Writer, at int, r *Row) { w.Int(at, value(r)) }}
}

func code[Row any](name string, codes []string, value func(*Row) int64) column[Row] {
	return column[Row]{parquet.Column{Name: name, Type: parquet.Code, Codes: codes}, func(w *parquet.Writer, at int, r *Row) { w.Int(at, value(r)) }}
}

func text[Row any](name string, value func(*Row, []byte) []byte) column[Row] {
	return column[Row]{parquet.Column{Name: name, Type: parquet.Text}, func(w *parquet.Writer, at int, r *Row) {
		w.Append(at, func(dst []byte) []byte { return value(r, dst) })
	}}
}

// table is a table's columns, prepared.
type table[Row any] struct {
	schema  *parquet.Schema
	columns []column[Row]
}

func newTable[Row any](name string, columns []column[Row]) *table[Row] {
	plain := make([]parquet.Column, len(columns))
	for i, c := range columns {
		plain[i] = c.Column
	}
	return &table[Row]{parquet.NewSchema(name, plain), columns}
}

// write fills the cells of one row.
func (t *table[Row]) write(w *parquet.Writer, r *Row) error {
	for i := range t.columns {
		t.columns[i].put(w, i, r)
	}
	return w.EndRow()
}

func regularisationsTable() *table[pipeline.Regularisation] {
	type row = pipeline.Regularisation
	amount := func(name string, value func(*row) int64) column[row] { return number(name, parquet.Amount, value) }
	return newTable(RegularisationsTable, []column[row]{
		text("niss", func(r *row, b []byte) []byte { return r.NISS.Append(b) }),
		text("dossier", func(r *row, b []byte) []byte { return r.Dossier.Append(b) }),
		number("contribution_year", parquet.Integer, func(r *row) int64 { return int64(r.Year) }),
		number("version", parquet.Integer, func(r *row) int64 { return int64(r.Version) }),
		text("communication", func(r *row, b []byte) []byte { return append(b, r.Communication...) }),
		number("communicated_on", parquet.Date, func(r *row) int64 { return int64(r.CommunicatedOn) }),
		number("net_income", parquet.Income, func(r *row) int64 { return int64(r.NetIncome) }),
		number("subject_quarters", parquet.Integer, func(r *row) int64 { return int64(r.SubjectQuarters) }),
		number("annual_income", parquet.Income, func(r *row) int64 { return int64(r.AnnualIncome) }),
		amount("contribution", func(r *row) int64 { return int64(r.Contribution) }),
		amount("fee", func(r *row) int64 { return int64(r.Fee) }),
		amount("definitive", func(r *row) int64 { return int64(r.Definitive) }),
		amount("called", func(r *row) int64 { return int64(r.Called) }),
		amount("paid", func(r *row) int64 { return int64(r.Paid) }),
		amount("supplement", func(r *row) int64 { return int64(r.Supplement) }),
		amount("surplus_applied", func(r *row) int64 { return int64(r.SurplusApplied) }),
		amount("to_pay", func(r *row) int64 { return int64(r.ToPay) }),
		amount("cancelled", func(r *row) int64 { return int64(r.Cancelled) }),
		amount("refund_gross", func(r *row) int64 { return int64(r.RefundGross) }),
		amount("offset", func(r *row) int64 { return int64(r.Offset) }),
		amount("refund", func(r *row) int64 { return int64(r.Refund) }),
		amount("offset_received", func(r *row) int64 { return int64(r.OffsetReceived) }),
		amount("arrears", func(r *row) int64 { return int64(r.Arrears) }),
		amount("surcharge", func(r *row) int64 { return int64(r.Surcharge) }),
		code("outcome", pipeline.Outcomes(), func(r *row) int64 { return int64(r.Outcome) }),
		number("notified_on", parquet.Date, func(r *row) int64 { return int64(r.NotifiedOn) }),
		{parquet.Column{Name: "due_date", Type: parquet.Date, Optional: true}, func(w *parquet.Writer, at int, r *row) {
			if r.DueDate == 0 {
				w.Null(at)
				return
			}
			w.Present(at)
			w.Int(at, int64(r.DueDate))
		}},
		number("seven_percent_on", parquet.Date, func(r *row) int64 { return int64(r.SevenPercentOn) }),
		number("statement_deadline", parquet.Date, func(r *row) int64 { return int64(r.StatementDeadline) }),
		{parquet.Column{Name: "late_statement", Type: parquet.Boolean}, func(w *parquet.Writer, at int, r *row) { w.Bool(at, r.LateStatement) }},
		text("reference", func(r *row, b []byte) []byte { return r.Dossier.AppendReference(b, r.Year) }),
		code("language", pipeline.Languages(), func(r *row) int64 { return int64(r.Language) }),
		amount("legal_provisional", func(r *row) int64 { return int64(r.LegalProvisional) }),
		amount("reduced_provisional", func(r *row) int64 { return int64(r.Reduced) }),
		amount("surcharge_total", func(r *row) int64 { return int64(r.SurchargeTotal) }),
		{parquet.Column{Name: "limitation_interrupted", Type: parquet.Boolean}, func(w *parquet.Writer, at int, r *row) { w.Bool(at, r.Interrupted) }},
	})
}

func quartersTable(l *law.Law) *table[pipeline.QuarterResult] {
	type row = pipeline.QuarterResult
	amount := func(name string, value func(*row) int64) column[row] { return number(name, parquet.Amount, value) }
	articles := l.Articles()
	return newTable(QuartersTable, []column[row]{
		text("niss", func(r *row, b []byte) []byte { return r.NISS.Append(b) }),
		number("contribution_year", parquet.Integer, func(r *row) int64 { return int64(r.Year) }),
		number("quarter", parquet.Integer, func(r *row) int64 { return int64(r.Quarter) }),
		code("category_declared", l.Codes(), func(r *row) int64 { return int64(r.Category) }),
		code("category", l.Codes(), func(r *row) int64 { return int64(r.Category) }),
		{parquet.Column{Name: "reason", Type: parquet.Code, Codes: []string{""}, Optional: true}, func(w *parquet.Writer, at int, r *row) { w.Null(at) }},
		code("standing", pipeline.Standings(), func(r *row) int64 { return int64(r.Standing) }),
		amount("band1", func(r *row) int64 { return int64(r.Band1) }),
		amount("band2", func(r *row) int64 { return int64(r.Band2) }),
		amount("annual_contribution", func(r *row) int64 { return int64(r.Annual) }),
		amount("contribution", func(r *row) int64 { return int64(r.Contribution.Quarter) }),
		amount("fee", func(r *row) int64 { return int64(r.Fee) }),
		amount("definitive", func(r *row) int64 { return int64(r.Definitive) }),
		amount("called", func(r *row) int64 { return int64(r.Called) }),
		code("basis", articles, func(r *row) int64 { return int64(r.Article) }),
		number("version", parquet.Integer, func(r *row) int64 { return int64(r.Version) }),
		number("starter_year", parquet.Integer, func(r *row) int64 { return int64(r.Starter) }),
	})
}

// PercentUnits is the unit in which the surcharges table holds a rate: hundredths of a percent.
const PercentUnits = money.One / 100_00

func surchargesTable() *table[pipeline.SurchargeTerm] {
	type row = pipeline.SurchargeTerm
	amount := func(name string, value func(*row) int64) column[row] { return number(name, parquet.Amount, value) }
	return newTable(SurchargesTable, []column[row]{
		text("niss", func(r *row, b []byte) []byte { return r.NISS.Append(b) }),
		number("contribution_year", parquet.Integer, func(r *row) int64 { return int64(r.Year) }),
		number("version", parquet.Integer, func(r *row) int64 { return int64(r.Version) }),
		number("unpaid_on", parquet.Date, func(r *row) int64 { return int64(r.On) }),
		amount("percent", func(r *row) int64 { return int64(r.Rate / PercentUnits) }),
		amount("paid", func(r *row) int64 { return int64(r.Paid) }),
		amount("unpaid", func(r *row) int64 { return int64(r.Unpaid) }),
		amount("amount", func(r *row) int64 { return int64(r.Amount) }),
	})
}
