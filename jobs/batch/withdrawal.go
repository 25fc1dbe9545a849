package batch

import (
	"encoding/json"
	"fmt"
	"io"
	"path"

	"regul/jobs/storage"
)

// WithdrawnFolder is the folder of what was withdrawn, one file for each batch. The batches themselves never change.
const WithdrawnFolder = "withdrawn"

// Withdrawal says that a batch counts for nothing from now on.
type Withdrawal struct {
	Batch string `json:"batch"`
	On    string `json:"on"` // the day
	Why   string `json:"why"`
}

// Withdrawals lists what was withdrawn, by the name of the batch.
func Withdrawals(storage storage.Storage) ([]Withdrawal, error) {
	names, err := storage.List(WithdrawnFolder)
	if err != nil {
		return nil, err
	}
	var found []Withdrawal
	for _, name := range names {
		if path.Ext(name) != ".json" {
			return nil, fmt.Errorf("%s/%s is no record of a withdrawal: move it away; the folder holds nothing else", WithdrawnFolder, name)
		}
		w, err := readWithdrawal(storage, WithdrawnFolder+"/"+name)
		if err != nil {
			return nil, fmt.Errorf("%s/%s can't be read: restore it from a copy: %w", WithdrawnFolder, name, err)
		}
		found = append(found, w)
	}
	return found, nil
}

func readWithdrawal(storage storage.Storage, name string) (w Withdrawal, err error) {
	file, err := storage.Open(name)
	if err != nil {
		return w, err
	}
	defer file.Close()
	text, err := io.ReadAll(file)
	if err != nil {
		return w, err
	}
	if err := json.Unmarshal(text, &w); err != nil {
		return w, err
	}
	if WithdrawnFolder+"/"+w.Batch+".json" != name {
		return w, fmt.Errorf("it is about another batch")
	}
	return w, nil
}
