// Package dictionary owns how a table is described to those who read it: the meaning, unit, sign and article of each column,
// the keys, the closed lists. A table is declared once, where it is written; from that declaration come its Parquet
// schema, the data package that lies beside the batches (Frictionless), and the tables of columns in the documentation.
package dictionary

import (
	"slices"

	"regul/writers/parquet"
)

// Column is a column of a table: how it is stored, and what it holds.
type Column struct {
	parquet.Column
	Meaning string // in Markdown
	Article string // of the law, or where the article is found; "" where there is none
	Unit    string // where it is not what the type says: EUR for amounts
	Signed  bool   // of an amount: may be negative
	Open    bool   // of a code: the list is the fund's and not closed
	Local   bool   // stays in its batch: no table over all batches repeats it
}

// Reference says that columns of a table name a row of another table, where none of them is null.
type Reference struct {
	Columns []string
	Table   string
	To      []string
}

// Table is a table of files.
type Table struct {
	Name       string
	Path       string // of its files, with stars for what differs; within a batch, or within the directory of the batches
	InBatch    bool   // each batch has its part of the table: the path gives the column `batch`
	Yearly     bool   // there is a folder for each contribution year: the path gives the column `year`
	Meaning    string // what a row is, in Markdown
	Key        []string
	References []Reference
	Columns    []Column
}

// Plain are the columns as they are stored.
func (t *Table) Plain() []parquet.Column {
	plain := make([]parquet.Column, len(t.Columns))
	for i := range t.Columns {
		plain[i] = t.Columns[i].Column
	}
	return plain
}

// Schema prepares the table for writing.
func (t *Table) Schema() *parquet.Schema { return parquet.NewSchema(t.Name, t.Plain()) }

// Has says whether the table has a column of that name in its files.
func (t *Table) Has(column string) bool {
	return slices.ContainsFunc(t.Columns, func(c Column) bool { return c.Name == column })
}

// Glob is the path of the files in the directory of the batches, with stars for what differs.
func (t *Table) Glob() string {
	if t.InBatch {
		return "batch=*/" + t.Path
	}
	return t.Path
}

// FromPath are the columns that come from the path of a file and are not inside it.
func (t *Table) FromPath() []Column {
	var columns []Column
	if t.InBatch {
		columns = append(columns, Column{Column: parquet.Column{Name: "batch", Type: parquet.Text},
			Meaning: "name of the batch, from the path"})
	}
	if t.Yearly {
		columns = append(columns, Column{Column: parquet.Column{Name: "year", Type: parquet.Integer},
			Meaning: "equals `contribution_year`, from the path: a filter on it leaves out whole files"})
	}
	return columns
}

// ClosedList is the closed list of the column; none where there is none. A column that is never null has no empty code.
func (c *Column) ClosedList() []string {
	if c.Type != parquet.Code || c.Open {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(c.Codes), func(code string) bool { return code == "" })
}

// UnitOf is the unit of the column; "" where it has none.
func (c *Column) UnitOf() string {
	if c.Unit == "" && c.isMoney() {
		return "EUR"
	}
	return c.Unit
}

func (c *Column) isMoney() bool { return c.Type == parquet.Amount || c.Type == parquet.Income }
