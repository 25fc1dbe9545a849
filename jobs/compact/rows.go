package compact

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"regul/readers/parquet"
	"regul/readers/table"
	columnar "regul/writers/parquet"
)

// rows are some rows of a table in memory, column by column.
type rows struct {
	table   *Table
	numbers []int64 // the column Number, as a number
	years   []int64
	ranks   []int // of the batch that a row came from: the greater, the later
	columns []cells
}

// cells are one column: numbers, texts, or the positions of codes among those that were seen. A null has a cell too.
type cells struct {
	ints  []int64
	bytes []byte
	ends  []int // of each text in bytes
	null  []bool

	isText bool
	codes  *codes // of a column of few texts
}

// codes are the different texts of a column of few.
type codes struct {
	names    []string
	position map[string]int64
}

func (c *codes) of(text []byte) int64 {
	at, known := c.position[string(text)]
	if !known {
		at = int64(len(c.names))
		c.names = append(c.names, string(text))
		c.position[string(text)] = at
	}
	return at
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

func (r *rows) len() int { return len(r.numbers) }

// kinds are what a reader is asked for, by the type of a column.
var kinds = [...]table.Kind{columnar.Text: table.Text, columnar.Code: table.Text, columnar.Integer: table.Integer, columnar.Long: table.Integer,
	columnar.Amount: table.Amount, columnar.Income: table.Amount, columnar.Date: table.Date, columnar.Boolean: table.Boolean}

// origin is where rows come from. Those of a part name their batch in a column, and are earlier than all that is added.
type origin struct {
	batch string
	rank  int
}

var ofPart = origin{rank: -1}

// read adds the rows of a file whose number is in a span.
func (r *rows) read(f *parquet.File, in span, from origin) error {
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
		may, err := mayHold(f, group, r.table.Number, in)
		if err != nil {
			return err
		}
		if !may {
			continue
		}
		if err := f.Blocks(wanted, group, group+1, func(b *table.Block) error { return r.take(b, position, in, from) }); err != nil {
			return err
		}
	}
	return nil
}

// numberOf is the number in a cell.
func numberOf(b *table.Block, column, row int) (int64, error) {
	n, err := strconv.ParseInt(string(b.Columns[column].Texts[row]), 10, 64)
	if err != nil || !all.has(n) {
		return 0, fmt.Errorf("row %d: no number", b.First+int64(row)) // which must not be told
	}
	return n, nil
}

// take adds the rows of a block whose number is in the span.
func (r *rows) take(b *table.Block, position []int, in span, from origin) error {
	chosen := make([]int, 0, b.Rows)
	var years []int64
	if r.table.year >= 0 {
		years = b.Columns[position[r.table.year]].Ints
	}
	for row := range b.Rows {
		n, err := numberOf(b, position[r.table.number], row)
		if err != nil {
			return err
		}
		if in.has(n) {
			chosen = append(chosen, row)
			r.numbers = append(r.numbers, n)
			r.ranks = append(r.ranks, from.rank)
			if years == nil {
				r.years = append(r.years, 0)
			} else {
				r.years = append(r.years, years[row])
			}
		}
	}
	for i := range r.columns {
		c := &r.columns[i]
		switch {
		case position[i] >= 0:
			if err := c.take(&b.Columns[position[i]], chosen); err != nil {
				return fmt.Errorf("column %s: %w", r.table.Columns[i].Name, err)
			}
		case r.table.Columns[i].Name == BatchColumn:
			c.repeat(len(chosen), from.batch, false)
		default: // the file is older than the column
			c.repeat(len(chosen), "", true)
		}
	}
	return nil
}

// take adds cells of a file. A text that is empty is null: a reader does not tell them apart.
func (c *cells) take(v *table.Vector, chosen []int) error {
	for _, row := range chosen {
		if v.States[row] == table.Unreadable {
			return fmt.Errorf("a value can't be read")
		}
		c.null = append(c.null, v.States[row] != table.Value)
		switch {
		case c.codes != nil:
			c.ints = append(c.ints, c.codes.of(v.Texts[row]))
		case c.isText:
			c.text(v.Texts[row])
		default:
			c.ints = append(c.ints, v.Ints[row])
		}
	}
	return nil
}

func (c *cells) text(text []byte) {
	c.bytes = append(c.bytes, text...)
	c.ends = append(c.ends, len(c.bytes))
}

// repeat adds the same cell so many times.
func (c *cells) repeat(n int, text string, null bool) {
	for range n {
		c.null = append(c.null, null)
		switch {
		case c.codes != nil:
			c.ints = append(c.ints, c.codes.of([]byte(text)))
		case c.isText:
			c.text([]byte(text))
		default:
			c.ints = append(c.ints, 0)
		}
	}
}

// at is a text.
func (c *cells) at(row int) []byte {
	start := 0
	if row > 0 {
		start = c.ends[row-1]
	}
	return c.bytes[start:c.ends[row]]
}

// compare orders two cells of the column; a null is first.
func (c *cells) compare(a, b int) int {
	switch {
	case c.null[a] || c.null[b]:
		return cmp.Compare(value(!c.null[a]), value(!c.null[b]))
	case c.codes != nil:
		if c.ints[a] == c.ints[b] {
			return 0
		}
		return strings.Compare(c.codes.names[c.ints[a]], c.codes.names[c.ints[b]])
	case c.isText:
		return bytes.Compare(c.at(a), c.at(b))
	}
	return cmp.Compare(c.ints[a], c.ints[b])
}

func value(b bool) int {
	if b {
		return 1
	}
	return 0
}

// sorted is the order of the rows that the table keeps: by number and year, then by the table's order. Of a table that keeps the
// latest alone, the rows of earlier batches of a number and year are left out.
func (r *rows) sorted() []int {
	order := make([]int, r.len())
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		by := cmp.Or(cmp.Compare(r.numbers[a], r.numbers[b]), cmp.Compare(r.years[a], r.years[b]))
		for _, column := range r.table.order {
			if by != 0 {
				break
			}
			by = r.columns[column].compare(a, b)
		}
		return by
	})
	if !r.table.Latest {
		return order
	}
	kept := order[:0]
	for len(order) > 0 {
		n, last := 0, r.ranks[order[0]]
		for n < len(order) && r.numbers[order[n]] == r.numbers[order[0]] && r.years[order[n]] == r.years[order[0]] {
			last = max(last, r.ranks[order[n]])
			n++
		}
		for _, row := range order[:n] {
			if r.ranks[row] == last {
				kept = append(kept, row)
			}
		}
		order = order[n:]
	}
	return kept
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

// maxCodes is how many codes a column of them may have in a file.
const maxCodes = 256

// occurring are the codes of some rows, sorted, so that a file does not tell in which order they were met; and the position of each
// among them. More than a file may have are texts, and have no position.
func (c *cells) occurring(order []int) (names []string, positions []int64) {
	positions = make([]int64, len(c.codes.names))
	for _, row := range order {
		if code := c.ints[row]; !c.null[row] && positions[code] == 0 {
			positions[code] = 1
			names = append(names, c.codes.names[code])
		}
	}
	if len(names) > maxCodes {
		return nil, nil
	}
	slices.Sort(names)
	for i, name := range names {
		positions[c.codes.position[name]] = int64(i)
	}
	return names, positions
}

func (c *cells) write(w *columnar.Writer, at int, block []int, optional bool, positions []int64) {
	for _, row := range block {
		if optional {
			if c.null[row] {
				w.Null(at)
				continue
			}
			w.Present(at)
		}
		switch {
		case c.isText:
			w.Append(at, func(dst []byte) []byte { return append(dst, c.at(row)...) })
		case c.codes == nil:
			w.Int(at, c.ints[row])
		case positions == nil:
			w.Text(at, c.codes.names[c.ints[row]])
		default:
			w.Int(at, positions[c.ints[row]])
		}
	}
}

// copy adds the rows of others whose number is in a span.
func (r *rows) copy(others *rows, in span) {
	for row, n := range others.numbers {
		if !in.has(n) {
			continue
		}
		r.numbers = append(r.numbers, n)
		r.years = append(r.years, others.years[row])
		r.ranks = append(r.ranks, others.ranks[row])
		for i := range r.columns {
			r.columns[i].copy(&others.columns[i], row)
		}
	}
}

func (c *cells) copy(other *cells, row int) {
	c.null = append(c.null, other.null[row])
	switch {
	case c.codes != nil:
		c.ints = append(c.ints, c.codes.of([]byte(other.codes.names[other.ints[row]])))
	case c.isText:
		c.text(other.at(row))
	default:
		c.ints = append(c.ints, other.ints[row])
	}
}

// KindOf is the kind in which a column of a type is read.
func KindOf(t columnar.Type) table.Kind { return kinds[t] }
