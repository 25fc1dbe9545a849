package forecast

import (
	"math"

	"regul/pipeline/money"
)

// Error is how far an expected sum is off. Amounts are EUR.
type Error struct {
	Actual  money.Cents `json:"actual"`  // of the rows that something was expected of
	Error   money.Cents `json:"error"`   // expected less actual
	Percent *float64    `json:"percent"` // of the actual sum, to two decimals; nil where that is 0
	Within  bool        `json:"within"`  // the range holds the actual sum
}

// Error holds an expectation of rows against what came of them.
func (model *Model) Error(m Measure, e *Expectation, rows Book) Error {
	var off Error
	for at, s := range rows {
		if _, known := model.pool(at); known {
			off.Actual += s.Amounts[m]
		}
	}
	r := e.Range(m)
	off.Error = r.Expected - off.Actual
	off.Within = r.Low <= off.Actual && off.Actual <= r.High
	if off.Actual != 0 {
		percent := math.Round(float64(off.Error)/float64(off.Actual)*1e4) / 1e2
		off.Percent = &percent
	}
	return off
}
