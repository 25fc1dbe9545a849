package ledger

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"regul/jobs/batch"
	"regul/jobs/storage"
)

// OwnerName is the file that says that a directory is a ledger, and whose. Ledgers that earlier versions began get it with the
// next batch.
const OwnerName = "ledger.json"

// Owner is whose ledger a directory is.
type Owner struct {
	Format int    `json:"format"`
	Fund   string `json:"fund"` // enterprise number; "" is the specimen
}

// NewOwner is a fund by its enterprise number; "" is the specimen.
func NewOwner(fund string) *Owner { return &Owner{Format: 1, Fund: fund} }

// String names the fund of a ledger.
func (o *Owner) String() string {
	if o.Fund == "" {
		return "the specimen fund (no section fund: --config names the configuration)"
	}
	return "the fund " + o.Fund
}

// Begin makes a directory the ledger of its owner.
func (o *Owner) Begin(s storage.Storage) error { return batch.WriteRecord(s, OwnerName, o) }

// Begun says whether a directory holds a ledger: its owner, a batch, a draft or a withdrawal.
func Begun(s storage.Storage) (bool, error) {
	names, err := s.List(".")
	return slices.ContainsFunc(names, func(name string) bool {
		return strings.HasPrefix(name, batch.Prefix) || strings.HasPrefix(name, batch.DraftPrefix) || name == batch.WithdrawnFolder ||
			name == OwnerName
	}), err
}

// ReadOwner reads whose ledger a directory is; nil where it does not say.
func ReadOwner(s storage.Storage) (*Owner, error) {
	text, err := batch.ReadBytes(s, OwnerName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	var o Owner
	if err := json.Unmarshal(text, &o); err != nil || o.Format != 1 {
		return nil, fmt.Errorf("%s can't be read: restore it from a copy", OwnerName)
	}
	return &o, nil
}
