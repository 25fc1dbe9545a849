package jobs_test

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"regul/jobs"
)

// memory is a Storage in memory: much faster than a disk for runs by the hundred. It knows what a disk would have
// kept after a loss of power, and notes what is renamed before it is kept.
type memory struct {
	mutex  sync.Mutex
	files  map[string]*memoryFile
	loose  map[string]bool // folders with entries that were not synced
	locked bool
	early  []string // what was renamed before it was durable
}

type memoryFile struct {
	content []byte
	durable bool
}

func newMemory() *memory {
	return &memory{files: map[string]*memoryFile{}, loose: map[string]bool{}}
}

// clone copies the storage as it is.
func (m *memory) clone() *memory {
	c := newMemory()
	for name, f := range m.files {
		c.files[name] = &memoryFile{slices.Clone(f.content), f.durable}
	}
	maps.Copy(c.loose, m.loose)
	return c
}

// equals says whether two storages hold the same files.
func (m *memory) equals(other *memory) bool {
	return maps.EqualFunc(m.files, other.files, func(a, b *memoryFile) bool { return bytes.Equal(a.content, b.content) })
}

// published is the content of the files of published batches.
func (m *memory) published() map[string]string {
	files := map[string]string{}
	for name, f := range m.files {
		if strings.HasPrefix(name, "batch=") {
			files[name] = string(f.content)
		}
	}
	return files
}

func (m *memory) Create(name string) (jobs.WriteFile, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.files[name] != nil {
		return nil, fs.ErrExist
	}
	m.files[name] = &memoryFile{}
	for folder := path.Dir(name); ; folder = path.Dir(folder) {
		m.loose[folder] = true
		if folder == "." {
			return memoryWriter{m, m.files[name]}, nil
		}
	}
}

type memoryWriter struct {
	memory *memory
	file   *memoryFile
}

func (w memoryWriter) Write(p []byte) (int, error) {
	w.memory.mutex.Lock()
	defer w.memory.mutex.Unlock()
	w.file.content, w.file.durable = append(w.file.content, p...), false
	return len(p), nil
}

func (w memoryWriter) Sync() error {
	w.memory.mutex.Lock()
	defer w.memory.mutex.Unlock()
	w.file.durable = true
	return nil
}

func (w memoryWriter) Close() error { return nil }

type memoryReader struct{ *bytes.Reader }

func (memoryReader) Close() error { return nil }

func (m *memory) Open(name string) (jobs.ReadFile, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.files[name] == nil {
		return nil, fs.ErrNotExist
	}
	return memoryReader{bytes.NewReader(m.files[name].content)}, nil
}

func (m *memory) List(name string) ([]string, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	var names []string
	for file := range m.files {
		if rest, below := strings.CutPrefix(path.Join("/", file), path.Join("/", name)); below {
			first, _, _ := strings.Cut(strings.TrimPrefix(rest, "/"), "/")
			names = append(names, first)
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

func (m *memory) MakeFolder(string) error { return nil }

func (m *memory) Sync(folder string) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	delete(m.loose, folder)
	return nil
}

// Rename moves a folder, and notes what a loss of power right after it would take away.
func (m *memory) Rename(from, to string) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	for name, f := range maps.Clone(m.files) {
		rest, below := strings.CutPrefix(name, from+"/")
		if !below {
			continue
		}
		if !f.durable || m.loose[path.Dir(name)] {
			m.early = append(m.early, name)
		}
		if m.files[path.Join(to, rest)] != nil {
			return fs.ErrExist
		}
		delete(m.files, name)
		m.files[path.Join(to, rest)] = f
	}
	for folder := range maps.Clone(m.loose) {
		if folder == from || strings.HasPrefix(folder, from+"/") {
			m.early = append(m.early, folder)
		}
	}
	m.loose["."] = true
	return nil
}

func (m *memory) Remove(name string) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	inside := func(other string) bool { return other == name || strings.HasPrefix(other, name+"/") }
	maps.DeleteFunc(m.files, func(file string, _ *memoryFile) bool { return inside(file) })
	maps.DeleteFunc(m.loose, func(folder string, _ bool) bool { return inside(folder) })
	return nil
}

func (m *memory) Modified(string) (time.Time, error) { return time.Time{}, nil }

func (m *memory) Lock(string) (func() error, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.locked {
		return nil, jobs.ErrLocked
	}
	m.locked = true
	return func() error {
		m.mutex.Lock()
		defer m.mutex.Unlock()
		if !m.locked {
			return errors.New("unlocked twice")
		}
		m.locked = false
		return nil
	}, nil
}

// A loss of power at any time leaves a whole batch or none: all files and folders are durable before
// the rename, and the rename before the run says that it has published.
func TestBatchIsDurableBeforeItAppears(t *testing.T) {
	t.Parallel()
	nights, files := twoNights(t)
	storage := newMemory()
	for i, n := range nights {
		o := n.options(t, "", files[i])
		o.Out = storage
		if result := must[*jobs.RunResult](t)(jobs.Run(t.Context(), o)); !result.Published {
			t.Fatal("nothing was published")
		}
		if len(storage.early) > 0 {
			t.Errorf("renamed before it was durable: %v", storage.early)
		}
		if storage.loose["."] {
			t.Error("the rename itself is not durable")
		}
	}
}
