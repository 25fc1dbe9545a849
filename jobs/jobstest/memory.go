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
// kept after a loss of power, and notes what is renamed before it is kept.
type Memory struct {
	mutex  sync.Mutex
	files  map[string]*memoryFile
	Loose  map[string]bool // folders with entries that were not synced
	locked bool
	Early  []string // what was renamed before it was durable
}

type memoryFile struct {
	content []byte
	durable bool
}

func NewMemory() *Memory {
	return &Memory{files: map[string]*memoryFile{}, Loose: map[string]bool{}}
}

// Clone copies the storage as it is.
func (m *Memory) Clone() *Memory {
	c := NewMemory()
	for name, f := range m.files {
		c.files[name] = &memoryFile{slices.Clone(f.content), f.durable}
	}
	maps.Copy(c.Loose, m.Loose)
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
	m.loosen(name)
	return memoryWriter{m, m.files[name]}, nil
}

// loosen notes that the folders above a name have an entry that was not synced.
func (m *Memory) loosen(name string) {
	for folder := path.Dir(name); ; folder = path.Dir(folder) {
		m.Loose[folder] = true
		if folder == "." {
			return
		}
	}
}

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
	o.memory.loosen(o.name)
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
	for file := range m.files {
		if rest, below := strings.CutPrefix("/"+file, strings.TrimSuffix(path.Join("/", name), "/")+"/"); below {
			first, _, _ := strings.Cut(rest, "/")
			names = append(names, first)
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

func (m *Memory) MakeFolder(string) error { return nil }

func (m *Memory) Sync(folder string) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	delete(m.Loose, folder)
	return nil
}

// Rename moves a folder or a file, which takes the place of another, and notes what a loss of power right after it would take away.
func (m *Memory) Rename(from, to string) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	for name, f := range maps.Clone(m.files) {
		rest, below := strings.CutPrefix(name, from+"/")
		if !below && name != from {
			continue
		}
		if name == from {
			rest = ""
			delete(m.files, to)
		}
		if !f.durable || m.Loose[path.Dir(name)] {
			m.Early = append(m.Early, name)
		}
		if m.files[path.Join(to, rest)] != nil {
			return fs.ErrExist
		}
		delete(m.files, name)
		m.files[path.Join(to, rest)] = f
	}
	for folder := range maps.Clone(m.Loose) {
		if folder == from || strings.HasPrefix(folder, from+"/") {
			m.Early = append(m.Early, folder)
		}
	}
	m.Loose["."] = true
	return nil
}

func (m *Memory) Remove(name string) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	inside := func(other string) bool { return other == name || strings.HasPrefix(other, name+"/") }
	maps.DeleteFunc(m.files, func(file string, _ *memoryFile) bool { return inside(file) })
	maps.DeleteFunc(m.Loose, func(folder string, _ bool) bool { return inside(folder) })
	return nil
}

func (m *Memory) Modified(string) (time.Time, error) { return time.Time{}, nil }

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
