package parquet_test

import (
	"bytes"
	"testing"

	reader "regul/readers/parquet"
	"regul/readers/table"
)

// BenchmarkRead reads each kind of column of a file of the product without looking at the cells: what a table costs at least. It
// reports cells a second.
func BenchmarkRead(b *testing.B) {
	const rows = 122_880
	content, columns := written(b, rows)
	for i := range columns {
		b.Run(columns[i].Name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f, err := reader.Open(bytes.NewReader(content))
				if err != nil {
					b.Fatal(err)
				}
				s, err := f.Source(columns[i:i+1], 0, f.RowGroups())
				if err != nil {
					b.Fatal(err)
				}
				var block table.Block
				for {
					more, err := s.Next(&block)
					if err != nil {
						b.Fatal(err)
					}
					if !more {
						break
					}
				}
			}
			b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "cells/s")
		})
	}
}
