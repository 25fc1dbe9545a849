package jobstest

import (
	"context"
	"flag"
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
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// Quiet is a Progress that nobody looks at.
type Quiet struct{}

func (Quiet) Stage(string, int64) {}
func (Quiet) Step(int)            {}

// Night is one start of the main job.
type Night struct {
	In         reference.Inputs
	AsOf       string
	Fees       map[int]string // percent by year; nil is 3.05 % for every year
	MaxRejects string         // "" is no limit
	Workers    int            // 0 is 2
	Pension    string         // minimum, EUR a day; "" is none
}

var InputNumbers = map[string]pipeline.Input{
	"affiliates": pipeline.Affiliates, "account": pipeline.Account, "payments": pipeline.Payments, "revenue": pipeline.Revenue,
	"interruptions": pipeline.Interruptions, "evidence": pipeline.EvidenceInput, "identities": pipeline.IdentitiesInput,
}

func Must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// Options prepares the run of a night into an output directory, on the given files.
func (n Night) Options(t testing.TB, out string, files [pipeline.InputCount][]string) run.Options {
	t.Helper()
	asOf, ok := pipeline.ParseDate([]byte(n.AsOf))
	if !ok {
		t.Fatalf("no date: %q", n.AsOf)
	}
	parameters := pipeline.Parameters{AsOf: asOf, Law: StandardLaw(), Fees: pipeline.Fees{}}
	for year, percent := range n.feePercents() {
		parameters.Fees[year] = Must[money.Rate](t)(money.ParsePercent(percent))
	}
	if n.Pension != "" {
		parameters.MinimumPension = map[int]money.Cents{}
		for year := pipeline.FirstYear; year <= pipeline.LastYear; year++ {
			parameters.MinimumPension[year] = Must[money.Cents](t)(money.Parse(n.Pension))
		}
	}
	limit, workers := n.MaxRejects, n.Workers
	if limit == "" {
		limit = "100%"
	}
	if workers == 0 {
		workers = 2
	}
	return run.Options{
		Subject: run.People,
		Inputs:  files, Parameters: parameters, MaxRejects: Must[run.Limit](t)(run.ParseLimit(limit)), Workers: workers,
		Elsewhere: Elsewhere(t, *Shards), Out: storage.Directory(out), Gates: OpenDoor, Log: slog.New(slog.DiscardHandler),
		Progress: Quiet{}, Kept: KeptBatches,
	}
}

// KeptBatches is how many batches come together in what is kept of the older ones: so few that nights in tests read kept batches and
// others.
const KeptBatches = 2

// OpenDoor lets a night begin a ledger, on inputs of any size and of any day.
var OpenDoor = &run.Gates{NewLedger: true, Insist: map[run.Gate]bool{run.DateGate: true, run.EmptyGate: true, run.ShrinkGate: true}}

func (n Night) feePercents() map[int]string {
	if n.Fees != nil {
		return n.Fees
	}
	fees := map[int]string{}
	for year := 2000; year <= 2100; year++ {
		fees[year] = "3.05"
	}
	return fees
}

// Run writes the inputs as CSV and runs the night on them.
func (n Night) Run(t testing.TB, out string) (*run.Result, error) {
	t.Helper()
	return run.Run(context.Background(), n.Options(t, out, WriteCSV(t, t.TempDir(), n.In, cases.Comma)))
}

// Publish runs the night, which must publish a batch, and returns it.
func (n Night) Publish(t testing.TB, out string) *Published {
	t.Helper()
	return n.PublishFiles(t, out, WriteCSV(t, t.TempDir(), n.In, cases.Comma))
}

// PublishFiles is Publish on files that are there.
func (n Night) PublishFiles(t testing.TB, out string, files [pipeline.InputCount][]string) *Published {
	t.Helper()
	result := Must[*run.Result](t)(run.Run(context.Background(), n.Options(t, out, files)))
	if !result.Published {
		t.Fatalf("nothing was published: %+v", result)
	}
	return ReadBatch(t, out, result)
}

// WriteCSV writes a file for each input that the contract asks for, and for the interruptions if there are any.
func WriteCSV(t testing.TB, dir string, in reference.Inputs, d cases.Dialect) (files [pipeline.InputCount][]string) {
	t.Helper()
	for _, input := range reference.InputNames() {
		if (input == "interruptions" || input == "evidence") && len(in[input]) == 0 {
			continue
		}
		name := WriteFile(t, dir, input+".csv", d.CSV(input, in[input]))
		files[InputNumbers[input]] = append(files[InputNumbers[input]], name)
	}
	return files
}

func WriteFile(t testing.TB, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Published is a batch as the second Parquet implementation reads it.
type Published struct {
	Folder string
	Result *run.Result

	Regularisations, Quarters, Surcharges, Rejects *readback.Table
}

func ReadBatch(t testing.TB, out string, result *run.Result) *Published {
	t.Helper()
	folder := filepath.Join(out, result.Manifest.Folder())
	table := func(name string) *readback.Table { return Must[*readback.Table](t)(readback.Folder(folder, name)) }
	return &Published{folder, result, table("regularisations"), table("quarters"), table("surcharges"), table("rejects")}
}

// Only is the one regularisation of the batch.
func (p *Published) Only(t testing.TB) map[string]string {
	t.Helper()
	if len(p.Regularisations.Rows) != 1 {
		t.Fatalf("not one regularisation: %v; rejects %v", p.Regularisations.Rows, p.Rejects.Rows)
	}
	return p.Regularisations.Map(0)
}

// Want holds cells of a row against what they should be: column, cell, column, cell ...
func Want(t testing.TB, row map[string]string, cells ...string) {
	t.Helper()
	for i := 0; i < len(cells); i += 2 {
		if row[cells[i]] != cells[i+1] {
			t.Errorf("%s = %q, want %q", cells[i], row[cells[i]], cells[i+1])
		}
	}
}

// Batches lists the batch folders that an output directory shows.
func Batches(t testing.TB, out string) []string {
	t.Helper()
	return Must[[]string](t)(filepath.Glob(filepath.Join(out, "batch=*")))
}

// Both readings of the law's data; a test that can't have them has no sense.
var (
	StandardLaw  = sync.OnceValue(func() *law.Law { return mustLoad(law.Standard()) })
	referenceLaw = sync.OnceValue(func() *reference.Law { return mustLoad(reference.Load(os.DirFS("../../pipeline/law/data"))) })
)

func mustLoad[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func IsoDay(t testing.TB, text string) time.Time {
	t.Helper()
	return Must[time.Time](t)(time.Parse(time.DateOnly, text))
}

// Maker makes random inputs about a day.
func Maker(t testing.TB, seed uint64, asOf string, faults int) *cases.Maker {
	t.Helper()
	return &cases.Maker{Random: rand.New(rand.NewPCG(seed, 0)), Law: referenceLaw(), AsOf: IsoDay(t, asOf), Faults: faults}
}

// ReferenceJob is the same night for the reference.
func (n Night) ReferenceJob(t testing.TB, ledger *reference.Ledger) reference.Job {
	t.Helper()
	fees := map[int]decimal.Decimal{}
	for year, percent := range n.feePercents() {
		fees[year] = decimal.RequireFromString(percent)
	}
	job := reference.Job{Law: referenceLaw(), AsOf: IsoDay(t, n.AsOf), FeePercents: fees, Ledger: ledger}
	if n.Pension != "" {
		job.MinimumPension = decimal.RequireFromString(n.Pension)
	}
	return job
}

// The affiliate of the examples, with what an account holds of a year: four quarters of main, 1000.00 called of each.
const Someone = "85010112387"

func Example(year int, communications ...[]string) reference.Inputs {
	in := reference.Inputs{
		"affiliates": {{Someone, "1234", "nl", "Peeters", "An", "Kerkstraat 1", "9000", "Gent", "BE", "", "", ""}},
		"revenue":    communications,
	}
	for quarter := 1; quarter <= 4; quarter++ {
		in["account"] = append(in["account"],
			[]string{Someone, fmt.Sprint(year), fmt.Sprint(quarter), "main", "due", "", "1000.00", "1000.00", "false"})
	}
	return in
}

// Revenue is a communication of one row.
func Revenue(year int, id, on, income string) []string {
	return []string{Someone, fmt.Sprint(year), id, on, "trader", income, ""}
}

// ManyShards is a size of shards that cuts the funds of these tests into several.
const ManyShards = 400

// WriteParts cuts each input into three files at random places; an empty part has its header alone.
func WriteParts(t *testing.T, in reference.Inputs, at func([][]string) int) (files [pipeline.InputCount][]string) {
	t.Helper()
	dir := t.TempDir()
	for input, rows := range in {
		first := at(rows)
		second := first + at(rows[first:])
		for i, part := range [][][]string{rows[second:], rows[:first], rows[first:second]} {
			name := WriteFile(t, dir, fmt.Sprintf("%s-%d.csv", input, i), cases.Comma.CSV(input, part))
			files[InputNumbers[input]] = append(files[InputNumbers[input]], name)
		}
	}
	return files
}

// NoFee makes amounts easy to follow: 20.5 % of the income, a fourth of it each quarter.
var NoFee = map[int]string{2021: "0", 2022: "0", 2023: "0"}

// ExampleNight is the example of 2023 with the given communications, on a day.
func ExampleNight(asOf string, communications ...[]string) Night {
	return Night{In: Example(2023, communications...), AsOf: asOf, Fees: NoFee}
}

// Unpublished runs a night that must find nothing new.
func (n Night) Unpublished(t *testing.T, out string) *run.Result {
	t.Helper()
	before := len(Batches(t, out))
	result := Must[*run.Result](t)(n.Run(t, out))
	if result.Published || result.Manifest != nil || len(Batches(t, out)) != before {
		t.Fatalf("there was nothing new to publish: %+v", result)
	}
	return result
}

// The random tests scale: go test ./jobs/run -run Reference -affiliates=20000 -seed=7
var (
	Affiliates = flag.Int("affiliates", 200, "affiliates of each random fund")
	Seed       = flag.Uint64("seed", 0, "another seed makes other funds")
)

// ScenarioDay is the day of the batch: 2018 is barred, 2026 is not over.
const ScenarioDay = "2026-06-30"

// Recheck runs a night that also settles years again: whose account changed, or for other changes.
func (n Night) Recheck(t *testing.T, out string, others ...pipeline.Recheck) *run.Result {
	t.Helper()
	o := n.Options(t, out, WriteCSV(t, t.TempDir(), n.In, cases.Comma))
	o.Parameters.Recheck = pipeline.RecheckAccount
	if len(others) > 0 {
		o.Parameters.Recheck = 0
	}
	for _, other := range others {
		o.Parameters.Recheck |= other
	}
	return Must[*run.Result](t)(run.Run(t.Context(), o))
}
