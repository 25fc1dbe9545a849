// Command regul regularises the yearly social contributions of the self-employed, a whole fund in one batch. This
// package owns the command line: flags, configuration, progress and exit status; what is done is in package jobs.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	// Who reads the summary or the log may go away at any time. A write then fails, and does not end the program in the middle of its work.
	signal.Ignore(syscall.SIGPIPE)
	os.Exit(execute())
}

// execute runs the command line and returns the exit status.
func execute() int {
	if zone := unknownZone(); zone != "" {
		fmt.Fprintf(os.Stderr, "regul: the time zone of the environment, TZ=%q, is not known here: today is the day in UTC. Write it as Europe/Brussels, or give --as-of.\n", zone)
	}
	root, outcome := newRoot()
	command, err := root.ExecuteC()
	if err == nil {
		return outcome.status
	}
	fmt.Fprintln(os.Stderr, "regul: "+message(err))
	if !outcome.started {
		fmt.Fprintf(os.Stderr, "%s --help says more.\n", command.CommandPath())
	}
	return exitStatus(err, outcome)
}
