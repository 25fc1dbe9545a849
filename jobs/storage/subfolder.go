package storage

import (
	"path"
	"time"
)

// Subfolder is a part of a storage that stands as a whole storage.
type Subfolder struct {
	Storage Storage
	Folder  string
}

func (s Subfolder) at(name string) string { return path.Join(s.Folder, name) }

func (s Subfolder) Make() error                             { return s.Storage.Make() }
func (s Subfolder) Put(name string) (Object, error)         { return s.Storage.Put(s.at(name)) }
func (s Subfolder) Create(name string) (WriteFile, error)   { return s.Storage.Create(s.at(name)) }
func (s Subfolder) Open(name string) (ReadFile, error)      { return s.Storage.Open(s.at(name)) }
func (s Subfolder) List(name string) ([]string, error)      { return s.Storage.List(s.at(name)) }
func (s Subfolder) Modified(name string) (time.Time, error) { return s.Storage.Modified(s.at(name)) }
func (s Subfolder) Move(from, to, seal string) error {
	return s.Storage.Move(s.at(from), s.at(to), seal)
}
func (s Subfolder) Lock(name string) (func() error, error) { return s.Storage.Lock(s.at(name)) }
func (s Subfolder) Holder(lock string) (string, error)     { return s.Storage.Holder(s.at(lock)) }

func (s Subfolder) Remove(names ...string) error {
	at := make([]string, len(names))
	for i, name := range names {
		at[i] = s.at(name)
	}
	return s.Storage.Remove(at...)
}
