package batch

import (
	"encoding/json"
	"errors"
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

// recordText is a record as it is written.
func recordText(record any) ([]byte, error) {
	text, err := json.MarshalIndent(record, "", "  ")
	return append(text, '\n'), err
}
