package storage

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

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

// Make makes the directory.
func (d Directory) Make() error { return os.MkdirAll(d.path("."), 0o700) }

// Put begins an object, in the folder of what is unfinished: what a killed writer leaves is never among what others read.
func (d Directory) Put(name string) (Object, error) {
	folder := d.path(Unfinished)
	for range maxAttempts {
		var file *os.File
		err := os.MkdirAll(folder, 0o700)
		if err == nil {
			file, err = os.CreateTemp(folder, "object-")
		}
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrExist) { // another writer was the last to leave the folder, even now
			continue
		}
		if err != nil {
			return nil, err
		}
		return &localObject{file: file, in: d, to: d.path(name)}, nil
	}
	return nil, fmt.Errorf("%s: the folder %s can't be kept", name, Unfinished)
}

// maxAttempts bounds how often Put makes the folder of unfinished objects that other writers remove once it is empty.
const maxAttempts = 1000

// localObject is an object of a Directory that is being written.
type localObject struct {
	file *os.File // nil: it is committed or abandoned
	in   Directory
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

func (o *localObject) Commit() error { return o.commit(os.Rename) }

func (o *localObject) CommitNew() error {
	if err := o.commit(moveNew); err != nil {
		return err
	}
	return o.in.syncUp(filepath.Dir(o.to))
}

// commit makes the content durable and gives the file its name.
func (o *localObject) commit(move func(from, to string) error) error {
	err := o.err
	if err == nil {
		err = o.file.Sync()
	}
	err = errors.Join(err, o.file.Close())
	if err == nil {
		err = os.MkdirAll(filepath.Dir(o.to), 0o700)
	}
	if err == nil {
		err = move(o.file.Name(), o.to)
	}
	if err != nil {
		err = errors.Join(err, os.Remove(o.file.Name()))
	}
	o.leave()
	return err
}

// moveNew gives a file another name, if there is none of that name.
func moveNew(from, to string) error {
	err := os.Link(from, to)
	if err == nil {
		return os.Remove(from)
	}
	if errors.Is(err, fs.ErrExist) {
		return err
	}
	if _, there := os.Lstat(to); there == nil { // this file system knows no second name for a file
		return &fs.PathError{Op: "rename", Path: to, Err: fs.ErrExist}
	}
	return os.Rename(from, to)
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

// Move makes all that lies below a folder durable, with the folders themselves, and renames it at once: the seal comes with the rest.
func (d Directory) Move(from, to, _ string) error {
	if err := os.MkdirAll(filepath.Dir(d.path(to)), 0o700); err != nil {
		return err
	}
	if err := syncBelow(d.path(from)); err != nil {
		return err
	}
	if err := os.Rename(d.path(from), d.path(to)); err != nil {
		return err
	}
	err := d.syncUp(filepath.Dir(d.path(to)))
	if left := filepath.Dir(d.path(from)); left != d.path(".") { // which was synced
		err = errors.Join(err, syncFolder(left))
	}
	if err != nil {
		return fmt.Errorf("%w: the directory could not be synced, after a power failure now it may be gone: %w", ErrMoved, err)
	}
	return nil
}

// syncBelow makes the entries of a folder and of those in it durable, the deepest first.
func syncBelow(path string) error {
	entries, err := os.ReadDir(path)
	if errors.Is(err, syscall.ENOTDIR) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if entry.IsDir() {
			if err := syncBelow(filepath.Join(path, entry.Name())); err != nil {
				return err
			}
		}
	}
	return syncFolder(path)
}

// syncUp makes the entries of a folder durable, and of those above it up to the directory.
func (d Directory) syncUp(path string) error {
	for {
		if err := syncFolder(path); err != nil || path == d.path(".") {
			return err
		}
		path = filepath.Dir(path)
	}
}

// syncFolder makes the entries of a folder durable. Tests look on.
var syncFolder = func(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// Remove removes files and folders, durably.
func (d Directory) Remove(names ...string) error {
	var changed []string
	for _, name := range names {
		path := d.path(name)
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := os.RemoveAll(path); err != nil {
			return err
		}
		if folder := filepath.Dir(path); !slices.Contains(changed, folder) {
			changed = append(changed, folder)
		}
	}
	for _, folder := range changed {
		if err := syncFolder(folder); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

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

// Holder is when the file of the lock was made.
func (d Directory) Holder(lock string) (string, error) {
	made, err := d.Modified(lock)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return made.UTC().Format(time.RFC3339Nano), err
}
