package views

import (
	"slices"

	"regul/writers/parquet"
	"regul/writers/tables"
)

// claimed is what a version asks to be paid, in cents: the supplement that refunds of other years do not pay, and the new surcharge.
func claimed(of *rows) cell {
	toPay, received, surcharge := of.column("to_pay"), of.column("offset_received"), surchargeAsked(of)
	return func() value {
		pay, offset, more := toPay.cell(), received.cell(), surcharge()
		return value{number: pay.number - offset.number + more.number, null: pay.null || offset.null}
	}
}

// surchargeAsked is what a version asks of its surcharge, in cents. Earlier batches do not tell it: they asked for all that they claimed.
func surchargeAsked(of *rows) cell {
	asked, surcharge := of.column("surcharge_to_pay"), of.column("surcharge")
	return func() value {
		if told := asked.cell(); !told.null {
			return told
		}
		return value{number: max(0, surcharge.cell().number)}
	}
}

// positive says whether an amount is there and greater than 0.
func positive(of cell) func() bool {
	return func() bool { v := of(); return !v.null && v.number > 0 }
}

func claims(d *database) *rows {
	versions := d.table(Versions)
	amount := column{described("claimed", parquet.Amount, false, "what the version asks to be paid"), claimed(versions)}
	columns := versions.keep("niss", "dossier", "contribution_year", "version", "batch", "notified_on", "due_date", "reference")
	each := hold(versions.of(append(columns, amount)...), affiliateYear...)
	dossier, year, present := each.column("dossier"), each.column("contribution_year"), each.column("version")
	following := versions.column("version")
	var moved map[file][]int64
	replaced := column{described("replaced_by", parquet.Integer, true, "the version of the year that came after it"), func() value {
		if of, filed := fileOf(dossier, year); filed && moved[of] != nil {
			all := moved[of]
			next, _ := slices.BinarySearch(all, present.cell().number+1)
			if next == len(all) {
				return null
			}
			return value{number: all[next]}
		}
		if each.last {
			return null
		}
		return following.cell()
	}}
	r := each.where(positive(each.column("claimed").cell)).of(append(each.all(), replaced)...)
	through := r.each
	r.each = func(visit func() error) (err error) {
		if moved, err = d.movedVersions(); err != nil {
			return err
		}
		return through(visit)
	}
	return r
}

func cashExpected(d *database) *rows {
	all := claims(d)
	due, replaced, day := all.column("due_date"), all.column("replaced_by"), d.day(people)
	expected := all.where(func() bool {
		on, from := due.cell(), day()
		return replaced.cell().null && !on.null && !from.null && on.number >= from.number
	})
	return group(expected, []column{due}, count("claims", "how many"), sum("expected", "what they ask to be paid", all.column("claimed").cell))
}

func receivables(d *database) *rows {
	latest := d.table(tables.RegularisationsTable)
	arrears, due, year := latest.column("arrears"), latest.column("due_date"), latest.column("contribution_year")
	ask := claimed(latest)
	open := column{described("open", parquet.Amount, false, "`arrears`, and what the version asks to be paid"), func() value {
		before, now := arrears.cell(), ask()
		return value{number: before.number + now.number, null: before.null || now.null}
	}}
	oldestDue := described("oldest_due_date", parquet.Date, true, "when the oldest part was due: with arrears the last day of the year")
	oldest := column{oldestDue, func() value {
		if arrears.cell().number > 0 {
			return value{number: lastDayOf(year.cell().number)}
		}
		return due.cell()
	}}
	sinceDue := between(oldest.cell, d.day(people))
	daysLate := described("days_late", parquet.Long, false, "days since then on the day of the last batch that counts; 0 before")
	late := column{daysLate, func() value {
		v := sinceDue()
		if v.null {
			return value{}
		}
		return value{number: max(0, v.number)}
	}}
	return latest.where(positive(open.cell)).
		of(append(latest.keep("niss", "dossier", "contribution_year", "notified_on", "reference"), open, oldest, late)...)
}

// ages are how late something is: at most so many days, and what that is called.
var ages = []struct {
	days int64
	name string
}{{0, "1: not late"}, {90, "2: 1 to 90 days"}, {365, "3: 91 to 365 days"}, {730, "4: 1 to 2 years"}}

const oldestAge = "5: over 2 years"

// byAge brings what is open together by how many days it is late, and counts whose it is; of no days it is not late.
func byAge(from *rows, late, open cell, whose total) *rows {
	age := column{described("age", parquet.Text, false, "how late the oldest part is"), func() value {
		days := late()
		for _, a := range ages {
			if days.null || days.number <= a.days {
				return value{text: []byte(a.name)}
			}
		}
		return value{text: []byte(oldestAge)}
	}}
	return group(from, []column{age}, count("years", "years of somebody"), whose, sum("open", "what is open", open))
}

func receivablesByAge(d *database) *rows {
	all := receivables(d)
	return byAge(all, all.column("days_late").cell, all.column("open").cell, affiliates(all.column("niss")))
}

func balancesByAge(d *database) *rows {
	balances := d.table(tables.BalancesTable)
	open, due := balances.column("open").cell, balances.column("oldest_due_date").cell
	return byAge(balances.where(positive(open)), between(due, d.day(people)), open, affiliates(balances.column("niss")))
}

func companyBalancesByAge(d *database) *rows {
	balances := d.table(tables.CompanyBalancesTable)
	open, due := balances.column("open").cell, balances.column("due_date").cell
	whose := different("companies", balances.column("enterprise"))
	return byAge(balances.where(positive(open)), between(due, d.day(companies)), open, whose)
}

func companyCashExpected(d *database) *rows {
	latest := d.table(tables.CompaniesTable)
	toPay, surcharge := latest.column("to_pay").cell, surchargeAsked(latest)
	claimed := func() value { return value{number: toPay().number + surcharge().number} }
	by, day := latest.column("pay_by"), d.day(companies)
	asked := latest.where(func() bool {
		on, from := by.cell(), day()
		return claimed().number > 0 && !on.null && !from.null && on.number >= from.number
	})
	return group(asked, []column{by}, count("claims", "how many"), sum("expected", "what they ask to be paid", claimed))
}

func supplementsByYear(d *database) *rows {
	latest, quarters := d.table(tables.RegularisationsTable), d.table(tables.QuartersTable)
	owing := quarters.where(is(quarters.column("standing"), "due", "supplement_dispensed"))
	last := lastOf(owing.of(quarters.keep("niss", "contribution_year", "category")...), affiliateYear...)
	supplement := latest.column("supplement").cell
	return group(latest.where(positive(supplement)).with(last, affiliateYear...),
		[]column{latest.column("contribution_year"), last.column("category")}, count("affiliates", "how many"),
		sum("supplement", "their supplements", supplement), sum("to_pay", "of it, what no overpayment covers", latest.column("to_pay").cell))
}

func supplementsByQuarter(d *database) *rows {
	quarters := d.table(tables.QuartersTable)
	definitive, called := quarters.column("definitive").cell, quarters.column("called").cell
	more := func() value {
		owed, before := definitive(), called()
		return value{number: owed.number - before.number, null: owed.null || before.null}
	}
	return group(quarters.where(positive(more)), quarters.keep("contribution_year", "category"), count("quarters", "how many"),
		affiliates(quarters.column("niss")), sum("supplement", "`definitive` − `called`", more))
}
