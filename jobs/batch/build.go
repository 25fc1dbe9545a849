package batch

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

	"regul/jobs/storage"
)

// Building is the folder in which a batch is written before it is published. There is at most one, under
// the lock; a killed run leaves it, and the next run removes it.
const Building = ".building"

// Build is a batch that is being written.
type Build struct {
	Storage   storage.Storage
	holder    string // of the lock, when the build began
	mutex     sync.Mutex
	Files     []ManifestFile
	elsewhere string // folder of the objects; "" is Building
	folder    string // of the batch, once its publication has begun
}

// Start removes what a killed run has left, and begins.
func Start(store storage.Storage) (*Build, error) {
	if err := store.Remove(Building, storage.Unfinished); err != nil {
		return nil, err
	}
	holder, err := store.Holder(lockName)
	return &Build{Storage: store, holder: holder}, err
}

// Abandon removes what was written, also half a batch that a publication has left. Where that can't be, the build stays, which tells the
// next run what the half one is.
func (b *Build) Abandon() error {
	if b.folder != "" {
		sealed, err := isSealed(b.Storage, b.folder)
		if err == nil && !sealed {
			err = b.Storage.Remove(b.folder)
		}
		if err != nil {
			return err
		}
	}
	return b.Storage.Remove(Building)
}

// buildFile is a file of the batch: buffered, digested and, when closed, there and durable.
type buildFile struct {
	build  *Build
	name   string
	object interface {
		io.Writer
		Commit() error
		Abandon() error
	}
	buffer []byte
	hash   hash.Hash // nil: the file is not one of the batch
	size   int64
	err    error
}

// FileBuffer is how much is written at a time, in bytes. The buffer of a file grows to it: most files of a small fund are smaller.
const FileBuffer = 256 << 10

// Create makes a file of the batch. It is safe for concurrent use.
func (b *Build) Create(name string) (io.WriteCloser, error) {
	return b.create(name, path.Join(cmp.Or(b.elsewhere, Building), name))
}

// Adopt takes an object that is whole into the batch, under a name. Others wrote it; its size and SHA-256 are what they said, and checked
// with those of the rest before the batch is published.
func (b *Build) Adopt(from string, f ManifestFile) error {
	if err := b.Storage.Move(from, path.Join(Building, f.Path), ""); err != nil {
		return err
	}
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.Files = append(b.Files, f)
	return nil
}

// Objects writes files of a batch in another folder, for one that adopts them. Files are those that are whole.
func Objects(storage storage.Storage, folder string) *Build {
	return &Build{Storage: storage, elsewhere: folder}
}

// File is what was written under a name, once it is closed.
func (b *Build) File(name string) (f ManifestFile, found bool) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	i := slices.IndexFunc(b.Files, func(f ManifestFile) bool { return f.Path == name })
	if i < 0 {
		return f, false
	}
	return b.Files[i], true
}

// CreateDurable makes a file that is no part of a batch. When closed it is durable.
func CreateDurable(storage storage.Storage, name string) (io.WriteCloser, error) {
	return (&Build{Storage: storage}).create(name, name)
}

// CreateTemporary makes a file that is no part of a batch and that nobody needs after a failure.
func CreateTemporary(storage storage.Storage, name string) (io.WriteCloser, error) {
	file, err := storage.Create(name)
	if err != nil {
		return nil, err
	}
	return temporary{&buildFile{object: temporaryFile{file}, name: name}}, nil
}

// CreateObject makes a file that is no part of a batch. It is there, whole, once it is closed.
func CreateObject(storage storage.Storage, name string) (io.WriteCloser, error) {
	object, err := storage.Put(name)
	if err != nil {
		return nil, err
	}
	return temporary{&buildFile{object: object, name: name}}, nil
}

// temporary is a file that is not one of the batch.
type temporary struct{ *buildFile }

func (t temporary) Close() error { return t.finish() }

// temporaryFile is a file that is seen while it is written, as an object that nobody needs when it is not whole.
type temporaryFile struct{ storage.WriteFile }

func (f temporaryFile) Commit() error  { return f.Close() }
func (f temporaryFile) Abandon() error { return f.Close() }

func (b *Build) create(name, at string) (io.WriteCloser, error) {
	object, err := b.Storage.Put(at)
	if err != nil {
		return nil, err
	}
	return &buildFile{build: b, name: name, object: object, hash: sha256.New()}, nil
}

func (f *buildFile) Write(p []byte) (int, error) {
	if len(f.buffer)+len(p) > FileBuffer {
		f.flush()
	}
	if len(p) >= FileBuffer {
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
	n, err := f.object.Write(p)
	if err == nil && n < len(p) {
		err = io.ErrShortWrite
	}
	f.err = err
}

// finish writes what is left and commits the file.
func (f *buildFile) finish() error {
	f.flush()
	if f.err == nil {
		f.err = f.object.Commit()
	} else {
		f.err = errors.Join(f.err, f.object.Abandon())
	}
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
	f.build.Files = append(f.build.Files, ManifestFile{Path: f.name, Size: f.size, SHA256: hex.EncodeToString(f.hash.Sum(nil))})
	return nil
}

// Publish writes the manifest, makes everything in the batch durable and gives it its name: the one moment at which it
// appears. An error means that it has not appeared, unless it is storage.ErrMoved. folder is where.
func (b *Build) Publish(m *Manifest, folder string) error {
	slices.SortFunc(b.Files, func(x, y ManifestFile) int { return cmp.Compare(x.Path, y.Path) })
	m.Files = slices.Clone(b.Files)
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
	m.Digest = b.Files[len(b.Files)-1].SHA256 // of the manifest, the last file
	if holder, err := b.Storage.Holder(lockName); err != nil || holder != b.holder {
		return errors.Join(err, fmt.Errorf("%s was deleted or replaced during the run: another run may have been at work, "+
			"so nothing is published; run again", lockName))
	}
	b.folder = folder
	return b.Storage.Move(Building, folder, ManifestName)
}
