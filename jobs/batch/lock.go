package batch

import (
	"errors"

	"regul/jobs"
	"regul/jobs/storage"
)

const lockName = ".lock"

// Occupy makes an output directory, if it is not there, and this the only work on it.
func Occupy(storage storage.Storage) (unlock func() error, err error) {
	if err := storage.Make(); err != nil {
		return nil, jobs.UsageError("the output directory can't be made: %w", jobs.Cause(err))
	}
	return Lock(storage)
}

// Lock makes this the only work on an output directory.
func Lock(store storage.Storage) (unlock func() error, err error) {
	unlock, err = store.Lock(lockName)
	if errors.Is(err, storage.ErrLocked) {
		return nil, &jobs.Error{Kind: jobs.Locked, Err: err}
	} else if err != nil {
		return nil, jobs.UsageError("the output directory can't be locked: %w", err)
	}
	return unlock, nil
}
