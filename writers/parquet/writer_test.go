package parquet

import (
	"bytes"
	"io"
	"runtime"
	"testing"

	"github.com/apache/arrow/go/v17/parquet/file"
)

func TestEveryTypeIsWrittenAndReadBack(t *testing.T) {
	s := NewSchema("t", []Column{{Name: "niss", Type: Text}, {Name: "code", Type: Code, Codes: []string{"", "a", "b"}},
		{Name: "amount", Type: Amount}, {Name: "on", Type: Date, Optional: true}, {Name: "late", Type: Boolean},
		{Name: "year", Type: Integer}, {Name: "reason", Type: Code, Codes: []string{"x", "y"}, Optional: true}})
	var out bytes.Buffer
	w := s.NewWriter(&out)
	for i := range 300_000 {
		w.Text(0, "00010100105")
		w.Int(1, int64(1+i%2))
		w.Int(2, int64(i))
		if i%3 == 0 {
			w.Null(3)
		} else {
			w.Present(3)
			w.Int(3, int64(i))
		}
		w.Int(4, int64(i%2))
		w.Int(5, 2023)
		if i%5 == 0 {
			w.Present(6)
			w.Int(6, 1)
		} else {
			w.Null(6)
		}
		if err := w.EndRow(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := file.NewParquetReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if r.NumRows() != 300_000 || r.NumRowGroups() != 3 {
		t.Fatalf("%d rows in %d row groups", r.NumRows(), r.NumRowGroups())
	}
	chunk, err := r.RowGroup(0).MetaData().ColumnChunk(1)
	if err != nil {
		t.Fatal(err)
	}
	stats, err := chunk.Statistics()
	if err != nil || !stats.HasMinMax() || string(stats.EncodeMin()) != "a" || string(stats.EncodeMax()) != "b" {
		t.Fatalf("statistics of a code column: %v %q", err, stats.EncodeMin())
	}
}

// The memory of closed files serves the next ones: many files one after the other take no more than a few.
func TestFilesShareTheirMemory(t *testing.T) {
	schema := NewSchema("shared", []Column{{Name: "text", Type: Text}, {Name: "number", Type: Long}})
	write := func() {
		w := schema.NewWriter(io.Discard)
		for row := range int64(20_000) {
			w.Text(0, "a text of some twenty bytes")
			w.Int(1, row)
			if err := w.EndRow(); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	held := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	for range 3 {
		write()
	}
	before := held()
	for range 50 {
		write()
	}
	if after := held(); after > before+2<<20 {
		t.Errorf("%d kB more are held after 50 files", (after-before)>>10)
	}
}
