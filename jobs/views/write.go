package views

import (
	"slices"
	"strings"

	"regul/jobs"
	"regul/jobs/compact"
	"regul/readers/table"
	"regul/writers/dictionary"
	"regul/writers/sheet"
)

// yearColumns are the columns of the year by which rows are chosen, the first that a view has.
var yearColumns = []string{"contribution_year", "calendar_year", "year"}

// Write writes the rows of a view or of a compacted table, of one year or (0) of all, to what open makes for the columns. It says how many
// rows those are. A compacted table goes before a view of its name.
func Write(source Source, all []dictionary.Table, name string, year int, open func([]table.Column) (sheet.Writer, error)) (int64, error) {
	d := newDatabase(source, all)
	r := d.named(name)
	if r == nil {
		return 0, jobs.UsageError("there is no table %q: the tables are %s", name, strings.Join(Names(), ", "))
	}
	if year != 0 {
		of := slices.IndexFunc(yearColumns, func(column string) bool { return r.has(column) })
		if of < 0 {
			return 0, jobs.UsageError("the table %s has no contribution year: leave --year out", name)
		}
		column := r.column(yearColumns[of])
		r = r.where(func() bool { v := column.cell(); return !v.null && v.number == int64(year) })
	}
	if err := d.readDays(); err != nil {
		return 0, err
	}
	columns := r.all()
	plain := make([]table.Column, len(columns))
	for i, c := range columns {
		plain[i] = table.Column{Name: c.Name, Kind: compact.KindOf(c.Type)}
	}
	to, err := open(plain)
	if err != nil {
		return 0, err
	}
	var written int64
	b := &table.Block{}
	err = r.each(func() error {
		b.Reset(plain, nil, written, 1)
		for i, c := range columns {
			switch v, to := c.cell(), &b.Columns[i]; {
			case v.null:
				to.States[0] = table.Empty
			case plain[i].Kind == table.Text:
				to.Texts[0] = v.text
			default:
				to.Ints[0] = v.number
			}
		}
		written++
		return to.Write(b, 0)
	})
	if err != nil {
		return 0, err
	}
	return written, to.Close()
}

// named are the rows of a compacted table or of a view; nil: there is none.
func (d *database) named(name string) *rows {
	at := slices.IndexFunc(declared, func(v view) bool { return v.name == name })
	switch {
	case at >= 0 && declared[at].table == "":
		return declared[at].rows(d)
	case d.tables[name] != nil && name != "":
		return d.table(name)
	case at >= 0:
		return d.table(declared[at].table)
	}
	return nil
}

// folderOf is the folder of a compacted table; "" of another one.
func folderOf(t *dictionary.Table) string {
	name, _ := strings.CutPrefix(t.Name, Folder+"/")
	if name == t.Name {
		return ""
	}
	return name
}

func (r *rows) has(name string) bool {
	return slices.ContainsFunc(r.columns, func(c column) bool { return c.Name == name })
}
