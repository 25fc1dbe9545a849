package batch

import (
	"fmt"
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
		if namesPart(name) {
			continue
		}
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
	if _, err = ReadRecord(storage, name, &w); err == nil && WithdrawnFolder+"/"+w.Batch+".json" != name {
		err = fmt.Errorf("it is about another batch")
	}
	return w, err
}
