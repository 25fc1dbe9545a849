package csv

import (
	"slices"

	"regul/readers/table"
)

// rows are the rows of a block as they were cut: the plain ones, whose cells are read column by column, and the others.
type rows struct {
	count  int
	plain  table.Cells
	others []other
}

// other is a row that is not plain.
type other struct {
	row int // of the block, from 0
	record
}

// reset makes it no rows, of a text with so many columns.
func (r *rows) reset(columns int) {
	r.count, r.others = 0, r.others[:0]
	r.plain = table.Cells{Bounds: r.plain.Bounds[:0], Stride: columns + 1, Odd: r.plain.Odd[:0]}
}

// other is memory for the next row that is not plain; take makes it one.
func (r *rows) other() *record {
	r.others = slices.Grow(r.others, 1)
	return &r.others[:len(r.others)+1][len(r.others)].record
}

// take takes the row that other gave.
func (r *rows) take() {
	r.others = r.others[:len(r.others)+1]
	r.others[len(r.others)-1].row = r.count
	r.count++
}

// text is a row as read.
func (r *rows) text(row int) []byte {
	at, found := slices.BinarySearchFunc(r.others, row, func(o other, row int) int { return o.row - row })
	if found {
		return r.others[at].text
	}
	return r.plain.Row(row - at)
}
