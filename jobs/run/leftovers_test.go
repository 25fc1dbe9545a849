package run_test

import (
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"regul/fixtures/cases"
	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/jobstest"
	"regul/jobs/ledger"
	"regul/jobs/run"
	"regul/jobs/storage"
)

// stubborn is a Storage that keeps the folder of the rows that waited, once a batch is there.
type stubborn struct {
	*jobstest.Memory
	published bool
}

func (s *stubborn) Move(from, to, seal string) error {
	s.published = s.published || strings.HasPrefix(to, "batch=")
	return s.Memory.Move(from, to, seal)
}

func (s *stubborn) Remove(names ...string) error {
	if s.published && slices.Contains(names, ".spill") {
		return errors.New("the folder is busy")
	}
	return s.Memory.Remove(names...)
}

// What can't be removed after the publication is told, and the run is a success: the batch is there.
func TestPublishedRunSucceedsThoughTheSpillStays(t *testing.T) {
	t.Parallel()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
	o := n.Options(t, "", jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma))
	o.Workers, o.Waiting = 1, 1
	var log strings.Builder
	o.Out, o.Log = &stubborn{Memory: jobstest.NewMemory()}, slog.New(slog.NewTextHandler(&log, nil))
	result, err := run.Run(t.Context(), o)
	if err != nil || !result.Published || !strings.Contains(log.String(), "could not be removed: the next run removes them") {
		t.Errorf("%v: published %v; the log says %s", err, result != nil && result.Published, log.String())
	}
}

// A night on which nothing arrived removes what a killed run has left, too.
func TestIdleNightRemovesWhatAKilledRunLeft(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
	n.Publish(t, out)
	for _, left := range []string{".spill/reader-0-run-0", ".building/manifest.json", ".rerun/.building/x"} {
		file := jobstest.Must[storage.WriteFile](t)(storage.Directory(out).Create(left))
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
	}
	o := n.Options(t, out, jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma))
	o.Arrived.Main, o.Arrived.Nothing = o.Subject.Main, []string{"inbox/*.csv"}
	if result := jobstest.Must[*run.Result](t)(run.Run(t.Context(), o)); result.Nothing == "" {
		t.Fatalf("the night is not idle: %+v", result)
	}
	left := jobstest.Must[[]string](t)(storage.Directory(out).List("."))
	if slices.ContainsFunc(left, func(name string) bool { return strings.HasPrefix(name, ".") && name != ".lock" }) {
		t.Errorf("left behind: %v", left)
	}
}

// Where a store publishes object by object, a killed run leaves half a batch: it is no batch, and the next run removes it. A folder of
// which no build tells may be a batch that lost its manifest: no run goes on until a person decides.
func TestAFolderWithoutManifestIsNoBatch(t *testing.T) {
	t.Parallel()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
	o := n.Options(t, "", jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma))
	out := jobstest.NewMemory()
	o.Out = out
	put := func(name, content string) {
		t.Helper()
		if err := batch.PutBytes(out, name, []byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	put("batch=2026-06-30-00000001/quarters/part", "half")
	put(".building/manifest.json", `{"batch": "2026-06-30-00000001"}`)
	put("draft=2026-06-30-00000002/quarters/part", "half discarded")
	result := jobstest.Must[*run.Result](t)(run.Run(t.Context(), o))
	left := jobstest.Must[[]string](t)(out.List("."))
	if want := []string{"batch=" + result.Batch, "ledger.json"}; !slices.Equal(left, want) {
		t.Errorf("there are %v, want %v", left, want)
	}
	put("batch=2026-06-30-00000003/quarters/part", "its manifest was lost")
	if _, err := run.Run(t.Context(), o); jobs.KindOf(err) != jobs.Usage ||
		!strings.Contains(err.Error(), "batch=2026-06-30-00000003 holds no manifest.json") {
		t.Errorf("error: %v", err)
	}
	if list := jobstest.Must[[]ledger.Listed](t)(ledger.List(out)); len(list) != 1 {
		t.Errorf("batches: %v", list)
	}
}
