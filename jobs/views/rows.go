package views

import (
	"bytes"
	"cmp"
	"slices"

	"regul/jobs/compact"
	"regul/readers/table"
	"regul/writers/dictionary"
)

// value is a cell: a text, or a number as a table.Vector holds it: cents, days since 1970-01-01, 0 or 1.
type value struct {
	number int64
	text   []byte // valid until the next row
	null   bool
}

var null = value{null: true}

// cell gives the value that a column has in the present row.
type cell func() value

// column is a column of rows: what it holds, and its cells.
type column struct {
	dictionary.Column
	cell
}

// rows are those of a table or of a view. While each visits a row, the cells of the columns are those of the row.
type rows struct {
	columns []column
	each    func(visit func() error) error
	use     func(column int) // says that a column is asked for; nil: nobody needs to know
}

// column is a column, which must be there: views are declared in code.
func (r *rows) column(name string) column {
	at := slices.IndexFunc(r.columns, func(c column) bool { return c.Name == name })
	if at < 0 {
		panic("views: there is no column " + name)
	}
	if r.use != nil {
		r.use(at)
	}
	return r.columns[at]
}

// keep are columns as they are.
func (r *rows) keep(names ...string) (kept []column) {
	for _, name := range names {
		kept = append(kept, r.column(name))
	}
	return kept
}

// all are all columns.
func (r *rows) all() []column {
	for i := range r.columns {
		if r.use != nil {
			r.use(i)
		}
	}
	return slices.Clip(r.columns)
}

// where are the rows that are wanted.
func (r *rows) where(wanted func() bool) *rows {
	some := *r
	some.each = func(visit func() error) error {
		return r.each(func() error {
			if !wanted() {
				return nil
			}
			return visit()
		})
	}
	return &some
}

// of are the rows with other columns.
func (r *rows) of(columns ...column) *rows { return &rows{columns: columns, each: r.each} }

// scanned are the rows of a table, of which the columns are read that are asked for.
func scanned(source Source, of *dictionary.Table) *rows {
	var wanted []table.Column
	var block *table.Block
	var row int
	position := make([]int, len(of.Columns)) // of a column among the wanted ones, from 1; 0: it is not wanted
	r := &rows{use: func(i int) {
		if position[i] == 0 {
			wanted = append(wanted, table.Column{Name: of.Columns[i].Name, Kind: compact.KindOf(of.Columns[i].Type)})
			position[i] = len(wanted)
		}
	}}
	for i, c := range of.Columns {
		isText := compact.KindOf(c.Type) == table.Text
		r.columns = append(r.columns, column{c, func() value {
			v := &block.Columns[position[i]-1]
			switch {
			case !v.Is(row):
				return null
			case isText:
				return value{text: v.Texts[row]}
			}
			return value{number: v.Ints[row]}
		}})
	}
	r.each = func(visit func() error) error {
		return source.Each(of.Name, wanted, func(b *table.Block) error {
			block = b
			for row = range b.Rows {
				if err := visit(); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return r
}

// held are rows that are visited when it is known which one follows: then the cells of the rows they are made of are those of that one.
type held struct {
	*rows
	last bool // no row of the same key follows
}

// hold makes held rows of rows that are sorted by a key.
func hold(from *rows, key ...string) *held {
	columns := from.all()
	values := make([]value, len(columns))
	h := &held{rows: &rows{}}
	for i, c := range columns {
		h.columns = append(h.columns, column{c.Column, func() value { return values[i] }})
	}
	next, present := from.keep(key...), h.keep(key...)
	h.each = func(visit func() error) error {
		any := false
		err := from.each(func() error {
			if any {
				h.last = compare(next, present) != 0
				if err := visit(); err != nil {
					return err
				}
			}
			any = true
			for i, c := range columns {
				v := c.cell()
				v.text = append(values[i].text[:0], v.text...)
				values[i] = v
			}
			return nil
		})
		if err == nil && any {
			h.last = true
			err = visit()
		}
		return err
	}
	return h
}

// lastOf are the last rows of each key.
func lastOf(from *rows, key ...string) *rows {
	h := hold(from, key...)
	return h.where(func() bool { return h.last })
}

// compare orders two rows by columns that are alike; a null is first.
func compare(a, b []column) int {
	for i := range a {
		if order := order(a[i].cell(), b[i].cell()); order != 0 {
			return order
		}
	}
	return 0
}

func order(a, b value) int {
	if a.null || b.null {
		return number(b.null) - number(a.null)
	}
	return cmp.Or(bytes.Compare(a.text, b.text), cmp.Compare(a.number, b.number))
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}
