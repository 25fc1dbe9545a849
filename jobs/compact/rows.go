package compact

import (
	"fmt"
	"io"

	"regul/readers/parquet"
	"regul/readers/table"
	columnar "regul/writers/parquet"
)

// rows are some rows of a table in memory, column by column: they are taken and written a column at a time, by runs of rows that
// follow each other in a file.
type rows struct {
	table   *Table
	numbers []int64 // the column Number, as a number
	years   []int64
	ranks   []int // of the batch that a row came from: the greater, the later
	columns []cells
	moved   []Row // see noteMoved
}

func newRows(t *Table) *rows {
	r := &rows{table: t, columns: make([]cells, len(t.Columns))}
	for i := range t.Columns {
		switch t.Columns[i].Type {
		case columnar.Text:
			r.columns[i].isText = true
		case columnar.Code:
			r.columns[i].codes = &codes{position: map[string]int64{}}
		}
	}
	return r
}

// reset forgets the rows and keeps their memory.
func (r *rows) reset() {
	r.numbers, r.years, r.ranks, r.moved = r.numbers[:0], r.years[:0], r.ranks[:0], r.moved[:0]
	for i := range r.columns {
		c := &r.columns[i]
		c.ints, c.bytes, c.ends, c.null = c.ints[:0], c.bytes[:0], c.ends[:0], c.null[:0]
	}
}

func (r *rows) len() int { return len(r.numbers) }

// kinds are what a reader is asked for, by the type of a column.
var kinds = [...]table.Kind{columnar.Text: table.Text, columnar.Code: table.Text, columnar.Integer: table.Integer,
	columnar.Long: table.Integer, columnar.Amount: table.Amount, columnar.Income: table.Amount, columnar.Date: table.Date,
	columnar.Boolean: table.Boolean}

// origin is where rows come from. Those of a part name their batch in a column, and are earlier than all that is added. Those of a run name
// it too, and have its rank.
type origin struct {
	batch  string
	rank   int
	ranks  map[string]int          // of a run: by batch
	counts func(number int64) bool // nil: all rows are taken
}

// takes says whether rows of a number are taken.
func (o *origin) takes(number int64) bool { return o.counts == nil || o.counts(number) }

var ofPart = origin{rank: -1}

// read adds the rows of a file whose number is in a span. marks are where the numbers of the file lie, as far as that is known.
func (r *rows) read(f *parquet.File, in span, from origin, marks marks) error {
	var wanted []table.Column
	position := make([]int, len(r.table.Columns)) // of each column of the table among the wanted ones
	for i, c := range r.table.Columns {
		position[i] = -1
		if f.Has(c.Name) {
			position[i] = len(wanted)
			wanted = append(wanted, table.Column{Name: c.Name, Kind: kinds[c.Type]})
		}
	}
	for _, column := range []int{r.table.number, r.table.year} {
		if column >= 0 && position[column] < 0 {
			return fmt.Errorf("there is no column %s", r.table.Columns[column].Name)
		}
	}
	for group := range f.RowGroups() {
		may, err := overlap(f, group, r.table.Number, in)
		if err != nil {
			return err
		}
		if !may {
			continue
		}
		first, end := marks.of(group, in, f.RowsOf(group))
		if err := f.BlocksOfRows(wanted, group, first, end,
			func(b *table.Block) error { return r.take(b, position, in, from) }); err != nil {
			return err
		}
	}
	return nil
}

// take adds the rows of a block whose number is in the span.
func (r *rows) take(b *table.Block, position []int, in span, from origin) error {
	before := len(r.numbers)
	if err := eachNumber(b, position[r.table.number], func(n int64) { r.numbers = append(r.numbers, n) }); err != nil {
		return err
	}
	numbers := r.numbers[before:]
	r.numbers = r.numbers[:before]
	for first := 0; first < len(numbers); {
		end := first
		for end < len(numbers) && in.has(numbers[end]) && from.takes(numbers[end]) {
			end++
		}
		if end == first {
			first++
			continue
		}
		r.numbers = append(r.numbers, numbers[first:end]...)
		if err := r.takeRun(b, position, first, end, from); err != nil {
			return err
		}
		first = end
	}
	return nil
}

// takeRun adds rows of a block that follow each other, all but their numbers.
func (r *rows) takeRun(b *table.Block, position []int, first, end int, from origin) error {
	n := end - first
	if from.ranks == nil {
		r.ranks = appendTimes(r.ranks, n, from.rank)
	}
	if r.table.year < 0 {
		r.years = appendTimes(r.years, n, 0)
	} else {
		r.years = append(r.years, b.Columns[position[r.table.year]].Ints[first:end]...)
	}
	for i := range r.columns {
		c := &r.columns[i]
		switch {
		case position[i] >= 0:
			if err := c.take(&b.Columns[position[i]], first, end); err != nil {
				return fmt.Errorf("column %s: %w", r.table.Columns[i].Name, err)
			}
		case r.table.Columns[i].Name == BatchColumn:
			c.repeat(n, from.batch, false)
		default: // the file is older than the column
			c.repeat(n, "", true)
		}
	}
	if from.ranks != nil {
		r.takeRanks(n, from.ranks)
	}
	return nil
}

// blockRows is how many rows are handed to a writer at a time; a row group holds whole blocks.
const blockRows = columnar.RowGroup / 30

// write writes rows in an order, as a file.
func (r *rows) write(file io.Writer, order []int) error {
	described := r.table.Plain()
	positions := make([][]int64, len(described)) // of each code of a column in the file
	for i := range described {
		described[i].Optional = !r.table.required(i)
		if c := &r.columns[i]; c.codes != nil {
			if described[i].Codes, positions[i] = c.occurring(order); positions[i] == nil {
				described[i].Type = columnar.Text
			}
		}
	}
	w := columnar.NewSchema(r.table.Name, described).NewWriter(file)
	for len(order) > 0 {
		block := order[:min(blockRows, len(order))]
		for i := range r.columns {
			r.columns[i].write(w, i, block, described[i].Optional, positions[i])
		}
		if err := w.EndRows(len(block)); err != nil {
			return err
		}
		order = order[len(block):]
	}
	return w.Close()
}

// copy adds the rows of others whose number is in a span.
func (r *rows) copy(others *rows, in span) {
	var chosen []int
	for row, n := range others.numbers {
		if in.has(n) {
			chosen = append(chosen, row)
			r.numbers = append(r.numbers, n)
			r.years = append(r.years, others.years[row])
			r.ranks = append(r.ranks, others.ranks[row])
		}
	}
	for i := range r.columns {
		r.columns[i].copy(&others.columns[i], chosen)
	}
}

// KindOf is the kind in which a column of a type is read.
func KindOf(t columnar.Type) table.Kind { return kinds[t] }
