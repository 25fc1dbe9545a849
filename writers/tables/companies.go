package tables

import (
	"iter"

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
)

func companiesTable() *table[company.Result] {
	type row = company.Result
	return newTable(companiesAbout, []column[row]{
		text("enterprise", func(r *row, b []byte) []byte { return r.Number.Append(b) }).means("enterprise number, 10 digits"),
		number("contribution_year", parquet.Integer, func(r *row) int64 { return int64(r.Year) }).
			means("the year of the contribution"),
		number("version", parquet.Integer, func(r *row) int64 { return int64(r.Version) }).
			means("1; 2 and later correct an earlier notice"),
		nullable("balance_total", parquet.Income, int64(company.NoBalance), func(r *row) int64 { return int64(r.Balance) }).
			means("of the penultimate closed financial year, as the row says; null if there is none yet", "law of 30-12-1992 art. 91").signed(),
		nullable("created_on", parquet.Date, int64(company.NoDay), func(r *row) int64 { return int64(r.CreatedOn) }).
			means("day of creation, as the row says"),
		maybeCode("exemption", company.Exemptions(), func(r *row) int64 { return int64(r.Exemption) }).
			means("as the row says; null without one"),
		flag("exempt", func(r *row) bool { return r.Exempt }).means("the exemption is in force"),
		amount("threshold", func(r *row) money.Cents { return r.Threshold }).
			means("balance total above which the large amount is owed", "law of 30-12-1992 art. 91"),
		code("size", company.Sizes(), func(r *row) int64 { return int64(r.Size) }).
			means("which amount is owed", "law of 30-12-1992 art. 91"),
		code("ground", company.Grounds(), func(r *row) int64 { return int64(r.Ground) }).means("why"),
		amount("contribution", func(r *row) money.Cents { return r.Amount }).
			means("the amount of the size", "law of 30-12-1992 art. 91"),
		amount("definitive", func(r *row) money.Cents { return r.Definitive }).
			means("D, what is owed: the amount; 0 where the company is exempt; in bankruptcy or liquidation what was paid of it"),
		amount("called_reported", func(r *row) money.Cents { return r.Called }).means("called, as the row says"),
		amount("called", func(r *row) money.Cents { return r.CalledBefore }).
			means("C: the definitive amount of the last version, else the row's"),
		amount("paid", func(r *row) money.Cents { return r.Paid }).means("paid, as the row says"),
		amount("refunded_before", func(r *row) money.Cents { return r.RefundedBefore }).means("given back by earlier versions"),
		amount("supplement", func(r *row) money.Cents { return r.Supplement }).means("max(0, D − C)"),
		amount("surplus_applied", func(r *row) money.Cents { return r.SurplusApplied }).
			means("part of the supplement that an overpayment covers already"),
		amount("to_pay", func(r *row) money.Cents { return r.ToPay }).means("supplement − surplus_applied"),
		amount("cancelled", func(r *row) money.Cents { return r.Cancelled }).means("max(0, C − D): called but no longer due"),
		amount("refund", func(r *row) money.Cents { return r.Refund }).means("what goes back"),
		amount("arrears", func(r *row) money.Cents { return r.Arrears }).
			means("called before, unpaid, still due; not claimed by this notice"),
		amount("late_principal", func(r *row) money.Cents { return r.Late }).means("what is paid late", "law of 30-12-1992 art. 93"),
		number("late_months", parquet.Integer, func(r *row) int64 { return r.Months }).
			means("calendar months or parts of one that it is late", "law of 30-12-1992 art. 93"),
		amount("surcharge_total", func(r *row) money.Cents { return r.SurchargeTotal }).
			means("1 % of late_principal for each late month", "law of 30-12-1992 art. 93"),
		amount("surcharge", func(r *row) money.Cents { return r.Surcharge }).
			means("what this version adds to the earlier ones").signed(),
		code("outcome", pipeline.Outcomes(), func(r *row) int64 { return int64(r.Outcome) }).means("the result in one word"),
		number("notified_on", parquet.Date, func(r *row) int64 { return int64(r.NotifiedOn) }).
			means("date of the notice = date of the batch"),
		number("due_date", parquet.Date, func(r *row) int64 { return int64(r.Due) }).
			means("when the contribution is due by law", "law of 30-12-1992 art. 91"),
		number("pay_by", parquet.Date, func(r *row) int64 { return int64(r.PayBy) }).
			means("until then what is claimed costs no further surcharge"),
		text("reference", func(r *row, b []byte) []byte { return r.Number.AppendReference(b, int(r.Year)) }).
			means("structured communication, 12 digits"),
		code("language", pipeline.Languages(), func(r *row) int64 { return int64(r.Language) }).means("of the letter"),
	})
}

func companyEntriesTable(chart Chart) *table[company.Entry] {
	type row = company.Entry
	numbers, position := chart.numbers()
	return newTable(companyEntriesAbout, []column[row]{
		text("enterprise", func(r *row, b []byte) []byte { return r.Number.Append(b) }).means("enterprise number, 10 digits"),
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
		text("reference", func(r *row, b []byte) []byte { return r.Number.AppendReference(b, r.Year) }).
			means("structured communication, 12 digits"),
	})
}

// CompanyReject is a rejected row as published.
type CompanyReject struct {
	Source     string // the file
	Row        int64  // the first data row is 1
	Enterprise string // as read
	Year       int    // 0: unreadable or without meaning
	Code       company.Code
	Message    string
	Content    string // the row as read
}

func companyRejectsTable() *table[CompanyReject] {
	type row = CompanyReject
	return newTable(companyRejectsAbout, []column[row]{
		text("source", func(r *row, b []byte) []byte { return append(b, r.Source...) }).
			means(sourceMeaning),
		number("row", parquet.Long, func(r *row) int64 { return r.Row }).means(rowMeaning),
		maybeText("enterprise", func(r *row, b []byte) []byte { return append(b, r.Enterprise...) }).
			means("as the row has it, right or wrong"),
		optional("year", parquet.Integer, func(r *row) int64 { return int64(r.Year) }).
			means(yearMeaning),
		code("code", company.CodeNames(), func(r *row) int64 { return int64(r.Code) }).
			means("why, see [companies.md](companies.md)"),
		text("message", func(r *row, b []byte) []byte { return append(b, r.Message...) }).means(messageMeaning),
		text("content", func(r *row, b []byte) []byte { return append(b, r.Content...) }).
			means(contentMeaning),
	})
}

// maybeText is a column of texts; an empty one is null.
func maybeText[Row any](name string, value func(*Row, []byte) []byte) column[Row] {
	return column[Row]{plain(parquet.Column{Name: name, Type: parquet.Text, Optional: true}), func(w *parquet.Writer, at int, rows []Row) {
		for i := range rows {
			w.AppendOptional(at, func(dst []byte) []byte { return value(&rows[i], dst) })
		}
	}}
}

// CompanyRejectsPart is the path of the rejects in a batch of companies.
func CompanyRejectsPart() string { return CompanyRejectsTable + "/part-00000.parquet" }

// WriteCompanies writes the results, which are sorted by year and company, and their entries: one file a year of each. Every
// file says the facts of itself.
func WriteCompanies(create Create, chart Chart, results []company.Result, facts ...parquet.Fact) error {
	companies, entries := companiesTable(), companyEntriesTable(chart)
	for len(results) > 0 {
		year, n := results[0].Year, 0
		for n < len(results) && results[n].Year == year {
			n++
		}
		if err := fill(create, companies, Part(CompaniesTable, int(year), 0), each(results[:n]), facts); err != nil {
			return err
		}
		if err := fill(create, entries, Part(CompanyEntriesTable, int(year), 0), entriesOf(results[:n]), facts); err != nil {
			return err
		}
		results = results[n:]
	}
	return nil
}

// WriteCompanyRejects writes the rejects in the order they are given, if there are any.
func WriteCompanyRejects(create Create, rejects []CompanyReject, facts ...parquet.Fact) error {
	return fill(create, companyRejectsTable(), CompanyRejectsPart(), each(rejects), facts)
}

func each[Row any](rows []Row) iter.Seq[*Row] {
	return func(yield func(*Row) bool) {
		for i := range rows {
			if !yield(&rows[i]) {
				return
			}
		}
	}
}

func entriesOf(results []company.Result) iter.Seq[*company.Entry] {
	return func(yield func(*company.Entry) bool) {
		var booked []company.Entry
		for i := range results {
			booked = company.AppendEntries(booked[:0], &results[i])
			for j := range booked {
				if !yield(&booked[j]) {
					return
				}
			}
		}
	}
}

// fill writes one file of a table. Without a row there is no file.
func fill[Row any](create Create, t *table[Row], name string, rows iter.Seq[*Row], facts []parquet.Fact) (err error) {
	var p part[Row]
	for row := range rows {
		if p.file == nil {
			if p.file, err = create(name); err != nil {
				return err
			}
		}
		if p.rows = append(p.rows, *row); len(p.rows) == blockRows {
			if err = p.write(t, facts); err != nil {
				break
			}
		}
	}
	if p.file == nil {
		return err
	}
	if err == nil && len(p.rows) > 0 {
		err = p.write(t, facts)
	}
	if err == nil {
		err = p.columns.Close()
	}
	if closeErr := p.file.Close(); err == nil {
		err = closeErr
	}
	return err
}
