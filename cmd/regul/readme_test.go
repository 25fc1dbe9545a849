package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"regul/jobs/batch"
)

// sampleBatch is what `make run` publishes of the sample fund: its directory and its summary.
func sampleBatch(t *testing.T) (out, summary string) {
	out = filepath.Join(t.TempDir(), "batches")
	args := []string{"run", "--new-ledger", "--as-of", "2026-06-30", "--fund-fee", "3.05", "--minimum-pension", "60.00", "--quiet", "--out",
		out}
	for _, input := range []string{"affiliates", "account", "payments", "revenue", "interruptions", "evidence"} {
		args = append(args, "--"+input, "../../fixtures/sample/"+input+".csv")
	}
	return out, inProcess(t, args...)
}

// inProcess is what a command writes to standard output.
func inProcess(t *testing.T, args ...string) string {
	t.Helper()
	root, _ := newRoot()
	var written bytes.Buffer
	root.SetOut(&written)
	root.SetErr(&bytes.Buffer{})
	root.SetArgs(args)
	if err := root.Execute(); err != nil {
		t.Fatal(err)
	}
	return written.String()
}

// The worked example of the README is what the program prints of the sample fund. `make docs` writes it.
func TestReadmeShowsTheSample(t *testing.T) {
	out, summary := sampleBatch(t)
	summary = strings.ReplaceAll(summary, out, "build/batches")
	head, _, _ := strings.Cut(summary, "\namounts")
	parts := map[string]string{"summary": head, "explain": inProcess(t, "explain", "--niss", "85010112387", "--year", "2023", "--out", out)}
	const path = "../../README.md"
	written, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := string(written)
	for name, part := range parts {
		begin, end := "<!-- "+name+": made by make docs -->\n", "<!-- end -->\n"
		before, rest, found := strings.Cut(text, begin)
		_, after, closed := strings.Cut(rest, end)
		if !found || !closed {
			t.Fatalf("%s has no place for the %s", path, name)
		}
		text = before + begin + "```text shown=print\n" + strings.Trim(part, "\n") + "\n```\n" + end + after
	}
	if *update {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if text != string(written) {
		t.Error("README.md does not show what the program prints of the sample: make docs writes it")
	}
	picturesAreOfToday(t, out)
}

// picturesAreOfToday compares the letter and the report with those of which the pictures were made.
func picturesAreOfToday(t *testing.T, out string) {
	letter := filepath.Join(t.TempDir(), "letter.pdf")
	inProcess(t, "notice", "--niss", "85010112387", "--out", out, "--to", letter)
	folder, err := filepath.Glob(filepath.Join(out, batch.Prefix+"*"))
	if err != nil || len(folder) != 1 {
		t.Fatal(folder, err)
	}
	var sums string
	for _, source := range []string{letter, filepath.Join(folder[0], batch.ReportName)} {
		content, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		sums += fmt.Sprintf("%x  %s\n", sha256.Sum256(content), filepath.Base(source))
	}
	if kept, err := os.ReadFile("../../docs/images/sources.sha256"); err != nil || string(kept) != sums {
		t.Errorf("the pictures of the README are of another letter or report (%v): make images makes them again", err)
	}
}
