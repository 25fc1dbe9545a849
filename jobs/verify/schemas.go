package verify

import (
	"fmt"

	"regul/jobs/batch"
	"regul/readers/second"
	"regul/writers/tables"
)

// checkSchemas holds the columns of every table file against the published form, and its rows against the manifest. What it
// finds wrong is not read any further. It gives the regularisations of each part.
func (v *verifier) checkSchemas(forms []namedForm) map[partKey]int64 {
	c := v.add("schemas", "tables")
	rows := map[partKey]int64{}
	for _, table := range forms {
		for _, f := range v.files(table.name, ".parquet") {
			if v.damaged[f.Path] {
				continue
			}
			held, fault := v.schemaFault(f, &table.form)
			if table.name != v.subject.Rejects {
				key, ok := partOf(table.name, f.Path)
				if !ok {
					fault = "its path is not that of a part of a year"
				}
				if table.name == tables.RegularisationsTable && fault == "" {
					rows[key] = held
				}
			}
			c.that(fault == "", f.Path, 0, "%s", fault)
			v.damaged[f.Path] = fault != ""
		}
	}
	return rows
}

// namedForm is the published form of a table, by its name.
type namedForm struct {
	name string
	form tableForm
}

// tableForm is the published form of a table: its columns, of which the first ones were always there.
type tableForm struct {
	columns []second.Column
	always  int
}

func formOf[Row any](columns []verifiedColumn[Row]) (f tableForm) {
	for i := range columns {
		f.columns = append(f.columns, columns[i].Column)
		if !columns[i].added {
			f.always++
		}
	}
	return f
}

// schemaFault is how a table differs from its published form; "" if it doesn't. It gives the rows of the file.
func (v *verifier) schemaFault(f *batch.ManifestFile, form *tableForm) (rows int64, fault string) {
	file, err := v.open(f.Path)
	if err != nil {
		return 0, "it can't be opened: " + cause(err).Error()
	}
	defer file.Close()
	opened, err := second.Open(file, file.Size())
	if err != nil {
		return 0, err.Error()
	}
	for i, column := range opened.Columns {
		if i >= len(form.columns) {
			return 0, fmt.Sprintf("column %d, %s, is no column of the table", i+1, column)
		}
		if column != form.columns[i] {
			return 0, fmt.Sprintf("column %d is %s, it must be %s", i+1, column, form.columns[i])
		}
	}
	if n := len(opened.Columns); n < form.always {
		return 0, fmt.Sprintf("there is no column %s", form.columns[n])
	}
	if opened.Rows != f.Rows {
		return 0, fmt.Sprintf("it has %d rows, the manifest says %d", opened.Rows, f.Rows)
	}
	return opened.Rows, ""
}
