package batch

import (
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// Counts say what became of the rows of an input: read is the sum of the others.
type Counts struct {
	Read           int64 `json:"read"`
	Settled        int64 `json:"settled"`
	Superseded     int64 `json:"superseded"`
	AlreadySettled int64 `json:"already_settled"`
	Repeated       int64 `json:"repeated"`
	Rejected       int64 `json:"rejected"`
}

// ControlTotals are the sums of the batch. Amounts are EUR.
type ControlTotals struct {
	Income map[string]money.Cents `json:"income"` // read, and by fate
	pipeline.ControlTotals
}

func CountsOf(read rows.Tally, f *rows.Fates) Counts {
	return Counts{read.Rows, f[rows.Settled].Rows, f[rows.Superseded].Rows, f[rows.AlreadySettled].Rows,
		f[rows.Repeated].Rows, f[rows.Rejected].Rows}
}

func ControlTotalsOf(t *pipeline.Totals, read rows.Tally, revenue *rows.Fates) ControlTotals {
	income := map[string]money.Cents{"read": read.Income}
	for fate := range rows.FateCount {
		income[fate.String()] = revenue[fate].Income
	}
	return ControlTotals{income, t.ControlTotals}
}
