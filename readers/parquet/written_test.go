package parquet_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"testing"

	reader "regul/readers/parquet"
	"regul/readers/table"
	writer "regul/writers/parquet"
)

// written is a file of the writer of this project, with columns of every type: plain, with a dictionary as runs and as bits, of
// one value, with nulls and without.
func written(t testing.TB, rows int) ([]byte, []table.Column) {
	t.Helper()
	codes := []string{"a", "b", "c"}
	columns := []writer.Column{
		{Name: "niss"}, {Name: "note", Optional: true}, {Name: "code", Type: writer.Code, Codes: codes},
		{Name: "reason", Type: writer.Code, Codes: codes, Optional: true}, {Name: "year", Type: writer.Integer},
		{Name: "income", Type: writer.Income}, {Name: "fee", Type: writer.Amount}, {Name: "due", Type: writer.Date, Optional: true},
		{Name: "late", Type: writer.Boolean},
	}
	var out bytes.Buffer
	w := writer.NewSchema("t", columns).NewWriter(&out)
	for i := range int64(rows) {
		w.Text(0, fmt.Sprintf("%011d", i/3))
		w.AppendOptional(1, func(b []byte) []byte { return append(b, "some text"[:i%9]...) })
		w.Int(2, i%3)
		for _, column := range []int{3, 7} {
			if i%int64(5+column) < 3 {
				w.Null(column)
			} else {
				w.Present(column)
				w.Int(column, i/50%3)
			}
		}
		w.Int(4, 2023)
		w.Int(5, i*i*101-1_000_000)
		w.Int(6, i/20*305)
		w.Int(8, i/7%2)
		if err := w.EndRow(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), []table.Column{
		{Name: "niss"}, {Name: "note"}, {Name: "code"}, {Name: "reason"}, {Name: "year", Kind: table.Integer},
		{Name: "income", Kind: table.Amount}, {Name: "fee", Kind: table.Amount}, {Name: "due", Kind: table.Date},
		{Name: "late", Kind: table.Boolean},
	}
}

// A byte that changes in the pages is an error, or changes no cell: their content has a checksum, and their headers say little
// that the rest does not contradict.
func TestNoByteOfAPageChangesACellSilently(t *testing.T) {
	content, columns := written(t, 150)
	want, err := cellsOf(content, columns)
	if err != nil || len(want) != 150 {
		t.Fatal(len(want), err)
	}
	footer := len(content) - 8 - int(binary.LittleEndian.Uint32(content[len(content)-8:]))
	harmless := 0
	for at := 4; at < footer; at++ {
		old := content[at]
		for _, changed := range []byte{old ^ 1, old ^ 0x80, old + 1, 0, 0xff} {
			if content[at] = changed; changed == old {
				continue
			}
			got, err := cellsOf(content, columns)
			if err != nil {
				continue
			}
			if harmless++; !slices.EqualFunc(got, want, slices.Equal) {
				t.Fatalf("byte %d of %d from %#x to %#x: other cells without an error", at, footer, old, changed)
			}
		}
		content[at] = old
	}
	t.Logf("%d bytes of pages, %d changes without effect", footer-4, harmless)
}

// The memory of pages serves the next ones: who keeps a text must copy it.
func TestATextKeptPastItsBlockIsOverwritten(t *testing.T) {
	content, columns := written(t, 200_000)
	f, err := reader.Open(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	s, err := f.Source(columns[:1], 0, f.RowGroups())
	if err != nil {
		t.Fatal(err)
	}
	var kept, copied [][]byte
	var block table.Block
	for {
		more, err := s.Next(&block)
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			break
		}
		for _, text := range block.Columns[0].Texts {
			kept, copied = append(kept, text), append(copied, bytes.Clone(text))
		}
	}
	if len(kept) != 200_000 {
		t.Fatalf("%d rows", len(kept))
	}
	for i, text := range copied {
		if want := fmt.Sprintf("%011d", i/3); string(text) != want {
			t.Fatalf("row %d: %q, want %q", i, text, want)
		}
	}
	if slices.EqualFunc(kept, copied, bytes.Equal) {
		t.Error("no text was overwritten: the memory is not used again")
	}
}
