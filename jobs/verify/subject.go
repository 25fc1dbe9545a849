package verify

import (
	"context"

	"regul/jobs/batch"
	"regul/pipeline/law"
	"regul/writers/tables"
)

// subject is what differs between batches of the self-employed and of companies.
type subject struct {
	*batch.About
	hasIncome     bool     // the manifest tells what became of the income
	laterPayments bool     // batches of before the money ledger may have had no payment files
	tables        []string // that control totals are made of
	lawVersion    func() (string, error)
	check         func(*verifier, context.Context) error // its tables
}

// subjects are all of them.
var subjects = []subject{
	{About: batch.AboutPeople, hasIncome: true, tables: yearTables,
		lawVersion: func() (string, error) { return versionOf(law.Standard()) }, check: (*verifier).checkTables},
	{About: batch.AboutCompanies, laterPayments: true,
		tables:     []string{tables.CompaniesTable, tables.CompanyEntriesTable, tables.CompanyBalancesTable},
		lawVersion: func() (string, error) { return versionOf(law.Companies()) }, check: (*verifier).checkCompanies},
}

// subjectOf is the subject of a batch.
func subjectOf(m *batch.Manifest) (found subject) {
	for _, s := range subjects {
		if s.About == m.About() {
			found = s
		}
	}
	return found
}

// versionOf is the version of a law that was read.
func versionOf(l interface{ Version() string }, err error) (string, error) {
	if err != nil {
		return "", err
	}
	return l.Version(), nil
}
