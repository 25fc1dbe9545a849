package current

import (
	"slices"

	"regul/jobs/batch"
	"regul/jobs/compact"
	"regul/jobs/views"
	"regul/pipeline/law"
	"regul/writers/dictionary"
	"regul/writers/notice/index"
	"regul/writers/payments"
	"regul/writers/tables"
)

// Folder is the folder of the compacted tables in the directory of the batches.
const Folder = views.Folder

// kept is a compacted table, and the job whose batches fill it.
type kept struct {
	*compact.Table
	job   batch.Job
	from  string // the table of the batches
	name  string // its folder
	alone bool   // it holds the rows of the last batch alone: each batch tells the whole

	follows bool // it holds the last versions of people, whose national number may be replaced
}

// Dictionary describes every table that regul publishes, in the order in which they are read: those of the batches, then the
// compacted ones.
func Dictionary(l *law.Law) []dictionary.Table {
	all := published(l)
	for _, k := range compacted(all) {
		all = append(all, k.Described())
	}
	for _, t := range openTables {
		all = append(all, t.about)
	}
	return append(all, batchesAbout)
}

// published describes the tables of the batches.
func published(l *law.Law) []dictionary.Table {
	return slices.Concat(tables.Dictionary(l), index.Dictionary(), payments.Dictionary())
}

// compaction says what becomes a compacted table.
type compaction struct {
	of            *batch.About
	name, meaning string
	from          string   // the table of the batches
	latest        bool     // the last version of a year; else all of them
	alone         bool     // the last batch tells the whole
	key, order    []string // what tells its rows apart; by what they are sorted after the number and the year
	version       string   // the compacted table that has the version of a row; "": none
}

// compacted are the tables that are brought together, of those that the batches hold.
func compacted(published []dictionary.Table) (list []kept) {
	const inBatch = compact.BatchColumn
	for _, c := range []compaction{
		{of: batch.AboutPeople, name: tables.RegularisationsTable, meaning: "The last version of each affiliate's year.",
			from: tables.RegularisationsTable, latest: true, key: []string{"niss", "contribution_year"}},
		{of: batch.AboutPeople, name: views.Versions, meaning: "Every version of each affiliate's year.",
			from: tables.RegularisationsTable, key: []string{"niss", "contribution_year", "version"}, order: []string{"version"}},
		{of: batch.AboutPeople, name: tables.QuartersTable, meaning: "The quarters of the last version of each affiliate's year.",
			from: tables.QuartersTable, latest: true, key: []string{"niss", "contribution_year", "quarter"}, order: []string{"quarter"},
			version: views.Versions},
		{of: batch.AboutPeople, name: tables.SurchargesTable, meaning: "The terms of surcharges of every version.",
			from: tables.SurchargesTable, key: []string{"niss", "contribution_year", "version", "basis", "unpaid_on", "percent"},
			order: []string{"version", "basis", "unpaid_on", "percent"}, version: views.Versions},
		{of: batch.AboutPeople, name: tables.EntriesTable, meaning: "The books of every batch that counts.",
			from: tables.EntriesTable, key: []string{inBatch, "niss", "contribution_year", "line"}, order: []string{inBatch, "line"}},
		{of: batch.AboutPeople, name: tables.BalancesTable,
			meaning: "What was open, in credit or not seen of each affiliate's year as of the last batch that counts.",
			from:    tables.BalancesTable, latest: true, alone: true, key: []string{"niss", "contribution_year"}},
		{of: batch.AboutPeople, name: payments.IndexTable, meaning: "The refunds and claims of every batch that counts.",
			from: payments.IndexTable, key: []string{inBatch, "niss", "contribution_year", "kind"}, order: []string{inBatch, "kind"}},
		{of: batch.AboutPeople, name: index.PeopleTable, meaning: "The letters of every batch that counts.",
			from: index.PeopleTable, key: []string{inBatch, "file", "first_page"}, order: []string{inBatch, "file", "first_page"}},
		{of: batch.AboutCompanies, name: tables.CompaniesTable, meaning: "The last version of each company's year.",
			from: tables.CompaniesTable, latest: true, key: []string{"enterprise", "contribution_year"}},
		{of: batch.AboutCompanies, name: views.CompanyVersions, meaning: "Every version of each company's year.",
			from: tables.CompaniesTable, key: []string{"enterprise", "contribution_year", "version"}, order: []string{"version"}},
		{of: batch.AboutCompanies, name: tables.CompanyEntriesTable, meaning: "The books of every batch of companies that counts.",
			from: tables.CompanyEntriesTable, key: []string{inBatch, "enterprise", "contribution_year", "line"},
			order: []string{inBatch, "line"}},
		{of: batch.AboutCompanies, name: tables.CompanyBalancesTable,
			meaning: "What was open, in credit or not seen of each company's year as of the last batch that counts.",
			from:    tables.CompanyBalancesTable, latest: true, alone: true, key: []string{"enterprise", "contribution_year"}},
		{of: batch.AboutCompanies, name: payments.CompanyIndexTable, meaning: "The refunds and claims of every batch of companies " +
			"that counts.",
			from: payments.CompanyIndexTable, key: []string{inBatch, "enterprise", "contribution_year", "kind"},
			order: []string{inBatch, "kind"}},
		{of: batch.AboutCompanies, name: index.CompanyTable, meaning: "The letters of every batch of companies that counts.",
			from: index.CompanyTable, key: []string{inBatch, "enterprise", "contribution_year"}, order: []string{inBatch}},
	} {
		list = append(list, c.keep(published))
	}
	return list
}

// keep makes a compacted table of what the batches hold of one.
func (c *compaction) keep(published []dictionary.Table) kept {
	at := slices.IndexFunc(published, func(t dictionary.Table) bool { return t.Name == c.from })
	of := published[at]
	of.Name, of.Path, of.InBatch, of.Yearly, of.Meaning, of.Key = Folder+"/"+c.name, glob(c.name), false, false, c.meaning, c.key
	of.References = []dictionary.Reference{{Columns: []string{compact.BatchColumn}, Table: batchesAbout.Name, To: []string{"batch"}}}
	if c.version != "" {
		named := []string{"niss", "contribution_year", "version"}
		of.References = append(of.References, dictionary.Reference{Columns: named, Table: Folder + "/" + c.version, To: named})
	}
	of.Columns = slices.DeleteFunc(slices.Clone(of.Columns), func(c dictionary.Column) bool { return c.Local })
	year := "contribution_year"
	if !of.Has(year) {
		year = ""
	}
	k := kept{Table: compact.NewTable(of, c.of.Number, year, c.latest, c.order...), job: c.of.Job, from: c.from, name: c.name,
		alone: c.alone, follows: c.of == batch.AboutPeople && c.latest && !c.alone}
	if k.follows && len(c.order) == 0 { // the others are of these
		k.Version = "version"
	}
	return k
}

// part is the path of a part, and glob that of all.
func part(table, name string) string { return Folder + "/" + table + "/part-" + name + ".parquet" }
func glob(table string) string       { return part(table, "*") }
