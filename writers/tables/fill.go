package tables

import (
	"iter"

	"regul/writers/parquet"
)

func each[Row any](rows []Row) iter.Seq[*Row] {
	return func(yield func(*Row) bool) {
		for i := range rows {
			if !yield(&rows[i]) {
				return
			}
		}
	}
}

// fill writes one file of a table. Without a row there is no file.
func fill[Row any](create Create, t *table[Row], name string, rows iter.Seq[*Row], facts []parquet.Fact) (err error) {
	var p part[Row]
	for row := range rows {
		if p.file == nil {
			if p.file, err = create(name); err != nil {
				return err
			}
		}
		if p.rows = append(p.rows, *row); len(p.rows) == blockRows {
			if err = p.write(t, facts); err != nil {
				break
			}
		}
	}
	if p.file == nil {
		return err
	}
	if err == nil && len(p.rows) > 0 {
		err = p.write(t, facts)
	}
	if err == nil {
		err = p.columns.Close()
	}
	if closeErr := p.file.Close(); err == nil {
		err = closeErr
	}
	return err
}
