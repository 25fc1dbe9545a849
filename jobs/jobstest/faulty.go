package jobstest

import (
	"errors"
	"sync"
	"time"

	"regul/jobs/storage"
)

var errFault = errors.New("injected fault")

// Faulty is a Storage whose calls, and those of its files, fail: only the n-th, or all from the n-th on. To close
// a file that was read, and to unlock, can't lose anything and does not count.
type Faulty struct {
	To      storage.Storage
	Failing int  // the first call that fails, from 1; 0: none
	Forever bool // and all later ones

	mutex sync.Mutex
	calls int
}

// call counts a call and says whether it fails.
func (f *Faulty) call() error {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.calls++
	if f.Failing > 0 && (f.calls == f.Failing || f.Forever && f.calls > f.Failing) {
		return errFault
	}
	return nil
}

// Failed says whether any call has failed.
func (f *Faulty) Failed() bool { return f.Failing > 0 && f.calls >= f.Failing }

func (f *Faulty) Put(name string) (storage.Object, error) {
	if err := f.call(); err != nil {
		return nil, err
	}
	object, err := f.To.Put(name)
	return &faultyObject{Object: object, faults: f}, err
}

func (f *Faulty) Create(name string) (storage.WriteFile, error) {
	if err := f.call(); err != nil {
		return nil, err
	}
	file, err := f.To.Create(name)
	return faultyWriter{file, f}, err
}

func (f *Faulty) Open(name string) (storage.ReadFile, error) {
	if err := f.call(); err != nil {
		return nil, err
	}
	file, err := f.To.Open(name)
	if err != nil {
		return nil, err
	}
	return faultyReader{file, f}, nil
}

func (f *Faulty) List(name string) ([]string, error) {
	if err := f.call(); err != nil {
		return nil, err
	}
	return f.To.List(name)
}

func (f *Faulty) Make() error {
	if err := f.call(); err != nil {
		return err
	}
	return f.To.Make()
}

// Move fails before anything has moved, or once all has.
func (f *Faulty) Move(from, to, seal string) error {
	if err := f.call(); err != nil {
		return err
	}
	if err := f.To.Move(from, to, seal); err != nil {
		return err
	}
	if err := f.call(); err != nil {
		return errors.Join(storage.ErrMoved, err)
	}
	return nil
}

func (f *Faulty) Remove(names ...string) error {
	if err := f.call(); err != nil {
		return err
	}
	return f.To.Remove(names...)
}

func (f *Faulty) Holder(lock string) (string, error) {
	if err := f.call(); err != nil {
		return "", err
	}
	return f.To.Holder(lock)
}

func (f *Faulty) Modified(name string) (time.Time, error) {
	if err := f.call(); err != nil {
		return time.Time{}, err
	}
	return f.To.Modified(name)
}

func (f *Faulty) Lock(name string) (func() error, error) {
	if err := f.call(); err != nil {
		return nil, err
	}
	return f.To.Lock(name)
}

// faultyObject fails to write, or to commit: before the object is there, or when the answer that it is there gets lost.
type faultyObject struct {
	storage.Object
	faults *Faulty
	failed bool
}

func (o *faultyObject) Write(p []byte) (int, error) {
	if err := o.faults.call(); err != nil {
		o.failed = true
		n, _ := o.Object.Write(p[:len(p)/2])
		return n, err
	}
	return o.Object.Write(p)
}

func (o *faultyObject) Commit() error    { return o.commit(o.Object.Commit) }
func (o *faultyObject) CommitNew() error { return o.commit(o.Object.CommitNew) }

func (o *faultyObject) commit(commit func() error) error {
	if err := o.faults.call(); err != nil || o.failed {
		return errors.Join(errFault, o.Object.Abandon())
	}
	if err := commit(); err != nil {
		return err
	}
	return o.faults.call()
}

// faultyWriter writes half of what it was given when it fails, as a full disk does.
type faultyWriter struct {
	storage.WriteFile
	faults *Faulty
}

func (w faultyWriter) Write(p []byte) (int, error) {
	if err := w.faults.call(); err != nil {
		n, _ := w.WriteFile.Write(p[:len(p)/2])
		return n, err
	}
	return w.WriteFile.Write(p)
}

func (w faultyWriter) Close() error { return errors.Join(w.WriteFile.Close(), w.faults.call()) }

type faultyReader struct {
	storage.ReadFile
	faults *Faulty
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
