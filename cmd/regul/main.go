// Command regul regularises the yearly social contributions of the self-employed, a whole fund in one batch. This
// package owns the command line: flags, configuration, progress and exit status; what is done is in package jobs.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() { os.Exit(execute()) }

// execute runs the command line and returns the exit status. The first SIGINT or SIGTERM ends the work cleanly; the
// second kills the process.
func execute() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	status := 0
	root := newRoot(&status)
	if err := root.ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "regul: "+message(ctx, err))
		return exitStatus(err)
	}
	return status
}
