package batch

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"regul/jobs/storage"
)

// ExpiredFolder is the folder of the tombstones, one file for each batch of which files were removed. Its manifest stays as it is, and with
// it the chain of digests.
const ExpiredFolder = "expired"

// Expiry is a tombstone: which files of a batch were removed, when, by whom and why. What later versions need is never among them.
type Expiry struct {
	Format   int            `json:"format"`
	Batch    string         `json:"batch"`
	Manifest string         `json:"manifest"` // SHA-256 of its manifest
	On       string         `json:"on"`       // the day
	By       string         `json:"by"`
	Why      string         `json:"why,omitempty"`
	Files    []ManifestFile `json:"files"` // as the manifest has them

	Digest string `json:"-"` // SHA-256 of the tombstone itself, as read
}

const expiryFormat = 1

// CanExpire says whether a file may be removed: letters, payment files and lists as people read them, and rejects, which hold rows as they
// came. Tables of amounts and the indexes may not: later versions rest on them.
func CanExpire(f *ManifestFile) bool {
	folder, _, _ := strings.Cut(f.Path, "/")
	return slices.Contains([]string{".pdf", ".xml", ".csv"}, path.Ext(f.Path)) ||
		slices.ContainsFunc(Abouts(), func(a *About) bool { return folder == a.Rejects })
}

// HasRemoved says whether a file of the batch was removed, or one of a folder.
func (m *Manifest) HasRemoved(name string) bool {
	return slices.ContainsFunc(m.Removed(), func(f ManifestFile) bool { return strings.HasPrefix(f.Path+"/", name+"/") })
}

// Removed are the files of the batch that were removed.
func (m *Manifest) Removed() []ManifestFile {
	if m.Expiry == nil {
		return nil
	}
	return m.Expiry.Files
}

// Written is the manifest with the files that were removed.
func (m *Manifest) Written() *Manifest {
	if m.Expiry == nil {
		return m
	}
	written := *m
	written.Files = append(slices.Clone(m.Files), m.Removed()...)
	slices.SortFunc(written.Files, func(a, b ManifestFile) int { return strings.Compare(a.Path, b.Path) })
	return &written
}

// expire takes the removed files of a published batch out of its list, if it has a tombstone.
func (m *Manifest) expire(storage storage.Storage) error {
	name := ExpiredName(m.Batch)
	e, err := readExpiry(storage, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && (e.Batch != m.Batch || e.Manifest != m.Digest) {
		err = errors.New("it is about another batch")
	}
	for i := range e.Files {
		f := &e.Files[i]
		if err == nil && (!CanExpire(f) || !slices.ContainsFunc(m.Files, f.is)) {
			err = fmt.Errorf("it names a file that can't have been removed: %s", f.Path)
		}
	}
	if err != nil {
		return fmt.Errorf("%s can't be read: restore it from a copy: %w", name, err)
	}
	m.Expiry = &e
	m.Files = slices.DeleteFunc(m.Files, func(f ManifestFile) bool { return slices.ContainsFunc(e.Files, f.is) })
	return nil
}

// is says whether a file is the same: its name, and its content.
func (f *ManifestFile) is(other ManifestFile) bool {
	return f.Path == other.Path && f.Size == other.Size && f.SHA256 == other.SHA256 && f.Rows == other.Rows
}

// ExpiredName is where the tombstone of a batch lies.
func ExpiredName(name string) string { return ExpiredFolder + "/" + name + ".json" }

func readExpiry(storage storage.Storage, name string) (e Expiry, err error) {
	if e.Digest, err = ReadRecord(storage, name, &e); err == nil && e.Format != expiryFormat {
		err = fmt.Errorf("it has format %d, this program reads %d", e.Format, expiryFormat)
	}
	return e, err
}

// NewExpiry is the tombstone of what can be removed of a batch; without files where there is nothing.
func NewExpiry(m *Manifest, on, by, why string) (*Expiry, error) {
	e := &Expiry{Format: expiryFormat, Batch: m.Batch, Manifest: m.Digest, On: on, By: by, Why: why}
	for i := range m.Files {
		if CanExpire(&m.Files[i]) {
			e.Files = append(e.Files, m.Files[i])
		}
	}
	text, err := recordText(e)
	sum := sha256.Sum256(text)
	e.Digest = hex.EncodeToString(sum[:])
	return e, err
}

// Write writes the tombstone, durably.
func (e *Expiry) Write(storage storage.Storage) error {
	return WriteRecord(storage, ExpiredName(e.Batch), e)
}

// Bury removes what the tombstone of a batch names, also what a killed run has left of it, and folders that are empty then.
func Bury(storage storage.Storage, m *Manifest) error {
	var files, folders, empty []string
	for _, f := range m.Removed() {
		files = append(files, m.Folder()+"/"+f.Path)
		if folder := m.Folder() + "/" + path.Dir(f.Path); !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
	}
	if err := storage.Remove(files...); err != nil {
		return err
	}
	for _, folder := range folders {
		left, err := storage.List(folder)
		if err != nil {
			return err
		}
		if len(left) == 0 {
			empty = append(empty, folder)
		}
	}
	return storage.Remove(empty...)
}
