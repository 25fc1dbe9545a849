package compact

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

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
}

// cells are one column: numbers, texts, or the positions of codes among those that were seen. A null has a cell too.
type cells struct {
	ints  []int64
	bytes []byte
	ends  []int  // of each text in bytes
	null  []bool // up to the last null

	isText bool
	codes  *codes // of a column of few texts
}

// codes are the different texts of a column of few.
type codes struct {
	names    []string
	position map[string]int64
	last     int64 // the position that was asked for last: texts mostly repeat
}

func (c *codes) of(text []byte) int64 {
	if len(c.names) > 0 && c.names[c.last] == string(text) {
		return c.last
	}
	at, known := c.position[string(text)]
	if !known {
		at = int64(len(c.names))
		c.names = append(c.names, string(text))
		c.position[string(text)] = at
	}
	c.last = at
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

// reset forgets the rows and keeps their memory.
func (r *rows) reset() {
	r.numbers, r.years, r.ranks = r.numbers[:0], r.years[:0], r.ranks[:0]
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

// origin is where rows come from. Those of a part name their batch in a column, and are earlier than all that is added.
type origin struct {
	batch string
	rank  int
}

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
		for end < len(numbers) && in.has(numbers[end]) {
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
	r.ranks = appendTimes(r.ranks, n, from.rank)
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
	return nil
}

// appendTimes appends a value so many times.
func appendTimes[T any](dst []T, n int, value T) []T {
	start := len(dst)
	dst = slices.Grow(dst, n)[:start+n]
	for i := range dst[start:] {
		dst[start+i] = value
	}
	return dst
}

// take adds cells of a file that follow each other. A text that is empty is null: a reader does not tell them apart.
func (c *cells) take(v *table.Vector, first, end int) error {
	start := c.len()
	switch {
	case c.codes != nil:
		for _, text := range v.Texts[first:end] {
			c.ints = append(c.ints, c.codes.of(text))
		}
	case c.isText:
		for _, text := range v.Texts[first:end] {
			c.text(text)
		}
	default:
		c.ints = append(c.ints, v.Ints[first:end]...)
	}
	for i, state := range v.States[first:end] {
		switch state {
		case table.Value:
		case table.Unreadable:
			return fmt.Errorf("a value can't be read")
		default:
			c.setNull(start + i)
		}
	}
	return nil
}

func (c *cells) len() int {
	if c.isText {
		return len(c.ends)
	}
	return len(c.ints)
}

// setNull says that a cell is null: the last one that is.
func (c *cells) setNull(row int) {
	c.null = append(appendTimes(c.null, row-len(c.null), false), true)
}

func (c *cells) isNull(row int) bool { return row < len(c.null) && c.null[row] }

func (c *cells) text(text []byte) {
	c.bytes = append(c.bytes, text...)
	c.ends = append(c.ends, len(c.bytes))
}

// repeat adds the same cell so many times.
func (c *cells) repeat(n int, text string, null bool) {
	start := c.len()
	switch {
	case c.codes != nil:
		c.ints = appendTimes(c.ints, n, c.codes.of([]byte(text)))
	case c.isText:
		for range n {
			c.text([]byte(text))
		}
	default:
		c.ints = appendTimes(c.ints, n, 0)
	}
	if null {
		c.null = appendTimes(appendTimes(c.null, start-len(c.null), false), n, true)
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
	case c.isNull(a) || c.isNull(b):
		return cmp.Compare(value(!c.isNull(a)), value(!c.isNull(b)))
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

// place is where a row stands in the order of a table, and the row.
type place struct {
	number    int64
	year, row int32
}

// sorted is the order of the rows that the table keeps: by number and year, then by the table's order. Of a table that keeps the
// latest alone, the rows of earlier batches of a number and year are left out.
func (r *rows) sorted() []int {
	places := make([]place, r.len())
	for row := range places {
		places[row] = place{r.numbers[row], int32(r.years[row]), int32(row)}
	}
	places = mergeRuns(places, func(a, b place) int {
		if a.number != b.number {
			return cmp.Compare(a.number, b.number)
		}
		by := cmp.Compare(a.year, b.year)
		for _, column := range r.table.order {
			if by != 0 {
				break
			}
			by = r.columns[column].compare(int(a.row), int(b.row))
		}
		return by
	})
	order := make([]int, len(places))
	for i, p := range places {
		order[i] = int(p.row)
	}
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

// mergeRuns sorts by merging the runs that are in order: rows come from files that are sorted.
func mergeRuns[T any](s []T, compare func(a, b T) int) []T {
	var ends []int
	for i := 1; i <= len(s); i++ {
		if i == len(s) || compare(s[i-1], s[i]) > 0 {
			ends = append(ends, i)
		}
	}
	for merged := make([]T, 0, len(s)); len(ends) > 1; s, merged = merged, s[:0] {
		var next []int
		for start := 0; len(ends) > 0; ends = ends[min(2, len(ends)):] {
			end := ends[min(1, len(ends)-1)]
			merged = appendMerged(merged, s[start:ends[0]], s[ends[0]:end], compare)
			start, next = end, append(next, end)
		}
		ends = next
	}
	return s
}

// appendMerged appends two runs as one.
func appendMerged[T any](dst, a, b []T, compare func(a, b T) int) []T {
	for len(a) > 0 && len(b) > 0 {
		if compare(a[0], b[0]) <= 0 {
			dst, a = append(dst, a[0]), a[1:]
		} else {
			dst, b = append(dst, b[0]), b[1:]
		}
	}
	return append(append(dst, a...), b...)
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
		if code := c.ints[row]; positions[code] == 0 && !c.isNull(row) {
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

// write writes a block of cells. A code is its position in the file.
func (c *cells) write(w *columnar.Writer, at int, block []int, optional bool, positions []int64) {
	if optional {
		block = c.present(w.Levels(at, len(block)), block)
	}
	switch {
	case c.isText:
		w.Texts(at, len(block), func(i int, dst []byte) []byte { return append(dst, c.at(block[i])...) })
	case c.codes != nil && positions == nil:
		w.Texts(at, len(block), func(i int, dst []byte) []byte { return append(dst, c.codes.names[c.ints[block[i]]]...) })
	case c.codes != nil:
		for i, to := 0, w.Ints(at, len(block)); i < len(block); i++ {
			to[i] = positions[c.ints[block[i]]]
		}
	default:
		for i, to := 0, w.Ints(at, len(block)); i < len(block); i++ {
			to[i] = c.ints[block[i]]
		}
	}
}

// present are the cells of a block that are not null, after saying so in the levels.
func (c *cells) present(levels []byte, block []int) []int {
	for i := range levels {
		levels[i] = 1
	}
	if len(c.null) == 0 {
		return block
	}
	kept := make([]int, 0, len(block))
	for i, row := range block {
		if c.isNull(row) {
			levels[i] = 0
			continue
		}
		kept = append(kept, row)
	}
	return kept
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

func (c *cells) copy(other *cells, chosen []int) {
	for _, row := range chosen {
		if other.isNull(row) {
			c.setNull(c.len())
		}
		switch {
		case c.codes != nil:
			c.ints = append(c.ints, c.codes.of([]byte(other.codes.names[other.ints[row]])))
		case c.isText:
			c.text(other.at(row))
		default:
			c.ints = append(c.ints, other.ints[row])
		}
	}
}

// KindOf is the kind in which a column of a type is read.
func KindOf(t columnar.Type) table.Kind { return kinds[t] }
