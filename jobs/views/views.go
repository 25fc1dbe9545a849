// Package views owns the views over the compacted tables of current/: what they are called, what their columns hold, and their rows. For
// DuckDB they are written in SQL (views.sql), which is the reference; for who has no DuckDB they are computed here, row by row, from the
// same tables, and a test compares the two cell by cell (fixtures/duckdb).
//
// A view is made of a table as in SQL: where, of (columns), with and without (joins), group. Tables are read row by row, in their order;
// only groups, and the years whose national number was replaced, are in memory.
package views

import (
	"regul/readers/table"
	"regul/writers/dictionary"
	"regul/writers/notice/index"
	"regul/writers/payments"
	"regul/writers/tables"
)

// The folders of the compacted tables that are not named as the table of the batches that they hold.
const (
	Folder             = "current" // of all of them, in the directory of the batches
	Batches            = "batches"
	Versions           = "versions"
	CompanyVersions    = "company_versions"
	RejectsOpen        = "rejects_open"
	CompanyRejectsOpen = "company_rejects_open"
)

// Source is where the rows of tables are.
type Source interface {
	// Each gives columns of all rows of a table, in its order. The block is used again for the next one.
	Each(table string, columns []table.Column, visit func(*table.Block) error) error
}

// view is a view of views.sql. Its rows have the order of its key, and nulls come first.
type view struct {
	name, meaning string
	table         string // the table of which it is another name; "": it is computed
	key           []string
	rows          func(*database) *rows
}

// declared are the views, in the order of views.sql.
var declared = []view{
	{name: "batches", table: Batches,
		meaning: "the batches that were published, with their totals, whether they count, and since when and why not"},
	{name: "regularisations", table: Versions,
		meaning: "the first name of `versions`, which stays. Take care: the folder `current/regularisations` and " +
			"`regul export --table regularisations` hold `latest`, of last versions alone"},
	{name: "surcharges", table: tables.SurchargesTable, meaning: "the terms of surcharges of every version"},
	{name: "entries", table: tables.EntriesTable, meaning: "the books of all batches that count"},
	{name: "balances", table: tables.BalancesTable, meaning: "affiliates' years with money to look at, as of the last batch that counts"},
	{name: "payments", table: payments.IndexTable, meaning: "the refunds and claims of all batches that count"},
	{name: "notices", table: index.PeopleTable, meaning: "the letters of all batches that count"},
	{name: "latest_companies", table: tables.CompaniesTable, meaning: "the last version of each company's year"},
	{name: "companies", table: CompanyVersions,
		meaning: "the first name of `company_versions`, which stays. Take care, as of `regularisations`"},
	{name: "company_entries", table: tables.CompanyEntriesTable, meaning: "the books of companies"},
	{name: "company_balances", table: tables.CompanyBalancesTable,
		meaning: "companies' years with money to look at, as of the last batch of companies that counts"},
	{name: "company_payments", table: payments.CompanyIndexTable, meaning: "the refunds and claims of companies"},
	{name: "company_notices", table: index.CompanyTable, meaning: "the letters of companies"},
	{name: "versions", table: Versions,
		meaning: "every version of each affiliate's year. Versions are differences: sum `definitive` over `latest`, never " +
			"over these"},
	{name: "company_versions", table: CompanyVersions, meaning: "every version of each company's year"},
	{name: "renumbered", key: affiliateYear, rows: renumbered,
		meaning: "affiliates' years that were settled again after the national number was replaced: " +
			"under the former number they count no more, and are among the versions alone"},
	{name: "latest", table: tables.RegularisationsTable,
		meaning: "the last version of each affiliate's year: most questions are about this one"},
	{name: "quarters", table: tables.QuartersTable, meaning: "the quarters of the last versions"},
	{name: "live", key: []string{"batch"}, rows: live, meaning: "the batches that count"},
	{name: "today", key: []string{"day"}, rows: today, meaning: "the day of the last batch: no view looks at the clock"},
	{name: "open_rejects", key: []string{"niss", "year", "code", "content"}, rows: openRejects(RejectsOpen, people),
		meaning: "the rejects that no later batch closed, with their age"},
	{name: "open_company_rejects", key: []string{"enterprise", "year", "code", "content"}, rows: openRejects(CompanyRejectsOpen, companies),
		meaning: "the rejects of companies that no later batch closed, with their age"},
	{name: "claims", key: versionKey, rows: claims, meaning: "the versions that claim something"},
	{name: "cash_expected", key: []string{"due_date"}, rows: cashExpected,
		meaning: "what the last versions claim and is not due yet, by due date"},
	{name: "receivables", key: affiliateYear, rows: receivables,
		meaning: "affiliates' years with something open, as of the last notice of the year"},
	{name: "receivables_by_age", key: []string{"age"}, rows: receivablesByAge,
		meaning: "what is open by age, as of the last notice of each year"},
	{name: "balances_by_age", key: []string{"age"}, rows: balancesByAge,
		meaning: "what is open today by age, by the balances of the last batch: later " +
			"payments are off, years that no batch has settled are in"},
	{name: "company_cash_expected", key: []string{"pay_by"}, rows: companyCashExpected,
		meaning: "what the last versions of companies ask for, by the day until which it costs no further surcharge"},
	{name: "company_balances_by_age", key: []string{"age"}, rows: companyBalancesByAge,
		meaning: "what is open of companies by age, by the balances of their last batch"},
	{name: "supplements_by_year", key: []string{"contribution_year", "category"}, rows: supplementsByYear,
		meaning: "supplements by year and category: each once, under the category of the last quarter that owes"},
	{name: "supplements_by_quarter", key: []string{"contribution_year", "category"}, rows: supplementsByQuarter,
		meaning: "supplements by year and category: what each quarter owes more than was called"},
	{name: "refunds_without_account", key: []string{"niss", "contribution_year", "batch"}, rows: refundsWithoutAccount,
		meaning: "the refunds that could not be sent"},
	{name: "late_statements", key: versionKey, rows: lateStatements, meaning: "the versions that were notified too late"},
	{name: "career", key: []string{"niss", "contribution_year", "quarter"}, rows: career,
		meaning: "the quarters of the years that were regularised: whether each counts, category, income"},
	{name: tables.CertificateTable, key: []string{"calendar_year", "niss"}, rows: certificate,
		meaning: "who paid in a calendar year: what `regul certificate --year 2023 --to batches/certificates/2023` has written, for no " +
			"batch holds payments as they came in. In SQL it takes the year, as `certificate(2023)`; `certificate('*')` is all years"},
}

var (
	affiliateYear = []string{"niss", "contribution_year"}
	versionKey    = []string{"niss", "contribution_year", "version"}
)

// database is what the views are made of.
type database struct {
	source Source
	tables map[string]*dictionary.Table // by folder
	days   map[string]int64             // of the batches that count
	last   map[string]int64             // the last of these, by job
}

func newDatabase(source Source, all []dictionary.Table) *database {
	d := &database{source: source, tables: map[string]*dictionary.Table{}, days: map[string]int64{}, last: map[string]int64{}}
	for i := range all {
		d.tables[folderOf(&all[i])] = &all[i]
	}
	certificates := tables.Certificates()
	d.tables[tables.CertificateTable] = &certificates
	return d
}

// readDays reads the days of the batches that count.
func (d *database) readDays() error {
	batches := live(d)
	name, job, day := batches.column("batch"), batches.column("job"), batches.column("as_of")
	return batches.each(func() error {
		on := day.cell().number
		d.days[string(name.cell().text)] = on
		of := string(job.cell().text)
		d.last[of] = max(d.last[of], on)
		return nil
	})
}

// Described are the views, as the data package and the documentation describe them; all are the tables.
func Described(all []dictionary.Table) (described []dictionary.View) {
	d := newDatabase(nil, all)
	for _, v := range declared {
		of := dictionary.View{Table: dictionary.Table{Name: v.name, Meaning: v.meaning, Key: v.key}}
		if v.table != "" {
			of.Of, of.Key = d.tables[v.table].Name, d.tables[v.table].Key
		} else {
			for _, c := range v.rows(d).columns {
				of.Columns = append(of.Columns, c.Column)
			}
		}
		described = append(described, of)
	}
	return described
}

// Names are those of all that can be written: the views, then the compacted tables that no view is called like.
func Names() (names []string) {
	for _, v := range declared {
		names = append(names, v.name)
	}
	return append(names, RejectsOpen, CompanyRejectsOpen)
}
