package storage

import (
	"errors"
	"io"
	"time"
)

// Storage is where batches live: a directory here, an object store elsewhere. Names are slash-separated and relative; a folder is what
// the names below it have in common. Nothing above it knows paths, and tests let it fail at any call.
type Storage interface {
	Make() error                     // the place itself, if it is not there
	Put(name string) (Object, error) // begins an object; one that has the name is there until the new one takes its place
	// a file for the one process that writes it and opens it, and that nobody needs after a failure; one of the name must not be there
	Create(name string) (WriteFile, error)
	Open(name string) (ReadFile, error)
	List(folder string) ([]string, error) // names in a folder, sorted; none if there is no folder
	Modified(name string) (time.Time, error)
	// each with all below; what lies in a folder itself goes before what lies deeper. No error if there is nothing
	Remove(names ...string) error

	// Move gives an object, or all that lies below a folder, another name, durably. The seal is the object without which a folder is none:
	// it leaves first and comes last, so that whoever finds it finds the rest. There must be none at the new place. An error means that
	// nothing has the new name as a whole, unless it is ErrMoved.
	Move(from, to, seal string) error

	Lock(name string) (unlock func() error, err error)
	Holder(lock string) (string, error) // tells who holds a lock from who held it before; "" where there is none
}

// ErrMoved says that what was moved has its new name, but that something after it failed.
var ErrMoved = errors.New("it has its name, but not all that follows succeeded")

// Object is an object that is being written. Nothing is seen of it until it is whole.
type Object interface {
	io.Writer
	// the object is there, whole, and its content is durable; its name is once its folder was moved. After an error of Write it is
	// refused. An error may come too late: the object is there all the same
	Commit() error
	CommitNew() error // the same with a name that is durable at once, if there is no object of that name: else fs.ErrExist
	Abandon() error   // nothing of the object stays. After Commit it does nothing
}

// Unfinished is the folder of a storage in which objects lie that a killed writer has begun. Nobody reads it, and it can be removed when no
// writer is at work.
const Unfinished = ".unfinished"

// WriteFile is a file that is being written.
type WriteFile interface {
	io.Writer
	io.Closer
}

// ReadFile is a file that is being read.
type ReadFile interface {
	io.ReaderAt
	io.ReadSeeker
	io.Closer
	Size() int64
}

// ErrLocked says that another run holds the lock.
var ErrLocked = errors.New("another run is at work on this output directory: wait for its end")
