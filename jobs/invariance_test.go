package jobs_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"regul/fixtures/cases"
	"regul/fixtures/population"
	"regul/fixtures/readback"
	"regul/fixtures/reference"
	"regul/jobs"
	"regul/pipeline"
)

// manyShards is a size of shards that cuts the funds of these tests into several.
const manyShards = 400

// look is what must be the same of two batches over the same content.
type look struct {
	batch   string
	files   map[string]string // content of the tables, without the rejects, by path
	rejects []string          // without their place, sorted
	counts  map[string]jobs.Counts
}

// lookAt runs a night over the files and looks at the batch. The content of rejects is left out where texts differ.
func lookAt(t *testing.T, o jobs.RunOptions, withContent bool) look {
	t.Helper()
	result := must[*jobs.RunResult](t)(jobs.Run(context.Background(), o))
	if !result.Published {
		t.Fatal("nothing was published")
	}
	if storage, ok := o.Out.(*spying); ok {
		o.Out = storage.Storage
	}
	p := readBatch(t, string(o.Out.(jobs.Directory)), result)
	l := look{batch: result.Manifest.Batch, files: tables(t, p.folder), counts: result.Counts}
	for i := range p.rejects.Rows {
		r := p.rejects.Map(i)
		if !withContent {
			r["content"] = ""
		}
		l.rejects = append(l.rejects, rejectLine(r["niss"], r["year"], r["code"], r["message"], r["content"]))
	}
	slices.Sort(l.rejects)
	return l
}

// tables reads the bytes of the tables of a batch, but for the rejects.
func tables(t *testing.T, folder string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, path := range must[[]string](t)(filepath.Glob(filepath.Join(folder, "*", "year=*", "*.parquet"))) {
		files[strings.TrimPrefix(path, folder)] = string(must[[]byte](t)(os.ReadFile(path)))
	}
	return files
}

func (l look) same(t *testing.T, other look) {
	t.Helper()
	if l.batch != other.batch {
		t.Errorf("batch %s, want %s", other.batch, l.batch)
	}
	if !slices.Equal(slices.Sorted(maps.Keys(l.files)), slices.Sorted(maps.Keys(other.files))) {
		t.Errorf("other files: %v, want %v", slices.Sorted(maps.Keys(other.files)), slices.Sorted(maps.Keys(l.files)))
	}
	for path, content := range l.files {
		if other.files[path] != content {
			t.Errorf("%s: other bytes", path)
		}
	}
	if missing := without(l.rejects, other.rejects); len(missing) > 0 || len(l.rejects) != len(other.rejects) {
		t.Errorf("%d rejects, want %d; missing are %v", len(other.rejects), len(l.rejects), missing[:min(enough, len(missing))])
	}
	if !maps.Equal(l.counts, other.counts) {
		t.Errorf("counts %v, want %v", other.counts, l.counts)
	}
}

// Rows that wait on disk because memory is scarce give the same bytes, and leave no file behind.
func TestMemoryDoesNotShow(t *testing.T) {
	t.Parallel()
	in := maker(t, 23, "2025-10-31", 10).Affiliates(*affiliates / 3)
	n := night{in: in, asOf: "2025-10-31"}
	files := writeCSV(t, t.TempDir(), in, cases.Comma)
	run := func(waiting int) look {
		out := t.TempDir()
		storage := &spying{Storage: jobs.Directory(out)}
		o := n.options(t, out, files)
		o.ShardRows, o.Waiting, o.Out = manyShards, waiting, storage
		l := lookAt(t, o, true)
		if spilled := storage.created(".spill/"); waiting > 0 && spilled < 2 || waiting == 0 && spilled > 0 {
			t.Errorf("%d bytes of memory: %d files of waiting rows", waiting, spilled)
		}
		if _, err := os.Stat(filepath.Join(out, ".spill")); !os.IsNotExist(err) {
			t.Error("rows are left waiting")
		}
		return l
	}
	run(0).same(t, run(100<<10))
}

// spying is a storage that remembers the names of the files it made.
type spying struct {
	jobs.Storage
	mutex sync.Mutex
	names []string
}

func (s *spying) Create(name string) (jobs.WriteFile, error) {
	s.mutex.Lock()
	s.names = append(s.names, name)
	s.mutex.Unlock()
	return s.Storage.Create(name)
}

func (s *spying) created(prefix string) int {
	return len(slices.DeleteFunc(slices.Clone(s.names), func(name string) bool { return !strings.HasPrefix(name, prefix) }))
}

// The order of rows, their split into files, the compression and the number of workers do not show, even with
// rows that can't be read.
func TestOutputDependsOnContentOnly(t *testing.T) {
	t.Parallel()
	m := maker(t, 21, "2025-10-31", 10)
	in := m.Affiliates(*affiliates / 3)
	n := night{in: in, asOf: "2025-10-31"}
	run := func(files [pipeline.InputCount][]string, workers int) look {
		o := n.options(t, t.TempDir(), files)
		o.ShardRows, o.Workers = manyShards, workers
		return lookAt(t, o, true)
	}
	original := run(writeCSV(t, t.TempDir(), in, cases.Comma), 2)
	if parts := slices.Sorted(maps.Keys(original.files)); !strings.Contains(strings.Join(parts, " "), "part-00002") {
		t.Fatalf("the fund should take several shards: %v", parts)
	}
	shuffled := reference.Inputs{}
	for input, rows := range in {
		shuffled[input] = slices.Clone(rows)
		m.Shuffle(shuffled[input])
	}
	for _, v := range []struct {
		name    string
		files   [pipeline.InputCount][]string
		workers int
	}{
		{"one worker", writeCSV(t, t.TempDir(), in, cases.Comma), 1},
		{"other order, seven workers", writeCSV(t, t.TempDir(), shuffled, cases.Comma), 7},
		{"several files", writeParts(t, in, func(rows [][]string) int { return m.Random.IntN(len(rows) + 1) }), 7},
		{"several files, one worker", writeParts(t, shuffled, func(rows [][]string) int { return len(rows) / 3 }), 1},
		{"gzip", compressed(t, in, ".gz"), 2},
		{"zstd", compressed(t, in, ".zst"), 1},
	} {
		t.Run(v.name, func(t *testing.T) { original.same(t, run(v.files, v.workers)) })
	}
}

// writeParts cuts each input into three files at random places; an empty part has its header alone.
func writeParts(t *testing.T, in reference.Inputs, at func([][]string) int) (files [pipeline.InputCount][]string) {
	t.Helper()
	dir := t.TempDir()
	for input, rows := range in {
		first := at(rows)
		second := first + at(rows[first:])
		for i, part := range [][][]string{rows[second:], rows[:first], rows[first:second]} {
			name := writeFile(t, dir, fmt.Sprintf("%s-%d.csv", input, i), cases.Comma.CSV(input, part))
			files[inputNumbers[input]] = append(files[inputNumbers[input]], name)
		}
	}
	return files
}

// compressed writes the inputs through gzip or zstd.
func compressed(t *testing.T, in reference.Inputs, suffix string) (files [pipeline.InputCount][]string) {
	t.Helper()
	dir := t.TempDir()
	for input, rows := range in {
		var out bytes.Buffer
		text := []byte(cases.Comma.CSV(input, rows))
		if suffix == ".gz" {
			w := gzip.NewWriter(&out)
			must[int](t)(w.Write(text))
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
		} else {
			out.Write(must[*zstd.Encoder](t)(zstd.NewWriter(nil)).EncodeAll(text, nil))
		}
		files[inputNumbers[input]] = []string{writeFile(t, dir, input+".csv"+suffix, out.String())}
	}
	return files
}

// The separator and the decimal comma do not show. Rows that can't be read are content as text, so there are none here.
func TestOutputDoesNotDependOnDialect(t *testing.T) {
	t.Parallel()
	in := maker(t, 22, "2025-10-31", 0).Affiliates(*affiliates / 2)
	n := night{in: in, asOf: "2025-10-31"}
	comma := lookAt(t, n.options(t, t.TempDir(), writeCSV(t, t.TempDir(), in, cases.Comma)), false)
	semicolon := lookAt(t, n.options(t, t.TempDir(), writeCSV(t, t.TempDir(), in, cases.Semicolon)), false)
	comma.same(t, semicolon)
}

// Parquet files hold what CSV files hold.
func TestOutputDoesNotDependOnFormat(t *testing.T) {
	t.Parallel()
	var looks []look
	for _, format := range jobs.GenerateFormats() {
		dir := t.TempDir()
		names := must[[]string](t)(jobs.Generate(jobs.GenerateOptions{
			Population: population.Options{Affiliates: *affiliates, Seed: 5, BadRows: -1}, Format: format, Out: jobs.Directory(dir), Workers: 2,
		}))
		var files [pipeline.InputCount][]string
		for i, name := range names {
			files[inputNumbers[population.Input(i).String()]] = []string{filepath.Join(dir, name)}
		}
		looks = append(looks, lookAt(t, night{asOf: "2026-06-30"}.options(t, t.TempDir(), files), false))
	}
	for i, format := range jobs.GenerateFormats() {
		t.Run(format, func(t *testing.T) { looks[0].same(t, looks[i]) })
	}
}

// Payments of one day are one set: a running sum that leaves the range in one order only must not decide.
func TestOrderOfPaymentsOfADayDoesNotShow(t *testing.T) {
	t.Parallel()
	n := exampleNight("2026-06-30", revenue(2023, "A", "2026-06-01", "40000.00"))
	var looks []look
	for _, amounts := range [][]string{
		{"900000000.00", "-900000000.00", "900000000.00"}, {"900000000.00", "900000000.00", "-900000000.00"}, {"-900000000.00", "900000000.00", "900000000.00"},
	} {
		n.in["payments"] = nil
		for _, amount := range amounts {
			n.in["payments"] = append(n.in["payments"], []string{someone, "2023", "", "2023-03-31", amount})
		}
		looks = append(looks, lookAt(t, n.options(t, t.TempDir(), writeCSV(t, t.TempDir(), n.in, cases.Comma)), true))
	}
	looks[0].same(t, looks[1])
	looks[0].same(t, looks[2])
}

// An affiliate's rows do not depend on who else is there, nor on the size of shards.
func TestAffiliatesDoNotTouchEachOther(t *testing.T) {
	t.Parallel()
	all := maker(t, 23, "2025-10-31", 5).Affiliates(*affiliates / 2)
	some := reference.Inputs{}
	for input, rows := range all {
		some[input] = slices.DeleteFunc(slices.Clone(rows), func(row []string) bool { return !ofSome(row[0]) })
	}
	run := func(in reference.Inputs, shardRows int) *published {
		out := t.TempDir()
		o := night{asOf: "2025-10-31"}.options(t, out, writeCSV(t, t.TempDir(), in, cases.Comma))
		o.ShardRows = shardRows
		return readBatch(t, out, must[*jobs.RunResult](t)(jobs.Run(context.Background(), o)))
	}
	together, alone := run(all, manyShards), run(some, 0)
	for name, table := range map[string][2]*readback.Table{
		"regularisations": {together.regularisations, alone.regularisations}, "quarters": {together.quarters, alone.quarters},
		"surcharges": {together.surcharges, alone.surcharges},
	} {
		niss := table[0].Column("niss")
		rows := slices.DeleteFunc(slices.Clone(table[0].Rows), func(row []string) bool { return !ofSome(row[niss]) })
		if len(rows) == 0 || len(rows) == len(table[0].Rows) {
			t.Fatalf("%s: %d of %d rows", name, len(rows), len(table[0].Rows))
		}
		if !slices.EqualFunc(rows, table[1].Rows, slices.Equal[[]string]) {
			t.Errorf("%s: other rows", name)
		}
	}
}

// ofSome chooses about half of the affiliates by their national number.
func ofSome(niss string) bool { return len(niss) == 11 && niss[8]%2 == 0 }
