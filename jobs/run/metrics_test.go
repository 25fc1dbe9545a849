package run_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"regul/jobs/batch"
	"regul/jobs/jobstest"
	"regul/jobs/run"
	"regul/jobs/storage"
)

// The times of the tests, in the order in which the runs end.
var (
	firstNight  = time.Date(2026, 6, 30, 2, 30, 0, 0, time.UTC)
	secondNight = firstNight.AddDate(0, 0, 1)
)

// told writes the metrics of a run and returns the file.
func told(t *testing.T, path string, m run.Metrics) string {
	t.Helper()
	if err := m.Write(path); err != nil {
		t.Fatal(err)
	}
	return string(jobstest.Must[[]byte](t)(os.ReadFile(path)))
}

func success(at time.Time, result *run.Result) run.Metrics {
	return run.Metrics{Began: at, Ended: at.Add(time.Minute), Succeeded: true, Result: result,
		Stages: []run.StageTime{{Stage: "read", Took: 1500 * time.Millisecond}}}
}

func failure(at time.Time, status int) run.Metrics {
	return run.Metrics{Began: at, Ended: at.Add(time.Minute), Status: status}
}

// batchResult is the result of a run that published a batch with one regularisation and one reject.
func batchResult(t *testing.T) *run.Result {
	t.Helper()
	return jobstest.Must[*run.Result](t)(jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"),
		jobstest.Revenue(2022, "B", "2026-06-01", "x")).Run(t, t.TempDir()))
}

// wantLines holds lines of a file against what they should be: a line is there, or with a ! before it is not.
func wantLines(t *testing.T, text string, lines ...string) {
	t.Helper()
	for _, line := range lines {
		line, not := strings.CutPrefix(line, "!")
		if regexp.MustCompile(`(?m)^`+line+`$`).MatchString(text) == not {
			t.Errorf("line %q, not there: %v, in\n%s", line, not, text)
		}
	}
}

func TestMetricsTellWhatARunDid(t *testing.T) {
	t.Parallel()
	result := batchResult(t)
	text := told(t, filepath.Join(t.TempDir(), "regul.prom"), success(firstNight, result))
	totals := &result.Manifest.ControlTotals
	wantLines(t, text, "regul_last_run_start_timestamp_seconds 1782786600.000", "regul_last_run_end_timestamp_seconds 1782786660.000",
		"regul_last_run_exit_status 0", `regul_last_run_stage_seconds\{stage="read"\} 1.500`,
		`regul_last_run_rows\{input="revenue",fate="settled"\} 1`, `regul_last_run_rows\{input="revenue",fate="rejected"\} 1`,
		`regul_last_run_rejects\{code="bad_value"\} 1`, `regul_last_run_rejects\{code="duplicate"\} 0`,
		"regul_last_success_timestamp_seconds 1782786660.000", "regul_last_batch_timestamp_seconds 1782786660.000",
		`regul_last_batch_info\{batch="`+result.Batch+`",as_of="2026-06-30",law="[0-9a-f]{8}",manifest="[^"]+"\} 1`,
		`regul_last_batch_regularisations\{outcome="supplement"\} 1`, `regul_last_batch_regularisations\{outcome="refund"\} 0`,
		`regul_last_batch_rows\{input="revenue",fate="settled"\} 1`, `regul_last_batch_rejects\{code="bad_value"\} 1`,
		`regul_last_batch_amount_euros\{total="definitive"\} `+totals.Definitive.String(),
		`regul_last_batch_amount_euros\{total="to_pay"\} `+totals.ToPay.String(), `!.*""`)
	if totals.Definitive <= 0 {
		t.Errorf("totals %+v", totals)
	}
}

// What people are woken by must not be told by a run that failed.
func TestMetricsOfAFailureKeepTheLastSuccess(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "regul.prom")
	before := told(t, path, success(firstNight, batchResult(t)))
	for _, status := range []int{1, 2, 4, 75} {
		text := told(t, path, failure(secondNight, status))
		wantLines(t, text, "regul_last_run_exit_status "+map[int]string{1: "1", 2: "2", 4: "4", 75: "75"}[status],
			"regul_last_run_start_timestamp_seconds 1782873000.000", "regul_last_success_timestamp_seconds 1782786660.000",
			"!regul_last_run_(rows|rejects|stage_seconds).*")
		for line := range strings.Lines(before) {
			if strings.HasPrefix(line, "regul_last_batch_") && !strings.Contains(text, line) {
				t.Errorf("status %d: %q is gone", status, line)
			}
		}
	}
}

func TestMetricsOfARefusedRunTellItsRejects(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "regul.prom")
	told(t, path, success(firstNight, batchResult(t)))
	refused := failure(secondNight, 4)
	refused.Result = &run.Result{Rejects: map[string]int64{"bad_niss": 9},
		Counts: map[string]batch.Counts{"revenue": {Read: 10, Rejected: 9}}}
	wantLines(t, told(t, path, refused), `regul_last_run_rejects\{code="bad_niss"\} 9`, `regul_last_batch_rejects\{code="bad_niss"\} 0`,
		`regul_last_run_rows\{input="revenue",fate="rejected"\} 9`, "regul_last_success_timestamp_seconds 1782786660.000")
}

// Nothing new is a success, and the last batch stays the last one. So it is with a draft.
func TestMetricsOfNothingNewKeepTheLastBatch(t *testing.T) {
	t.Parallel()
	path, result := filepath.Join(t.TempDir(), "regul.prom"), batchResult(t)
	told(t, path, success(firstNight, result))
	draft := *result
	draft.Draft, draft.Batch = true, "draft"
	for _, r := range []*run.Result{{}, &draft} {
		wantLines(t, told(t, path, success(secondNight, r)), "regul_last_success_timestamp_seconds 1782873060.000",
			"regul_last_batch_timestamp_seconds 1782786660.000", `regul_last_batch_info\{batch="`+result.Batch+`".*`)
	}
}

// A new batch leaves nothing of the one before.
func TestMetricsOfABatchReplaceThoseOfTheOneBefore(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "regul.prom")
	told(t, path, success(firstNight, batchResult(t)))
	other := jobstest.Must[*run.Result](t)(jobstest.ExampleNight("2026-07-31", jobstest.Revenue(2023, "C", "2026-06-01", "50000.00")).Run(t,
		t.TempDir()))
	text := told(t, path, success(secondNight, other))
	if strings.Count(text, "\nregul_last_batch_info{") != 1 {
		t.Error(text)
	}
	wantLines(t, text, `regul_last_batch_info\{batch="`+other.Batch+`".*`, `regul_last_batch_rejects\{code="bad_value"\} 0`)
}

// A file that was cut off or changed can't be trusted to say when the last success was; the next success heals it.
func TestMetricsDoNotKeepADamagedFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "regul.prom")
	whole := told(t, path, success(firstNight, batchResult(t)))
	twice := strings.Replace(whole, "# EOF", "regul_last_success_timestamp_seconds 1.000\n# EOF", 1)
	for name, damaged := range map[string]string{
		"empty": "", "cut in a number": whole[:strings.Index(whole, "regul_last_success_timestamp_seconds 17")+39], "twice": twice,
		"no number": strings.ReplaceAll(whole, " 1782786660.000", " yesterday"), "no end": strings.TrimSuffix(whole, "# EOF\n"),
		"NUL": strings.Repeat("\x00", 4096), "long": whole + strings.Repeat("x", 2<<20),
	} {
		if err := os.WriteFile(path, []byte(damaged), 0o644); err != nil {
			t.Fatal(err)
		}
		wantLines(t, told(t, path, failure(secondNight, 1)), "regul_last_run_exit_status 1", "!regul_last_success_.*",
			"!regul_last_batch_.*")
		if t.Failed() {
			t.Fatal(name)
		}
	}
}

// The node exporter runs as another user and takes every file that ends in .prom: it may read the file, and finds a whole one.
func TestMetricsFileIsReplacedAtOnceAndReadable(t *testing.T) {
	old := syscall.Umask(0o077)
	defer syscall.Umask(old)
	folder := t.TempDir()
	path := filepath.Join(folder, "regul.prom")
	jobstest.Must[*os.File](t)(os.Create(filepath.Join(folder, ".regul.prom.tmp"))).Close() // a killed run has left it
	told(t, path, failure(firstNight, 1))
	opened := jobstest.Must[*os.File](t)(os.Open(path))
	defer opened.Close()
	told(t, path, failure(secondNight, 2))
	var text [4096]byte
	n := jobstest.Must[int](t)(opened.Read(text[:]))
	wantLines(t, string(text[:n]), "regul_last_run_exit_status 1", "# EOF") // who reads the old one goes on reading it
	if mode := jobstest.Must[os.FileInfo](t)(os.Stat(path)).Mode().Perm(); mode != 0o644 {
		t.Errorf("mode %o", mode)
	}
	if entries := jobstest.Must[[]os.DirEntry](t)(os.ReadDir(folder)); len(entries) != 2 || entries[0].Name() != ".regul.prom.lock" {
		t.Errorf("left behind: %v", entries)
	}
}

// Who reads the folder can lock it, and not the metrics; a run that writes them for ever holds no other one up.
func TestMetricsWaitForNobodyForLong(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "regul.prom")
	reader := jobstest.Must[*os.File](t)(os.Open(folder))
	defer reader.Close()
	if err := syscall.Flock(int(reader.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	told(t, path, failure(firstNight, 1))
	unlock := jobstest.Must[func() error](t)(storage.Directory(folder).Lock(".regul.prom.lock"))
	defer unlock()
	began := time.Now()
	m := failure(firstNight, 1)
	if err := m.Write(path); err == nil || time.Since(began) > 20*time.Second {
		t.Errorf("%v after %s", err, time.Since(began))
	}
}

// A run that could not get the lock ends while another one ends well.
func TestMetricsOfTwoRunsDoNotLoseASuccess(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "regul.prom")
	var group sync.WaitGroup
	for i := range 40 {
		group.Go(func() {
			m := failure(firstNight, 75)
			if i == 20 {
				m = success(firstNight, &run.Result{})
			}
			if err := m.Write(path); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	wantLines(t, string(jobstest.Must[[]byte](t)(os.ReadFile(path))), "regul_last_success_timestamp_seconds 1782786660.000")
}

func TestMetricsSayWhenTheyCantBeWritten(t *testing.T) {
	t.Parallel()
	m := failure(firstNight, 1)
	if err := m.Write(filepath.Join(t.TempDir(), "none", "regul.prom")); err == nil {
		t.Error("no error")
	}
	if err := m.Write(t.TempDir()); err == nil {
		t.Error("no error for a folder")
	}
}
