package ask

import (
	"regul/jobs"
	"regul/pipeline"
)

// Question is which regularisation to explain: of an affiliate and a contribution year.
type Question struct {
	niss  pipeline.NISS
	year  int
	batch string // "" is the last one that settled the year
}

// NewQuestion checks what is asked: a national number as text, a year, and a batch or none. A message never repeats the
// number.
func NewQuestion(niss string, year int, batch string) (Question, error) {
	number, err := jobs.ParseNumber(niss)
	if err != nil {
		return Question{}, err
	}
	if year == 0 {
		return Question{}, jobs.UsageError("missing: --year, the contribution year")
	}
	return Question{number, year, batch}, nil
}
