package csv_test

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"regul/readers/csv"
	"regul/readers/table"
)

var columns = []table.Column{{Name: "niss", Key: true}, {Name: "name"}, {Name: "amount", Kind: table.Amount}}

const head = "niss,name,amount\n"

// line is a row as read: its cells, an unreadable one as "?", or torn with what was saved of the first.
type line struct {
	row   int64
	cells string // with | between them
	text  string
}

// String is as much of a row as a failed test shows.
func (l line) String() string { return fmt.Sprintf("%.60q", l.cells) }

// lines reads a whole text.
func lines(t testing.TB, from io.Reader) []line { return linesOf(t, from, 1) }

// linesOf reads a whole text by so many sources in turn, each of which has a block while the others go on.
func linesOf(t testing.TB, from io.Reader, sources int) (all []line) {
	t.Helper()
	source, err := csv.Open(from, columns)
	if err != nil {
		t.Fatal(err)
	}
	shares, blocks := []*csv.Source{source}, make([]table.Block, sources)
	for len(shares) < sources {
		shares = append(shares, source.Share())
	}
	for more := true; more; {
		more = false
		for i, s := range shares {
			some, err := s.Next(&blocks[i])
			if err != nil {
				t.Fatal(err)
			}
			more = more || some
		}
		for i, s := range shares {
			all = appendLines(all, s, &blocks[i])
		}
	}
	return all
}

// appendLines appends the rows of a block.
func appendLines(all []line, source *csv.Source, block *table.Block) []line {
	for row := range block.Rows {
		l := line{row: block.First + int64(row), text: string(source.RowText(row))}
		if block.Torn[row] {
			l.cells = "torn "
		}
		l.cells += string(block.Columns[0].Texts[row]) + "|" + string(block.Columns[1].Texts[row]) + "|"
		if block.Columns[2].States[row] == table.Unreadable {
			l.cells += "?"
		} else if block.Columns[2].States[row] == table.Value {
			l.cells += string(table.AppendCell(nil, table.Amount, &block.Columns[2], row))
		}
		all = append(all, l)
	}
	return all
}

// reads asks that the rows after the header are read as the given cells.
func reads(t *testing.T, text string, want ...string) {
	t.Helper()
	for _, from := range []io.Reader{strings.NewReader(head + text), iotest.OneByteReader(strings.NewReader(head + text))} {
		var got []string
		for i, l := range lines(t, from) {
			if l.row != int64(i+1) {
				t.Errorf("%q: row %d has number %d", text, i+1, l.row)
			}
			got = append(got, l.cells)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}
