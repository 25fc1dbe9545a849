package batch

import (
	"path"

	"regul/writers/notice/index"
	"regul/writers/payments"
	"regul/writers/tables"
)

// About is where the batches of a job say whom they settled with.
type About struct {
	Job     Job
	Number  string // the column of the number that names them
	Settled string // the table of the settlements, a row for each year
	Rejects string
	Notices string          // the index of the letters
	Money   *payments.Index // the tables of the refunds and collections

	Balances string // the table of what is open, in credit or not seen
}

// The two kinds of batches.
var (
	AboutPeople = &About{RunJob, "niss", tables.RegularisationsTable, tables.RejectsTable, index.PeopleTable, payments.PeopleIndex,
		tables.BalancesTable}
	AboutCompanies = &About{CompaniesJob, "enterprise", tables.CompaniesTable, tables.CompanyRejectsTable, index.CompanyTable,
		payments.CompanyIndex, tables.CompanyBalancesTable}
)

// Abouts are both.
func Abouts() []*About { return []*About{AboutPeople, AboutCompanies} }

// About is where the batch says whom it settled with.
func (m *Manifest) About() *About { return AboutOf(m.Job) }

// AboutOf is where the batches of a job say whom they settled with.
func AboutOf(job Job) *About {
	if job == CompaniesJob {
		return AboutCompanies
	}
	return AboutPeople
}

// RejectsCSV is the path of the rejects of an input as CSV.
func (a *About) RejectsCSV(input string) string { return path.Join(a.Rejects, input+".csv") }

// SettledYear is a year that a batch settled.
type SettledYear struct {
	Number string
	Year   int64
}

// SettledFields are the years that batches settled, in the table About.Settled.
func (a *About) SettledFields() Fields[SettledYear] {
	return Fields[SettledYear]{
		TextField(a.Number, func(s *SettledYear) *string { return &s.Number }),
		WholeField("contribution_year", func(s *SettledYear) *int64 { return &s.Year }),
	}
}

// RejectedRow is a row of the rejects of a batch. Number and year are "" and 0 where the row has none that can be read.
type RejectedRow struct {
	Source, Number, Code, Message, Content string
	Row, Year                              int64
}

// Key tells the reject from others: the same row comes again with every delivery.
func (r *RejectedRow) Key() RejectKey { return RejectKeyOf(r.Code, r.Content) }

// Place is where the row stood.
func (r *RejectedRow) Place() RejectPlace { return RejectPlace{Source: r.Source, Row: r.Row} }

// RejectFields are the rejects of batches, in the table About.Rejects.
func (a *About) RejectFields() Fields[RejectedRow] {
	return Fields[RejectedRow]{
		TextField("source", func(r *RejectedRow) *string { return &r.Source }),
		WholeField("row", func(r *RejectedRow) *int64 { return &r.Row }),
		TextField(a.Number, func(r *RejectedRow) *string { return &r.Number }),
		WholeField("year", func(r *RejectedRow) *int64 { return &r.Year }),
		TextField("code", func(r *RejectedRow) *string { return &r.Code }),
		TextField("message", func(r *RejectedRow) *string { return &r.Message }),
		TextField("content", func(r *RejectedRow) *string { return &r.Content }),
	}
}
