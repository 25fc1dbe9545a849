package run_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"regul/fixtures/cases"
	"regul/jobs/jobstest"
	"regul/jobs/run"
	"regul/pipeline"
)

const revenueHeader = "niss,income_year,communication,communicated_on,nature,net_income,assessment\n"

// runWith runs the example with another revenue file, and says how much memory it took from the heap in all, in bytes.
func runWith(t *testing.T, path string) (*run.Result, uint64, error) {
	t.Helper()
	n := jobstest.ExampleNight("2026-06-30")
	files := jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma)
	files[pipeline.Revenue] = []string{path}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	result, err := run.Run(t.Context(), n.Options(t, t.TempDir(), files))
	runtime.ReadMemStats(&after)
	return result, after.TotalAlloc - before.TotalAlloc, err
}

// fewBytes is far above what a run of a handful of rows allocates, and far below the hostile files.
const fewBytes = 200 << 20

// A line of 2 GB is one bad row; the rows after it are read, and memory stays small.
func TestLineOfTwoGigabytes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "revenue.csv")
	file := jobstest.Must[*os.File](t)(os.Create(path))
	jobstest.Must[int](t)(file.WriteString(revenueHeader + jobstest.Someone + ",2023,A,2026-06-01,trader,"))
	jobstest.Must[int64](t)(file.Seek(2<<30, io.SeekCurrent)) // zeros that take no place on the disk
	jobstest.Must[int](t)(file.WriteString("\n" + strings.Join(jobstest.Revenue(2023, "B", "2026-06-02", "40000.00"), ",") + "\n"))
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	result, allocated, err := runWith(t, path)
	if err != nil || result.Rejects["bad_row"] != 1 || result.Counts["revenue"].Read != 2 {
		t.Errorf("%+v, %v", result, err)
	}
	if allocated > fewBytes {
		t.Errorf("%d MiB were allocated", allocated>>20)
	}
}

// A small compressed file that unfolds to a gigabyte of nothing is bad rows, in little memory.
func TestCompressedBomb(t *testing.T) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	jobstest.Must[int](t)(io.WriteString(w, revenueHeader))
	nothing := make([]byte, 1<<20)
	for range 1 << 10 {
		jobstest.Must[int](t)(w.Write(nothing))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := jobstest.WriteFile(t, t.TempDir(), "revenue.csv.gz", b.String())
	result, allocated, err := runWith(t, path)
	if err == nil && (result.Rejected == 0 || result.Counts["revenue"].Settled > 0) {
		t.Errorf("%+v", result)
	}
	if allocated > fewBytes {
		t.Errorf("%d MiB were allocated", allocated>>20)
	}
}

// A byte order mark, NUL bytes in one row and line ends of every kind leave the other rows as they are.
func TestMixedLineEnds(t *testing.T) {
	row := strings.Join(jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"), ",")
	bad := ",2022,N,2026-06-01,trader,1\x000.00," // nobody's: it holds nothing else back
	path := jobstest.WriteFile(t, t.TempDir(), "revenue.csv", "\ufeff"+strings.TrimSuffix(revenueHeader, "\n")+"\r\n"+bad+"\n"+row+"\r\n\n")
	result, _, err := runWith(t, path)
	if err != nil || !result.Published || result.Counts["revenue"].Settled != 1 || result.Rejected != 1 {
		t.Errorf("%+v, %v", result, err)
	}
}

// The day of a batch may lie before that of an earlier one: the clock of a machine went back. What was settled stays so.
func TestClockThatGoesBack(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	first := jobstest.Revenue(2023, "A", "2026-06-01", "40000.00")
	jobstest.ExampleNight("2026-07-31", first).Publish(t, out)
	jobstest.ExampleNight("2026-06-30", first).Unpublished(t, out)
	p := jobstest.ExampleNight("2026-06-30", first, jobstest.Revenue(2023, "B", "2026-06-15", "44000.00")).Publish(t, out)
	jobstest.Want(t, p.Only(t), "version", "2", "called", "8200.00", "definitive", "9020.00")
}
