package jobs

import (
	"errors"
	"fmt"
	"io/fs"
)

// Kind is what sort of failure an operator faces. It maps to the exit status of a command.
type Kind int

// The kinds of failures, with the exit status of each.
const (
	Failed  Kind = 1  // nothing was published
	Usage   Kind = 2  // wrong usage, configuration or missing file
	Refused Kind = 4  // more rejects than allowed, nothing was published
	Locked  Kind = 75 // another run holds the lock
)

// WithRejects is the exit status of a success: a batch that was published with rejects. One without is 0.
const WithRejects = 3

// Error is a failure of a kind.
type Error struct {
	Kind Kind
	Err  error
}

func (e *Error) Error() string { return e.Err.Error() }
func (e *Error) Unwrap() error { return e.Err }

// UsageError says that the command or its files are not as they must be.
func UsageError(format string, args ...any) error {
	return &Error{Usage, fmt.Errorf(format, args...)}
}

// Cause is what is wrong with a file, without its path.
func Cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// KindOf is the kind of an error; Failed when it has none.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Failed
}
