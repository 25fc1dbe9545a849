package compact

import "slices"

// Row is whose a row of a table is, and of which year.
type Row struct{ Number, Year int64 }

// noteMoved notes the rows that came as version 2 or later where the table has no earlier one of their number: their history may be under a
// number that was replaced. The order is of one number and year, of which several versions may come at once, and first is the rank of its
// earliest row.
func (r *rows) noteMoved(order []int, first int) {
	t := r.table
	if t.Version == "" || first < 0 {
		return
	}
	version := r.columns[t.column(t.Version)].ints
	if slices.ContainsFunc(order, func(row int) bool { return version[row] <= 1 }) {
		return
	}
	r.moved = append(r.moved, Row{r.numbers[order[0]], r.years[order[0]]})
}

// found hands on what was noted, and leaves out what is gone. Several ranges may be made at once.
func (u *update) found(r *rows, order []int) []int {
	u.mutex.Lock()
	defer u.mutex.Unlock()
	u.moved = append(u.moved, r.moved...)
	if len(u.gone) == 0 {
		return order
	}
	return slices.DeleteFunc(order, func(row int) bool { return u.gone[Row{r.numbers[row], r.years[row]}] })
}

// Without leaves rows out of the parts of a table. It returns the parts that there are then.
func (t *Table) Without(store Store, parts []Part, gone map[Row]bool, workers int) ([]Part, error) {
	u := newUpdate(t, store, workers)
	u.gone = gone
	for row := range gone {
		u.cells[cellOf(row.Number)]++
	}
	return u.run(parts, nil)
}
