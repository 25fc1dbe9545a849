package verify

import (
	"fmt"
	"slices"

	"regul/readers/second"
)

// eachRow reads columns of a table of the batch, whatever others it has. Those that were added later have no cells where it lacks them.
func (v *verifier) eachRow(name string, columns []string, visit func(row int64, cells []*second.Cells, at int), later ...string) error {
	file, err := v.open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	opened, err := second.Open(file, file.Size())
	if err != nil {
		return err
	}
	cells := make([]*second.Cells, len(columns)+len(later))
	for i, name := range slices.Concat(columns, later) {
		at := slices.IndexFunc(opened.Columns, func(c second.Column) bool { return c.Name == name })
		switch {
		case at >= 0:
			cells[i] = &opened.Cells[at]
		case i < len(columns):
			return fmt.Errorf("there is no column %s", name)
		}
	}
	for row := int64(1); ; {
		rows, err := opened.Next(verifiedBlock)
		if err != nil || rows == 0 {
			return err
		}
		for at := range rows {
			visit(row, cells, at)
			row++
		}
	}
}
