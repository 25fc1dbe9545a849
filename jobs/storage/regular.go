package storage

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// ErrIrregular says that something is no regular file: a pipe, a socket, a device, a folder. Who waits for a pipe may wait for ever.
var ErrIrregular = errors.New("it is no regular file")

// OpenRegular opens a local file for reading, if it is a regular one. It never waits: not for the writer of a pipe either.
func OpenRegular(path string) (LocalFile, error) { return openRegular(path, 0) }

// openRegular opens a file with more flags.
func openRegular(path string, flags int) (LocalFile, error) {
	file, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK|syscall.O_CLOEXEC|flags, 0)
	if err != nil {
		return LocalFile{}, err
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: path, Err: ErrIrregular}
	}
	if err != nil {
		return LocalFile{}, errors.Join(err, file.Close())
	}
	return NewLocalFile(file, info.Size()), nil
}
