package main

import (
	"context"
	"errors"

	"regul/jobs"
)

// The exit status of a success; those of failures are the numbers of jobs.Kind.
const (
	exitPublished   = 0 // or nothing new
	exitWithRejects = 3 // published, with rejects
)

// usage marks the errors of the command line itself.
type usage struct{ error }

// exitStatus is the exit status that an error stands for.
func exitStatus(err error) int {
	var u usage
	if errors.As(err, &u) {
		return int(jobs.Usage)
	}
	return int(jobs.KindOf(err))
}

// message is what people read of an error.
func message(ctx context.Context, err error) string {
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return "interrupted: nothing was published"
	}
	return err.Error()
}
