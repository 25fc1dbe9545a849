package table_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"regul/readers/table"
)

// kinds are all kinds of columns.
var kinds = []table.Kind{table.Text, table.Integer, table.Amount, table.Date, table.Boolean, table.Decimal}

// splitCells are the cells of a text of lines, with a comma between cells.
func splitCells(text []byte) *table.Cells {
	c := &table.Cells{Text: text, Stride: bytes.Count(text[:bytes.IndexByte(text, '\n')], []byte(",")) + 2}
	start := 0
	for _, line := range bytes.Split(bytes.TrimSuffix(text, []byte("\n")), []byte("\n")) {
		c.Bounds = append(c.Bounds, int32(start)-1)
		for at, b := range line {
			if b == ',' {
				c.Bounds = append(c.Bounds, int32(start+at))
			}
		}
		start += len(line) + 1
		c.Bounds = append(c.Bounds, int32(start)-1)
		c.Odd = append(c.Odd, bytes.ContainsFunc(line, func(r rune) bool { return r >= 0x80 || r == '\'' }))
	}
	return c
}

// sameCells checks that the cells of a column are read together as they are read one by one.
func sameCells(t testing.TB, kind table.Kind, cells *table.Cells, position int) {
	t.Helper()
	columns := []table.Column{{Name: "c", Kind: kind}}
	const first = 3 // some rows came before
	var got, want table.Block
	got.Reset(columns, nil, 1, first+cells.Rows())
	want.Reset(columns, nil, 1, first+cells.Rows())
	got.Columns[0].SetAll(first, kind, cells, position)
	for row := range cells.Rows() {
		at := row*cells.Stride + position
		text := cells.Text[cells.Bounds[at]+1 : cells.Bounds[at+1]]
		g, w := &got.Columns[0], &want.Columns[0]
		w.Set(first+row, kind, table.Bare(table.Trim(text)))
		if shown(kind, g, first+row) != shown(kind, w, first+row) {
			t.Fatalf("kind %d, row %d, %q: %s, want %s", kind, row, text, shown(kind, g, first+row), shown(kind, w, first+row))
		}
	}
}

// shown is everything that is known of a cell.
func shown(kind table.Kind, v *table.Vector, row int) string {
	if v.Is(row) {
		return string(table.AppendCell([]byte("value "), kind, v, row))
	}
	return fmt.Sprint("state ", v.States[row], ", cause ", v.Cause(row))
}

// What each kind may be, and what is nearly that.
var nearly = []string{"", "0", "7", "2023", "12345678", "123456789", "1234567890", "00001", "866.62", "0.00", "99999.99", "123456.78", ".50", "0.5",
	"1,25", "12.345", "1.2.3", "-1.00", "+1.00", "-.10", "1x3.45", "12:4.50", "2026-06-30", "2026-02-29", "2024-02-29", "1899-12-31", "2199-12-31",
	"2200-01-01", "2026-13-01", "2026-00-10", "2026-06-00", "2026/06/30", "2026-06-3:", "202:-06-30", "30-06-2026", "true", "false", "TRUE", "0true",
	"00true", "vrai", "non", " true", "x", "main", " 7", "7 ", "\t7", "'=7", "'-x", "é", "\u00a07", "7\u00a0", "/0000000", ":0000000", "000000:0",
	"0000000\x7f", "1e3", "0.25", "7.1234", "1.23456"}

func TestCellsAreReadTogetherAsOneByOne(t *testing.T) {
	rng := rand.New(rand.NewPCG(17, 4))
	for range 200 {
		var text []byte
		for range 60 {
			text = append(text, nearly[rng.IntN(len(nearly))]...)
			text = append(text, ',')
			cell := []byte(nearly[rng.IntN(len(nearly))])
			if rng.IntN(2) == 0 && len(cell) > 0 {
				cell[rng.IntN(len(cell))] = byte(rng.IntN(96)) + ' '
				cell = bytes.ReplaceAll(cell, []byte(","), nil)
			}
			text = append(append(text, cell...), '\n')
		}
		cells := splitCells(bytes.ReplaceAll(text, []byte("1,25"), []byte("1.25")))
		for _, kind := range kinds {
			sameCells(t, kind, cells, 0)
			sameCells(t, kind, cells, 1)
		}
	}
}

// Amounts are written with a comma where semicolons part the cells.
func TestAmountsWithACommaAreReadTogether(t *testing.T) {
	text := []byte("12345,67\n0,10\n,25\n1,234\n")
	cells := &table.Cells{Text: text, Stride: 2, Bounds: []int32{-1, 8, 8, 13, 13, 17, 17, 23}, Odd: make([]bool, 4)}
	sameCells(t, table.Amount, cells, 0)
}

func FuzzCells(f *testing.F) {
	for _, cell := range nearly {
		f.Add([]byte(cell))
	}
	f.Fuzz(func(t *testing.T, cell []byte) {
		if bytes.ContainsAny(cell, ",\n") {
			return
		}
		cells := splitCells(append(append(append([]byte("12345678,2026-01-01\n"), cell...), ","...), append(cell, '\n')...))
		for _, kind := range kinds {
			sameCells(t, kind, cells, 0)
			sameCells(t, kind, cells, 1)
		}
	})
}

// A row is marked for a cell that can't be read, and for an empty one where a value is needed; marks of other columns stay.
func TestMarks(t *testing.T) {
	columns := []table.Column{{Name: "c", Kind: table.Integer}}
	for _, rows := range []int{1, 7, 8, 9, 40} {
		var b table.Block
		b.Reset(columns, nil, 1, rows)
		for row := range rows {
			b.Columns[0].Set(row, table.Integer, []byte([]string{"1", "", "x"}[row%3]))
		}
		for _, needed := range []bool{true, false} {
			marks := make([]byte, rows)
			marks[0] = 4
			b.Columns[0].Mark(marks, needed)
			for row, mark := range marks {
				if want := row == 0 || row%3 == 2 || row%3 == 1 && needed; (mark != 0) != want {
					t.Errorf("%d rows, needed %t: row %d has the mark %d", rows, needed, row, mark)
				}
			}
		}
	}
}
