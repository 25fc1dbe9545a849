package main

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"regul/jobs"
)

var kills = flag.Int("kills", 10, "how many runs to kill")

// A run that is killed at any moment leaves no batch or the whole one, and the next run leaves what an undisturbed one leaves.
// One line of the summary counts what was hit: kills before, between and after the batch appeared.
func TestKilledRuns(t *testing.T) {
	work := t.TempDir()
	regul := func(args ...string) *exec.Cmd {
		command := exec.Command("regul", args...)
		command.Dir = work
		return command
	}
	if text, err := regul("generate", "--affiliates", "1000", "--seed", "8", "--out", "inputs").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	run := func(out string) *exec.Cmd {
		return regul("run", "--new-ledger", "--affiliates", "inputs/affiliates.csv", "--account", "inputs/account.csv", "--payments",
			"inputs/payments.csv", "--revenue", "inputs/revenue.csv", "--as-of", "2026-06-30", "--fund-fee", "3.05", "--memory", "16MiB",
			"--out", out)
	}
	complete := func(out string) time.Duration {
		start := time.Now()
		text, err := run(out).CombinedOutput()
		if exit, ok := err.(*exec.ExitError); err != nil && (!ok || exit.ExitCode() != jobs.WithRejects) {
			t.Fatalf("%v: %s", err, text)
		}
		return time.Since(start)
	}
	took := complete("undisturbed")
	want := treeOf(t, filepath.Join(work, "undisturbed"))
	random := rand.New(rand.NewPCG(1, 0))
	without, with := 0, 0
	for i := range *kills {
		out := fmt.Sprintf("killed-%d", i)
		command := run(out)
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(took) * 11 / 10)))
		command.Process.Kill()
		command.Wait()
		switch seen := treeOf(t, filepath.Join(work, out)); seen {
		case "":
			without++
		case want:
			with++
		default:
			t.Fatalf("kill %d: half a batch is there:\n%s", i, seen)
		}
		complete(out)
		if got := treeOf(t, filepath.Join(work, out)); got != want {
			t.Fatalf("kill %d: the next run leaves\n%s\nwant\n%s", i, got, want)
		}
		for _, left := range []string{".building", ".spill"} {
			if _, err := os.Stat(filepath.Join(work, out, left)); err == nil {
				t.Fatalf("kill %d: %s is left", i, left)
			}
		}
		os.RemoveAll(filepath.Join(work, out))
	}
	t.Logf("%d runs killed: %d before the batch appeared, %d after; all survived", *kills, without, with)
}

// treeOf is every file of the published batches with its digest: what a reader of the directory sees.
func treeOf(t *testing.T, out string) string {
	t.Helper()
	var b strings.Builder
	batches, _ := filepath.Glob(filepath.Join(out, "batch=*"))
	for _, batch := range batches {
		err := filepath.WalkDir(batch, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			content, err := os.ReadFile(path)
			fmt.Fprintf(&b, "%s %x\n", strings.TrimPrefix(path, out), sha256.Sum256(content))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}
