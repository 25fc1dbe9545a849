package storage

import (
	"errors"
	"os"
)

// Shared is a Directory whose files the group of its folder may read, and nobody else: what is given to others.
type Shared struct{ Directory }

// The modes of what is shared: its folders hand their group on.
const (
	sharedFile   = 0o640
	sharedFolder = 0o750 | os.ModeSetgid
)

// Create makes a new file in a folder that is there.
func (s Shared) Create(name string) (*os.File, error) {
	file, err := os.OpenFile(s.path(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	if err := file.Chmod(sharedFile); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// MakeFolder makes one folder, or finds it.
func (s Shared) MakeFolder(name string) error {
	err := os.Mkdir(s.path(name), 0o700)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return os.Chmod(s.path(name), sharedFolder)
}
