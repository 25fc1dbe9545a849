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
	return newTable(CompaniesTable, []column[row]{
		text("enterprise", func(r *row, b []byte) []byte { return r.Number.Append(b) }),
		number("contribution_year", parquet.Integer, func(r *row) int64 { return int64(r.Year) }),
		number("version", parquet.Integer, func(r *row) int64 { return int64(r.Version) }),
		nullable("balance_total", parquet.Income, int64(company.NoBalance), func(r *row) int64 { return int64(r.Balance) }),
		nullable("created_on", parquet.Date, int64(company.NoDay), func(r *row) int64 { return int64(r.CreatedOn) }),
		maybeCode("exemption", company.Exemptions(), func(r *row) int64 { return int64(r.Exemption) }),
		flag("exempt", func(r *row) bool { return r.Exempt }),
		amount("threshold", func(r *row) money.Cents { return r.Threshold }),
		code("size", company.Sizes(), func(r *row) int64 { return int64(r.Size) }),
		code("ground", company.Grounds(), func(r *row) int64 { return int64(r.Ground) }),
		amount("contribution", func(r *row) money.Cents { return r.Amount }),
		amount("definitive", func(r *row) money.Cents { return r.Definitive }),
		amount("called_reported", func(r *row) money.Cents { return r.Called }),
		amount("called", func(r *row) money.Cents { return r.CalledBefore }),
		amount("paid", func(r *row) money.Cents { return r.Paid }),
		amount("refunded_before", func(r *row) money.Cents { return r.RefundedBefore }),
		amount("supplement", func(r *row) money.Cents { return r.Supplement }),
		amount("surplus_applied", func(r *row) money.Cents { return r.SurplusApplied }),
		amount("to_pay", func(r *row) money.Cents { return r.ToPay }),
		amount("cancelled", func(r *row) money.Cents { return r.Cancelled }),
		amount("refund", func(r *row) money.Cents { return r.Refund }),
		amount("arrears", func(r *row) money.Cents { return r.Arrears }),
		amount("late_principal", func(r *row) money.Cents { return r.Late }),
		number("late_months", parquet.Integer, func(r *row) int64 { return r.Months }),
		amount("surcharge_total", func(r *row) money.Cents { return r.SurchargeTotal }),
		amount("surcharge", func(r *row) money.Cents { return r.Surcharge }),
		code("outcome", pipeline.Outcomes(), func(r *row) int64 { return int64(r.Outcome) }),
		number("notified_on", parquet.Date, func(r *row) int64 { return int64(r.NotifiedOn) }),
		number("due_date", parquet.Date, func(r *row) int64 { return int64(r.Due) }),
		number("pay_by", parquet.Date, func(r *row) int64 { return int64(r.PayBy) }),
		text("reference", func(r *row, b []byte) []byte { return r.Number.AppendReference(b, int(r.Year)) }),
		code("language", pipeline.Languages(), func(r *row) int64 { return int64(r.Language) }),
	})
}

func companyEntriesTable(chart Chart) *table[company.Entry] {
	type row = company.Entry
	numbers, position := chart.numbers()
	return newTable(CompanyEntriesTable, []column[row]{
		text("enterprise", func(r *row, b []byte) []byte { return r.Number.Append(b) }),
		number("contribution_year", parquet.Integer, func(r *row) int64 { return int64(r.Year) }),
		number("version", parquet.Integer, func(r *row) int64 { return int64(r.Version) }),
		number("line", parquet.Integer, func(r *row) int64 { return int64(r.Line) }),
		number("booked_on", parquet.Date, func(r *row) int64 { return int64(r.BookedOn) }),
		code("role", pipeline.Roles(), func(r *row) int64 { return int64(r.Role) }),
		code("account", numbers, func(r *row) int64 { return position[r.Role] }),
		amount("debit", func(r *row) money.Cents { return r.Debit }),
		amount("credit", func(r *row) money.Cents { return r.Credit }),
		text("reference", func(r *row, b []byte) []byte { return r.Number.AppendReference(b, r.Year) }),
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
	return newTable(CompanyRejectsTable, []column[row]{
		text("source", func(r *row, b []byte) []byte { return append(b, r.Source...) }),
		number("row", parquet.Long, func(r *row) int64 { return r.Row }),
		maybeText("enterprise", func(r *row, b []byte) []byte { return append(b, r.Enterprise...) }),
		optional("year", parquet.Integer, func(r *row) int64 { return int64(r.Year) }),
		code("code", company.CodeNames(), func(r *row) int64 { return int64(r.Code) }),
		text("message", func(r *row, b []byte) []byte { return append(b, r.Message...) }),
		text("content", func(r *row, b []byte) []byte { return append(b, r.Content...) }),
	})
}

// maybeText is a column of texts; an empty one is null.
func maybeText[Row any](name string, value func(*Row, []byte) []byte) column[Row] {
	return column[Row]{parquet.Column{Name: name, Type: parquet.Text, Optional: true}, func(w *parquet.Writer, at int, rows []Row) {
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
