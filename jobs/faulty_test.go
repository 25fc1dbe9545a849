package jobs_test

import (
	"errors"
	"sync"
	"time"

	"regul/jobs"
)

var errFault = errors.New("injected fault")

// faulty is a Storage whose calls, and those of its files, fail: only the n-th, or all from the n-th on. To close
// a file that was read, and to unlock, can't lose anything and does not count.
type faulty struct {
	to      jobs.Storage
	failing int  // the first call that fails, from 1; 0: none
	forever bool // and all later ones

	mutex sync.Mutex
	calls int
}

// call counts a call and says whether it fails.
func (f *faulty) call() error {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.calls++
	if f.failing > 0 && (f.calls == f.failing || f.forever && f.calls > f.failing) {
		return errFault
	}
	return nil
}

// failed says whether any call has failed.
func (f *faulty) failed() bool { return f.failing > 0 && f.calls >= f.failing }

func (f *faulty) Create(name string) (jobs.WriteFile, error) {
	if err := f.call(); err != nil {
		return nil, err
	}
	file, err := f.to.Create(name)
	return faultyWriter{file, f}, err
}

func (f *faulty) Open(name string) (jobs.ReadFile, error) {
	if err := f.call(); err != nil {
		return nil, err
	}
	file, err := f.to.Open(name)
	if err != nil {
		return nil, err
	}
	return faultyReader{file, f}, nil
}

func (f *faulty) List(name string) ([]string, error) {
	if err := f.call(); err != nil {
		return nil, err
	}
	return f.to.List(name)
}

func (f *faulty) MakeFolder(name string) error {
	if err := f.call(); err != nil {
		return err
	}
	return f.to.MakeFolder(name)
}

func (f *faulty) Sync(folder string) error {
	if err := f.call(); err != nil {
		return err
	}
	return f.to.Sync(folder)
}

func (f *faulty) Rename(from, to string) error {
	if err := f.call(); err != nil {
		return err
	}
	return f.to.Rename(from, to)
}

func (f *faulty) Remove(name string) error {
	if err := f.call(); err != nil {
		return err
	}
	return f.to.Remove(name)
}

func (f *faulty) Modified(name string) (time.Time, error) {
	if err := f.call(); err != nil {
		return time.Time{}, err
	}
	return f.to.Modified(name)
}

func (f *faulty) Lock(name string) (func() error, error) {
	if err := f.call(); err != nil {
		return nil, err
	}
	return f.to.Lock(name)
}

// faultyWriter writes half of what it was given when it fails, as a full disk does.
type faultyWriter struct {
	jobs.WriteFile
	faults *faulty
}

func (w faultyWriter) Write(p []byte) (int, error) {
	if err := w.faults.call(); err != nil {
		n, _ := w.WriteFile.Write(p[:len(p)/2])
		return n, err
	}
	return w.WriteFile.Write(p)
}

func (w faultyWriter) Sync() error {
	if err := w.faults.call(); err != nil {
		return err
	}
	return w.WriteFile.Sync()
}

func (w faultyWriter) Close() error { return errors.Join(w.WriteFile.Close(), w.faults.call()) }

type faultyReader struct {
	jobs.ReadFile
	faults *faulty
}

func (r faultyReader) Read(p []byte) (int, error) {
	if err := r.faults.call(); err != nil {
		return 0, err
	}
	return r.ReadFile.Read(p)
}

func (r faultyReader) ReadAt(p []byte, at int64) (int, error) {
	if err := r.faults.call(); err != nil {
		return 0, err
	}
	return r.ReadFile.ReadAt(p, at)
}

func (r faultyReader) Seek(offset int64, whence int) (int64, error) {
	if err := r.faults.call(); err != nil {
		return 0, err
	}
	return r.ReadFile.Seek(offset, whence)
}
