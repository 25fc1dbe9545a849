package verify

import (
	"regul/pipeline"
	"regul/pipeline/company"
	"regul/pipeline/law"
	"regul/writers/payments"
	"regul/writers/tables"
)

// subject is what differs between batches of the self-employed and of companies.
type subject struct {
	inputs        []pipeline.Input
	codes         []string // of rejects
	hasIncome     bool     // the manifest tells what became of the income
	hasPayments   bool     // the batch may have payment files
	tables        []string // that control totals are made of
	rejects       string   // the table
	rejectColumns []verifiedColumn[verifiedReject]
	number        string // the column of whose a row is
	notices       string // the folder
	money         *payments.Index
	lawVersion    func() (string, error)
}

func people() subject {
	return subject{inputs: pipeline.People.Inputs, codes: pipeline.People.CodeNames(), hasIncome: true, hasPayments: true,
		tables: yearTables, rejects: tables.RejectsTable, rejectColumns: rejectColumns("niss"), number: "niss", notices: "notices",
		money: payments.PeopleIndex, lawVersion: func() (string, error) { return versionOf(law.Standard()) }}
}

func companies() subject {
	return subject{inputs: company.Subject.Inputs, codes: company.Subject.CodeNames(),
		tables: []string{tables.CompaniesTable, tables.CompanyEntriesTable, tables.CompanyBalancesTable}, rejects: tables.CompanyRejectsTable,
		rejectColumns: rejectColumns("enterprise"), number: "enterprise", notices: "company_notices", money: payments.CompanyIndex,
		lawVersion: func() (string, error) { return versionOf(law.Companies()) }}
}

// versionOf is the version of a law that was read.
func versionOf(l interface{ Version() string }, err error) (string, error) {
	if err != nil {
		return "", err
	}
	return l.Version(), nil
}
