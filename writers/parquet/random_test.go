package parquet

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"

	"regul/readers/second"
)

// cell is a cell as it was given: null, a text, or a number.
type cell struct {
	null   bool
	text   string
	number int64
}

// table is a random table: its columns, and the cells of each.
type table struct {
	columns []Column
	cells   [][]cell
	rows    int
}

var codes = []string{"", "a", "b", "a longer code", "z"}

// numbers gives numbers of a type as columns have them: one for ever, few, sorted, in runs, mostly zero, all different.
func numbers(random *rand.Rand, t Type) func(row int) int64 {
	largest := int64(math.MaxInt64 / 4)
	for largest > 1 && !t.holds(-largest, largest) {
		largest /= 10
	}
	switch t {
	case Code:
		return func(int) int64 { return random.Int64N(int64(len(codes))) }
	case Boolean:
		return func(int) int64 { return random.Int64N(2) }
	}
	some := make([]int64, 1+random.IntN(2000))
	for i := range some {
		some[i] = random.Int64N(2*largest-1) - largest
	}
	last := some[0]
	shapes := []func(int) int64{
		func(int) int64 { return some[0] },
		func(int) int64 { return some[random.IntN(len(some))] },
		func(row int) int64 { return int64(row) },
		func(row int) int64 { return some[row/7%len(some)] },
		func(int) int64 { return max(0, random.Int64N(2000)-1900) * 1_000 },
		func(int) int64 { return random.Int64N(2*largest-1) - largest },
		func(int) int64 {
			if random.IntN(40) == 0 {
				last = some[random.IntN(len(some))]
			}
			return last
		},
	}
	return shapes[random.IntN(len(shapes))]
}

// randomTable makes a table of every type, some of its columns optional.
func randomTable(random *rand.Rand, rows int) *table {
	t := &table{rows: rows}
	for kind := Text; kind <= Boolean; kind++ {
		for range 2 {
			c := Column{Name: fmt.Sprint("c", len(t.columns)), Type: kind, Optional: random.IntN(2) == 0}
			if kind == Code {
				c.Codes = codes
			}
			nulls := []float64{0, 0.001, 0.5, 0.99, 1}[random.IntN(5)]
			value := numbers(random, kind)
			cells := make([]cell, rows)
			for i := range cells {
				switch {
				case c.Optional && random.Float64() < nulls:
					cells[i].null = true
				case kind == Text:
					cells[i].text = fmt.Sprint(random.IntN(1+i/3)) + "é"[:2*random.IntN(2)]
				default:
					cells[i].number = value(i)
				}
			}
			t.columns, t.cells = append(t.columns, c), append(t.cells, cells)
		}
	}
	return t
}

// write writes the table and checks that nothing was lost on the way.
func (tb *table) write(t *testing.T, facts ...Fact) []byte {
	t.Helper()
	var out bytes.Buffer
	w := NewSchema("random", tb.columns).NewWriter(&out, facts...)
	for row := range tb.rows {
		for i, c := range tb.columns {
			cell := &tb.cells[i][row]
			switch {
			case cell.null:
				w.Null(i)
				continue
			case c.Optional:
				w.Present(i)
			}
			if c.Type == Text {
				w.Text(i, cell.text)
			} else {
				w.Int(i, cell.number)
			}
		}
		if err := w.EndRow(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// value is a cell as a reader gives it: a code is a text.
func (tb *table) value(column, row int) cell {
	c := tb.cells[column][row]
	if !c.null && tb.columns[column].Type == Code {
		return cell{text: codes[c.number]}
	}
	return c
}

// readByArrow reads a column of a row group with arrow.
func readByArrow(t *testing.T, r *file.Reader, group, column int, optional bool) []cell {
	t.Helper()
	chunk, err := r.RowGroup(group).Column(column)
	if err != nil {
		t.Fatal(err)
	}
	rows := r.RowGroup(group).NumRows()
	levels := make([]int16, rows)
	var numbers []int64
	var texts []parquet.ByteArray
	switch c := chunk.(type) {
	case *file.Int64ColumnChunkReader:
		numbers = make([]int64, rows)
		_, _, err = c.ReadBatch(rows, numbers, levels, nil)
	case *file.Int32ColumnChunkReader:
		narrow := make([]int32, rows)
		_, _, err = c.ReadBatch(rows, narrow, levels, nil)
		for _, n := range narrow {
			numbers = append(numbers, int64(n))
		}
	case *file.BooleanColumnChunkReader:
		bools := make([]bool, rows)
		_, _, err = c.ReadBatch(rows, bools, levels, nil)
		for _, b := range bools {
			numbers = append(numbers, map[bool]int64{true: 1}[b])
		}
	case *file.ByteArrayColumnChunkReader:
		texts = make([]parquet.ByteArray, rows)
		_, _, err = c.ReadBatch(rows, texts, levels, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	cells := make([]cell, rows)
	next := 0
	for i := range cells {
		switch {
		case optional && levels[i] == 0:
			cells[i].null = true
			continue
		case texts != nil:
			cells[i].text = string(texts[next])
		default:
			cells[i].number = numbers[next]
		}
		next++
	}
	return cells
}

// sizes are numbers of rows around what pages and row groups hold.
var sizes = []int{1, 2, 7, 8, 9, 255, 1000, 5000, 33_000, RowGroup - 1, RowGroup, RowGroup + 1}

// Arrow, and another implementation, read what was written, in any shape of the numbers.
func TestTwoReadersGiveWhatWasWritten(t *testing.T) {
	for seed, rows := range append(sizes, sizes[:9]...) {
		tb := randomTable(rand.New(rand.NewPCG(uint64(seed), 7)), rows)
		content := tb.write(t)
		r, err := file.NewParquetReader(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		if r.NumRows() != int64(rows) {
			t.Fatalf("%d rows, want %d", r.NumRows(), rows)
		}
		first := 0
		for group := range r.NumRowGroups() {
			for i, c := range tb.columns {
				for row, got := range readByArrow(t, r, group, i, c.Optional) {
					if want := tb.value(i, first+row); got != want {
						t.Fatalf("seed %d, arrow, column %+v, row %d: %+v, want %+v", seed, c, first+row, got, want)
					}
				}
			}
			first += int(r.RowGroup(group).NumRows())
		}
		tb.checkSecond(t, content)
	}
}

func (tb *table) checkSecond(t *testing.T, content []byte) {
	t.Helper()
	f, err := second.Open(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	for first := 0; ; {
		rows, err := f.Next(10_000)
		if err != nil {
			t.Fatal(err)
		}
		if rows == 0 {
			if first != tb.rows {
				t.Fatalf("%d rows, want %d", first, tb.rows)
			}
			return
		}
		for i := range tb.columns {
			for at := range rows {
				var got cell
				switch c := &f.Cells[i]; {
				case c.Nulls != nil && c.Nulls[at]:
					got.null = true
				case f.Columns[i].Type == "text":
					got.text = c.Texts[at]
				default:
					got.number = c.Ints[at]
				}
				if want := tb.value(i, first+at); got != want {
					t.Fatalf("second, column %+v, row %d: %+v, want %+v", tb.columns[i], first+at, got, want)
				}
			}
		}
		first += rows
	}
}

// plain is a value as PLAIN has it, which is how statistics have it, except the length of a text.
func (c *Column) plain(value cell) []byte {
	switch c.Type {
	case Text, Code:
		return []byte(value.text)
	case Boolean:
		return []byte{byte(value.number)}
	case Integer, Date:
		return binary.LittleEndian.AppendUint32(nil, uint32(value.number))
	}
	return binary.LittleEndian.AppendUint64(nil, uint64(value.number))
}

// compare orders values.
func compare(a, b cell) int {
	return cmp.Or(strings.Compare(a.text, b.text), cmp.Compare(a.number, b.number))
}

// truth is what a part of a column holds.
func (tb *table) truth(column, first, rows int) (lowest, highest cell, nulls, different int) {
	var values []cell
	for row := first; row < first+rows; row++ {
		if v := tb.value(column, row); v.null {
			nulls++
		} else {
			values = append(values, v)
		}
	}
	if len(values) == 0 {
		return lowest, highest, nulls, 0
	}
	slices.SortFunc(values, compare)
	return values[0], values[len(values)-1], nulls, len(slices.Compact(slices.Clone(values)))
}

// A planner drops row groups by these, and readers their rows: they must be true. Arrow gives a count of different values
// that nobody wrote, so the other implementation reads them.
func TestStatisticsAreTrue(t *testing.T) {
	counted := 0
	for seed, rows := range sizes {
		tb := randomTable(rand.New(rand.NewPCG(uint64(seed), 8)), rows)
		content := tb.write(t)
		f, err := second.Open(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatal(err)
		}
		first := 0
		for _, group := range f.Footer.RowGroups {
			for i := range tb.columns {
				c, said := &tb.columns[i], group.Columns[i].MetaData.Statistics
				lowest, highest, nulls, different := tb.truth(i, first, int(group.NumRows))
				if said.GetNullCount() != int64(nulls) {
					t.Errorf("seed %d, column %+v: %d nulls, want %d", seed, c, said.GetNullCount(), nulls)
				}
				if said.DistinctCount != nil {
					counted++
					if *said.DistinctCount != int64(different) {
						t.Errorf("seed %d, column %+v: %d different values, want %d", seed, c, *said.DistinctCount, different)
					}
				}
				want := [2][]byte{c.plain(lowest), c.plain(highest)}
				if different == 0 {
					want = [2][]byte{}
				}
				if !bytes.Equal(said.MinValue, want[0]) || !bytes.Equal(said.MaxValue, want[1]) ||
					(said.MinValue == nil) != (different == 0) {
					t.Errorf("seed %d, column %+v: from %x to %x, want %x to %x", seed, c, said.MinValue, said.MaxValue, want[0], want[1])
				}
			}
			first += int(group.NumRows)
		}
	}
	if counted == 0 {
		t.Error("no column says how many different values it has")
	}
}
