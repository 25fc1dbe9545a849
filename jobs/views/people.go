package views

import (
	"cmp"
	"slices"
	"strconv"

	"regul/pipeline"
	"regul/writers/dictionary"
	"regul/writers/parquet"
	"regul/writers/payments"
	"regul/writers/tables"
)

// The jobs of batches, as the table of the batches names them.
const (
	people    = "run"
	companies = "companies"
)

// table are the rows of a compacted table, or of the certificates.
func (d *database) table(name string) *rows { return scanned(d.source, d.tables[name]) }

// is says whether a text is one of some words.
func is(c column, words ...string) func() bool {
	return func() bool { v := c.cell(); return !v.null && slices.Contains(words, string(v.text)) }
}

func live(d *database) *rows {
	batches := d.table(Batches)
	return batches.where(is(batches.column("state"), "published")).of(batches.all()...)
}

// day is the day of the last batch of a job that counts; null: there is none.
func (d *database) day(job string) cell {
	return func() value {
		day, there := d.last[job]
		return value{number: day, null: !there}
	}
}

func today(d *database) *rows {
	return &rows{columns: []column{{described("day", parquet.Date, true, "day of the last batch of people that counts"), d.day(people)},
		{described("company_day", parquet.Date, true, "the same of companies"), d.day(companies)}},
		each: func(visit func() error) error { return visit() }}
}

func described(name string, t parquet.Type, optional bool, meaning string) dictionary.Column {
	return dictionary.Column{Column: parquet.Column{Name: name, Type: t, Optional: optional}, Meaning: meaning}
}

func count(name, meaning string) total {
	return total{Column: described(name, parquet.Long, false, meaning)}
}

func affiliates(of column) total { return different("affiliates", of) }

func different(name string, of column) total {
	return total{Column: described(name, parquet.Long, false, "how many different ones"), of: of.cell, distinct: true}
}

func sum(name, meaning string, of cell) total {
	return total{Column: described(name, parquet.Income, false, meaning), of: of}
}

// between is how many days the second is after the first.
func between(from, to cell) cell {
	return func() value {
		a, b := from(), to()
		return value{number: b.number - a.number, null: a.null || b.null}
	}
}

// openRejects are the open rejects of a job with their age.
func openRejects(table, job string) func(*database) *rows {
	return func(d *database) *rows {
		r := d.table(table)
		age := described("age", parquet.Long, true, "days from `since` to the day of the last batch that counts")
		return r.of(append(r.all(), column{age, between(r.column("since").cell, d.day(job))})...)
	}
}

// renumbered are the years of which no version stands under its number in the last versions: a later one stands under another number.
func renumbered(d *database) *rows {
	versions := d.table(Versions)
	of := lastOf(versions.of(versions.keep("niss", "contribution_year", "dossier")...), affiliateYear...)
	return of.without(d.table(tables.RegularisationsTable), affiliateYear...).of(of.keep(affiliateYear...)...)
}

func lateStatements(d *database) *rows {
	versions := d.table(Versions)
	late, deadline, on := versions.column("late_statement"), versions.column("statement_deadline"), versions.column("notified_on")
	days := described("days_late", parquet.Long, true, "days from the deadline to the notice")
	return versions.where(func() bool { return late.cell().number == 1 }).of(append(
		versions.keep("niss", "dossier", "contribution_year", "version", "batch", "communicated_on", "statement_deadline", "notified_on"),
		column{days, between(deadline.cell, on.cell)})...)
}

func refundsWithoutAccount(d *database) *rows {
	all := d.table(payments.IndexTable)
	refund, batch := is(all.column("kind"), "refund"), all.column("batch")
	lacking := is(all.column("status"), payments.RefundWithoutAccount.String())
	ordered := column{described("ordered_on", parquet.Date, false, "day of the batch"), func() value {
		return value{number: d.days[string(batch.cell().text)]}
	}}
	age := described("age", parquet.Long, true, "days from `ordered_on` to the day of the last batch that counts")
	columns := all.keep("niss", "dossier", "contribution_year", "amount", "reference", "batch")
	return all.where(func() bool { return refund() && lacking() }).
		of(append(columns, ordered, column{age, between(ordered.cell, d.day(people))})...)
}

func career(d *database) *rows {
	quarters, latest := d.table(tables.QuartersTable), d.table(tables.RegularisationsTable)
	counting := is(quarters.column("standing"), "due", "supplement_dispensed", "assimilated")
	paid, back, definitive := latest.column("paid"), latest.column("refund_gross"), latest.column("definitive")
	counts := column{described("counts", parquet.Boolean, false, "whether the quarter counts for the career"), func() value {
		return value{number: int64(number(counting()))}
	}}
	yearPaid := column{described("year_paid", parquet.Boolean, true, "`paid` − `refund_gross` ≥ `definitive` of the year"), func() value {
		p, b, due := paid.cell(), back.cell(), definitive.cell()
		return value{number: int64(number(p.number-b.number >= due.number)), null: p.null || b.null || due.null}
	}}
	columns := append(quarters.keep("niss", "contribution_year", "quarter", "category", "standing"), counts)
	columns = append(columns, latest.keep("net_income", "annual_income")...)
	columns = append(columns, quarters.column("definitive"), yearPaid, latest.column("notified_on"))
	return quarters.with(latest, affiliateYear...).of(columns...)
}

func certificate(d *database) *rows {
	r := d.table(tables.CertificateTable)
	return r.of(r.all()...)
}

// file is a year of a dossier.
type file struct{ dossier, year int64 }

func fileOf(dossier, year column) (f file, filed bool) {
	n, err := strconv.ParseInt(string(dossier.cell().text), 10, 64)
	return file{n, year.cell().number}, err == nil
}

// movedVersions are the versions of the years that stand under more than one national number, ascending.
func (d *database) movedVersions() (map[file][]int64, error) {
	moved := map[file][]int64{}
	latest, versions := d.table(tables.RegularisationsTable), d.table(Versions)
	dossier, year, version := versions.column("dossier"), versions.column("contribution_year"), versions.column("version")
	gone := versions.without(latest, affiliateYear...)
	err := gone.each(func() error {
		if of, filed := fileOf(dossier, year); filed {
			moved[of] = nil
		}
		return nil
	})
	if err != nil || len(moved) == 0 {
		return nil, err
	}
	err = versions.each(func() error {
		of, filed := fileOf(dossier, year)
		if all, known := moved[of]; filed && known {
			moved[of] = append(all, version.cell().number)
		}
		return nil
	})
	for _, all := range moved {
		slices.SortFunc(all, cmp.Compare)
	}
	return moved, err
}

// lastDayOf is 31 December of a year.
func lastDayOf(year int64) int64 { return int64(pipeline.DateOf(int(year), 12, 31)) }
