package run

import (
	"cmp"
	"slices"

	"regul/jobs/intake"
	"regul/pipeline"
)

// RejectedRow is a reject as it is told where none is published. It names nobody.
type RejectedRow struct {
	Source  string `json:"source"` // the name of the file
	Row     int64  `json:"row"`    // 1 is the first one of data
	Year    int    `json:"year,omitempty"`
	Code    string `json:"code"`
	Message string `json:"message"`
	Remedy  string `json:"remedy"`
}

// How many rejects of a run that was refused are told, and of one code.
const (
	toldRows   = 12
	toldOfCode = 3
)

// tell keeps some of the rejects to be told: a few of each code, in the order of the codes, so that the cause comes before what waits
// for it.
func (r *Result) tell(in *intake.Files, rejects []pipeline.Reject) {
	sorted := slices.SortedFunc(slices.Values(rejects), func(a, b pipeline.Reject) int {
		x, y := in.List[a.Place.File], in.List[b.Place.File]
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(x.Input, y.Input), cmp.Compare(x.Name, y.Name),
			cmp.Compare(a.Place.Row, b.Place.Row))
	})
	ofCode := 0
	for i := range sorted {
		reject := &sorted[i]
		if ofCode++; i == 0 || reject.Code != sorted[i-1].Code {
			ofCode = 1
		}
		if ofCode > toldOfCode {
			continue
		}
		if len(r.Told) == toldRows {
			return
		}
		r.Told = append(r.Told, RejectedRow{in.List[reject.Place.File].Name, reject.Place.Row, int(reject.Year), reject.Code.String(),
			string(reject.Reason), reject.Code.Remedy()})
	}
}
