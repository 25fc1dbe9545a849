package batch

import (
	"path"

	"regul/pipeline"
	"regul/pipeline/company"
	"regul/writers/notice/index"
	"regul/writers/payments"
	"regul/writers/tables"
)

// About is with whom a job settles, and where its batches say it.
type About struct {
	*pipeline.Subject // inputs, codes, stages
	Job               Job
	One, Several      string                                // what messages call one of them, and several
	Number            string                                // the column of the number that names them
	Digits            int                                   // of it
	Parse             func([]byte) (pipeline.NISS, bool)    // reads it
	Whose             func([]byte) (pipeline.Dossier, bool) // reads what stands in the column Money.Whose
	Yearly            bool                                  // they have a letter for each year, and a row of the register

	Settled  string // the table of the settlements, a row for each year
	Entries  string
	Rejects  string
	Notices  string          // the index of the letters
	Money    *payments.Index // the tables of the refunds and collections
	Balances string          // the table of what is open, in credit or not seen
}

// With whom there are jobs.
var (
	AboutPeople = &About{Subject: pipeline.People, Job: RunJob, One: "affiliate", Several: "affiliates",
		Number: "niss", Digits: pipeline.NISSDigits, Parse: pipeline.ParseNISS, Whose: pipeline.ParseDossier,
		Settled: tables.RegularisationsTable, Entries: tables.EntriesTable, Rejects: tables.RejectsTable, Notices: index.PeopleTable,
		Money: payments.PeopleIndex, Balances: tables.BalancesTable}
	AboutCompanies = &About{Subject: company.Subject, Job: CompaniesJob, One: "company", Several: "companies",
		Number: "enterprise", Digits: company.NumberDigits, Yearly: true,
		Parse: func(text []byte) (pipeline.NISS, bool) {
			number, ok := company.ParseNumber(text)
			return pipeline.NISS(number), ok
		},
		Whose: func(text []byte) (pipeline.Dossier, bool) {
			number, ok := company.ParseNumber(text)
			return number.Dossier(), ok
		},
		Settled: tables.CompaniesTable, Entries: tables.CompanyEntriesTable, Rejects: tables.CompanyRejectsTable,
		Notices: index.CompanyTable, Money: payments.CompanyIndex, Balances: tables.CompanyBalancesTable}
)

// Abouts are all of them: whoever goes through the jobs goes through these.
func Abouts() []*About { return []*About{AboutPeople, AboutCompanies} }

// About is with whom the batch settled, and where it says it.
func (m *Manifest) About() *About { return AboutOf(m.Job) }

// AboutOf is with whom a job settles; nil: this program does not know the job.
func AboutOf(job Job) *About {
	for _, a := range Abouts() {
		if a.Job == job {
			return a
		}
	}
	return nil
}

// HasDossier says whether they have a dossier at the fund beside their number.
func (a *About) HasDossier() bool { return a.Money.Whose != a.Number }

// Write is a number as the tables write it.
func (a *About) Write(number pipeline.NISS) string {
	return string(pipeline.AppendNumber(nil, int64(number), uint8(a.Digits)))
}

// Named is somebody by the number of the job: JSON tells the one that there is.
type Named struct {
	NISS       string `json:"niss,omitempty"`
	Enterprise string `json:"enterprise,omitempty"`
}

// Named is somebody by a number, as the tables write it.
func (a *About) Named(number string) Named {
	if a == AboutCompanies {
		return Named{Enterprise: number}
	}
	return Named{NISS: number}
}

// Name is the number.
func (n Named) Name() string { return n.NISS + n.Enterprise }

// RejectsCSV is the path of the rejects of an input as CSV.
func (a *About) RejectsCSV(input string) string { return path.Join(a.Rejects, input+".csv") }

// ParseNumbers reads numbers as people write them, and gives them as the tables do; false where one of them is none.
func (a *About) ParseNumbers(texts []string) (numbers []string, ok bool) {
	for _, text := range texts {
		number, ok := a.Parse([]byte(text))
		if !ok {
			return nil, false
		}
		numbers = append(numbers, a.Write(number))
	}
	return numbers, true
}

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
