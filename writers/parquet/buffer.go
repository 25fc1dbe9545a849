package parquet

import (
	"bytes"
	"fmt"
)

// buffer is one column of the row group that is being filled.
type buffer struct {
	values []int64 // of every type but Text; nulls are left out. The last ones: those before are put aside
	aside  aside
	bytes  []byte   // of Text, one after the other
	ends   []uint32 // of each text in bytes
	levels []byte   // of an optional column: 1 for a value, 0 for null
}

// reset empties the column for the next row group.
func (b *buffer) reset() {
	b.aside.reset()
	b.values, b.bytes, b.ends, b.levels = b.values[:0], b.bytes[:0], b.ends[:0], b.levels[:0]
}

// text is the text at a position among those that are no null.
func (b *buffer) text(at int) []byte {
	start := uint32(0)
	if at > 0 {
		start = b.ends[at-1]
	}
	return b.bytes[start:b.ends[at]]
}

// check makes sure that every row has its cell.
func (b *buffer) check(optional bool, rows int) error {
	cells, present := b.aside.cells+len(b.values)+len(b.ends), rows
	if optional {
		present = bytes.Count(b.levels, []byte{1})
	}
	if optional && len(b.levels) != rows {
		return fmt.Errorf("%d cells for %d rows", len(b.levels), rows)
	}
	if cells != present {
		return fmt.Errorf("%d cells for %d rows", cells, present)
	}
	return nil
}
