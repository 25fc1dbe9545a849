// Package compact brings the rows of a table that lie in many batches together into a few files, sorted by number, and keeps them
// up to date: when a batch is added, only the files are written again that hold a number of it.
//
// It owns the layout. The files are the leaves of a halving of the numbers: a range that has more rows than a row group is cut in
// half. So the same rows give the same files, byte for byte, whether they came at once or in ten years, and a
// filter on the number reads one row group. What a table holds is declared by the caller; which batches count too.
package compact

import (
	"io"
	"slices"

	"regul/readers/parquet"
	"regul/writers/dictionary"
	columnar "regul/writers/parquet"
)

// BatchColumn is the column that says which batch a row is from.
const BatchColumn = "batch"

// Table is what a compacted table holds.
type Table struct {
	dictionary.Table        // its columns, as batches hold them, and BatchColumn
	Number           string // the column by which it is sorted and cut, a number in digits
	Year             string // the column of the year; "" where there is none
	Latest           bool   // of a number and year only the rows of the last batch are kept
	Version          string // the column of the version, of a table of which moved rows are looked for: see Update; "": of none

	number, year int
	order        []int // columns by which rows of a number and year are sorted
	partRows     int64 // how many rows a part may hold, unless a cell has more
	runRows      int64 // how many rows of small files are kept in memory
}

// NewTable makes a table of what the batches hold of one. order are the columns by which rows of a number and year are sorted.
func NewTable(of dictionary.Table, number, year string, latest bool, order ...string) *Table {
	t := &Table{Table: of, Number: number, Year: year, Latest: latest, partRows: columnar.RowGroup, runRows: runRows}
	batch := dictionary.Column{Column: columnar.Column{Name: BatchColumn, Type: columnar.Code}, Meaning: "the batch that published the row",
		Open: true}
	t.Columns = append(slices.Clone(of.Columns), batch)
	t.number, t.year = t.column(number), -1
	if year != "" {
		t.year = t.column(year)
	}
	for _, name := range order {
		t.order = append(t.order, t.column(name))
	}
	return t
}

// Described is the table as its parts hold it.
func (t *Table) Described() dictionary.Table {
	described := t.Table
	described.Columns = slices.Clone(t.Columns)
	for i := range described.Columns {
		described.Columns[i].Optional = !t.required(i)
	}
	return described
}

// Empty writes a part without a row: who opens the table finds its columns.
func (t *Table) Empty(file io.Writer) error { return newRows(t).write(file, nil) }

// column is the position of a column, which must be there: tables are declared in code.
func (t *Table) column(name string) int {
	at := slices.IndexFunc(t.Columns, func(c dictionary.Column) bool { return c.Name == name })
	if at < 0 {
		panic("compact: " + t.Name + " has no column " + name)
	}
	return at
}

// required says whether a column is never null. Every other one may be: a batch may be older than the column.
func (t *Table) required(column int) bool {
	return column == t.number || column == t.year || t.Columns[column].Name == BatchColumn
}

// Part is a file of a compacted table.
type Part struct {
	Name string // of its range of numbers
	Rows int64
}

// File is a file of a batch that counts.
type File struct {
	Batch  string
	Open   func() (*parquet.File, io.Closer, error)
	Counts func(number int64) bool // whether its rows of a number are added; nil: all are
}

// Store is where the parts of a table are read and written.
type Store interface {
	Open(part string) (*parquet.File, io.Closer, error) // one of before, or one that was created
	Create(part string) (io.WriteCloser, error)         // in the place of one of that name, if there is one; a run too, see spill
}
