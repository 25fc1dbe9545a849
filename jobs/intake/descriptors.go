package intake

import (
	"errors"
	"slices"
	"sync"

	"regul/jobs/storage"
)

// mostOpen is how many inputs are open at a time: a night may bring more files than a process may open.
const mostOpen = 64

// descriptors are the inputs that are open now.
type descriptors struct {
	mutex sync.Mutex
	open  []*input // the one that was used last at the end
}

// input is the content of a file that is opened when it is read and may be closed between two reads. It is always the file that was
// opened first: another one in its place, or another size or time, is an error.
type input struct {
	path  string
	state storage.State
	pool  *descriptors
	file  storage.ReadFile // nil while closed
	busy  int              // reads that go on
}

var errChanged = errors.New("the file changed while it was read: run again")

// take opens the file if it is closed. give must follow.
func (p *descriptors) take(i *input) (storage.ReadFile, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if i.file == nil {
		if err := p.makePlace(); err != nil {
			return nil, err
		}
		file, err := i.reopen()
		if err != nil {
			return nil, err
		}
		i.file = file
	} else {
		p.forget(i)
	}
	p.open = append(p.open, i)
	i.busy++
	return i.file, nil
}

func (p *descriptors) give(i *input) {
	p.mutex.Lock()
	i.busy--
	p.mutex.Unlock()
}

// makePlace closes the file that nobody reads and that was not used for longest, where as many are open as may be.
func (p *descriptors) makePlace() error {
	if len(p.open) < mostOpen {
		return nil
	}
	for _, i := range p.open {
		if i.busy == 0 {
			return p.close(i)
		}
	}
	return nil
}

func (p *descriptors) close(i *input) error {
	p.forget(i)
	file := i.file
	i.file = nil
	return file.Close()
}

func (p *descriptors) forget(i *input) {
	p.open = slices.DeleteFunc(p.open, func(open *input) bool { return open == i })
}

// reopen opens the file and makes sure that it is still the same.
func (i *input) reopen() (storage.ReadFile, error) {
	file, err := storage.OpenFile(i.path)
	if errors.Is(err, storage.ErrIrregular) {
		return nil, errChanged
	}
	if err != nil {
		return nil, err
	}
	state, err := file.State()
	if err == nil && !state.Is(i.state) {
		err = errChanged
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// ReadAt implements io.ReaderAt.
func (i *input) ReadAt(to []byte, at int64) (int, error) {
	file, err := i.pool.take(i)
	if err != nil {
		return 0, err
	}
	defer i.pool.give(i)
	return file.ReadAt(to, at)
}

// Size is how many bytes the file has.
func (i *input) Size() int64 { return i.state.Size }

// Close closes the file until it is read again.
func (i *input) Close() error {
	i.pool.mutex.Lock()
	defer i.pool.mutex.Unlock()
	if i.file == nil {
		return nil
	}
	return i.pool.close(i)
}
