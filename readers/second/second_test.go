package second_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/parquet/compress"

	"regul/readers/parquettest"
	"regul/readers/second"
)

var columns = []parquettest.Column{
	{Name: "niss", Type: parquettest.Text}, {Name: "note", Type: parquettest.Text, Optional: true, Few: true},
	{Name: "year", Type: parquettest.Int32, Few: true}, {Name: "row", Type: parquettest.Int64},
	{Name: "amount", Type: parquettest.Decimal64, Scale: 2}, {Name: "day", Type: parquettest.Date},
	{Name: "due", Type: parquettest.Date, Optional: true}, {Name: "late", Type: parquettest.Boolean},
}

// rowsOf makes so many rows, a third of the optional cells null.
func rowsOf(n int) (rows [][]string) {
	for i := range n {
		note, due := "", ""
		if i%3 > 0 {
			note, due = fmt.Sprint("note ", i%7), "2026-09-30"
		}
		rows = append(rows, []string{fmt.Sprintf("%011d", i), note, "2023", fmt.Sprint(1 << 40), fmt.Sprintf("-%d.05", i), "2026-06-30",
			due, fmt.Sprint(i%2 == 0)})
	}
	return rows
}

var options = parquettest.Options{RowGroup: 700, PageSize: 1000, Codec: compress.Codecs.Zstd}

func open(content []byte) (*second.File, error) {
	return second.Open(bytes.NewReader(content), int64(len(content)))
}

// readAll reads a file in blocks, and gives its cells, null as "-".
func readAll(f *second.File, block int) (lines []string, err error) {
	for {
		rows, err := f.Next(block)
		if err != nil || rows == 0 {
			return lines, err
		}
		for at := range rows {
			var line strings.Builder
			for i := range f.Columns {
				c := &f.Cells[i]
				switch {
				case c.Nulls != nil && c.Nulls[at]:
					line.WriteString("-")
				case f.Columns[i].Type == "text":
					line.WriteString(c.Texts[at])
				default:
					fmt.Fprint(&line, c.Ints[at])
				}
				line.WriteString(" ")
			}
			lines = append(lines, line.String())
		}
	}
}

func TestColumnsAreThoseOfTheFooter(t *testing.T) {
	f, err := open(parquettest.Write(t, columns, rowsOf(1), options))
	if err != nil {
		t.Fatal(err)
	}
	want := "[niss text note text? year int32 row int64 amount decimal(18,2) day date due date? late boolean]"
	if got := fmt.Sprint(f.Columns); got != want || f.Rows != 1 {
		t.Errorf("%d rows of %s, want %s", f.Rows, got, want)
	}
}

// The size of a block changes nothing, whether or not it divides the pages and row groups.
func TestBlocksGiveEveryRowOnce(t *testing.T) {
	rows := rowsOf(2000)
	content := parquettest.Write(t, columns, rows, options)
	for _, block := range []int{1, 7, 700, 701, 1 << 20} {
		f, err := open(content)
		if err != nil {
			t.Fatal(err)
		}
		lines, err := readAll(f, block)
		if err != nil || len(lines) != len(rows) {
			t.Fatalf("blocks of %d: %d rows, %v", block, len(lines), err)
		}
		for i, line := range lines {
			note, due := "-", "-"
			if i%3 > 0 {
				note, due = rows[i][1], "20726"
			}
			if want := fmt.Sprintf("%011d %s 2023 %d %d 20634 %s %d ", i, note, 1<<40, -(i*100 + 5), due, (i+1)%2); line != want {
				t.Fatalf("blocks of %d, row %d: %q, want %q", block, i+1, line, want)
			}
		}
	}
}

func TestFileWithoutRows(t *testing.T) {
	f, err := open(parquettest.Write(t, columns, nil, options))
	if err != nil {
		t.Fatal(err)
	}
	if rows, err := f.Next(10); rows != 0 || err != nil {
		t.Errorf("%d rows, %v", rows, err)
	}
}

// A file that is cut or filled with anything is an error, where the library takes it too.
func TestDamagedFileIsAnError(t *testing.T) {
	whole := parquettest.Write(t, columns, rowsOf(100), options)
	for name, bad := range map[string][]byte{
		"empty": {}, "four bytes": whole[:4], "half": whole[:len(whole)/2], "no footer": whole[:len(whole)-8],
		"no parquet": bytes.Repeat([]byte("niss,year\n"), 1000), "ones": bytes.Repeat([]byte{0xff}, 5000),
	} {
		f, err := open(bad)
		if err == nil {
			_, err = readAll(f, 64)
		}
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// A byte that changes gives an error or other cells; it never gives another number of rows without an error, and no panic.
func TestChangedByteNeverLosesRows(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 0))
	whole := parquettest.Write(t, columns, rowsOf(300), options)
	for range 400 {
		bad := slices.Clone(whole)
		bad[random.IntN(len(bad))] ^= byte(1 << random.IntN(8))
		f, err := open(bad)
		if err != nil {
			continue
		}
		lines, err := readAll(f, 64)
		if err == nil && int64(len(lines)) != f.Rows {
			t.Fatalf("%d rows of %d without an error", len(lines), f.Rows)
		}
	}
}

// Columns that end before the rows do are an error: the library gives what is there without a word.
func TestMissingCellsAreAnError(t *testing.T) {
	content := parquettest.Write(t, columns, rowsOf(10), options)
	f, err := open(content)
	if err != nil {
		t.Fatal(err)
	}
	f.Rows++ // as a footer that says one row more than its row groups hold
	if lines, err := readAll(f, 4); err == nil {
		t.Errorf("%d rows without an error", len(lines))
	}
}
