package main

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var onRunner = flag.String("beam", "", "flags that say on which runner regul-beam works (default in this process)")

// on are the arguments of regul-beam on that runner.
func on(args ...string) []string { return append(strings.Fields(*onRunner), args...) }

// programs are regul and regul-beam as the same build makes them.
type programs struct{ regul, beam string }

func build(t *testing.T) programs {
	t.Helper()
	folder := t.TempDir()
	p := programs{filepath.Join(folder, "regul"), filepath.Join(folder, "regul-beam")}
	for _, command := range []*exec.Cmd{
		exec.Command("go", "-C", "../..", "build", "-buildvcs=false", "-o", p.regul, "./cmd/regul"),
		exec.Command("go", "build", "-buildvcs=false", "-o", p.beam, "."),
	} {
		if text, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, text)
		}
	}
	return p
}

// status runs a program to its end, and gives its exit status.
func status(t *testing.T, program string, args ...string) int {
	t.Helper()
	command := exec.Command(program, args...)
	text, err := command.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	t.Logf("%s %v: %s", filepath.Base(program), args, text)
	return command.ProcessState.ExitCode()
}

// want runs a program that must end so.
func want(t *testing.T, exit int, program string, args ...string) {
	t.Helper()
	if got := status(t, program, args...); got != exit {
		t.Fatalf("%s %v ended with %d, want %d", filepath.Base(program), args, got, exit)
	}
}

// fund is a generated one, of which regul run has settled a night; plan makes a plan of the same night elsewhere.
type fund struct {
	programs
	settings []string
	manifest []byte // of the batch of the run
}

func newFund(t *testing.T) *fund {
	t.Helper()
	folder := t.TempDir()
	f := &fund{programs: build(t)}
	inputs := filepath.Join(folder, "inputs")
	want(t, 0, f.regul, "generate", "--affiliates", "5000", "--seed", "3", "--format", "parquet", "--out", inputs)
	f.settings = []string{"--as-of", "2026-06-30", "--fund-fee", "3.05", "--new-ledger"}
	for _, input := range []string{"affiliates", "account", "payments", "revenue"} {
		f.settings = append(f.settings, "--"+input, filepath.Join(inputs, input+".parquet"))
	}
	out := filepath.Join(folder, "run")
	want(t, 0, f.regul, append([]string{"run", "--out", out, "--quiet"}, f.settings...)...)
	f.manifest = manifestIn(t, out)
	return f
}

// plan makes a plan of the night, and gives its output directory.
func (f *fund) plan(t *testing.T) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	want(t, 0, f.regul, append([]string{"task", "plan", "--out", out, "--quiet"}, f.settings...)...)
	return out
}

// same makes sure that the one batch of an output directory is that of the run: its manifest has the digest of every file.
func (f *fund) same(t *testing.T, out string) {
	t.Helper()
	if !bytes.Equal(manifestIn(t, out), f.manifest) {
		t.Error("the batch is not the one of the run")
	}
}

func manifestIn(t *testing.T, out string) []byte {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(out, "batch=*", "manifest.json"))
	if err != nil || len(found) != 1 {
		t.Fatalf("%d batches in %s, %v", len(found), out, err)
	}
	text, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestANightOnBeam(t *testing.T) {
	f := newFund(t)
	t.Run("publishes what a run publishes", func(t *testing.T) {
		out := f.plan(t)
		want(t, 0, f.beam, on("--out", out, "--scatter", "3", "--settle", "2", "--print", "3")...)
		f.same(t, out)
		want(t, 0, f.beam, on("--out", out)...) // nothing is left to do
	})
	t.Run("goes on after it was killed", func(t *testing.T) {
		out := f.plan(t)
		command := exec.Command(f.beam, on("--out", out)...)
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		awaitObject(t, filepath.Join(out, ".tasks", "scatter", "*"))
		command.Process.Kill()
		command.Wait()
		if batches, _ := filepath.Glob(filepath.Join(out, "batch=*")); len(batches) > 0 {
			t.Fatal("it had ended before")
		}
		want(t, 0, f.beam, on("--out", out)...)
		f.same(t, out)
	})
	t.Run("is told what is wrong", func(t *testing.T) {
		const usage = 2
		want(t, usage, f.beam)
		want(t, usage, f.beam, "--out", t.TempDir()) // there is no plan
		want(t, usage, f.beam, "--out", t.TempDir(), "--settle", "0")
	})
}

// awaitObject waits until a task has done something.
func awaitObject(t *testing.T, pattern string) {
	t.Helper()
	for {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		if len(found) > 0 {
			return
		}
		select {
		case <-t.Context().Done():
			t.Fatal("nothing was done")
		case <-time.After(time.Millisecond):
		}
	}
}
