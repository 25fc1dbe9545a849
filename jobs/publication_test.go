package jobs_test

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
	"regul/pipeline"
)

// twoNights are the example and its correction, each with a reject, and their files.
func twoNights(t *testing.T) (nights [2]night, files [2][pipeline.InputCount][]string) {
	t.Helper()
	nights[0] = exampleNight("2026-06-30", revenue(2023, "A", "2026-06-01", "40000.00"), revenue(2022, "B", "2026-06-01", "x"))
	nights[1] = exampleNight("2026-07-31", revenue(2023, "C", "2026-07-01", "44000.00"), revenue(2022, "D", "2026-07-01", "y"))
	for i, n := range nights {
		n.in["account"][0][8] = "true" // a reduction: the surcharges have rows
		n.in["account"][0][7] = "600.00"
		files[i] = writeCSV(t, t.TempDir(), n.in, cases.Comma)
	}
	return nights, files
}

// Whatever call to the storage fails, and whether it fails once or for ever: the run says so and shows no batch, or
// says so in the log and shows a whole one, and the next run leaves what an undisturbed one leaves.
func TestFaultOfStorageLeavesNothingHalf(t *testing.T) {
	t.Parallel()
	nights, files := twoNights(t)
	after := newMemory()
	for i, n := range nights {
		before := after
		after = before.clone()
		o := n.options(t, "", files[i])
		o.Workers = 1 // the calls come in one order
		o.Out = after
		must[*jobs.RunResult](t)(jobs.Run(t.Context(), o))
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
func failEach(t *testing.T, o jobs.RunOptions, before, after *memory, failing int, forever bool) bool {
	t.Helper()
	return failAt(t, func(out jobs.Storage, log *slog.Logger) error {
		o.Out, o.Log = out, log
		_, err := jobs.Run(t.Context(), o)
		return err
	}, before, after, failing, forever)
}

// failAt is failEach of any job that publishes.
func failAt(t *testing.T, run func(jobs.Storage, *slog.Logger) error, before, after *memory, failing int, forever bool) bool {
	t.Helper()
	storage := before.clone()
	faults := &faulty{to: storage, failing: failing, forever: forever}
	var log strings.Builder
	err := run(faults, slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelError})))
	if !faults.failed() {
		if err != nil {
			t.Errorf("no call failed: %v", err)
		}
		return false
	}
	expected := before.published() // an error means that nothing has appeared
	if err == nil {
		expected = after.published()
		if log.Len() == 0 {
			t.Errorf("call %d failed, and nobody is told", failing)
		}
	}
	if !maps.Equal(storage.published(), expected) {
		t.Errorf("call %d failed (%v), and other files are there than this says", failing, err)
	}
	if storage.equals(before) {
		return true // the next run would be the undisturbed one
	}
	if err := run(storage, slog.New(slog.DiscardHandler)); err != nil {
		t.Errorf("the run after the fault of call %d: %v", failing, err)
	}
	if !maps.Equal(storage.published(), after.published()) {
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
			o := nights[0].options(t, out, files[0])
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			o.Progress = cancelling{stage, cancel}
			if _, err := jobs.Run(ctx, o); !errors.Is(err, context.Canceled) || jobs.KindOf(err) != jobs.Failed {
				t.Errorf("error: %v", err)
			}
			if left := must[[]string](t)(jobs.Directory(out).List(".")); !slices.Equal(left, []string{".lock"}) {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func TestSecondRunAtOnceIsLocked(t *testing.T) {
	t.Parallel()
	nights, files := twoNights(t)
	out := t.TempDir()
	o := nights[0].options(t, out, files[0])
	var second error
	o.Progress = duringStage{"settle", func() { _, second = jobs.Run(t.Context(), nights[1].options(t, out, files[1])) }}
	result, err := jobs.Run(t.Context(), o)
	if err != nil || !result.Published {
		t.Fatalf("the first run: %v", err)
	}
	if jobs.KindOf(second) != jobs.Locked || len(batches(t, out)) != 1 {
		t.Errorf("the second run: %v; batches %v", second, batches(t, out))
	}
	if result, err := jobs.Run(t.Context(), nights[1].options(t, out, files[1])); err != nil || !result.Published {
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
			writeFile(t, filepath.Dir(path), filepath.Base(path), text[:len(text)/2])
		},
		"of the same size": func(t *testing.T, path, text string) {
			writeFile(t, filepath.Dir(path), filepath.Base(path), strings.Replace(text, "40000", "50000", 1))
			later := time.Now().Add(time.Hour)
			if err := os.Chtimes(path, later, later); err != nil {
				t.Fatal(err)
			}
		},
		"replaced": func(t *testing.T, path, text string) {
			other := writeFile(t, filepath.Dir(path), "other.csv", text)
			info := must[os.FileInfo](t)(os.Stat(path))
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
			o := nights[0].options(t, out, files[0])
			path := files[0][pipeline.Revenue][0]
			text := string(must[[]byte](t)(os.ReadFile(path)))
			o.Progress = duringStage{"settle", func() { change(t, path, text) }}
			if _, err := jobs.Run(t.Context(), o); err == nil || !strings.Contains(err.Error(), "revenue.csv") {
				t.Errorf("error: %v", err)
			}
			if len(batches(t, out)) != 0 {
				t.Errorf("batches %v", batches(t, out))
			}
		})
	}
}

func TestTooManyRejectsPublishNothing(t *testing.T) {
	t.Parallel()
	sound := revenue(2023, "A", "2026-06-01", "40000.00")
	for _, c := range []struct {
		limit   string
		rejects int
		refused bool
	}{{"0", 1, true}, {"1", 1, false}, {"1", 2, true}, {"5%", 1, true}, {"50%", 1, false}, {"49.99%", 1, true}, {"100%", 2, false}} {
		t.Run(fmt.Sprintf("%d at %s", c.rejects, c.limit), func(t *testing.T) {
			t.Parallel()
			n := exampleNight("2026-06-30", sound)
			for i := range c.rejects {
				n.in["revenue"] = append(n.in["revenue"], revenue(2022, fmt.Sprint("B", i), "2026-06-01", "x"))
			}
			n.maxRejects = c.limit
			out := t.TempDir()
			result, err := n.run(t, out)
			if refused := jobs.KindOf(err) == jobs.Refused; err != nil && !refused || refused != c.refused {
				t.Fatalf("refused %t: %v", refused, err)
			}
			if published := len(batches(t, out)) == 1; published == c.refused || result.Published != published {
				t.Errorf("published %t", published)
			}
			if result.Rejects["bad_value"] != int64(c.rejects) {
				t.Errorf("rejects %v", result.Rejects)
			}
		})
	}
}

func TestMissingFileIsAnErrorOfUsage(t *testing.T) {
	t.Parallel()
	nights, files := twoNights(t)
	files[0][pipeline.Payments] = []string{filepath.Join(t.TempDir(), "nowhere.csv")}
	out := t.TempDir()
	_, err := jobs.Run(t.Context(), nights[0].options(t, out, files[0]))
	if jobs.KindOf(err) != jobs.Usage || !strings.Contains(err.Error(), "nowhere.csv") || len(batches(t, out)) != 0 {
		t.Errorf("error: %v", err)
	}
}
