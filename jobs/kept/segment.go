package kept

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"sync/atomic"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/readers/parquet"
	"regul/readers/table"
)

// Folder is where the segments are, in the directory of the batches.
const Folder = batch.DerivedFolder

// BatchColumn is the column that says which batch of its segment a row is from: its position, from 0.
const BatchColumn = "batch"

// Table is a table that is kept: some columns of files of batches.
type Table struct {
	Name    string
	Files   func(*batch.Manifest) []*batch.ManifestFile // of a batch, of any format; none where it holds nothing of it
	Columns func(*batch.Manifest) []table.Column        // that are read of a batch; nil: those of all batches
}

// record says what a segment holds: segment.json, which is written last.
type record struct {
	Format  int                  `json:"format"`
	Columns string               `json:"columns"` // SHA-256 of the columns of the tables
	Batches []member             `json:"batches"` // the earliest first
	Files   []batch.ManifestFile `json:"files"`   // of each table, also of one without rows
	SHA256  string               `json:"sha256"`  // of the record without it
}

const (
	recordName   = "segment.json"
	recordFormat = 3 // 1 did not say who the batches hold something of, 2 not of whom they did more than to tell what is open
)

// member is a batch of a segment. What was removed of it since is not in the segment.
type member struct {
	Batch  string `json:"batch"`
	SHA256 string `json:"sha256"`           // of its manifest
	Expiry string `json:"expiry,omitempty"` // SHA-256 of the tombstone of what was removed
}

func memberOf(m *batch.Manifest) member {
	of := member{Batch: m.Batch, SHA256: m.Digest}
	if m.Expiry != nil {
		of.Expiry = m.Expiry.Digest
	}
	return of
}

// sum is the digest of the record without it.
func (r *record) sum() (string, error) {
	bare := *r
	bare.SHA256 = ""
	text, err := json.Marshal(&bare)
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), err
}

// readRecord reads the record of a segment; nil where there is none that this program has written of these tables.
func readRecord(s storage.Storage, folder, columns string) (*record, error) {
	text, err := batch.ReadBytes(s, folder+"/"+recordName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var r record
	whole := json.NewDecoder(bytes.NewReader(text))
	whole.DisallowUnknownFields() // the name of a field was changed
	if err != nil || whole.Decode(&r) != nil {
		return nil, err
	}
	sum, err := r.sum()
	if err != nil || r.Format != recordFormat || r.Columns != columns || r.SHA256 != sum {
		return nil, err
	}
	return &r, nil
}

// columnsOf tells tables apart of which segments hold other columns.
func columnsOf(tables []Table) string {
	sum := sha256.New()
	for _, t := range tables {
		fmt.Fprintf(sum, "%s\n", t.Name)
		for _, c := range t.Columns(nil) {
			fmt.Fprintf(sum, "%s %d\n", c.Name, c.Kind)
		}
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Segment is some batches that follow each other, and what is kept of them, if it is there and theirs.
type Segment struct {
	Batches []*batch.Manifest

	storage storage.Storage
	folder  string
	record  *record // nil: there is none of these batches
	damaged atomic.Bool
}

// String names the segment, and what to do where it can't be read.
func (s *Segment) String() string { return s.folder + ": delete it, the next run makes it again" }

// Usable says whether what is kept of the batches is there, as far as is known by now.
func (s *Segment) Usable() bool { return s.record != nil && !s.damaged.Load() }

// ErrDamaged says that a file of a segment is not the one that was written, or gone: the batches themselves say what it held.
var ErrDamaged = errors.New("it was changed or is gone since it was written")

// Open opens what the segment holds of a table, once its bytes are checked. file is nil where that is nothing.
func (s *Segment) Open(table string) (file *parquet.File, closer io.Closer, err error) {
	if !s.Usable() {
		return nil, nil, fmt.Errorf("%s: %w", s.folder, ErrDamaged)
	}
	files := s.record.Files
	at := slices.IndexFunc(files, func(f batch.ManifestFile) bool { return f.Path == fileOf(table) })
	if at >= 0 && files[at].Rows == 0 {
		return nil, nil, nil
	}
	if at < 0 {
		err = fs.ErrNotExist
	} else {
		file, closer, err = batch.OpenTable(s.storage, s.folder+"/"+fileOf(table), files[at].SHA256)
	}
	if errors.Is(err, batch.ErrChanged) || errors.Is(err, fs.ErrNotExist) {
		s.damaged.Store(true)
		err = fmt.Errorf("%w: %w", err, ErrDamaged)
	}
	return file, closer, err
}

func fileOf(table string) string { return table + ".parquet" }

// Kept is what is kept of the batches of a job that count.
type Kept struct {
	Segments []*Segment

	of map[*batch.Manifest]*Segment
}

// Open finds what is kept of batches that count, the earliest first. Which segments there are follows from the batches alone: tasks that
// share the reading of a ledger cut it alike, also when what is kept goes meanwhile. size is how many batches a small segment holds.
func Open(s storage.Storage, job batch.Job, tables []Table, counting []*batch.Manifest, size int) *Kept {
	k := &Kept{of: map[*batch.Manifest]*Segment{}}
	columns := columnsOf(tables)
	for _, w := range cover(counting, size) {
		segment := &Segment{Batches: w.batches, storage: s, folder: batch.DerivedOf(job) + "/" + w.name}
		if r, err := readRecord(s, segment.folder, columns); err == nil && w.isKeptIn(r) { // else the batches are read
			segment.record = r
		}
		for _, m := range w.batches {
			k.of[m] = segment
		}
		k.Segments = append(k.Segments, segment)
	}
	return k
}

// Of is the segment that a batch is in; nil: its own files are read.
func (k *Kept) Of(m *batch.Manifest) *Segment { return k.of[m] }

// Forget removes segments of which a file turned out to be damaged: they are made again. The ledger is locked.
func (k *Kept) Forget() error {
	var wrong []error
	for _, s := range k.Segments {
		if s.damaged.Load() {
			wrong = append(wrong, s.storage.Remove(s.folder))
		}
	}
	return errors.Join(wrong...)
}
