package main

import (
	"errors"
	"fmt"
	"os"
	"syscall"
	"testing"

	"regul/jobs"
)

// A failure is one line, also if more failed after it; what is wrong with settings has a line each.
func TestMessageIsOneLine(t *testing.T) {
	full := func(path string) error { return &os.PathError{Op: "write", Path: path, Err: syscall.ENOSPC} }
	for _, c := range []struct {
		err  error
		want string
	}{
		{errors.Join(fmt.Errorf("the spill: %w", full("a")), full("b"), errors.New("a folder can't be removed")),
			"the spill: write a: no space left on device"},
		{errors.Join(errors.New("x is damaged"), errors.New("x is damaged"), errors.New("y too")), "x is damaged; y too"},
		{jobs.UsageError("2 errors:\n%w", errors.Join(errors.New("a"), errors.New("b"))), "2 errors:\na\nb"},
		{fmt.Errorf("write: %w", syscall.EPIPE), "standard output was closed by who read it: not all was written"},
	} {
		if got := message(c.err); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// A program that was started to outlive its terminal outlives it.
func TestIgnoredHangUpStaysIgnored(t *testing.T) {
	for ignored, want := range map[bool]int{true: 2, false: 3} {
		if got := stopsOn(func(os.Signal) bool { return ignored }); len(got) != want {
			t.Errorf("hang up ignored %v: it stops on %v", ignored, got)
		}
	}
}
