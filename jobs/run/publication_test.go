package run_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"regul/fixtures/cases"
	"regul/jobs"
	"regul/jobs/jobstest"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/pipeline"
)

// twoNights are the example and its correction, each with a reject, and their files.
func twoNights(t *testing.T) (nights [2]jobstest.Night, files [2][pipeline.InputCount][]string) {
	t.Helper()
	nights[0] = jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"),
		jobstest.Revenue(2022, "B", "2026-06-01", "x"))
	nights[1] = jobstest.ExampleNight("2026-07-31", jobstest.Revenue(2023, "C", "2026-07-01", "44000.00"),
		jobstest.Revenue(2022, "D", "2026-07-01", "y"))
	for i, n := range nights {
		n.In["account"][0][8] = "true" // a reduction: the surcharges have rows
		n.In["account"][0][7] = "600.00"
		files[i] = jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma)
	}
	return nights, files
}

// Whatever call to the storage fails, and whether it fails once or for ever: the run says so and shows no batch, or
// says so in the log and shows a whole one, and the next run leaves what an undisturbed one leaves.
func TestFaultOfStorageLeavesNothingHalf(t *testing.T) {
	t.Parallel()
	nights, files := twoNights(t)
	after := jobstest.NewMemory()
	for i, n := range nights {
		before := after
		after = before.Clone()
		o := n.Options(t, "", files[i])
		o.Workers = 1 // the calls come in one order
		o.Out = after
		jobstest.Must[*run.Result](t)(run.Run(t.Context(), o))
		undisturbed := after
		for _, forever := range []bool{false, true}[:i+1] { // the second night makes every call of the first, and more
			t.Run(fmt.Sprintf("night %d, for ever %t", i+1, forever), func(t *testing.T) {
				t.Parallel()
				failing, step := 1, 1
				if forever {
					step = 3
				}
				for failEach(t, o, before, undisturbed, failing, forever) {
					failing += step
				}
				if failing < 50 {
					t.Errorf("the run made only %d calls", failing-1)
				}
			})
		}
	}
}

// failEach runs with a fault at one call, then without; it is false when the run ended before that call.
func failEach(t *testing.T, o run.Options, before, after *jobstest.Memory, failing int, forever bool) bool {
	t.Helper()
	return failAt(t, func(out storage.Storage, log *slog.Logger) error {
		o.Out, o.Log = out, log
		_, err := run.Run(t.Context(), o)
		return err
	}, before, after, failing, forever)
}

// failAt is failEach of any job that publishes.
func failAt(t *testing.T, run func(storage.Storage, *slog.Logger) error, before, after *jobstest.Memory, failing int, forever bool) bool {
	t.Helper()
	storage := before.Clone()
	faults := &jobstest.Faulty{To: storage, Failing: failing, Forever: forever}
	var log strings.Builder
	err := run(faults, slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelError})))
	if !faults.Failed() {
		if err != nil {
			t.Errorf("no call failed: %v", err)
		}
		return false
	}
	expected := before.Published() // an error means that nothing has appeared
	if err == nil {
		expected = after.Published()
		if log.Len() == 0 {
			t.Errorf("call %d failed, and nobody is told", failing)
		}
	}
	if !maps.Equal(storage.Published(), expected) {
		t.Errorf("call %d failed (%v), and other files are there than this says", failing, err)
	}
	if storage.Equals(before) {
		return true // the next run would be the undisturbed one
	}
	if err := run(storage, slog.New(slog.DiscardHandler)); err != nil {
		t.Errorf("the run after the fault of call %d: %v", failing, err)
	}
	if !maps.Equal(storage.Published(), after.Published()) {
		t.Errorf("the run after the fault of call %d leaves other files", failing)
	}
	return true
}

// cancelling is a Progress that cancels the run when a stage begins.
type cancelling struct {
	stage  string
	cancel context.CancelFunc
}

func (c cancelling) Stage(name string, _ int64) {
	if name == c.stage {
		c.cancel()
	}
}
func (c cancelling) Step(int) {}

func TestCancelledRunLeavesNothing(t *testing.T) {
	t.Parallel()
	for _, stage := range []string{"read", "settle", "publish"} {
		t.Run(stage, func(t *testing.T) {
			t.Parallel()
			nights, files := twoNights(t)
			out := t.TempDir()
			o := nights[0].Options(t, out, files[0])
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			o.Progress = cancelling{stage, cancel}
			if _, err := run.Run(ctx, o); !errors.Is(err, context.Canceled) || jobs.KindOf(err) != jobs.Failed {
				t.Errorf("error: %v", err)
			}
			if left := jobstest.Must[[]string](t)(storage.Directory(out).List(".")); !slices.Equal(left, []string{".lock", "ledger.json"}) {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func TestSecondRunAtOnceIsLocked(t *testing.T) {
	t.Parallel()
	nights, files := twoNights(t)
	out := t.TempDir()
	o := nights[0].Options(t, out, files[0])
	var second error
	o.Progress = duringStage{"settle", func() { _, second = run.Run(t.Context(), nights[1].Options(t, out, files[1])) }}
	result, err := run.Run(t.Context(), o)
	if err != nil || !result.Published {
		t.Fatalf("the first run: %v", err)
	}
	if jobs.KindOf(second) != jobs.Locked || len(jobstest.Batches(t, out)) != 1 {
		t.Errorf("the second run: %v; batches %v", second, jobstest.Batches(t, out))
	}
	if result, err := run.Run(t.Context(), nights[1].Options(t, out, files[1])); err != nil || !result.Published {
		t.Errorf("once the first run has ended: %v", err)
	}
}

// duringStage is a Progress that does something when a stage begins.
type duringStage struct {
	stage string
	do    func()
}

func (d duringStage) Stage(name string, _ int64) {
	if name == d.stage {
		d.do()
	}
}
func (duringStage) Step(int) {}

// An input that is written or replaced while the run reads it can't be trusted, even if it keeps its size.
func TestInputThatChangesWhileReadIsRefused(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(t *testing.T, path, text string){
		"shorter": func(t *testing.T, path, text string) {
			jobstest.WriteFile(t, filepath.Dir(path), filepath.Base(path), text[:len(text)/2])
		},
		"of the same size": func(t *testing.T, path, text string) {
			jobstest.WriteFile(t, filepath.Dir(path), filepath.Base(path), strings.Replace(text, "40000", "50000", 1))
			later := time.Now().Add(time.Hour)
			if err := os.Chtimes(path, later, later); err != nil {
				t.Fatal(err)
			}
		},
		"replaced": func(t *testing.T, path, text string) {
			other := jobstest.WriteFile(t, filepath.Dir(path), "other.csv", text)
			info := jobstest.Must[os.FileInfo](t)(os.Stat(path))
			if err := errors.Join(os.Chtimes(other, info.ModTime(), info.ModTime()), os.Rename(other, path)); err != nil {
				t.Fatal(err)
			}
		},
		"gone": func(t *testing.T, path, _ string) {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			nights, files := twoNights(t)
			out := t.TempDir()
			o := nights[0].Options(t, out, files[0])
			path := files[0][pipeline.Revenue][0]
			text := string(jobstest.Must[[]byte](t)(os.ReadFile(path)))
			o.Progress = duringStage{"settle", func() { change(t, path, text) }}
			if _, err := run.Run(t.Context(), o); err == nil || !strings.Contains(err.Error(), "revenue.csv") {
				t.Errorf("error: %v", err)
			}
			if len(jobstest.Batches(t, out)) != 0 {
				t.Errorf("batches %v", jobstest.Batches(t, out))
			}
		})
	}
}

func TestTooManyRejectsPublishNothing(t *testing.T) {
	t.Parallel()
	sound := jobstest.Revenue(2023, "A", "2026-06-01", "40000.00")
	for _, c := range []struct {
		limit   string
		rejects int
		refused bool
	}{{"0", 1, true}, {"1", 1, false}, {"1", 2, true}, {"5%", 1, true}, {"50%", 1, false}, {"49.99%", 1, true}, {"100%", 2, false}} {
		t.Run(fmt.Sprintf("%d at %s", c.rejects, c.limit), func(t *testing.T) {
			t.Parallel()
			n := jobstest.ExampleNight("2026-06-30", sound)
			for i := range c.rejects {
				n.In["revenue"] = append(n.In["revenue"], jobstest.Revenue(2022, fmt.Sprint("B", i), "2026-06-01", "x"))
			}
			n.MaxRejects = c.limit
			out := t.TempDir()
			result, err := n.Run(t, out)
			if refused := jobs.KindOf(err) == jobs.Refused; err != nil && !refused || refused != c.refused {
				t.Fatalf("refused %t: %v", refused, err)
			}
			if published := len(jobstest.Batches(t, out)) == 1; published == c.refused || result.Published != published {
				t.Errorf("published %t", published)
			}
			if result.Rejects["bad_value"] != int64(c.rejects) {
				t.Errorf("rejects %v", result.Rejects)
			}
		})
	}
}

// A number is of all inputs together: two rejects of two inputs are two.
func TestALimitOfRowsCountsAllInputs(t *testing.T) {
	t.Parallel()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"),
		jobstest.Revenue(2022, "B", "2026-06-01", "x"))
	n.In["payments"] = append(n.In["payments"], []string{n.In["account"][0][0], "2021", "", "2021-06-01", "x"})
	for limit, refused := range map[string]bool{"1": true, "2": false} {
		n.MaxRejects = limit
		if result, err := n.Run(t, t.TempDir()); jobs.KindOf(err) == jobs.Refused != refused || result == nil || result.Rejected != 2 {
			t.Errorf("at %s: %v, %+v", limit, err, result)
		}
	}
}

// One bad row of a small night does not refuse it; two do, and so does one of very few.
func TestOneRejectOfASmallNightIsWithinAShare(t *testing.T) {
	t.Parallel()
	for what, test := range map[string]struct {
		sound, bad int
		limit      string
		refused    bool
	}{
		"one of twelve":          {11, 1, "5%", false},
		"one of ten":             {9, 1, "5%", false},
		"one of nine":            {8, 1, "5%", true},
		"two of twelve":          {10, 2, "5%", true},
		"one of twelve, at none": {11, 1, "0%", true},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			n := jobstest.ExampleNight("2026-06-30")
			n.MaxRejects = test.limit
			for i := range test.sound {
				n.In["revenue"] = append(n.In["revenue"], jobstest.Revenue(2023, fmt.Sprint("A-", i), "2026-06-01", "40000.00"))
			}
			for range test.bad {
				n.In["revenue"] = append(n.In["revenue"], []string{"1", "2023", "B", "2026-06-01", "trader", "1.00", ""})
			}
			if result, err := n.Run(t, t.TempDir()); jobs.KindOf(err) == jobs.Refused != test.refused {
				t.Errorf("%v, %+v", err, result)
			}
		})
	}
}

// What is told of a refused run: a few rows of each code, the cause before what waits for it, with what to do.
func TestARefusedRunTellsRows(t *testing.T) {
	t.Parallel()
	n := jobstest.ExampleNight("2026-06-30")
	for i := range 5 {
		n.In["revenue"] = append(n.In["revenue"], jobstest.Revenue(2022, fmt.Sprint("B", i), "2026-07-01", "10.00"))
	}
	n.In["revenue"] = append(n.In["revenue"], jobstest.Revenue(2022, "C", "2026-06-01", "x"))
	n.MaxRejects = "5%"
	result, err := n.Run(t, t.TempDir())
	if jobs.KindOf(err) != jobs.Refused {
		t.Fatal(err)
	}
	var codes []string
	for _, row := range result.Told {
		if codes = append(codes, row.Code); row.Row == 0 || row.Message == "" || row.Remedy == "" || row.Source == "" {
			t.Errorf("%+v", row)
		}
	}
	if !slices.Equal(codes, []string{"bad_value", "future_communication", "future_communication", "future_communication"}) {
		t.Errorf("codes %v", codes)
	}
}

func TestMissingFileIsAnErrorOfUsage(t *testing.T) {
	t.Parallel()
	nights, files := twoNights(t)
	files[0][pipeline.Payments] = []string{filepath.Join(t.TempDir(), "nowhere.csv")}
	out := t.TempDir()
	_, err := run.Run(t.Context(), nights[0].Options(t, out, files[0]))
	if jobs.KindOf(err) != jobs.Usage || !strings.Contains(err.Error(), "nowhere.csv") || len(jobstest.Batches(t, out)) != 0 {
		t.Errorf("error: %v", err)
	}
}

// A loss of power at any time leaves a whole batch or none: all files are durable before they are moved. That a move makes the folders
// durable is a promise of the storage.
func TestBatchIsDurableBeforeItAppears(t *testing.T) {
	t.Parallel()
	nights, files := twoNights(t)
	storage := jobstest.NewMemory()
	for i, n := range nights {
		o := n.Options(t, "", files[i])
		o.Out = storage
		if result := jobstest.Must[*run.Result](t)(run.Run(t.Context(), o)); !result.Published {
			t.Fatal("nothing was published")
		}
		if len(storage.Early) > 0 {
			t.Errorf("moved before it was durable: %v", storage.Early)
		}
	}
}
