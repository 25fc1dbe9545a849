package rows

import "cmp"

// Place is where a row stands: the file, as its number in the run, and the data row, from 1.
type Place struct {
	File int32
	Row  int64
}

// ComparePlaces orders by file and row.
func ComparePlaces(a, b Place) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Row, b.Row))
}
