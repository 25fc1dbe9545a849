package parquet

import (
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
)

// counter counts what is written to nowhere.
type counter struct{ bytes int64 }

func (c *counter) Write(p []byte) (int, error) {
	c.bytes += int64(len(p))
	return len(p), nil
}

// BenchmarkWrite writes a row group of each kind of column without computing anything: what a table costs at least. It reports
// cells a second, and bytes a cell in the file.
func BenchmarkWrite(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	amount := func(int) int64 { return random.Int64N(300_000) }
	sparse := func(row int) int64 { return amount(row) * max(0, random.Int64N(3)-1) }
	for _, bench := range []struct {
		name   string
		column Column
		value  func(row int) int64
	}{
		{"national numbers", Column{Type: Text}, func(row int) int64 { return int64(row) * 7919 / 3 }},
		{"amounts", Column{Type: Amount}, amount},
		{"amounts, mostly 0", Column{Type: Amount}, sparse},
		{"amounts of four quarters", Column{Type: Amount}, func(row int) int64 { return int64(row/4) * 7919 % 30_000 }},
		{"one year", Column{Type: Integer}, func(int) int64 { return 2023 }},
		{"codes", Column{Type: Code, Codes: codes}, func(int) int64 { return random.Int64N(4) }},
		{"days or null", Column{Type: Date, Optional: true}, func(int) int64 { return random.Int64N(2) * 20_000 }},
		{"booleans", Column{Type: Boolean}, func(int) int64 { return random.Int64N(2) }},
	} {
		b.Run(bench.name, func(b *testing.B) {
			bench.column.Name = "c"
			var written counter
			w := NewSchema("t", []Column{bench.column}).NewWriter(&written)
			fill(w, &bench.column, bench.value)
			filled := w.columns[0]
			e := &encoder{sink: &sink{to: io.Discard}}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := e.write(&bench.column, &filled, RowGroup); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(RowGroup*float64(b.N)/b.Elapsed().Seconds(), "cells/s")
			b.ReportMetric(float64(e.sink.written)/float64(b.N)/RowGroup, "B/cell")
		})
	}
}

// fill gives the column of a writer a row group of cells, of which 0 is null where that may be.
func fill(w *Writer, c *Column, value func(row int) int64) {
	for row := range RowGroup {
		v := value(row)
		switch {
		case c.Type == Text:
			w.Text(0, fmt.Sprintf("%011d", v))
		case c.Optional && v == 0:
			w.Null(0)
		case c.Optional:
			w.Present(0)
			w.Int(0, v)
		default:
			w.Int(0, v)
		}
	}
}
