package readers_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sync/errgroup"

	"regul/fixtures/population"
	"regul/pipeline"
	"regul/readers"
)

var (
	largeAffiliates = flag.Int("large-affiliates", 250_000, "affiliates of the files that BenchmarkReadLargeCSV reads")
	largeInputs     = flag.String("large-inputs", "", "folder of the files that BenchmarkReadLargeCSV reads instead: those of regul generate")
)

// BenchmarkReadLargeCSV reads one file of a large fund, with validation, digests and the rows that wait: by one goroutine, and by two
// together. What a run takes only once weighs little in it. Beside rows a second it tells rows a second of processor time, which other
// work on the machine changes less.
func BenchmarkReadLargeCSV(b *testing.B) {
	for input, name := range []pipeline.Input{pipeline.Affiliates, pipeline.Account, pipeline.Payments, pipeline.Revenue} {
		var content []byte // made when it is asked for, and let go after it
		for _, goroutines := range []int{1, 2} {
			b.Run(fmt.Sprintf("%s/goroutines=%d", name, goroutines), func(b *testing.B) {
				if content == nil {
					content = largeCSV(b, population.Input(input), name)
				}
				b.SetBytes(int64(len(content)))
				b.ResetTimer()
				before := processorSeconds(b)
				rows := int64(0)
				for b.Loop() {
					rows += readTogether(b, name, content, goroutines)
				}
				b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
				b.ReportMetric(float64(rows)/(processorSeconds(b)-before), "rows/cpu-s")
			})
		}
	}
}

// largeCSV is an input of a large fund.
func largeCSV(b *testing.B, input population.Input, name pipeline.Input) []byte {
	if *largeInputs != "" {
		content, err := os.ReadFile(filepath.Join(*largeInputs, name.String()+".csv"))
		if err != nil {
			b.Fatal(err)
		}
		return content
	}
	people, err := population.New(population.Options{Affiliates: *largeAffiliates, BadRows: -1})
	if err != nil {
		b.Fatal(err)
	}
	var person population.Person
	var rows []byte
	for i := range *largeAffiliates {
		people.Person(i, &person)
		rows = population.CSV.AppendRows(rows, input, &person)
	}
	cells := strings.Count(string(rows[:bytes.IndexByte(rows, '\n')]), ",") + 1
	return append([]byte(strings.Join(readers.Columns(name)[:cells], ",")+"\n"), rows...)
}

// readTogether reads a file with so many goroutines, and says how many rows it has.
func readTogether(b *testing.B, input pipeline.Input, content []byte, goroutines int) (rows int64) {
	opened, err := parts(input, input.String()+".csv", content)
	if err != nil {
		b.Fatal(err)
	}
	scatters := make([]pipeline.Scatter, goroutines)
	var group errgroup.Group
	for i := range scatters {
		group.Go(func() error {
			_, err := opened[0].Read(context.Background(), &scatters[i], standardLaw().Category, func(int) {})
			return err
		})
	}
	if err := group.Wait(); err != nil {
		b.Fatal(err)
	}
	for i := range scatters {
		rows += scatters[i].Read[input].Rows
		if err := scatters[i].Close(); err != nil {
			b.Fatal(err)
		}
	}
	return rows
}

// processorSeconds is what the process has taken of all processors.
func processorSeconds(b *testing.B) float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	seconds := func(t syscall.Timeval) float64 { return float64(t.Nano()) / 1e9 }
	return seconds(usage.Utime) + seconds(usage.Stime)
}
