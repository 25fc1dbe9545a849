package tables

import (
	"regul/pipeline"
	"regul/pipeline/company"
	"regul/pipeline/money"
	"regul/writers/parquet"
)

// The names of the tables of a batch of companies. They are not those of the self-employed, so that whoever reads one table
// over all batches finds the same columns in each.
const (
	CompaniesTable      = "companies"
	CompanyEntriesTable = "company_entries"
	CompanyRejectsTable = "company_rejects"

	CompanyBalancesTable = "company_balances"
)

// companyRow is a settled year of a company.
type companyRow struct {
	number company.Number
	pipeline.Regularisation
	year pipeline.CompanyYear
}

func companiesTable() *table[companyRow] {
	type row = companyRow
	return newTable(companiesAbout, []column[row]{
		text("enterprise", func(r *row, b []byte) []byte { return r.number.Append(b) }).means("enterprise number, 10 digits"),
		number("contribution_year", parquet.Integer, func(r *row) int64 { return int64(r.Year) }).
			means("the year of the contribution"),
		number("version", parquet.Integer, func(r *row) int64 { return int64(r.Version) }).
			means("1; 2 and later correct an earlier notice"),
		nullable("balance_total", parquet.Income, int64(company.NoBalance), func(r *row) int64 { return int64(r.year.Balance) }).
			means("of the penultimate closed financial year, as the row says; null if there is none yet",
				"law of 30-12-1992 art. 91").signed(),
		nullable("created_on", parquet.Date, int64(company.NoDay), func(r *row) int64 { return int64(r.year.CreatedOn) }).
			means("day of creation, as the row says"),
		maybeCode("exemption", company.Exemptions(), func(r *row) int64 { return int64(r.year.Exemption) }).
			means("as the row says; null without one"),
		flag("exempt", func(r *row) bool { return r.year.Exempt }).means("the exemption is in force"),
		amount("threshold", func(r *row) money.Cents { return r.year.Threshold }).
			means("balance total above which the large amount is owed", "law of 30-12-1992 art. 91"),
		code("size", company.Sizes(), func(r *row) int64 { return int64(r.year.Size) }).
			means("which amount is owed", "law of 30-12-1992 art. 91"),
		code("ground", company.Grounds(), func(r *row) int64 { return int64(r.year.Ground) }).means("why"),
		amount("contribution", func(r *row) money.Cents { return r.year.Contribution }).
			means("the amount of the size", "law of 30-12-1992 art. 91"),
		amount("definitive", func(r *row) money.Cents { return r.Definitive }).
			means("D, what is owed: the amount; 0 where the company is exempt; in bankruptcy or liquidation what was paid of it"),
		amount("called_reported", func(r *row) money.Cents { return r.year.Reported }).means("called, as the row says"),
		amount("called", func(r *row) money.Cents { return r.Called }).
			means("C: the definitive amount of the last version, else the row's"),
		amount("paid", func(r *row) money.Cents { return r.Paid }).means("paid, as the row says"),
		amount("refunded_before", func(r *row) money.Cents { return r.year.RefundedBefore }).means("given back by earlier versions"),
		amount("supplement", func(r *row) money.Cents { return r.Supplement }).means("max(0, D − C)"),
		amount("surplus_applied", func(r *row) money.Cents { return r.SurplusApplied }).
			means("part of the supplement that an overpayment covers already"),
		amount("to_pay", func(r *row) money.Cents { return r.ToPay }).means("supplement − surplus_applied"),
		amount("cancelled", func(r *row) money.Cents { return r.Cancelled }).means("max(0, C − D): called but no longer due"),
		amount("refund", func(r *row) money.Cents { return r.Refund }).means("what goes back"),
		amount("arrears", func(r *row) money.Cents { return r.Arrears }).
			means("called before, unpaid, still due; not claimed by this notice"),
		amount("late_principal", func(r *row) money.Cents { return r.year.Unpaid }).means("what is paid late", "law of 30-12-1992 art. 93"),
		number("late_months", parquet.Integer, func(r *row) int64 { return r.year.Months }).
			means("calendar months or parts of one that it is late", "law of 30-12-1992 art. 93"),
		amount("surcharge_total", func(r *row) money.Cents { return r.SurchargeTotal }).
			means("1 % of late_principal for each late month", "law of 30-12-1992 art. 93"),
		amount("surcharge", func(r *row) money.Cents { return r.Surcharge }).
			means("what this version adds to the earlier ones").signed(),
		code("outcome", pipeline.Outcomes(), func(r *row) int64 { return int64(r.Outcome) }).means("the result in one word"),
		number("notified_on", parquet.Date, func(r *row) int64 { return int64(r.NotifiedOn) }).
			means("date of the notice = date of the batch"),
		number("due_date", parquet.Date, func(r *row) int64 { return int64(r.year.Due) }).
			means("when the contribution is due by law", "law of 30-12-1992 art. 91"),
		number("pay_by", parquet.Date, func(r *row) int64 { return int64(r.year.PayBy) }).
			means("until then what is claimed costs no further surcharge"),
		text("reference", func(r *row, b []byte) []byte { return r.Dossier.AppendReference(b, r.Year) }).
			means("structured communication, 12 digits"),
		code("language", pipeline.Languages(), func(r *row) int64 { return int64(r.Language) }).means("of the letter"),
		optional("paid_on", parquet.Date, func(r *row) int64 { return optionalDay(r.year.PaidOn) }).
			means("day on which `paid` came in, as the row says, or the last payment of it; null: in time", "law of 30-12-1992 art. 93"),
		optional("paid_late_months", parquet.Income, func(r *row) int64 { return int64(r.year.PaidLate) }).
			of("EUR × months").means("what was paid after `due_date`, each part times the months until it came; null: nothing",
			"law of 30-12-1992 art. 93"),
		amount("surcharge_paid", func(r *row) money.Cents { return r.PaidOfSurcharge }).
			means("paid of surcharges, and still with the fund: no part of `paid`",
				"law of 30-12-1992 art. 93"),
		amount("surcharge_to_pay", func(r *row) money.Cents { return r.SurchargeToPay() }).
			means("what the letter asks of `surcharge`: what exceeds both what was claimed before and `surcharge_paid`",
				"law of 30-12-1992 art. 93"),
		amount("surcharge_refund", func(r *row) money.Cents { return r.SurchargeRefund() }).
			means("what leaves of it with `refund`: `surcharge_paid` beyond `surcharge_total`", "law of 30-12-1992 art. 93"),
	})
}

// optionalDay is a day, or 0 for none.
func optionalDay(o pipeline.OptionalDate) int64 {
	if day, known := o.Get(); known {
		return int64(day)
	}
	return 0
}

func companyEntriesTable(chart Chart) *table[pipeline.Entry] {
	type row = pipeline.Entry
	numbers, position := chart.numbers()
	return newTable(companyEntriesAbout, []column[row]{
		text("enterprise", func(r *row, b []byte) []byte { return company.Number(r.Number).Append(b) }).means("enterprise number, 10 digits"),
		number("contribution_year", parquet.Integer, func(r *row) int64 { return int64(r.Year) }).
			means("the year of the contribution"),
		number("version", parquet.Integer, func(r *row) int64 { return int64(r.Version) }).means("of the result"),
		number("line", parquet.Integer, func(r *row) int64 { return int64(r.Line) }).
			means("1, 2 … within the company's year of the batch"),
		number("booked_on", parquet.Date, func(r *row) int64 { return int64(r.BookedOn) }).means("date of the batch"),
		code("role", pipeline.Roles(), func(r *row) int64 { return int64(r.Role) }).means("what the account is for"),
		code("account", numbers, func(r *row) int64 { return position[r.Role] }).
			means("its number in the fund's chart of accounts").open(),
		amount("debit", func(r *row) money.Cents { return r.Debit }).means("0.00 where `credit` is positive"),
		amount("credit", func(r *row) money.Cents { return r.Credit }).means("0.00 where `debit` is positive"),
		text("reference", func(r *row, b []byte) []byte { return r.Dossier.AppendReference(b, r.Year) }).
			means("structured communication, 12 digits"),
		optional("reverses", parquet.Date, func(r *row) int64 { return int64(r.Reverses) }).
			means("date of the withdrawn batch whose line this one takes back; else null"),
	})
}

// companyWriter writes the tables of a batch of companies. It implements pipeline.Sink.
type companyWriter struct {
	create    Create
	facts     []parquet.Fact
	companies *table[companyRow]
	entries   *table[pipeline.Entry]
	balances  *table[pipeline.Balance]
}

// NewCompaniesWriter is NewWriter for companies.
func NewCompaniesWriter(create Create, chart Chart, facts ...parquet.Fact) pipeline.Sink {
	return &companyWriter{create, facts, companiesTable(), companyEntriesTable(chart), companyBalancesTable()}
}

// Shard opens the results of a shard. Its files are made when their first row comes.
func (w *companyWriter) Shard(number int) (pipeline.ShardResults, error) {
	return &companyShard{writer: w, folder: folder{create: w.create, facts: w.facts, number: number}}, nil
}

// companyShard writes the files of one shard. It belongs to one goroutine.
type companyShard struct {
	writer *companyWriter
	folder
	companies parts[companyRow]
	entries   parts[pipeline.Entry]
	balances  parts[pipeline.Balance]
	booked    []pipeline.Entry // of the present settlement
}

func (s *companyShard) Settlement(settled *pipeline.Settlement) {
	for i := range settled.Years {
		y := &settled.Years[i]
		put(&s.folder, CompaniesTable, s.writer.companies, &s.companies, y.Year,
			&companyRow{company.Number(settled.Party.Number), y.Regularisation, *y.Company})
	}
	s.booked = pipeline.AppendEntries(s.booked[:0], settled)
	for i := range s.booked {
		put(&s.folder, CompanyEntriesTable, s.writer.entries, &s.entries, s.booked[i].Year, &s.booked[i])
	}
}

// Balances takes those of a company.
func (s *companyShard) Balances(balances []pipeline.Balance) {
	for i := range balances {
		put(&s.folder, CompanyBalancesTable, s.writer.balances, &s.balances, balances[i].Year, &balances[i])
	}
}

// Close completes the files. The first error of the shard is returned.
func (s *companyShard) Close() error {
	complete(&s.folder, s.writer.companies, &s.companies)
	complete(&s.folder, s.writer.entries, &s.entries)
	complete(&s.folder, s.writer.balances, &s.balances)
	return s.err
}
