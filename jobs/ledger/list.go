package ledger

import (
	"time"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline/money"
)

// Listed is one published batch in a list. Amounts are EUR.
type Listed struct {
	Batch           string      `json:"batch"`
	AsOf            string      `json:"as_of"`
	Published       time.Time   `json:"published"`
	Regularisations int64       `json:"regularisations"`
	ToPay           money.Cents `json:"to_pay"`
	Refund          money.Cents `json:"refund"`
	Rejects         int64       `json:"rejects"`
	Job             batch.Job   `json:"job,omitempty"`
	State           State       `json:"state"`
	Why             string      `json:"why,omitempty"`  // it was withdrawn
	Acts            []Act       `json:"acts,omitempty"` // who released or withdrew it

	WithdrawnFor int `json:"withdrawn_for,omitempty"` // affiliates or companies for whom alone it was withdrawn
}

// State is whether a batch counts.
type State string

// The states of a batch.
const (
	Published State = "published"
	Withdrawn State = "withdrawn" // CountsOf for nothing any more
	Drafted   State = "draft"     // counts for nothing yet
)

// StateOf is whether a batch or draft counts, and its withdrawal; nil where there is none.
func StateOf(storage storage.Storage, m *batch.Manifest) (State, *batch.Withdrawal, error) {
	return StandingOf(storage, m, nil)
}

// List lists the batches by name, then the drafts. The time of publication is that of the manifest file: a batch
// itself holds no clock.
func List(storage storage.Storage) ([]Listed, error) {
	batches, err := batch.All(storage)
	if err != nil {
		return nil, err
	}
	withdrawn, err := batch.Withdrawals(storage)
	if err != nil {
		return nil, err
	}
	parts, err := batch.WithdrawnParts(storage)
	if err != nil {
		return nil, err
	}
	histories := map[batch.Job]*History{}
	for _, about := range batch.Abouts() {
		job := about.Job
		if histories[job], err = ofJob(storage, job, batches, withdrawn, parts); err != nil {
			return nil, err
		}
		if err := inForce(storage, histories[job].Batches); err != nil {
			return nil, err
		}
	}
	acts, err := Audit(storage)
	if err != nil {
		return nil, err
	}
	list := []Listed{}
	for _, m := range batches {
		listed, err := listed(storage, m, Published)
		if err != nil {
			return nil, err
		}
		listed.Acts, listed.WithdrawnFor = ActsOn(acts, m), batch.WithdrawnFor(parts, m)
		if history := histories[m.Job]; history == nil {
			return nil, m.Unknown()
		} else if w := history.withdrawal(m.Batch); w != nil {
			listed.State, listed.Why = Withdrawn, w.Why
		}
		list = append(list, listed)
	}
	drafts, err := batch.Drafts(storage)
	if err != nil {
		return nil, err
	}
	for _, m := range drafts {
		listed, err := listed(storage, m, Drafted)
		if err != nil {
			return nil, err
		}
		list = append(list, listed)
	}
	return list, nil
}

func listed(storage storage.Storage, m *batch.Manifest, state State) (Listed, error) {
	published, err := storage.Modified(m.Folder() + "/" + batch.ManifestName)
	l := Listed{Batch: m.Batch, AsOf: m.AsOf, Published: published, Regularisations: m.ControlTotals.Regularisations,
		ToPay: m.ControlTotals.ToPay, Refund: m.ControlTotals.Refund, Job: m.Job, State: state}
	for _, rows := range m.Rejects {
		l.Rejects += rows
	}
	return l, err
}
