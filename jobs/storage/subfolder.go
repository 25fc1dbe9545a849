package storage

import (
	"path"
	"time"
)

// Subfolder is a part of a storage that stands as a storage of its own.
type Subfolder struct {
	Storage Storage
	Folder  string
}

func (s Subfolder) at(name string) string { return path.Join(s.Folder, name) }

func (s Subfolder) Put(name string) (Object, error)         { return s.Storage.Put(s.at(name)) }
func (s Subfolder) Create(name string) (WriteFile, error)   { return s.Storage.Create(s.at(name)) }
func (s Subfolder) Open(name string) (ReadFile, error)      { return s.Storage.Open(s.at(name)) }
func (s Subfolder) List(name string) ([]string, error)      { return s.Storage.List(s.at(name)) }
func (s Subfolder) MakeFolder(name string) error            { return s.Storage.MakeFolder(s.at(name)) }
func (s Subfolder) Sync(folder string) error                { return s.Storage.Sync(s.at(folder)) }
func (s Subfolder) Rename(from, to string) error            { return s.Storage.Rename(s.at(from), s.at(to)) }
func (s Subfolder) Remove(name string) error                { return s.Storage.Remove(s.at(name)) }
func (s Subfolder) Modified(name string) (time.Time, error) { return s.Storage.Modified(s.at(name)) }
func (s Subfolder) Lock(name string) (func() error, error)  { return s.Storage.Lock(s.at(name)) }
