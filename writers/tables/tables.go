// Package tables writes the tables of a batch for analysts: regularisations, quarters, surcharges, entries and
// rejects, as docs/analysts.md describes them. It owns their columns and the chart of accounts; writers/parquet owns the format.
package tables

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
	EntriesTable         = "entries"
	BalancesTable        = "balances"
	RejectsTable         = "rejects"
)

// column is a column of a table of rows: its name and type, and how the rows fill it.
type column[Row any] struct {
	parquet.Column
	fill func(w *parquet.Writer, at int, rows []Row)
}

// number is a column of numbers; see parquet.Type for the unit.
func number[Row any](name string, t parquet.Type, value func(*Row) int64) column[Row] {
	return column[Row]{parquet.Column{Name: name, Type: t}, func(w *parquet.Writer, at int, rows []Row) {
		cells := w.Ints(at, len(rows))
		for i := range cells {
			cells[i] = value(&rows[i])
		}
	}}
}

// amount is a column of amounts in EUR.
func amount[Row any](name string, value func(*Row) money.Cents) column[Row] {
	return number(name, parquet.Amount, func(r *Row) int64 { return int64(value(r)) })
}

// optional is a column of numbers other than 0; 0 is null.
func optional[Row any](name string, t parquet.Type, value func(*Row) int64) column[Row] {
	return nullable(name, t, 0, value)
}

// optionalAmount is a column of amounts in EUR; the given value is null.
func optionalAmount[Row any](name string, null money.Cents, value func(*Row) money.Cents) column[Row] {
	return nullable(name, parquet.Amount, int64(null), func(r *Row) int64 { return int64(value(r)) })
}

// nullable is a column of numbers of which one is null.
func nullable[Row any](name string, t parquet.Type, null int64, value func(*Row) int64) column[Row] {
	return column[Row]{parquet.Column{Name: name, Type: t, Optional: true}, func(w *parquet.Writer, at int, rows []Row) {
		for i := range rows {
			if v := value(&rows[i]); v != null {
				w.Present(at)
				w.Int(at, v)
			} else {
				w.Null(at)
			}
		}
	}}
}

// code is a column of codes of a closed list.
func code[Row any](name string, codes []string, value func(*Row) int64) column[Row] {
	c := number(name, parquet.Code, value)
	c.Codes = codes
	return c
}

// maybeCode is a column of codes of a closed list; position 0 is null.
func maybeCode[Row any](name string, codes []string, value func(*Row) int64) column[Row] {
	c := optional(name, parquet.Code, value)
	c.Codes = codes
	return c
}

// flag is a column of true and false.
func flag[Row any](name string, value func(*Row) bool) column[Row] {
	return number(name, parquet.Boolean, func(r *Row) int64 {
		if value(r) {
			return 1
		}
		return 0
	})
}

// text is a column of texts, each appended to the bytes it is given.
func text[Row any](name string, value func(*Row, []byte) []byte) column[Row] {
	return column[Row]{parquet.Column{Name: name, Type: parquet.Text}, func(w *parquet.Writer, at int, rows []Row) {
		for i := range rows {
			w.Append(at, func(dst []byte) []byte { return value(&rows[i], dst) })
		}
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

// blockRows is how many rows are turned into columns at a time; a row group holds whole blocks.
const blockRows = parquet.RowGroup / 480

// write fills the cells of some rows, column by column.
func (t *table[Row]) write(w *parquet.Writer, rows []Row) error {
	for i := range t.columns {
		t.columns[i].fill(w, i, rows)
	}
	return w.EndRows(len(rows))
}

func regularisationsTable() *table[pipeline.Regularisation] {
	type row = pipeline.Regularisation
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
		amount("contribution", func(r *row) money.Cents { return r.Contribution }),
		amount("fee", func(r *row) money.Cents { return r.Fee }),
		amount("definitive", func(r *row) money.Cents { return r.Definitive }),
		amount("called", func(r *row) money.Cents { return r.Called }),
		amount("paid", func(r *row) money.Cents { return r.Paid }),
		amount("supplement", func(r *row) money.Cents { return r.Supplement }),
		amount("surplus_applied", func(r *row) money.Cents { return r.SurplusApplied }),
		amount("to_pay", func(r *row) money.Cents { return r.ToPay }),
		amount("cancelled", func(r *row) money.Cents { return r.Cancelled }),
		amount("refund_gross", func(r *row) money.Cents { return r.RefundGross }),
		amount("offset", func(r *row) money.Cents { return r.Offset }),
		amount("refund", func(r *row) money.Cents { return r.Refund }),
		amount("offset_received", func(r *row) money.Cents { return r.OffsetReceived }),
		amount("arrears", func(r *row) money.Cents { return r.Arrears }),
		amount("surcharge", func(r *row) money.Cents { return r.Surcharge }),
		code("outcome", pipeline.Outcomes(), func(r *row) int64 { return int64(r.Outcome) }),
		number("notified_on", parquet.Date, func(r *row) int64 { return int64(r.NotifiedOn) }),
		optional("due_date", parquet.Date, func(r *row) int64 { return int64(r.DueDate) }),
		number("seven_percent_on", parquet.Date, func(r *row) int64 { return int64(r.SevenPercentOn) }),
		number("statement_deadline", parquet.Date, func(r *row) int64 { return int64(r.StatementDeadline) }),
		flag("late_statement", func(r *row) bool { return r.LateStatement }),
		text("reference", func(r *row, b []byte) []byte { return r.Dossier.AppendReference(b, r.Year) }),
		code("language", pipeline.Languages(), func(r *row) int64 { return int64(r.Language) }),
		amount("legal_provisional", func(r *row) money.Cents { return r.LegalProvisional }),
		amount("reduced_provisional", func(r *row) money.Cents { return r.Reduced }),
		amount("surcharge_total", func(r *row) money.Cents { return r.SurchargeTotal }),
		flag("limitation_interrupted", func(r *row) bool { return r.Interrupted }),
		flag("rechecked", func(r *row) bool { return r.Rechecked }),
		number("income_year", parquet.Integer, func(r *row) int64 { return int64(r.IncomeYear) }),
		amount("late_surcharge", func(r *row) money.Cents { return r.LateSurcharge }),
		text("components", func(r *row, b []byte) []byte { return r.AppendComponents(b) }),
		flag("contested", func(r *row) bool { return r.Contested }),
		number("counted_income", parquet.Income, func(r *row) int64 { return int64(r.CountedIncome) }),
		amount("arrears_barred", func(r *row) money.Cents { return r.ArrearsBarred }),
		amount("unclear", func(r *row) money.Cents { return r.Unclear }),
		amount("reversed", func(r *row) money.Cents { return r.Reversed }),
	})
}

func quartersTable(l *law.Law) *table[pipeline.QuarterResult] {
	type row = pipeline.QuarterResult
	articles := l.Articles()
	return newTable(QuartersTable, []column[row]{
		text("niss", func(r *row, b []byte) []byte { return r.NISS.Append(b) }),
		number("contribution_year", parquet.Integer, func(r *row) int64 { return int64(r.Year) }),
		number("quarter", parquet.Integer, func(r *row) int64 { return int64(r.Quarter) }),
		code("category_declared", l.Codes(), func(r *row) int64 { return int64(r.Declared) }),
		code("category", l.Codes(), func(r *row) int64 { return int64(r.Category) }),
		maybeCode("reason", pipeline.StatusReasons(), func(r *row) int64 { return int64(r.Reason) }),
		code("standing", pipeline.Standings(), func(r *row) int64 { return int64(r.Standing) }),
		amount("band1", func(r *row) money.Cents { return r.Band1 }),
		amount("band2", func(r *row) money.Cents { return r.Band2 }),
		amount("annual_contribution", func(r *row) money.Cents { return r.Annual }),
		amount("contribution", func(r *row) money.Cents { return r.Contribution.Quarter }),
		amount("fee", func(r *row) money.Cents { return r.Fee }),
		amount("definitive", func(r *row) money.Cents { return r.Definitive }),
		amount("called", func(r *row) money.Cents { return r.Called }),
		code("basis", articles, func(r *row) int64 { return int64(r.Article) }),
		number("version", parquet.Integer, func(r *row) int64 { return int64(r.Version) }),
		number("starter_year", parquet.Integer, func(r *row) int64 { return int64(r.Starter) }),
		amount("legal_provisional", func(r *row) money.Cents { return r.Legal }),
		optionalAmount("legal_provisional_computed", pipeline.Unsaid, func(r *row) money.Cents { return r.LegalComputed }),
		flag("to_confirm", func(r *row) bool { return r.ToConfirm }),
	})
}

// PercentUnits is the unit in which the surcharges table holds a rate: hundredths of a percent.
const PercentUnits = money.One / 100_00

func surchargesTable() *table[pipeline.SurchargeTerm] {
	type row = pipeline.SurchargeTerm
	return newTable(SurchargesTable, []column[row]{
		text("niss", func(r *row, b []byte) []byte { return r.NISS.Append(b) }),
		number("contribution_year", parquet.Integer, func(r *row) int64 { return int64(r.Year) }),
		number("version", parquet.Integer, func(r *row) int64 { return int64(r.Version) }),
		number("unpaid_on", parquet.Date, func(r *row) int64 { return int64(r.On) }),
		amount("percent", func(r *row) money.Cents { return money.Cents(r.Rate / PercentUnits) }),
		amount("paid", func(r *row) money.Cents { return r.Paid }),
		amount("unpaid", func(r *row) money.Cents { return r.Unpaid }),
		amount("amount", func(r *row) money.Cents { return r.Amount }),
		code("basis", pipeline.SurchargeBases(), func(r *row) int64 { return int64(r.Basis) }),
	})
}
