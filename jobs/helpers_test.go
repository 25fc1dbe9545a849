package jobs_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"regul/fixtures/cases"
	"regul/fixtures/readback"
	"regul/fixtures/reference"
	"regul/jobs"
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// quiet is a Progress that nobody looks at.
type quiet struct{}

func (quiet) Stage(string, int64) {}
func (quiet) Step(int)            {}

// night is one start of the main job.
type night struct {
	in         reference.Inputs
	asOf       string
	fees       map[int]string // percent by year; nil is 3.05 % for every year
	maxRejects string         // "" is no limit
	workers    int            // 0 is 2
	pension    string         // minimum, EUR a day; "" is none
}

var inputNumbers = map[string]pipeline.Input{
	"affiliates": pipeline.Affiliates, "account": pipeline.Account, "payments": pipeline.Payments, "revenue": pipeline.Revenue,
	"interruptions": pipeline.Interruptions, "evidence": pipeline.EvidenceInput,
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// options prepares the run of a night into an output directory, on the given files.
func (n night) options(t testing.TB, out string, files [pipeline.InputCount][]string) jobs.RunOptions {
	t.Helper()
	asOf, ok := pipeline.ParseDate([]byte(n.asOf))
	if !ok {
		t.Fatalf("no date: %q", n.asOf)
	}
	parameters := pipeline.Parameters{AsOf: asOf, Law: standardLaw(), Fees: pipeline.Fees{}}
	for year, percent := range n.feePercents() {
		parameters.Fees[year] = must[money.Rate](t)(money.ParsePercent(percent))
	}
	if n.pension != "" {
		parameters.MinimumPension = map[int]money.Cents{}
		for year := pipeline.FirstYear; year <= pipeline.LastYear; year++ {
			parameters.MinimumPension[year] = must[money.Cents](t)(money.Parse(n.pension))
		}
	}
	limit, workers := n.maxRejects, n.workers
	if limit == "" {
		limit = "100%"
	}
	if workers == 0 {
		workers = 2
	}
	return jobs.RunOptions{
		Inputs: files, Parameters: parameters, MaxRejects: must[jobs.Limit](t)(jobs.ParseLimit(limit)), Workers: workers,
		Out: jobs.Directory(out), Log: slog.New(slog.DiscardHandler), Progress: quiet{},
	}
}

func (n night) feePercents() map[int]string {
	if n.fees != nil {
		return n.fees
	}
	fees := map[int]string{}
	for year := 2000; year <= 2100; year++ {
		fees[year] = "3.05"
	}
	return fees
}

// run writes the inputs as CSV and runs the night on them.
func (n night) run(t testing.TB, out string) (*jobs.RunResult, error) {
	t.Helper()
	return jobs.Run(context.Background(), n.options(t, out, writeCSV(t, t.TempDir(), n.in, cases.Comma)))
}

// publish runs the night, which must publish a batch, and returns it.
func (n night) publish(t testing.TB, out string) *published {
	t.Helper()
	result := must[*jobs.RunResult](t)(n.run(t, out))
	if !result.Published {
		t.Fatalf("nothing was published: %+v", result)
	}
	return readBatch(t, out, result)
}

// writeCSV writes a file for each input that the contract asks for, and for the interruptions if there are any.
func writeCSV(t testing.TB, dir string, in reference.Inputs, d cases.Dialect) (files [pipeline.InputCount][]string) {
	t.Helper()
	for _, input := range reference.InputNames() {
		if (input == "interruptions" || input == "evidence") && len(in[input]) == 0 {
			continue
		}
		name := writeFile(t, dir, input+".csv", d.CSV(input, in[input]))
		files[inputNumbers[input]] = append(files[inputNumbers[input]], name)
	}
	return files
}

func writeFile(t testing.TB, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// published is a batch as the second Parquet implementation reads it.
type published struct {
	folder string
	result *jobs.RunResult

	regularisations, quarters, surcharges, rejects *readback.Table
}

func readBatch(t testing.TB, out string, result *jobs.RunResult) *published {
	t.Helper()
	folder := filepath.Join(out, result.Manifest.Folder())
	table := func(name string) *readback.Table { return must[*readback.Table](t)(readback.Folder(folder, name)) }
	return &published{folder, result, table("regularisations"), table("quarters"), table("surcharges"), table("rejects")}
}

// only is the one regularisation of the batch.
func (p *published) only(t testing.TB) map[string]string {
	t.Helper()
	if len(p.regularisations.Rows) != 1 {
		t.Fatalf("not one regularisation: %v; rejects %v", p.regularisations.Rows, p.rejects.Rows)
	}
	return p.regularisations.Map(0)
}

// want holds cells of a row against what they should be: column, cell, column, cell ...
func want(t testing.TB, row map[string]string, cells ...string) {
	t.Helper()
	for i := 0; i < len(cells); i += 2 {
		if row[cells[i]] != cells[i+1] {
			t.Errorf("%s = %q, want %q", cells[i], row[cells[i]], cells[i+1])
		}
	}
}

// batches lists the batch folders that an output directory shows.
func batches(t testing.TB, out string) []string {
	t.Helper()
	return must[[]string](t)(filepath.Glob(filepath.Join(out, "batch=*")))
}

// Both readings of the law's data; a test that can't have them has no sense.
var (
	standardLaw  = sync.OnceValue(func() *law.Law { return mustLoad(law.Standard()) })
	referenceLaw = sync.OnceValue(func() *reference.Law { return mustLoad(reference.Load(os.DirFS("../pipeline/law/data"))) })
)

func mustLoad[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func isoDay(t testing.TB, text string) time.Time {
	t.Helper()
	return must[time.Time](t)(time.Parse(time.DateOnly, text))
}

// maker makes random inputs about a day.
func maker(t testing.TB, seed uint64, asOf string, faults int) *cases.Maker {
	t.Helper()
	return &cases.Maker{Random: rand.New(rand.NewPCG(seed, 0)), Law: referenceLaw(), AsOf: isoDay(t, asOf), Faults: faults}
}

// referenceJob is the same night for the reference.
func (n night) referenceJob(t testing.TB, ledger *reference.Ledger) reference.Job {
	t.Helper()
	fees := map[int]decimal.Decimal{}
	for year, percent := range n.feePercents() {
		fees[year] = decimal.RequireFromString(percent)
	}
	job := reference.Job{Law: referenceLaw(), AsOf: isoDay(t, n.asOf), FeePercents: fees, Ledger: ledger}
	if n.pension != "" {
		job.MinimumPension = decimal.RequireFromString(n.pension)
	}
	return job
}

// The affiliate of the examples, with what an account holds of a year: four quarters of main, 1000.00 called of each.
const someone = "85010112387"

func example(year int, communications ...[]string) reference.Inputs {
	in := reference.Inputs{
		"affiliates": {{someone, "1234", "nl", "Peeters", "An", "Kerkstraat 1", "9000", "Gent", "BE", "", "", ""}},
		"revenue":    communications,
	}
	for quarter := 1; quarter <= 4; quarter++ {
		in["account"] = append(in["account"], []string{someone, fmt.Sprint(year), fmt.Sprint(quarter), "main", "due", "", "1000.00", "1000.00", "false"})
	}
	return in
}

// revenue is a communication of one row.
func revenue(year int, id, on, income string) []string {
	return []string{someone, fmt.Sprint(year), id, on, "trader", income, ""}
}
