package current

import (
	"slices"

	"regul/jobs/batch"
	"regul/jobs/compact"
	"regul/pipeline/law"
	"regul/writers/dictionary"
	"regul/writers/notice"
	"regul/writers/payments"
	"regul/writers/tables"
)

// Folder is the folder of the compacted tables in the directory of the batches.
const Folder = "current"

// The compacted tables that are not named like the table of the batches that they hold.
const (
	versionsTable           = "versions"
	rejectsOpenTable        = "rejects_open"
	companyVersionsTable    = "company_versions"
	companyRejectsOpenTable = "company_rejects_open"
	batchesTable            = "batches"
)

// kept is a compacted table, and the job whose batches fill it.
type kept struct {
	*compact.Table
	job   batch.Job
	from  string // the table of the batches
	name  string // its folder
	alone bool   // it holds the rows of the last batch alone: each batch tells the whole
}

// Dictionary describes every table that regul publishes, in the order in which they are read: those of the batches, then the
// compacted ones.
func Dictionary(l *law.Law) []dictionary.Table {
	all := published(l)
	for _, k := range compacted(all) {
		all = append(all, k.Described())
	}
	return append(all, rejectsOpen.about, companyRejectsOpen.about, batchesAbout)
}

// published describes the tables of the batches.
func published(l *law.Law) []dictionary.Table {
	return slices.Concat(tables.Dictionary(l), notice.Dictionary(), payments.Dictionary())
}

const (
	latest = true
	every  = false
)

// compacted are the tables that are brought together, of those that the batches hold.
func compacted(published []dictionary.Table) []kept {
	people := func(name, meaning, from string, only bool, key []string, order ...string) kept {
		return keep(published, batch.RunJob, name, meaning, from, only, key, "niss", order)
	}
	companies := func(name, meaning, from string, only bool, key []string, order ...string) kept {
		return keep(published, batch.CompaniesJob, name, meaning, from, only, key, "enterprise", order)
	}
	const inBatch = compact.BatchColumn
	balances := people(tables.BalancesTable, "What was open, in credit or not seen of each affiliate's year as of the last batch that counts.",
		tables.BalancesTable, latest, []string{"niss", "contribution_year"})
	balances.alone = true
	return []kept{
		people(tables.RegularisationsTable, "The last version of each affiliate's year.", tables.RegularisationsTable, latest,
			[]string{"niss", "contribution_year"}),
		people(versionsTable, "Every version of each affiliate's year.", tables.RegularisationsTable, every,
			[]string{"niss", "contribution_year", "version"}, "version"),
		people(tables.QuartersTable, "The quarters of the last version of each affiliate's year.", tables.QuartersTable, latest,
			[]string{"niss", "contribution_year", "quarter"}, "quarter"),
		people(tables.SurchargesTable, "The terms of surcharges of every version.", tables.SurchargesTable, every,
			[]string{"niss", "contribution_year", "version", "basis", "unpaid_on", "percent"}, "version", "basis", "unpaid_on", "percent"),
		people(tables.EntriesTable, "The books of every batch that counts.", tables.EntriesTable, every,
			[]string{inBatch, "niss", "contribution_year", "line"}, inBatch, "line"),
		balances,
		people(payments.IndexTable, "The refunds and claims of every batch that counts.", payments.IndexTable, every,
			[]string{inBatch, "niss", "contribution_year", "kind"}, inBatch, "kind"),
		people(notice.IndexTable, "The letters of every batch that counts.", notice.IndexTable, every, []string{inBatch, "niss"}, inBatch),
		companies(tables.CompaniesTable, "The last version of each company's year.", tables.CompaniesTable, latest,
			[]string{"enterprise", "contribution_year"}),
		companies(companyVersionsTable, "Every version of each company's year.", tables.CompaniesTable, every,
			[]string{"enterprise", "contribution_year", "version"}, "version"),
		companies(tables.CompanyEntriesTable, "The books of every batch of companies that counts.", tables.CompanyEntriesTable, every,
			[]string{inBatch, "enterprise", "contribution_year", "line"}, inBatch, "line"),
		companies(payments.CompanyIndexTable, "The refunds and claims of every batch of companies that counts.", payments.CompanyIndexTable, every,
			[]string{inBatch, "enterprise", "contribution_year", "kind"}, inBatch, "kind"),
		companies(notice.CompanyIndexTable, "The letters of every batch of companies that counts.", notice.CompanyIndexTable, every,
			[]string{inBatch, "enterprise", "contribution_year"}, inBatch),
	}
}

// keep makes a compacted table of what the batches hold of one.
func keep(published []dictionary.Table, job batch.Job, name, meaning, from string, only bool, key []string, number string, order []string) kept {
	at := slices.IndexFunc(published, func(t dictionary.Table) bool { return t.Name == from })
	of := published[at]
	of.Name, of.Path, of.InBatch, of.Yearly, of.Meaning, of.Key = Folder+"/"+name, glob(name), false, false, meaning, key
	of.References = nil
	of.Columns = slices.DeleteFunc(slices.Clone(of.Columns), func(c dictionary.Column) bool { return c.Local })
	year := "contribution_year"
	if !of.Has(year) {
		year = ""
	}
	return kept{Table: compact.NewTable(of, number, year, only, order...), job: job, from: from, name: name}
}

// part is the path of a part, and glob that of all.
func part(table, name string) string { return Folder + "/" + table + "/part-" + name + ".parquet" }
func glob(table string) string       { return part(table, "*") }
