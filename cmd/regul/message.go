package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"regul/jobs"
)

// message is an error as people read it: what failed in one line, each fact once. What is wrong with settings or inputs has a line each.
func message(err error) string {
	if errors.Is(err, syscall.EPIPE) {
		return "standard output was closed by who read it: not all was written"
	}
	text := err.Error()
	if wrong, names, found := strings.Cut(text, "\n\nDid you mean this?\n"); found { // cobra's words, on five lines
		return wrong + ": did you mean " + strings.Join(strings.Fields(names), " or ") + "?"
	}
	if jobs.KindOf(err) != jobs.Failed {
		return text
	}
	lines := strings.Split(text, "\n")
	if errors.Is(err, syscall.ENOSPC) { // what else failed, failed for that
		lines = slices.DeleteFunc(lines, func(line string) bool { return !strings.Contains(line, syscall.ENOSPC.Error()) })[:1]
	}
	var once []string
	for _, line := range lines {
		if line != "" && !slices.Contains(once, line) {
			once = append(once, line)
		}
	}
	return strings.Join(once, "; ")
}

// say writes what was done. It is done, also when nobody can be told on standard output any more: the exit status must say so.
func say(command *cobra.Command, done string, write func(to io.Writer) error) error {
	if err := write(command.OutOrStdout()); err != nil {
		fmt.Fprintf(command.ErrOrStderr(), "regul: %s, but standard output can't be written: %v\n", done, jobs.Cause(err))
	}
	return nil
}

// sayDone is say with a line of text, or a value as JSON.
func sayDone(command *cobra.Command, c *common, done string, value any, line string) error {
	return say(command, done, func(to io.Writer) error { return writeResult(to, c, value, line) })
}

// stopsOn are the signals that end the work in order. A terminal that goes away is one, unless the program was started to outlive it
// (nohup).
func stopsOn(ignored func(os.Signal) bool) []os.Signal {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !ignored(syscall.SIGHUP) {
		signals = append(signals, syscall.SIGHUP)
	}
	return signals
}
