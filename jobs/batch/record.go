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

// ReadBytes reads an object as a whole.
func ReadBytes(s storage.Storage, name string) ([]byte, error) {
	object, err := s.Open(name)
	if err != nil {
		return nil, err
	}
	defer object.Close()
	content := make([]byte, object.Size())
	_, err = io.ReadFull(object, content)
	return content, err
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
