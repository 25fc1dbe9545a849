package jobstest

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"regul/jobs/storage"
)

// Memory is a Storage in memory: much faster than a disk for runs by the hundred. It knows what a disk would have
// kept after a loss of power, and notes what is moved before it is kept.
type Memory struct {
	mutex  sync.Mutex
	files  map[string]*memoryFile
	locked bool
	Early  []string // what was moved before it was durable
}

type memoryFile struct {
	content []byte
	durable bool
}

func NewMemory() *Memory {
	return &Memory{files: map[string]*memoryFile{}}
}

// Clone copies the storage as it is.
func (m *Memory) Clone() *Memory {
	c := NewMemory()
	for name, f := range m.files {
		c.files[name] = &memoryFile{slices.Clone(f.content), f.durable}
	}
	return c
}

// Equals says whether two storages hold the same files.
func (m *Memory) Equals(other *Memory) bool {
	return maps.EqualFunc(m.files, other.files, func(a, b *memoryFile) bool { return bytes.Equal(a.content, b.content) })
}

// Published is the content of the files of published batches.
func (m *Memory) Published() map[string]string {
	files := map[string]string{}
	for name, f := range m.files {
		if strings.HasPrefix(name, "batch=") {
			files[name] = string(f.content)
		}
	}
	return files
}

func (m *Memory) Create(name string) (storage.WriteFile, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.files[name] != nil {
		return nil, fs.ErrExist
	}
	m.files[name] = &memoryFile{}
	return memoryWriter{m, m.files[name]}, nil
}

// Make has nothing to make.
func (m *Memory) Make() error { return nil }

// Put begins an object, which no name has until it is committed.
func (m *Memory) Put(name string) (storage.Object, error) {
	return &memoryObject{memory: m, name: name}, nil
}

type memoryObject struct {
	memory  *Memory
	name    string
	content []byte
}

func (o *memoryObject) Write(p []byte) (int, error) {
	o.content = append(o.content, p...)
	return len(p), nil
}

func (o *memoryObject) Commit() error {
	o.memory.mutex.Lock()
	defer o.memory.mutex.Unlock()
	o.memory.files[o.name] = &memoryFile{o.content, true}
	return nil
}

func (o *memoryObject) CommitNew() error {
	o.memory.mutex.Lock()
	defer o.memory.mutex.Unlock()
	if o.memory.files[o.name] != nil {
		return fs.ErrExist
	}
	o.memory.files[o.name] = &memoryFile{o.content, true}
	return nil
}

func (o *memoryObject) Abandon() error { return nil }

type memoryWriter struct {
	memory *Memory
	file   *memoryFile
}

func (w memoryWriter) Write(p []byte) (int, error) {
	w.memory.mutex.Lock()
	defer w.memory.mutex.Unlock()
	w.file.content = append(w.file.content, p...)
	return len(p), nil
}

func (w memoryWriter) Close() error { return nil }

type memoryReader struct{ *bytes.Reader }

func (memoryReader) Close() error { return nil }

func (m *Memory) Open(name string) (storage.ReadFile, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.files[name] == nil {
		return nil, fs.ErrNotExist
	}
	return memoryReader{bytes.NewReader(m.files[name].content)}, nil
}

func (m *Memory) List(name string) ([]string, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	var names []string
	prefix := ""
	if name = path.Clean(name); name != "." {
		prefix = name + "/"
	}
	for file := range m.files {
		if rest, below := strings.CutPrefix(file, prefix); below {
			first, _, _ := strings.Cut(rest, "/")
			names = append(names, first)
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// Move moves an object or a folder, and notes what a loss of power right after it would take away.
func (m *Memory) Move(from, to, _ string) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	found := false
	for name, f := range maps.Clone(m.files) {
		rest, below := strings.CutPrefix(name, from+"/")
		if name == from {
			rest = ""
		} else if !below {
			continue
		}
		found = true
		if !f.durable {
			m.Early = append(m.Early, name)
		}
		if below && m.files[path.Join(to, rest)] != nil {
			return fs.ErrExist
		}
		delete(m.files, name)
		m.files[path.Join(to, rest)] = f
	}
	if !found {
		return fs.ErrNotExist
	}
	return nil
}

func (m *Memory) Remove(names ...string) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	for _, name := range names {
		maps.DeleteFunc(m.files, func(file string, _ *memoryFile) bool { return file == name || strings.HasPrefix(file, name+"/") })
	}
	return nil
}

// Modified is no time: it only says whether the object is there.
func (m *Memory) Modified(name string) (time.Time, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.files[name] == nil {
		return time.Time{}, fs.ErrNotExist
	}
	return time.Time{}, nil
}

// Holder is nobody in particular.
func (m *Memory) Holder(string) (string, error) { return "", nil }

func (m *Memory) Lock(string) (func() error, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.locked {
		return nil, storage.ErrLocked
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
