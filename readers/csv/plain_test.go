package csv_test

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// Rows among others, which are cut together, are read as each of them is at the end of a file without a line feed, where it is read by itself.
func TestRowsAmongOthersAreReadAsAlone(t *testing.T) {
	cells := []string{"", "1", "85073003328", "a", "Dupont", "Zoë", "d'Or", "'=1", "é", "\xe9", " 12.30 ", "\t", "12.30", "-0.01", "1e3", "\"a, \"\"b\"\"\"",
		"\"", "6\" pipe", "\u00a0x", "x\r", "\x00", "\x81", "a,b", strings.Repeat("long ", 40)}
	rng := rand.New(rand.NewPCG(17, 5))
	for range 400 {
		var rows []string
		for range rng.IntN(40) {
			row := cells[rng.IntN(len(cells))] + "," + cells[rng.IntN(len(cells))] + "," + cells[rng.IntN(len(cells))]
			if rng.IntN(6) > 0 {
				row = "85073003328,Dupont," + cells[rng.IntN(len(cells))]
			}
			rows = append(rows, row)
		}
		var want []string
		for _, row := range rows {
			for _, l := range lines(t, strings.NewReader(head+row)) {
				want = append(want, l.cells+" "+l.text)
			}
		}
		var got []string
		for _, l := range lines(t, strings.NewReader(head+strings.Join(rows, "\n")+"\n")) {
			got = append(got, l.cells+" "+l.text)
		}
		if !slices.Equal(got, want) && !spansLines(rows) {
			t.Fatalf("%q\nread as %q\nwant    %q", rows, got, want)
		}
	}
}

// spansLines says whether a row may go on in the next line: it has a quote that is not closed.
func spansLines(rows []string) bool {
	return slices.ContainsFunc(rows, func(row string) bool { return strings.Count(row, `"`)%2 == 1 })
}

// Blank lines of every kind, rows with too few and too many cells, and the rows between them, with any line ends.
func TestPlainRowsBetweenOthers(t *testing.T) {
	text := "1,a,2\n\n,,\n,,,,\n  , ,\u00a0\n1,b,2\n1,c\n1,d,2,\n1,e,2\n,f,\n"
	want := []string{"1|a|2.00", "1|b|2.00", "torn 1||", "torn 1||", "1|e|2.00", "|f|"}
	reads(t, text, want...)
	reads(t, strings.ReplaceAll(text, "\n", "\r\n"), want...)
}

// A file of many blocks, whose rows lie over every edge of the buffer.
func TestManyPlainRows(t *testing.T) {
	var text bytes.Buffer
	const rows = 300_000
	for row := range rows {
		text.WriteString("85073003328,")
		text.WriteString(strings.Repeat("x", row%23))
		text.WriteString(",7.25\n")
	}
	for _, sources := range []int{1, 2, 7} {
		got := linesOf(t, strings.NewReader(head+text.String()), sources)
		for i, l := range got {
			if want := "85073003328|" + strings.Repeat("x", i%23) + "|7.25"; l.cells != want || l.row != int64(i+1) {
				t.Fatalf("%d sources, row %d: %q, want %q", sources, l.row, l.cells, want)
			}
		}
		if len(got) != rows {
			t.Fatalf("%d sources: %d rows", sources, len(got))
		}
	}
}
