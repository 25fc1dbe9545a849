package readers_test

import (
	"bytes"
	"context"
	csvlib "encoding/csv"
	"sync"
	"testing"

	"regul/fixtures/population"
	"regul/pipeline"
	"regul/readers"
)

// benchmarkAffiliates is how many people the benchmarks read; each has about four quarters and four payments.
const benchmarkAffiliates = 50_000

// benchmarkSheets are the rows of the benchmarks, of the four inputs that a population fills.
var benchmarkSheets = sync.OnceValue(func() (sheets []sheet) {
	people, err := population.New(population.Options{Affiliates: benchmarkAffiliates, BadRows: -1})
	if err != nil {
		panic(err)
	}
	var person population.Person
	for input, name := range []pipeline.Input{pipeline.Affiliates, pipeline.Account, pipeline.Payments, pipeline.Revenue} {
		var text []byte
		for i := range people.Options().Affiliates {
			people.Person(i, &person)
			text = population.CSV.AppendRows(text, population.Input(input), &person)
		}
		rows, err := csvlib.NewReader(bytes.NewReader(text)).ReadAll()
		if err != nil {
			panic(err)
		}
		optional := make([]string, len(readers.Columns(name))-len(rows[0])) // the last columns, which a population does not fill
		for i := range rows {
			rows[i] = append(rows[i], optional...)
		}
		sheets = append(sheets, sheet{name, rows})
	}
	return sheets
})

// benchmark reads each input in a format, and reports the rows of a second, scattered and digested.
func benchmark(b *testing.B, f format) {
	for _, s := range benchmarkSheets() {
		content := f.write(b, s)
		b.Run(s.input.String(), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(content)))
			for b.Loop() {
				var scatter pipeline.Scatter
				opened, err := parts(s.input, "x"+f.file, content)
				if err != nil {
					b.Fatal(err)
				}
				for _, p := range opened {
					if _, err := p.Read(context.Background(), &scatter, standardLaw().Category, func(int) {}); err != nil {
						b.Fatal(err)
					}
				}
				if scatter.Read[s.input].Rows != int64(len(s.rows)) || len(scatter.Rejects) > 0 {
					b.Fatalf("%d rows of %d, %d rejects", scatter.Read[s.input].Rows, len(s.rows), len(scatter.Rejects))
				}
				if err := scatter.Close(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(s.rows))*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

func BenchmarkReadCSV(b *testing.B)     { benchmark(b, csvFormats[0]) }
func BenchmarkReadParquet(b *testing.B) { benchmark(b, parquetFormats[0]) }

// BenchmarkRecall reads the texts of the last rows of a file again, as is done for rejects.
func BenchmarkRecall(b *testing.B) {
	s := benchmarkSheets()[1]
	for _, f := range []format{csvFormats[0], parquetFormats[0]} {
		opened, err := parts(s.input, "x"+f.file, f.write(b, s))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(f.file, func(b *testing.B) {
			for b.Loop() {
				if err := readers.Recall(opened, []int64{int64(len(s.rows))}, func(int, []byte, []byte) error { return nil }); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
