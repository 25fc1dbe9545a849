package verify_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"regul/fixtures/cases"
	"regul/jobs"
	"regul/jobs/jobstest"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/jobs/verify"
	"regul/pipeline"
)

// OpenVerified verifies the one batch of an output directory, with every row recomputed.
func OpenVerified(t testing.TB, out string) (*verify.Verification, error) {
	t.Helper()
	found := jobstest.Batches(t, out)
	return verify.Batch(t.Context(), verify.Options{Out: storage.Directory(out), Batch: filepath.Base(found[len(found)-1]), Workers: 2})
}

// Failed lists the checks that failed.
func failed(v *verify.Verification) (names []string) {
	for _, c := range v.Checks {
		if c.Failed > 0 {
			names = append(names, c.Name)
		}
	}
	return names
}

// holds makes sure that every check holds.
func holds(t testing.TB, out string) *verify.Verification {
	t.Helper()
	v, err := OpenVerified(t, out)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range v.Checks {
		if c.Failed > 0 || c.Note != "" {
			t.Errorf("%s: %d failed: %+v %s", c.Name, c.Failed, c.Failures, c.Note)
		}
	}
	if !v.Holds || v.Failed != 0 {
		t.Errorf("holds %t, %d failed", v.Holds, v.Failed)
	}
	return v
}

// variety publishes a batch with everything in it: corrections of an earlier one, offsets, surcharges and rejects.
func variety(t testing.TB, out string) {
	t.Helper()
	m := jobstest.Maker(t, 7, "2026-05-31", 20)
	first := jobstest.Night{In: m.Affiliates(60), AsOf: "2026-05-31"}
	first.Publish(t, out)
	second := jobstest.Night{In: m.Night(first.In, jobstest.IsoDay(t, "2026-06-30")), AsOf: "2026-06-30"}
	second.Publish(t, out)
}

// Whatever a fund holds, what is published verifies: also the corrections, and batches of several parts.
func TestPublishedBatchesVerify(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		m := jobstest.Maker(t, seed, "2026-05-31", 10)
		n := jobstest.Night{In: m.Affiliates(200), AsOf: "2026-05-31"}
		out := t.TempDir()
		o := n.Options(t, out, jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma))
		o.ShardRows = jobstest.ManyShards
		jobstest.Must[*run.Result](t)(run.Run(t.Context(), o))
		holds(t, out)
		n = jobstest.Night{In: m.Night(n.In, jobstest.IsoDay(t, "2026-11-15")), AsOf: "2026-11-15"}
		n.Publish(t, out)
		v := holds(t, out)
		for _, c := range v.Checks {
			if c.Number == 0 {
				t.Errorf("seed %d: %s has checked nothing", seed, c.Name)
			}
		}
	}
}

// A batch of rejects alone has no tables but theirs.
func TestBatchOfRejectsVerifies(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "forty")).Publish(t, out)
	holds(t, out)
}

// Rejects are published in the order of their files' names, in whatever order these were given; of a file that was given twice, one row after
// the other.
func TestRejectsOfFilesInAnyOrderVerify(t *testing.T) {
	t.Parallel()
	for _, names := range [][]string{{"week-2.csv", "week-1.csv"}, {"week-1.csv", "week-1.csv"}} {
		out, dir := t.TempDir(), t.TempDir()
		n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
		files := jobstest.WriteCSV(t, dir, n.In, cases.Comma)
		header := "niss,income_year,communication,communicated_on,nature,net_income,assessment\n"
		for i, name := range names {
			text := header + strings.Repeat(",2023,B,2026-06-01,trader,forty,\n", 3-i)
			files[pipeline.Revenue] = append(files[pipeline.Revenue], jobstest.WriteFile(t, dir, name, text))
		}
		n.PublishFiles(t, out, files)
		holds(t, out)
	}
}

// A draft is verified before it is released.
func TestDraftVerifies(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
	o := n.Options(t, out, jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma))
	o.Draft = true
	result := jobstest.Must[*run.Result](t)(run.Run(t.Context(), o))
	v := jobstest.Must[*verify.Verification](t)(verify.Batch(t.Context(),
		verify.Options{Out: storage.Directory(out), Batch: "draft=" + result.Batch, Workers: 1}))
	if !v.Holds || v.Batch != result.Batch {
		t.Errorf("%+v", v)
	}
}

func TestSampleIsSpreadOverAllRows(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	variety(t, out)
	recomputed := func(sample int) int64 {
		v := jobstest.Must[*verify.Verification](t)(verify.Batch(t.Context(),
			verify.Options{Out: storage.Directory(out), Batch: filepath.Base(jobstest.Batches(t, out)[0]), Sample: sample, Workers: 2}))
		i := slices.IndexFunc(v.Checks, func(c verify.Check) bool { return c.Name == "calculation" })
		return v.Checks[i].Number
	}
	all, some, one := recomputed(0), recomputed(10), recomputed(1)
	if one < 1 || one > 4 || some < 10 || some > 40 || all < 100 || recomputed(1<<30) != all {
		t.Errorf("quarters recomputed: %d of all, %d of ten, %d of one", all, some, one)
	}
}

func TestUnknownBatchIsAnErrorOfUsage(t *testing.T) {
	t.Parallel()
	_, err := verify.Batch(t.Context(), verify.Options{Out: storage.Directory(t.TempDir()), Batch: "2026-06-30-00000000", Workers: 1})
	if jobs.KindOf(err) != jobs.Usage {
		t.Errorf("error: %v", err)
	}
}

// One bit that flips anywhere in a file is found, by the digest at the latest.
func TestFlippedBitIsFound(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	variety(t, out)
	found := jobstest.Batches(t, out)
	folder := found[len(found)-1]
	files := 0
	if err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "manifest.json" {
			return err
		}
		files++
		whole := jobstest.Must[[]byte](t)(os.ReadFile(path))
		for _, at := range []int{0, len(whole) / 2, len(whole) - 1} {
			bad := slices.Clone(whole)
			bad[at] ^= 1
			jobstest.WriteFile(t, filepath.Dir(path), d.Name(), string(bad))
			v, err := OpenVerified(t, out)
			if err != nil {
				return err
			}
			if got := failed(v); !slices.Equal(got, []string{"digests"}) {
				t.Errorf("%s, byte %d: %v failed", filepath.Base(path), at, got)
			}
		}
		jobstest.WriteFile(t, filepath.Dir(path), d.Name(), string(whole))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if files < 5 {
		t.Errorf("only %d files", files)
	}
	holds(t, out)
}

// Nothing in the batch digests the manifest. What can be changed in it without a trace is only what nothing else in the batch
// tells: where the inputs lay and what their digests were, the limit of rejects, a fee of a year that is not settled.
func TestFlippedBitOfTheManifestIsFound(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"),
		jobstest.Revenue(2022, "B", "2026-06-01", "x")).Publish(t, out)
	path := filepath.Join(jobstest.Batches(t, out)[0], "manifest.json")
	whole := jobstest.Must[[]byte](t)(os.ReadFile(path))
	untold := 0
	for at := 0; at < len(whole); at += 5 {
		bad := slices.Clone(whole)
		bad[at] ^= 1
		jobstest.WriteFile(t, filepath.Dir(path), "manifest.json", string(bad))
		v, err := OpenVerified(t, out)
		if err != nil || !v.Holds {
			continue
		}
		start := bytes.LastIndexByte(whole[:at], '\n') + 1
		line := strings.TrimSpace(string(whole[start : start+bytes.IndexByte(whole[start:], '\n')]))
		name, _, _ := strings.Cut(strings.TrimPrefix(line, `"`), `"`)
		switch {
		case slices.Contains([]string{"path", "size", "sha256", "source", "max_rejects"}, name):
		case name == "2021" || name == "2022": // fees
		case name == "law_version": // the same amounts under another name
		case name == "outgoing": // what the notices and payments were made with, which this batch has not
		case name == "notices": // without the letters nothing tells their number
		default:
			t.Errorf("byte %d of %q can be changed without a trace", at, line)
		}
		untold++
	}
	if untold > len(whole)/5/3 {
		t.Errorf("%d of %d bytes can be changed without a trace", untold, len(whole)/5)
	}
}

func TestStrangeFileIsFound(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	variety(t, out)
	found := jobstest.Batches(t, out)
	folder := found[len(found)-1]
	for _, strange := range []string{"notes.txt", "quarters/year=2023/part-00099.parquet", "quarters/year=1999/part-00000.parquet",
		"more/part-00000.parquet"} {
		path := filepath.Join(folder, filepath.FromSlash(strange))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		jobstest.WriteFile(t, filepath.Dir(path), filepath.Base(path), "x")
		if got := failed(jobstest.Must[*verify.Verification](t)(OpenVerified(t, out))); !slices.Equal(got, []string{"folder"}) {
			t.Errorf("%s: %v failed", strange, got)
		}
		top := strings.Split(strange, "/")
		if strange == "more/part-00000.parquet" || strings.Contains(strange, "1999") {
			path = filepath.Join(folder, filepath.Join(top[:len(top)-1]...))
		}
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
	}
	holds(t, out)
}

func TestMissingFileIsFound(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	variety(t, out)
	found := jobstest.Batches(t, out)
	missing := jobstest.Must[[]string](t)(filepath.Glob(filepath.Join(found[len(found)-1], "quarters", "year=2023", "*")))
	if err := os.Remove(missing[0]); err != nil {
		t.Fatal(err)
	}
	if got := failed(jobstest.Must[*verify.Verification](t)(OpenVerified(t, out))); !slices.Equal(got, []string{"digests"}) {
		t.Errorf("%v failed", got)
	}
}

func TestMissingEarlierBatchIsFound(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	variety(t, out)
	if err := os.RemoveAll(jobstest.Batches(t, out)[0]); err != nil {
		t.Fatal(err)
	}
	if got := failed(jobstest.Must[*verify.Verification](t)(OpenVerified(t, out))); !slices.Equal(got, []string{"ledger"}) {
		t.Errorf("%v failed", got)
	}
}

// What fails is told by its place alone: nobody's number is in it.
func TestFailuresHoldNoNationalNumber(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00")).Publish(t, out)
	rewrite(t, jobstest.Batches(t, out)[0], "regularisations/year=2023/part-00000.parquet",
		func(f *tableFile) { f.set(0, "to_pay", "1.00") })
	resealed(t, jobstest.Batches(t, out)[0], nil)
	text := string(jobstest.Must[[]byte](t)(json.Marshal(jobstest.Must[*verify.Verification](t)(OpenVerified(t, out)))))
	if strings.Contains(text, jobstest.Someone) {
		t.Error("a failure holds a national number")
	}
}
