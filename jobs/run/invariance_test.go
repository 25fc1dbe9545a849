package run_test

import (
	"bytes"
	"context"
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
	"regul/jobs/batch"
	"regul/jobs/generate"
	"regul/jobs/jobstest"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/pipeline"
)

// look is what must be the same of two batches over the same content.
type look struct {
	batch   string
	files   map[string]string // content of the tables, without the rejects, by path
	rejects []string          // without their place, sorted
	counts  map[string]batch.Counts
}

// lookAt runs a night over the files and looks at the batch. The content of rejects is left out where texts differ.
func lookAt(t *testing.T, o run.Options, withContent bool) look {
	t.Helper()
	result := jobstest.Must[*run.Result](t)(run.Run(context.Background(), o))
	if !result.Published {
		t.Fatal("nothing was published")
	}
	if storage, ok := o.Out.(*spying); ok {
		o.Out = storage.Storage
	}
	p := jobstest.ReadBatch(t, string(o.Out.(storage.Directory)), result)
	l := look{batch: result.Manifest.Batch, files: tables(t, p.Folder), counts: result.Counts}
	for i := range p.Rejects.Rows {
		r := p.Rejects.Map(i)
		if !withContent {
			r["content"] = ""
		}
		l.rejects = append(l.rejects, jobstest.RejectLine(r["niss"], r["year"], r["code"], r["message"], r["content"]))
	}
	slices.Sort(l.rejects)
	return l
}

// tables reads the bytes of the tables of a batch, except the rejects.
func tables(t *testing.T, folder string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, path := range jobstest.Must[[]string](t)(filepath.Glob(filepath.Join(folder, "*", "year=*", "*.parquet"))) {
		files[strings.TrimPrefix(path, folder)] = string(jobstest.Must[[]byte](t)(os.ReadFile(path)))
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
	if missing := jobstest.Without(l.rejects, other.rejects); len(missing) > 0 || len(l.rejects) != len(other.rejects) {
		t.Errorf("%d rejects, want %d; missing are %v", len(other.rejects), len(l.rejects), missing[:min(jobstest.Enough, len(missing))])
	}
	if !maps.Equal(l.counts, other.counts) {
		t.Errorf("counts %v, want %v", other.counts, l.counts)
	}
}

// Rows that wait on disk because memory is scarce give the same bytes, and leave no file behind.
func TestMemoryDoesNotShow(t *testing.T) {
	t.Parallel()
	in := jobstest.Maker(t, 23, "2025-10-31", 10).Affiliates(*jobstest.Affiliates / 3)
	n := jobstest.Night{In: in, AsOf: "2025-10-31"}
	files := jobstest.WriteCSV(t, t.TempDir(), in, cases.Comma)
	run := func(waiting int) look {
		out := t.TempDir()
		storage := &spying{Storage: storage.Directory(out)}
		o := n.Options(t, out, files)
		o.ShardRows, o.Waiting, o.Out = jobstest.ManyShards, waiting, storage
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
	storage.Storage
	mutex sync.Mutex
	names []string
}

func (s *spying) Create(name string) (storage.WriteFile, error) {
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
	m := jobstest.Maker(t, 21, "2025-10-31", 10)
	in := m.Affiliates(*jobstest.Affiliates / 3)
	n := jobstest.Night{In: in, AsOf: "2025-10-31"}
	run := func(files [pipeline.InputCount][]string, workers int) look {
		o := n.Options(t, t.TempDir(), files)
		o.ShardRows, o.Workers = jobstest.ManyShards, workers
		return lookAt(t, o, true)
	}
	original := run(jobstest.WriteCSV(t, t.TempDir(), in, cases.Comma), 2)
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
		{"one worker", jobstest.WriteCSV(t, t.TempDir(), in, cases.Comma), 1},
		{"other order, seven workers", jobstest.WriteCSV(t, t.TempDir(), shuffled, cases.Comma), 7},
		{"several files", jobstest.WriteParts(t, in, func(rows [][]string) int { return m.Random.IntN(len(rows) + 1) }), 7},
		{"several files, one worker", jobstest.WriteParts(t, shuffled, func(rows [][]string) int { return len(rows) / 3 }), 1},
		{"gzip", compressed(t, in, ".gz"), 2},
		{"zstd", compressed(t, in, ".zst"), 1},
	} {
		t.Run(v.name, func(t *testing.T) { original.same(t, run(v.files, v.workers)) })
	}
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
			jobstest.Must[int](t)(w.Write(text))
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
		} else {
			out.Write(jobstest.Must[*zstd.Encoder](t)(zstd.NewWriter(nil)).EncodeAll(text, nil))
		}
		files[jobstest.InputNumbers[input]] = []string{jobstest.WriteFile(t, dir, input+".csv"+suffix, out.String())}
	}
	return files
}

// The separator and the decimal comma do not show. Rows that can't be read are content as text, so there are none here.
func TestOutputDoesNotDependOnDialect(t *testing.T) {
	t.Parallel()
	in := jobstest.Maker(t, 22, "2025-10-31", 0).Affiliates(*jobstest.Affiliates / 2)
	n := jobstest.Night{In: in, AsOf: "2025-10-31"}
	comma := lookAt(t, n.Options(t, t.TempDir(), jobstest.WriteCSV(t, t.TempDir(), in, cases.Comma)), false)
	semicolon := lookAt(t, n.Options(t, t.TempDir(), jobstest.WriteCSV(t, t.TempDir(), in, cases.Semicolon)), false)
	comma.same(t, semicolon)
}

// Parquet files hold what CSV files hold.
func TestOutputDoesNotDependOnFormat(t *testing.T) {
	t.Parallel()
	var looks []look
	for _, format := range generate.Formats() {
		dir := t.TempDir()
		names := jobstest.Must[[]string](t)(generate.Fund(generate.Options{
			Population: population.Options{Affiliates: *jobstest.Affiliates, Seed: 5, BadRows: -1}, Format: format,
			Out: storage.Directory(dir), Workers: 2,
		}))
		var files [pipeline.InputCount][]string
		for i, name := range names {
			files[jobstest.InputNumbers[population.Input(i).String()]] = []string{filepath.Join(dir, name)}
		}
		looks = append(looks, lookAt(t, jobstest.Night{AsOf: "2026-06-30"}.Options(t, t.TempDir(), files), false))
	}
	for i, format := range generate.Formats() {
		t.Run(format, func(t *testing.T) { looks[0].same(t, looks[i]) })
	}
}

// Payments of one day are one set: a running sum that leaves the range in one order only must not decide.
func TestOrderOfPaymentsOfADayDoesNotShow(t *testing.T) {
	t.Parallel()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
	var looks []look
	for _, amounts := range [][]string{
		{"900000000.00", "-900000000.00", "900000000.00"}, {"900000000.00", "900000000.00", "-900000000.00"},
		{"-900000000.00", "900000000.00", "900000000.00"},
	} {
		n.In["payments"] = nil
		for _, amount := range amounts {
			n.In["payments"] = append(n.In["payments"], []string{jobstest.Someone, "2023", "", "2023-03-31", amount})
		}
		looks = append(looks, lookAt(t, n.Options(t, t.TempDir(), jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma)), true))
	}
	looks[0].same(t, looks[1])
	looks[0].same(t, looks[2])
}

// An affiliate's rows do not depend on who else is there, nor on the size of shards.
func TestAffiliatesDoNotTouchEachOther(t *testing.T) {
	t.Parallel()
	all := jobstest.Maker(t, 23, "2025-10-31", 5).Affiliates(*jobstest.Affiliates / 2)
	some := reference.Inputs{}
	for input, rows := range all {
		some[input] = slices.DeleteFunc(slices.Clone(rows), func(row []string) bool { return !ofSome(row[0]) })
	}
	run := func(in reference.Inputs, shardRows int) *jobstest.Published {
		out := t.TempDir()
		o := jobstest.Night{AsOf: "2025-10-31"}.Options(t, out, jobstest.WriteCSV(t, t.TempDir(), in, cases.Comma))
		o.ShardRows = shardRows
		return jobstest.ReadBatch(t, out, jobstest.Must[*run.Result](t)(run.Run(context.Background(), o)))
	}
	together, alone := run(all, jobstest.ManyShards), run(some, 0)
	for name, table := range map[string][2]*readback.Table{
		"regularisations": {together.Regularisations, alone.Regularisations}, "quarters": {together.Quarters, alone.Quarters},
		"surcharges": {together.Surcharges, alone.Surcharges},
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
