// Package tables writes the tables of a batch for analysts: regularisations, quarters, surcharges, entries and
// rejects, as docs/reference/tables.md describes them. It owns their columns and the chart of accounts; writers/parquet owns the format.
package tables

import (
	"strings"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/writers/dictionary"
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

// column is a column of a table of rows: its name, type and meaning, and how the rows fill it.
type column[Row any] struct {
	dictionary.Column
	fill func(w *parquet.Writer, at int, rows []Row)
}

// plain is a column whose meaning is still to be said.
func plain(c parquet.Column) dictionary.Column { return dictionary.Column{Column: c} }

// means says what the column holds, and by which article.
func (c column[Row]) means(meaning string, article ...string) column[Row] {
	c.Meaning, c.Article = meaning, strings.Join(article, ", ")
	return c
}

// signed says that the amounts of the column may be negative.
func (c column[Row]) signed() column[Row] {
	c.Signed = true
	return c
}

// open says that the codes of the column are the fund's: they are no closed list.
func (c column[Row]) open() column[Row] {
	c.Open = true
	return c
}

// of says in which unit the column is, where that is not what its type says.
func (c column[Row]) of(unit string) column[Row] {
	c.Unit = unit
	return c
}

// number is a column of numbers; see parquet.Type for the unit.
func number[Row any](name string, t parquet.Type, value func(*Row) int64) column[Row] {
	return column[Row]{plain(parquet.Column{Name: name, Type: t}), func(w *parquet.Writer, at int, rows []Row) {
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
	return column[Row]{plain(parquet.Column{Name: name, Type: t, Optional: true}), func(w *parquet.Writer, at int, rows []Row) {
		levels := w.Levels(at, len(rows))
		for i := range rows {
			v := value(&rows[i])
			if levels[i] = 0; v != null {
				levels[i] = 1
				w.Int(at, v)
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
	return column[Row]{plain(parquet.Column{Name: name, Type: parquet.Text}), func(w *parquet.Writer, at int, rows []Row) {
		w.Texts(at, len(rows), func(i int, dst []byte) []byte { return value(&rows[i], dst) })
	}}
}

// ofNumber is a column of texts that follow from a number, of a table in which its rows stand together: the text is made once for them.
func ofNumber[Row any](name string, number func(*Row) int64, value func(*Row, []byte) []byte) column[Row] {
	c := text(name, value)
	c.fill = func(w *parquet.Writer, at int, rows []Row) {
		size := 0
		w.Texts(at, len(rows), func(i int, dst []byte) []byte {
			if i > 0 && number(&rows[i]) == number(&rows[i-1]) {
				return append(dst, dst[len(dst)-size:]...)
			}
			start := len(dst)
			dst = value(&rows[i], dst)
			size = len(dst) - start
			return dst
		})
	}
	return c
}

// table is a table's columns, prepared.
type table[Row any] struct {
	about   dictionary.Table
	schema  *parquet.Schema
	columns []column[Row]
}

func newTable[Row any](about dictionary.Table, columns []column[Row]) *table[Row] {
	about.Columns = make([]dictionary.Column, len(columns))
	for i, c := range columns {
		about.Columns[i] = c.Column
	}
	return &table[Row]{about, about.Schema(), columns}
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
	return newTable(regularisationsAbout, []column[row]{
		text("niss", func(r *row, b []byte) []byte { return r.NISS.Append(b) }).means("national number, 11 digits"),
		text("dossier", func(r *row, b []byte) []byte { return r.Dossier.Append(b) }).
			means("file number at the fund, as the register writes it"),
		number("contribution_year", parquet.Integer, func(r *row) int64 { return int64(r.Year) }).means("the year regularised"),
		number("version", parquet.Integer, func(r *row) int64 { return int64(r.Version) }).
			means("1, then 2, 3 … for each later communication"),
		text("communication", func(r *row, b []byte) []byte { return append(b, r.Communication...) }).
			means("the communication of income that it settles", "AR 38 art. 11 §2"),
		number("communicated_on", parquet.Date, func(r *row) int64 { return int64(r.CommunicatedOn) }).means("its day"),
		number("net_income", parquet.Income, func(r *row) int64 { return int64(r.NetIncome) }).
			means("sum of its components", "AR 38 art. 11 §2").signed(),
		number("subject_quarters", parquet.Integer, func(r *row) int64 { return int64(r.SubjectQuarters) }).
			means("n, quarters of subjection that count, 1 to 4", "AR 38 art. 11 §5"),
		number("annual_income", parquet.Income, func(r *row) int64 { return int64(r.AnnualIncome) }).
			means("Y = max(0, income) × 4 / n, rounded for reading; the calculation uses the exact value", "AR 38 art. 11 §5"),
		amount("contribution", func(r *row) money.Cents { return r.Contribution }).
			means("definitive contribution of the year **without** the fee", "AR 38 art. 12, 13"),
		amount("fee", func(r *row) money.Cents { return r.Fee }).means("management fee of the fund"),
		amount("definitive", func(r *row) money.Cents { return r.Definitive }).means("D = contribution + fee", "AR 38 art. 11 §5"),
		amount("called", func(r *row) money.Cents { return r.Called }).
			means("C, called so far: provisional amounts, or the definitive ones of the version before", "AR 38 art. 11 §5"),
		amount("paid", func(r *row) money.Cents { return r.Paid }).means("P, payments on the year up to `notified_on`"),
		amount("supplement", func(r *row) money.Cents { return r.Supplement }).means("max(0, D − C)", "AR 38 art. 11 §5"),
		amount("surplus_applied", func(r *row) money.Cents { return r.SurplusApplied }).
			means("part of the supplement that an overpayment covers already", "RGS art. 44"),
		amount("to_pay", func(r *row) money.Cents { return r.ToPay }).
			means("supplement − surplus_applied, **before** offsets", "RGS art. 44 §3"),
		amount("cancelled", func(r *row) money.Cents { return r.Cancelled }).
			means("max(0, C − D): called but no longer due", "AR 38 art. 15"),
		amount("refund_gross", func(r *row) money.Cents { return r.RefundGross }).
			means("max(0, P − D), before offsets", "RGS art. 44"),
		amount("offset", func(r *row) money.Cents { return r.Offset }).
			means("part of refund_gross kept for arrears and supplements of other years", "RGS art. 44"),
		amount("refund", func(r *row) money.Cents { return r.Refund }).
			means("refund_gross − offset: what goes back", "RGS art. 44"),
		amount("offset_received", func(r *row) money.Cents { return r.OffsetReceived }).
			means("part of to_pay that refunds of other years pay", "RGS art. 44"),
		amount("arrears", func(r *row) money.Cents { return r.Arrears }).
			means("max(0, min(C, D) − P): called before, unpaid, still due; not claimed by this notice. " +
				"In version 2 and later it includes an unpaid earlier supplement"),
		amount("surcharge", func(r *row) money.Cents { return r.Surcharge }).
			means("for an unjustified reduction: what this version adds to the earlier ones", "AR 38 art. 11bis").signed(),
		code("outcome", pipeline.Outcomes(), func(r *row) int64 { return int64(r.Outcome) }).
			means("the result in one word, see below"),
		number("notified_on", parquet.Date, func(r *row) int64 { return int64(r.NotifiedOn) }).
			means("date of the notice = date of the batch"),
		optional("due_date", parquet.Date, func(r *row) int64 { return int64(r.DueDate) }).
			means("last day of the quarter after that of the notice; null when there is neither to_pay nor a positive surcharge",
				"RGS art. 44 §3"),
		number("seven_percent_on", parquet.Date, func(r *row) int64 { return int64(r.SevenPercentOn) }).
			means("1 January on which an unpaid supplement takes 7 %; **always set**", "RGS art. 44bis §3"),
		number("statement_deadline", parquet.Date, func(r *row) int64 { return int64(r.StatementDeadline) }).
			means("last day of the month after the communication", "RGS art. 43"),
		flag("late_statement", func(r *row) bool { return r.LateStatement }).means("notified after that", "RGS art. 43"),
		text("reference", func(r *row, b []byte) []byte { return r.Dossier.AppendReference(b, r.Year) }).
			means("structured communication, 12 digits: dossier in 8 digits, year in 2, check in 2"),
		code("language", pipeline.Languages(), func(r *row) int64 { return int64(r.Language) }).means("of the letter"),
		amount("legal_provisional", func(r *row) money.Cents { return r.LegalProvisional }).
			means("L of art. 11bis, the year's sum; 0 without a reduction", "AR 38 art. 11bis"),
		amount("reduced_provisional", func(r *row) money.Cents { return r.Reduced }).
			means("R of art. 11bis, the year's sum; 0 without a reduction", "AR 38 art. 11bis"),
		amount("surcharge_total", func(r *row) money.Cents { return r.SurchargeTotal }).
			means("the surcharge due in all; `surcharge` is its difference with the earlier versions", "AR 38 art. 11bis"),
		flag("limitation_interrupted", func(r *row) bool { return r.Interrupted }).
			means("the operator says that the limitation was interrupted", "AR 38 art. 16"),
		flag("rechecked", func(r *row) bool { return r.Rechecked != 0 }).
			means("settled again on the known income, without a new communication"),
		number("income_year", parquet.Integer, func(r *row) int64 { return int64(r.IncomeYear) }).
			means("the year of `net_income`: the contribution year, except for some years of starters before 2015",
				"AR 38 art. 13bis, 13ter"),
		amount("late_surcharge", func(r *row) money.Cents { return r.LateSurcharge }).
			means("surcharges for late payment that accrued until the notice on what was called before; reported, not claimed",
				"RGS art. 44, 44bis"),
		text("components", func(r *row, b []byte) []byte { return r.AppendComponents(b) }).
			means("the components of `net_income`: nature and amount of each", "AR 38 art. 11 §2"),
		flag("contested", func(r *row) bool { return r.Contested }).
			means("the income is contested with the tax administration", "RGS art. 34"),
		number("counted_income", parquet.Income, func(r *row) int64 { return int64(r.CountedIncome) }).
			means("the income that counts: `net_income`, or what is admitted of a contested one", "RGS art. 34").signed(),
		amount("arrears_barred", func(r *row) money.Cents { return r.ArrearsBarred }).
			means("part of `arrears` that can no longer be claimed and takes no refund", "AR 38 art. 16 §2"),
		amount("unclear", func(r *row) money.Cents { return r.Unclear }).
			means("payments that wait for their purpose: not in `paid`"),
		amount("reversed", func(r *row) money.Cents { return r.Reversed }).
			means("negative payments beyond what the batches ordered"),
		amount("surcharge_paid", func(r *row) money.Cents { return r.PaidOfSurcharge }).
			means("of what earlier versions claimed as surcharge, what was paid and not given back: no part of `paid`", "AR 38 art. 11bis"),
		amount("surcharge_to_pay", func(r *row) money.Cents { return r.SurchargeToPay() }).
			means("of a positive `surcharge`, what the letter asks: without what is paid already", "AR 38 art. 11bis"),
		amount("surcharge_refund", func(r *row) money.Cents { return r.SurchargeRefund() }).
			means("max(0, surcharge_paid − surcharge_total): leaves with `refund`; what was claimed and not paid is only cancelled",
				"AR 38 art. 11bis"),
		amount("late_surcharge_to_pay", func(r *row) money.Cents { return r.LateToPay }).
			means("of `late_surcharge`, what the letter asks beside its claim: what runs on what is still unpaid", "RGS art. 44, 44bis"),
	})
}

func quartersTable(l *law.Law) *table[pipeline.QuarterResult] {
	type row = pipeline.QuarterResult
	articles := l.Articles()
	return newTable(quartersAbout, []column[row]{
		ofNumber("niss", func(r *row) int64 { return int64(r.NISS) }, func(r *row, b []byte) []byte { return r.NISS.Append(b) }).
			means("national number, 11 digits"),
		number("contribution_year", parquet.Integer, func(r *row) int64 { return int64(r.Year) }).means("the year regularised"),
		number("quarter", parquet.Integer, func(r *row) int64 { return int64(r.Quarter) }).means("1 to 4"),
		code("category_declared", l.Codes(), func(r *row) int64 { return int64(r.Declared) }).means("as the account says"),
		code("category", l.Codes(), func(r *row) int64 { return int64(r.Category) }).
			means("as computed, after the [evidence](reference/inputs.md#evidence)"),
		maybeCode("reason", pipeline.StatusReasons(), func(r *row) int64 { return int64(r.Reason) }).
			means("why the two differ; null where they do not"),
		code("standing", pipeline.Standings(), func(r *row) int64 { return int64(r.Standing) }).
			means("only `due` and `supplement_dispensed` owe", "AR 38 art. 15, 17; RGS art. 50"),
		amount("band1", func(r *row) money.Cents { return r.Band1 }).
			means("annual contribution of the first band, rounded for reading", "see `basis`"),
		amount("band2", func(r *row) money.Cents { return r.Band2 }).
			means("annual contribution of the second band, rounded for reading", "see `basis`"),
		amount("annual_contribution", func(r *row) money.Cents { return r.Annual }).
			means("of both bands, rounded for reading", "see `basis`"),
		amount("contribution", func(r *row) money.Cents { return r.Contribution.Quarter }).
			means("the quarter without the fee, rounded", "see `basis`"),
		amount("fee", func(r *row) money.Cents { return r.Fee }).means("management fee"),
		amount("definitive", func(r *row) money.Cents { return r.Definitive }).
			means("contribution + fee, rounded; 0 for a quarter that owes nothing"),
		amount("called", func(r *row) money.Cents { return r.Called }).means("called so far of the quarter", "AR 38 art. 11 §5"),
		code("basis", articles, func(r *row) int64 { return int64(r.Article) }).means("the article of the category"),
		number("version", parquet.Integer, func(r *row) int64 { return int64(r.Version) }).means("of the regularisation"),
		number("starter_year", parquet.Integer, func(r *row) int64 { return int64(r.Starter) }).
			means("1 to 3, or 0", "AR 38 art. 13bis"),
		amount("legal_provisional", func(r *row) money.Cents { return r.Legal }).
			means("legal provisional contribution, as the account says", "AR 38 art. 11 §3"),
		optionalAmount("legal_provisional_computed", pipeline.Unsaid, func(r *row) money.Cents { return r.LegalComputed }).
			means("the same by the law; null where the income of three years before is unknown", "AR 38 art. 11 §3"),
		flag("to_confirm", func(r *row) bool { return r.ToConfirm }).
			means("counts as `main` since the account does not show the 20 quarters before: a primostarter's minimum may apply",
				"AR 38 art. 12 §1bis al. 2"),
	})
}

// PercentUnits is the unit in which the surcharges table holds a rate: hundredths of a percent.
const PercentUnits = money.One / 100_00

func surchargesTable() *table[pipeline.SurchargeTerm] {
	type row = pipeline.SurchargeTerm
	return newTable(surchargesAbout, []column[row]{
		ofNumber("niss", func(r *row) int64 { return int64(r.NISS) }, func(r *row, b []byte) []byte { return r.NISS.Append(b) }).
			means("national number, 11 digits"),
		number("contribution_year", parquet.Integer, func(r *row) int64 { return int64(r.Year) }).means("the year regularised"),
		number("version", parquet.Integer, func(r *row) int64 { return int64(r.Version) }).means("of the regularisation"),
		number("unpaid_on", parquet.Date, func(r *row) int64 { return int64(r.On) }).
			means("the quarter end; of 7 %: 31 December (art. 11bis), 1 January (late payment)", "see `basis`"),
		amount("percent", func(r *row) money.Cents { return money.Cents(r.Rate / PercentUnits) }).
			of("percent").means("7.00 or 3.00", "see `basis`"),
		amount("paid", func(r *row) money.Cents { return r.Paid }).means("paid on the year up to that day; before the 7 %, up to the day before"),
		amount("unpaid", func(r *row) money.Cents { return r.Unpaid }).
			means("art. 11bis: max(0, min(D, L) − max(R, paid)); "+
				"late payment: what was called and due by then, less `paid`, as far as it is owed in the end", "see `basis`"),
		amount("amount", func(r *row) money.Cents { return r.Amount }).means("percent of unpaid, rounded", "see `basis`"),
		code("basis", pipeline.SurchargeBases(), func(r *row) int64 { return int64(r.Basis) }).
			means("why: an unjustified reduction, or late payment"),
	})
}
