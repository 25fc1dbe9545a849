// Command regul regularises the yearly social contributions of the self-employed, a whole fund in one batch. This
// package owns the command line: flags, configuration, progress and exit status; what is done is in package jobs.
package main

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"regul/cmd/regul/terminal"
	"regul/jobs"
)

func main() {
	// Who reads the summary or the log may go away at any time. A write then fails, and does not end the program in the middle of its work.
	signal.Ignore(syscall.SIGPIPE)
	os.Exit(execute())
}

// execute runs the command line and returns the exit status.
func execute() int {
	if zone := unknownZone(); zone != "" {
		fmt.Fprintf(os.Stderr, "regul: the time zone of the environment, TZ=%q, is not known here: today is the day in UTC. "+
			"Write it as Europe/Brussels, or give --as-of.\n", zone)
	}
	root, outcome := newRoot()
	out := &counted{to: os.Stdout}
	root.SetOut(out)
	command, err := root.ExecuteC()
	if err == nil {
		return outcome.status
	}
	fmt.Fprintln(os.Stderr, terminal.Fold("regul: "+jobs.PrintableLines(message(err))))
	if !outcome.started {
		fmt.Fprintf(os.Stderr, "%s --help says more.\n", command.CommandPath())
	}
	status := exitStatus(err, outcome)
	if slices.Contains(os.Args[1:], "--json") && out.bytes == 0 {
		writeJSON(out, failure{message(err), status}) // it was told on standard error too
	}
	return status
}

// failure is a failure as JSON.
type failure struct {
	Error  string `json:"error"`
	Status int    `json:"status"`
}

// counted counts what is written to standard output: a failure adds its JSON only where there is none yet.
type counted struct {
	to    io.Writer
	bytes int
}

func (c *counted) Write(p []byte) (int, error) {
	c.bytes += len(p)
	return c.to.Write(p)
}
