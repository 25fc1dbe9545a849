package batch

import (
	"encoding/json"
	"errors"
	"path"

	"regul/jobs/storage"
)

// recordFolder is where a record is written before it gets its place.
const recordFolder = ".record"

// WriteRecord writes a small file of JSON beside the batches: it appears whole, and durable, or not at all.
func WriteRecord(s storage.Storage, name string, record any) error {
	text, err := json.MarshalIndent(record, "", "  ")
	if err != nil {
		return err
	}
	if err := s.Remove(recordFolder); err != nil { // what a killed run has left
		return err
	}
	written := path.Join(recordFolder, path.Base(name))
	file, err := CreateDurable(s, written)
	if err != nil {
		return err
	}
	file.Write(append(text, '\n')) // Close tells the error
	if err := file.Close(); err != nil {
		return err
	}
	if err := s.Rename(written, name); err != nil {
		return err
	}
	return errors.Join(s.Sync(path.Dir(name)), s.Remove(recordFolder))
}
