package jobs

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"path"
	"slices"
	"sync"
)

// building is the folder in which a batch is written before it is published. There is at most one, under
// the lock; a killed run leaves it, and the next run removes it.
const building = ".building"

// build is a batch that is being written.
type build struct {
	storage Storage
	mutex   sync.Mutex
	files   []ManifestFile
}

// startBuild removes what a killed run has left and makes an empty folder.
func startBuild(storage Storage) (*build, error) {
	if err := storage.Remove(building); err != nil {
		return nil, err
	}
	if err := storage.MakeFolder(building); err != nil {
		return nil, err
	}
	return &build{storage: storage}, nil
}

// abandon removes what was written.
func (b *build) abandon() error { return b.storage.Remove(building) }

// buildFile is a file of the batch: buffered, digested and, when closed, durable.
type buildFile struct {
	build  *build
	name   string
	file   WriteFile
	buffer []byte
	hash   hash.Hash // nil: the file is not one of the batch, and needs no durability
	size   int64
	err    error
}

// fileBuffer is how much is written at a time, in bytes.
const fileBuffer = 256 << 10

// Create makes a file of the batch. It is safe for concurrent use.
func (b *build) Create(name string) (io.WriteCloser, error) {
	return b.create(name, path.Join(building, name))
}

// createDurable makes a file that is no part of a batch. When closed it is durable.
func createDurable(storage Storage, name string) (io.WriteCloser, error) {
	return (&build{storage: storage}).create(name, name)
}

// createTemporary makes a file that is no part of a batch and that nobody needs after a failure.
func createTemporary(storage Storage, name string) (io.WriteCloser, error) {
	file, err := storage.Create(name)
	if err != nil {
		return nil, err
	}
	return temporary{&buildFile{file: file, name: name, buffer: make([]byte, 0, fileBuffer)}}, nil
}

// temporary is a file that is not one of the batch.
type temporary struct{ *buildFile }

func (t temporary) Close() error { return t.finish() }

func (b *build) create(name, at string) (io.WriteCloser, error) {
	file, err := b.storage.Create(at)
	if err != nil {
		return nil, err
	}
	return &buildFile{build: b, name: name, file: file, hash: sha256.New(), buffer: make([]byte, 0, fileBuffer)}, nil
}

func (f *buildFile) Write(p []byte) (int, error) {
	if len(f.buffer)+len(p) > cap(f.buffer) {
		f.flush()
	}
	if len(p) >= cap(f.buffer) {
		f.put(p)
	} else {
		f.buffer = append(f.buffer, p...)
	}
	return len(p), f.err
}

func (f *buildFile) flush() {
	f.put(f.buffer)
	f.buffer = f.buffer[:0]
}

func (f *buildFile) put(p []byte) {
	if f.err != nil || len(p) == 0 {
		return
	}
	if f.hash != nil {
		f.hash.Write(p)
	}
	f.size += int64(len(p))
	n, err := f.file.Write(p)
	if err == nil && n < len(p) {
		err = io.ErrShortWrite
	}
	f.err = err
}

// finish writes what is left and closes the file.
func (f *buildFile) finish() error {
	f.flush()
	if f.err == nil && f.hash != nil {
		f.err = f.file.Sync()
	}
	f.err = errors.Join(f.err, f.file.Close())
	if f.err != nil {
		return fmt.Errorf("%s: %w", f.name, f.err)
	}
	return nil
}

// Close makes the file durable and notes it for the manifest.
func (f *buildFile) Close() error {
	if err := f.finish(); err != nil {
		return err
	}
	f.build.mutex.Lock()
	defer f.build.mutex.Unlock()
	f.build.files = append(f.build.files, ManifestFile{Path: f.name, Size: f.size, SHA256: hex.EncodeToString(f.hash.Sum(nil))})
	return nil
}

// publish writes the manifest, makes everything in the batch durable and gives it its name: the one moment at which it
// appears. An error means that it has not appeared. folder is where.
func (b *build) publish(m *Manifest, folder string) error {
	slices.SortFunc(b.files, func(x, y ManifestFile) int { return cmp.Compare(x.Path, y.Path) })
	m.Files = slices.Clone(b.files)
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	file, err := b.Create(ManifestName)
	if err != nil {
		return err
	}
	if _, err := file.Write(append(text, '\n')); err != nil {
		return errors.Join(err, file.Close())
	}
	if err := file.Close(); err != nil {
		return err
	}
	for _, folder := range b.folders() {
		if err := b.storage.Sync(folder); err != nil {
			return err
		}
	}
	return b.storage.Rename(building, folder)
}

// folders lists the folders of the batch, the deepest first.
func (b *build) folders() []string {
	var found []string
	for _, f := range b.files {
		for folder := path.Join(building, path.Dir(f.Path)); folder != "."; folder = path.Dir(folder) {
			if !slices.Contains(found, folder) {
				found = append(found, folder)
			}
		}
	}
	slices.SortFunc(found, func(x, y string) int { return cmp.Or(len(y)-len(x), cmp.Compare(x, y)) })
	return found
}
