package verify

import (
	"fmt"
	"slices"

	"regul/readers/second"
)

// eachRow reads columns of a table of the batch into typed rows; it may have other columns. One that was added later it may lack.
func eachRow[Row any](v *verifier, name string, columns []verifiedColumn[Row], visit func(row int64, r *Row)) error {
	file, err := v.open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	opened, err := second.Open(file, file.Size())
	if err != nil {
		return err
	}
	var read []verifiedColumn[Row]
	var cells []*second.Cells
	for _, column := range columns {
		at := slices.IndexFunc(opened.Columns, func(c second.Column) bool { return c.Name == column.Name })
		switch {
		case at < 0 && column.added:
		case at < 0:
			return fmt.Errorf("there is no column %s", column.Name)
		case opened.Columns[at].Type != column.Type:
			return fmt.Errorf("the column %s is %s, it must be %s", column.Name, opened.Columns[at].Type, column.Type)
		default:
			read, cells = append(read, column), append(cells, &opened.Cells[at])
		}
	}
	for row := int64(1); ; {
		rows, err := opened.Next(verifiedBlock)
		if err != nil || rows == 0 {
			return err
		}
		for at := range rows {
			var r Row
			for i := range read {
				read[i].set(&r, cells[i], at)
			}
			visit(row, &r)
			row++
		}
	}
}
