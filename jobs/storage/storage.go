package storage

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// Storage is where batches live: a directory here, an object store elsewhere. Names are slash-separated and
// relative. Nothing above it knows paths, and tests let it fail at any call.
type Storage interface {
	Put(name string) (Object, error)       // begins an object; one that has the name is there until the new one takes its place
	Create(name string) (WriteFile, error) // a file that is seen while it is written, for what nobody needs after a failure; one of the name must not be there
	Open(name string) (ReadFile, error)
	List(name string) ([]string, error) // names in a folder, sorted; none if there is no folder
	MakeFolder(name string) error       // with its parents
	Sync(folder string) error           // makes the folder's entries durable
	Rename(from, to string) error
	Remove(name string) error // with all below; no error if there is nothing
	Modified(name string) (time.Time, error)
	Lock(name string) (unlock func() error, err error)
}

// Object is an object that is being written. Nothing is seen of it until it is whole.
type Object interface {
	io.Writer
	Commit() error  // the object is there, whole, and its content is durable. After an error of Write it is refused. An error may come too late: the object is there all the same
	Abandon() error // nothing of the object stays. After Commit it does nothing
}

// Unfinished is the folder of a storage in which objects lie that a killed writer has begun. Nobody reads it, and it can be removed when no
// writer is at work.
const Unfinished = ".unfinished"

// WriteFile is a file that is being written.
type WriteFile interface {
	io.Writer
	Sync() error
	Close() error
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

// Directory is a Storage in a local directory. Its files and folders are private to their owner.
type Directory string

func (d Directory) path(name string) string {
	return filepath.Join(string(d), filepath.FromSlash(name))
}

// Create makes a new file with its folder.
func (d Directory) Create(name string) (WriteFile, error) {
	path := d.path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
}

// Put begins an object, in the folder of what is unfinished: what a killed writer leaves is never among what others read.
func (d Directory) Put(name string) (Object, error) {
	folder := d.path(Unfinished)
	for range maxAttempts {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return nil, err
		}
		file, err := os.CreateTemp(folder, "object-")
		if errors.Is(err, fs.ErrNotExist) { // another writer was the last to leave the folder
			continue
		}
		if err != nil {
			return nil, err
		}
		return &localObject{file: file, to: d.path(name)}, nil
	}
	return nil, fmt.Errorf("%s: the folder %s can't be kept", name, Unfinished)
}

// maxAttempts bounds how often Put makes the folder of unfinished objects that other writers remove once it is empty.
const maxAttempts = 1000

// localObject is an object of a Directory that is being written.
type localObject struct {
	file *os.File // nil: it is committed or abandoned
	to   string
	err  error // the first of Write
}

func (o *localObject) Write(p []byte) (int, error) {
	n, err := o.file.Write(p)
	if o.err == nil {
		o.err = err
	}
	return n, err
}

func (o *localObject) Commit() error {
	err := o.err
	if err == nil {
		err = o.file.Sync()
	}
	err = errors.Join(err, o.file.Close())
	if err == nil {
		err = os.MkdirAll(filepath.Dir(o.to), 0o700)
	}
	if err == nil {
		err = os.Rename(o.file.Name(), o.to)
	}
	if err != nil {
		err = errors.Join(err, os.Remove(o.file.Name()))
	}
	o.leave()
	return err
}

func (o *localObject) Abandon() error {
	if o.file == nil {
		return nil
	}
	err := errors.Join(o.file.Close(), os.Remove(o.file.Name()))
	o.leave()
	return err
}

// leave removes the folder of unfinished objects, unless others are in it.
func (o *localObject) leave() {
	os.Remove(filepath.Dir(o.file.Name())) // not empty: another writer will
	o.file = nil
}

// LocalFile is a ReadFile of the local disk.
type LocalFile struct {
	*os.File
	size int64
}

// NewLocalFile is an opened file of so many bytes.
func NewLocalFile(file *os.File, size int64) LocalFile { return LocalFile{file, size} }

// Size is the size of the file when it was opened, in bytes.
func (f LocalFile) Size() int64 { return f.size }

// Open opens a file: a regular one, and not the one to which a link points. Who waits for the writer of a pipe may wait for ever.
func (d Directory) Open(name string) (ReadFile, error) {
	file, err := openRegular(d.path(name), syscall.O_NOFOLLOW)
	if err != nil {
		return nil, err
	}
	return file, nil
}

// List lists a folder.
func (d Directory) List(name string) ([]string, error) {
	entries, err := os.ReadDir(d.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	names := make([]string, len(entries))
	for i, entry := range entries {
		names[i] = entry.Name()
	}
	return names, err
}

// MakeFolder makes a folder.
func (d Directory) MakeFolder(name string) error { return os.MkdirAll(d.path(name), 0o700) }

// Sync makes the entries of a folder durable.
func (d Directory) Sync(folder string) error {
	file, err := os.Open(d.path(folder))
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// Rename gives a file or folder another name at once.
func (d Directory) Rename(from, to string) error { return os.Rename(d.path(from), d.path(to)) }

// Remove removes a file or folder.
func (d Directory) Remove(name string) error { return os.RemoveAll(d.path(name)) }

// Modified is when a file was last written.
func (d Directory) Modified(name string) (time.Time, error) {
	info, err := os.Stat(d.path(name))
	if err != nil {
		return time.Time{}, err
	}
	return info.ModTime(), nil
}

// ErrOpenToAll says that anybody may put files into a directory: a batch, a withdrawal, a lock.
var ErrOpenToAll = errors.New("everybody on this machine can write into it: chmod o-w it")

const othersWrite = 0o002

// Lock takes a lock that the kernel releases when the process ends, however it ends. A directory in which others can write is refused.
func (d Directory) Lock(name string) (func() error, error) {
	if folder, err := os.Stat(d.path(".")); err == nil && folder.Mode().Perm()&othersWrite != 0 {
		return nil, ErrOpenToAll
	}
	file, err := os.OpenFile(d.path(name), os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0o600)
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(err, &fs.PathError{Op: "open", Path: name, Err: ErrIrregular}, file.Close())
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		if errors.Is(err, syscall.EWOULDBLOCK) {
			err = ErrLocked
		}
		return nil, errors.Join(err, file.Close())
	}
	return file.Close, nil
}
