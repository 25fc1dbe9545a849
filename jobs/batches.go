package jobs

import (
	"time"

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
}

// ListBatches lists the published batches by name. The time of publication is that of the manifest file: a batch itself
// holds no clock.
func ListBatches(storage Storage) ([]Listed, error) {
	batches, err := Batches(storage)
	if err != nil {
		return nil, err
	}
	list := []Listed{}
	for _, m := range batches {
		published, err := storage.Modified(m.Folder() + "/" + manifestName)
		if err != nil {
			return nil, err
		}
		listed := Listed{m.Batch, m.AsOf, published, m.ControlTotals.Regularisations, m.ControlTotals.ToPay, m.ControlTotals.Refund, 0}
		for _, rows := range m.Rejects {
			listed.Rejects += rows
		}
		list = append(list, listed)
	}
	return list, nil
}
