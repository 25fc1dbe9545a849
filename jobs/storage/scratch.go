package storage

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
)

// scratchFile is a file of this process alone: it has no name on the disk, so that nothing of it stays however the process ends.
type scratchFile struct {
	file *os.File
	size int64
}

// Create makes a file on the local disk.
func (b *Bucket) Create(name string) (WriteFile, error) {
	if file, err := b.Open(name); err == nil {
		return nil, errors.Join(fs.ErrExist, file.Close())
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	file, err := os.CreateTemp("", "regul-")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(file.Name()); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	s := &scratchFile{file: file}
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.scratch[name] = s
	return s, nil
}

func (s *scratchFile) Write(p []byte) (int, error) {
	n, err := s.file.Write(p)
	s.size += int64(n)
	return n, err
}

// Close leaves the file to who opens it.
func (s *scratchFile) Close() error { return nil }

func (b *Bucket) openScratch(name string) ReadFile {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if s := b.scratch[name]; s != nil {
		return bucketFile{SectionReader: io.NewSectionReader(s.file, 0, s.size)}
	}
	return nil
}

func (b *Bucket) removeScratch(name string) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	for at, s := range b.scratch {
		if at == name || strings.HasPrefix(at, name+"/") {
			s.file.Close()
			delete(b.scratch, at)
		}
	}
}
