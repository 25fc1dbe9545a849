package batch

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"path"

	"regul/jobs/storage"
)

// WriteRecord writes a small object of JSON beside the batches: it appears whole, and durable, or not at all.
func WriteRecord(s storage.Storage, name string, record any) error {
	text, err := recordText(record)
	if err != nil {
		return err
	}
	if err := PutBytes(s, name, text); err != nil {
		return err
	}
	return s.Sync(path.Dir(name))
}

// PutBytes puts an object that is there as a whole.
func PutBytes(s storage.Storage, name string, content []byte) error {
	object, err := s.Put(name)
	if err != nil {
		return err
	}
	if _, err := object.Write(content); err != nil {
		return errors.Join(err, object.Abandon())
	}
	return object.Commit()
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
