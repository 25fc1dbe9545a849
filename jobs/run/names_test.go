package run_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"regul/jobs/jobstest"
	"regul/jobs/run"
)

// The name of a file may hold anything but a slash: it is told escaped, and kept as it is, so that a rerun finds the file.
func TestStrangeNamesOfFilesAreToldEscapedAndKept(t *testing.T) {
	t.Parallel()
	s, inbox := inboxNight(t)
	strange := filepath.Join(filepath.Dir(inbox), "in\xe9box")
	const name = "caf\xe9 \x1b[31m\nregul: all is well\u202e.csv"
	if err := os.Rename(inbox, strange); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(strange, "good.csv"), filepath.Join(strange, name)); err != nil {
		t.Fatal(err)
	}
	s.Inputs["revenue"] = []string{strange + "/*.csv"}
	result, _, err := nightOn(t, s)
	if err != nil {
		t.Fatal(err)
	}
	manifest := string(jobstest.Must[[]byte](t)(os.ReadFile(filepath.Join(s.Out, result.Folder, "manifest.json"))))
	if !strings.Contains(manifest, `"source": "caf\\xe9 \\x1b[31m\\nregul: all is well\\u202e.csv"`) || strings.Contains(manifest, "\x1b") {
		t.Error(manifest)
	}
	again := &run.RerunSettings{Settings: *s, Batch: result.Batch}
	made, err := run.Rerun(t.Context(), again, slog.New(slog.DiscardHandler), jobstest.Quiet{})
	if err != nil || !made.Same {
		t.Errorf("%+v, %v", made, err)
	}
	if err := os.Remove(filepath.Join(strange, name)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(strange, name), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err = nightOn(t, s); err == nil || !utf8.ValidString(err.Error()) || strings.ContainsAny(err.Error(), "\x1b\n\u202e") {
		t.Errorf("%q", err)
	}
}
