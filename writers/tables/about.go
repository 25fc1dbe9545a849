package tables

import (
	"regul/pipeline/law"
	"regul/writers/dictionary"
	"regul/writers/parquet"
)

// Dictionary describes the tables of a batch that this package writes, in the order in which they are read.
func Dictionary(l *law.Law) []dictionary.Table {
	return []dictionary.Table{
		regularisationsTable().about, quartersTable(l).about, surchargesTable().about, entriesTable(DefaultChart()).about,
		balancesTable().about, PeopleRejects.about, companiesTable().about, companyEntriesTable(DefaultChart()).about,
		companyBalancesTable().about, CompanyRejects.about,
	}
}

// Columns are the columns of a table as they are published; none of a table that is not one of settled years.
func Columns(table string, l *law.Law) []parquet.Column {
	for _, t := range Dictionary(l) {
		if t.Name == table && t.Yearly {
			return t.Plain()
		}
	}
	return nil
}

// The keys of a version of an affiliate's year and of a company's in the batch that published it: what hangs on one names it by these.
var (
	settledKey        = []string{"batch", "niss", "contribution_year"}
	companySettledKey = []string{"batch", "enterprise", "contribution_year"}

	ofRegularisation = references(RegularisationsTable, "batch", "niss", "contribution_year", "version")
	ofCompany        = references(CompaniesTable, "batch", "enterprise", "contribution_year", "version")
)

func references(table string, columns ...string) []dictionary.Reference {
	return []dictionary.Reference{{Columns: columns, Table: table, To: columns}}
}

// The tables, without their columns.
var (
	regularisationsAbout = dictionary.Table{
		Name: RegularisationsTable, Path: yearly(RegularisationsTable), InBatch: true, Yearly: true,
		Meaning: "One row for each affiliate and contribution year that the batch settles. `D`, `C`, `P` are as in [law.md](law.md#settlement).",
		Key:     settledKey,
	}
	quartersAbout = dictionary.Table{
		Name: QuartersTable, Path: yearly(QuartersTable), InBatch: true, Yearly: true,
		Meaning: "One row for each quarter of the account of a regularised year, also those that owe nothing.",
		Key:     append(settledKey[:3:3], "quarter"), References: ofRegularisation,
	}
	surchargesAbout = dictionary.Table{
		Name: SurchargesTable, Path: yearly(SurchargesTable), InBatch: true, Yearly: true,
		Meaning: "One row for each term of a surcharge: for an unjustified reduction (AR 38 art. 11bis) or for late payment " +
			"(RGS art. 44, 44bis), as `basis` says. Terms of 0 are left out.",
		Key: append(settledKey[:3:3], "basis", "unpaid_on", "percent"), References: ofRegularisation,
	}
	entriesAbout = dictionary.Table{
		Name: EntriesTable, Path: yearly(EntriesTable), InBatch: true, Yearly: true,
		Meaning: "One row for each line of the books: debit = credit for each affiliate and year. A year whose arrears a refund of another " +
			"year pays has entries without being in `regularisations`. What is booked when, with examples: [accounting.md](accounting.md).",
		Key: []string{"batch", "niss", "contribution_year", "line"}, References: ofRegularisation,
	}
	balancesAbout = dictionary.Table{
		Name: BalancesTable, Path: yearly(BalancesTable), InBatch: true, Yearly: true,
		Meaning: "One row for each affiliate and year as of the batch: the years that it settles, and those where something is " +
			"open, in credit, or ordered and not seen.",
		Key: settledKey,
	}
	companiesAbout = dictionary.Table{
		Name: CompaniesTable, Path: yearly(CompaniesTable), InBatch: true, Yearly: true,
		Meaning: "One row for each company and contribution year that the batch settles, see [companies.md](companies.md).",
		Key:     companySettledKey,
	}
	companyEntriesAbout = dictionary.Table{
		Name: CompanyEntriesTable, Path: yearly(CompanyEntriesTable), InBatch: true, Yearly: true,
		Meaning: "One row for each line of the books of companies: debit = credit for each company and year.",
		Key:     []string{"batch", "enterprise", "contribution_year", "line"}, References: ofCompany,
	}
	companyBalancesAbout = dictionary.Table{
		Name: CompanyBalancesTable, Path: yearly(CompanyBalancesTable), InBatch: true, Yearly: true,
		Meaning: "One row for each company and year as of the batch: the years that it settles, and those that earlier ones settled where " +
			"something is open, in credit, or ordered and not seen.",
		Key: companySettledKey,
	}
)

// yearly is where the files of a table lie in a batch that has a folder for each year, onePart those of one that has none.
func yearly(table string) string  { return table + "/year=*/part-*.parquet" }
func onePart(table string) string { return table + "/part-*.parquet" }
