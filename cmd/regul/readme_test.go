package main

import (
	"context"
	"io"
	"log/slog"
	"os"
	"strings"
	"testing"

	"regul/jobs"
	"regul/jobs/run"
)

type silent struct{}

func (silent) Stage(string, int64) {}
func (silent) Step(int)            {}

// The worked example of the README is what `make run` prints of the sample fund.
func TestReadmeShowsTheSample(t *testing.T) {
	inputs := map[string][]string{}
	for _, input := range jobs.InputNames() {
		path := "../../fixtures/sample/" + input + ".csv"
		if _, err := os.Stat(path); err == nil || !jobs.Optional(input) {
			inputs[input] = []string{path}
		}
	}
	settings := run.Settings{Inputs: inputs, Out: t.TempDir(), NewLedger: true, AsOf: "2026-06-30", Fee: "3.05", MinimumPension: "60.00",
		Workers: 2}
	options, err := settings.Options()
	if err != nil {
		t.Fatal(err)
	}
	options.Log, options.Progress = slog.New(slog.NewTextHandler(io.Discard, nil)), silent{}
	result, err := run.Run(context.Background(), options)
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, quoted := range []string{"Published batch " + result.Batch, countsText(result.Counts, nil)} {
		if !strings.Contains(string(readme), strings.TrimSpace(quoted)) {
			t.Errorf("README.md does not show:\n%s", quoted)
		}
	}
}
