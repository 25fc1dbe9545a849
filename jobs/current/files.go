package current

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"sync"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/readers/parquet"
)

// work is the folder in which the next state is written. A killed run leaves it, and the next one removes it.
const work = ".current"

// errOther is a file of the tables that is not the one that was written.
var errOther = errors.New("it was changed or is gone since it was written")

// opened opens a Parquet file of the tables or of a batch after checking its bytes: pages carry no checksum that a reader checks.
func opened(storage storage.Storage, name, digest string) (*parquet.File, io.Closer, error) {
	f, closer, err := batch.OpenTable(storage, name, digest)
	if errors.Is(err, batch.ErrChanged) {
		err = fmt.Errorf("%s: %w", name, errOther)
	}
	return f, closer, err
}

// opener opens a file of a batch.
type opener func(m *batch.Manifest, f *batch.ManifestFile) (*parquet.File, io.Closer, error)

func batchFiles(storage storage.Storage) opener {
	return func(m *batch.Manifest, f *batch.ManifestFile) (*parquet.File, io.Closer, error) {
		return opened(storage, m.Folder()+"/"+f.Path, f.SHA256)
	}
}

// eachRowOf visits the rows of a table of a batch.
func eachRowOf[Row any](m *batch.Manifest, of string, fields batch.Fields[Row], open opener, visit func(*Row) error) error {
	for _, part := range m.Parts(of) {
		f, closer, err := open(m, part)
		if err != nil {
			return err
		}
		if err := errors.Join(fields.EachOfBatchIn(m, f, visit), closer.Close()); err != nil {
			return fmt.Errorf("%s/%s: %w", m.Folder(), part.Path, err)
		}
	}
	return nil
}

// place is where a file of the next state is until it is published, and what it holds.
type place struct {
	at string // its name in the storage
	batch.ManifestFile
}

// shelf is the files of the next state of one table. It implements compact.Store.
type shelf struct {
	storage storage.Storage
	table   string
	mutex   sync.Mutex
	places  map[string]place // by part
	written int              // files, to name them
}

// Open opens a part.
func (s *shelf) Open(part string) (*parquet.File, io.Closer, error) {
	s.mutex.Lock()
	p := s.places[part]
	s.mutex.Unlock()
	f, closer, err := opened(s.storage, p.at, p.SHA256)
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("%s: %w", p.at, errOther)
	}
	return f, closer, err
}

// Create makes a part.
func (s *shelf) Create(name string) (io.WriteCloser, error) {
	s.mutex.Lock()
	s.written++
	at := fmt.Sprintf("%s/%s-%d", work, s.table, s.written)
	s.mutex.Unlock()
	object, err := s.storage.Put(at)
	if err != nil {
		return nil, err
	}
	return &shelved{shelf: s, part: name, at: at, object: object, hash: sha256.New()}, nil
}

// shelved is a file that is being written.
type shelved struct {
	shelf    *shelf
	part, at string
	object   storage.Object
	hash     hash.Hash
	size     int64
}

func (f *shelved) Write(p []byte) (int, error) {
	n, err := f.object.Write(p)
	f.hash.Write(p[:n])
	f.size += int64(n)
	return n, err
}

// Close makes the file durable and puts it in the place of an earlier one.
func (f *shelved) Close() error {
	if err := f.object.Commit(); err != nil {
		return err
	}
	f.shelf.mutex.Lock()
	defer f.shelf.mutex.Unlock()
	f.shelf.places[f.part] = place{f.at, batch.ManifestFile{
		Path: part(f.shelf.table, f.part), Size: f.size, SHA256: hex.EncodeToString(f.hash.Sum(nil))}}
	return nil
}
