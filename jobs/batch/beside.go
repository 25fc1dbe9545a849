package batch

import "slices"

// Beside is the ledger of another job as it was when a batch was made that rests on it.
type Beside struct {
	Job            Job          `json:"job"`             // "": regul run
	Earlier        int          `json:"earlier_batches"` // before the last one
	Last           Link         `json:"last"`            // of those that count
	Withdrawn      []Withdrawal `json:"withdrawn,omitempty"`
	WithdrawnParts []PartLink   `json:"withdrawn_parts,omitempty"` // of some affiliates or companies alone
}

// OnIt is a batch of that job which would be made on the ledger as it was then. It has the name of the one that rests on it.
func (b *Beside) OnIt(name string) *Manifest {
	return &Manifest{Format: ManifestFormat, Batch: name, Job: b.Job, Earlier: b.Earlier + 1, Previous: &b.Last,
		Withdrawn: b.Withdrawn, WithdrawnParts: b.WithdrawnParts}
}

// Equal says whether two states are the same.
func (b *Beside) Equal(o *Beside) bool {
	return b.Job == o.Job && b.Earlier == o.Earlier && b.Last == o.Last && slices.Equal(b.Withdrawn, o.Withdrawn) &&
		slices.Equal(b.WithdrawnParts, o.WithdrawnParts)
}
