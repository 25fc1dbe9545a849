package jobs

import (
	"path"
	"time"
)

// subfolder is a part of a storage that stands as a storage of its own.
type subfolder struct {
	storage Storage
	folder  string
}

func (s subfolder) at(name string) string { return path.Join(s.folder, name) }

func (s subfolder) Create(name string) (WriteFile, error)   { return s.storage.Create(s.at(name)) }
func (s subfolder) Open(name string) (ReadFile, error)      { return s.storage.Open(s.at(name)) }
func (s subfolder) List(name string) ([]string, error)      { return s.storage.List(s.at(name)) }
func (s subfolder) MakeFolder(name string) error            { return s.storage.MakeFolder(s.at(name)) }
func (s subfolder) Sync(folder string) error                { return s.storage.Sync(s.at(folder)) }
func (s subfolder) Rename(from, to string) error            { return s.storage.Rename(s.at(from), s.at(to)) }
func (s subfolder) Remove(name string) error                { return s.storage.Remove(s.at(name)) }
func (s subfolder) Modified(name string) (time.Time, error) { return s.storage.Modified(s.at(name)) }
func (s subfolder) Lock(name string) (func() error, error)  { return s.storage.Lock(s.at(name)) }
