package export

import (
	"slices"
	"time"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/readers/table"
	"regul/writers/dictionary"
	"regul/writers/parquet"
	"regul/writers/tables"
)

// detail is how much an export tells of an affiliate or company. Who is alone with what one detail tells is told of with the next.
type detail uint8

// The details, from most to least.
const (
	full detail = iota
	reduced
	coarse
	leftOut
	detailCount
)

// Details lists the names of the details, from most to least.
func Details() []string { return []string{"full", "reduced", "coarse", "left_out"} }

func (d detail) String() string { return Details()[d] }

// least is the least detail at which a column is told; every other column of these tables is told in full detail alone.
var least = map[string]map[string]detail{
	tables.RegularisationsTable: {"contribution_year": coarse, "outcome": coarse, "annual_income": reduced, "definitive": reduced,
		"subject_quarters": reduced},
	tables.QuartersTable:   {"contribution_year": reduced, "quarter": reduced, "category": reduced, "standing": reduced},
	tables.CompaniesTable:  {"contribution_year": coarse, "outcome": coarse, "size": coarse, "exempt": reduced, "definitive": reduced},
	tables.SurchargesTable: {"contribution_year": full},
	tables.BalancesTable:   {"contribution_year": full},

	tables.CompanyBalancesTable: {"contribution_year": full},
}

// Tables lists the tables of an export. The books are not among them: their lines are exact, and those who keep them know the persons.
func Tables() []string {
	return []string{tables.RegularisationsTable, tables.QuartersTable, tables.SurchargesTable, tables.BalancesTable, tables.CompaniesTable,
		tables.CompanyBalancesTable}
}

// The columns that say who somebody is: those that become pseudonyms, so that rows can still be joined, and those that go. The components
// of an income are texts with exact amounts.
var (
	pseudonymous = []string{"niss", "enterprise", "dossier", "communication"}
	identifying  = []string{"reference", "components"}
)

// column is a column of an export.
type column struct {
	parquet.Column
	pseudonym bool
	money     bool   // told as the lower bound of its band
	least     detail // at which it is told
}

// exported are the columns of a table as they are exported. Codes become texts: their lists are those of the batch. What is not a
// pseudonym, nor told at every detail, may be null.
func exported(name string, l *law.Law) []column {
	var kept []column
	for _, t := range tables.Dictionary(l) {
		if t.Name != name {
			continue
		}
		for _, c := range t.Columns {
			if !slices.Contains(identifying, c.Name) {
				kept = append(kept, columnOf(name, c))
			}
		}
	}
	return kept
}

func columnOf(table string, c dictionary.Column) column {
	e := column{Column: c.Column, pseudonym: slices.Contains(pseudonymous, c.Name), least: least[table][c.Name]}
	e.money = (c.Type == parquet.Amount || c.Type == parquet.Income) && c.UnitOf() != "percent"
	if e.Type == parquet.Code {
		e.Type, e.Codes = parquet.Text, nil
	}
	e.Optional = e.Optional || !e.pseudonym && c.Name != "contribution_year"
	return e
}

// rowsAt says whether rows of a table are told of at all at a detail.
func rowsAt(table string, d detail) bool { return d <= least[table]["contribution_year"] }

// told is a value as it is exported: amounts in bands, days as the first of their month.
func (c *column) told(value int64) int64 {
	switch {
	case c.money:
		return Band(value, c.Type == parquet.Income)
	case c.Type == parquet.Date:
		day := time.Unix(value*secondsPerDay, 0).UTC()
		return int64(pipeline.DateOf(day.Year(), day.Month(), 1))
	}
	return value
}

const secondsPerDay = 24 * 60 * 60

// The bands begin at these numbers times 1, 10, 100 ... EUR.
var (
	amountBands = []int64{1, 2, 5}
	incomeBands = []int64{1, 2, 3, 4, 5, 6, 8}
)

// Band is the bound of the band of an amount that lies towards 0, in cents: 0.00 below 1 EUR. Incomes have narrower bands.
func Band(cents int64, income bool) int64 {
	if cents < 0 {
		return -Band(-cents, income)
	}
	steps := amountBands
	if income {
		steps = incomeBands
	}
	var bound int64
	for unit := int64(100); unit <= cents; unit *= 10 {
		for _, step := range steps {
			if step*unit <= cents {
				bound = step * unit
			}
		}
	}
	return bound
}

// kind is how a column is read.
func (c *column) kind() table.Kind {
	switch c.Type {
	case parquet.Text, parquet.Code:
		return table.Text
	case parquet.Amount, parquet.Income:
		return table.Amount
	case parquet.Date:
		return table.Date
	case parquet.Boolean:
		return table.Boolean
	}
	return table.Integer
}
