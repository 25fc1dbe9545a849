package batch

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"regul/jobs/storage"
)

// WriteRecord writes a small object of JSON beside the batches: it appears whole, and durable, or not at all. It takes the place of no
// other.
func WriteRecord(s storage.Storage, name string, record any) error {
	text, err := recordText(record)
	if err != nil {
		return err
	}
	err = put(s, name, text, storage.Object.CommitNew)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s was written meanwhile, by another run: look what it says, and try again: %w", name, err)
	}
	return err
}

// PutRecord is WriteRecord of what may be put again: the one that is there goes.
func PutRecord(s storage.Storage, name string, record any) error {
	text, err := recordText(record)
	if err != nil {
		return err
	}
	return PutBytes(s, name, text)
}

// PutBytes puts an object that is there as a whole.
func PutBytes(s storage.Storage, name string, content []byte) error {
	return put(s, name, content, storage.Object.Commit)
}

func put(s storage.Storage, name string, content []byte, commit func(storage.Object) error) error {
	object, err := s.Put(name)
	if err != nil {
		return err
	}
	if _, err := object.Write(content); err != nil {
		return errors.Join(err, object.Abandon())
	}
	return commit(object)
}

// MaxWhole bounds what is read as a whole, in bytes: a manifest of a million files is a third of it. A file may say that it has any size,
// without a byte on the disk.
const MaxWhole = 1 << 30

var errTooLarge = errors.New("more than any that this program wrote: it is damaged")

// ReadBytes reads an object as a whole.
func ReadBytes(s storage.Storage, name string) ([]byte, error) {
	object, err := s.Open(name)
	if err != nil {
		return nil, err
	}
	defer object.Close()
	return ReadWhole(object, name)
}

// ReadWhole reads an object that is open as a whole. One of more than MaxWhole is an error, which tells the name.
func ReadWhole(object storage.ReadFile, name string) ([]byte, error) {
	if err := whole(object, name); err != nil {
		return nil, err
	}
	content := make([]byte, object.Size())
	_, err := io.ReadFull(object, content)
	return content, err
}

// whole refuses an object that is too large to be read as a whole.
func whole(object storage.ReadFile, name string) error {
	if size := object.Size(); size > MaxWhole {
		return fmt.Errorf("%s has %d bytes, %w", name, size, errTooLarge)
	}
	return nil
}

// ReadRecord reads what WriteRecord wrote, and gives its SHA-256.
func ReadRecord(s storage.Storage, name string, record any) (digest string, err error) {
	text, err := ReadBytes(s, name)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), json.Unmarshal(text, record)
}

// recordText is a record as it is written.
func recordText(record any) ([]byte, error) {
	text, err := json.MarshalIndent(record, "", "  ")
	return append(text, '\n'), err
}
