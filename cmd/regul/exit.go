package main

import (
	"context"
	"errors"
	"os/signal"

	"regul/jobs"
)

// outcome is how a command line ended.
type outcome struct {
	started bool // the command line could be read
	status  int  // of a success
}

// exitStatus is the exit status of a failure: one that comes before a command started is of usage.
func exitStatus(err error, o *outcome) int {
	if !o.started {
		return int(jobs.Usage)
	}
	return int(jobs.KindOf(err))
}

// interruptible is a context that ends with the first SIGINT, SIGTERM or SIGHUP, so that the work ends cleanly; the second kills
// the process.
func interruptible(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(parent, stopsOn(signal.Ignored)...)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// errInterrupted is what people read when they, or the machine, stopped a run.
var errInterrupted = errors.New("interrupted: nothing was published")

// stopped is why a job failed: its error, or that somebody stopped it.
func stopped(ctx context.Context, err error) error {
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		return errInterrupted
	}
	return err
}
