package jobs

import "regul/pipeline"

// Question is which regularisation to explain: of an affiliate and a contribution year.
type Question struct {
	niss  pipeline.NISS
	year  int
	batch string // "" is the last one that settled the year
}

// NewQuestion checks what is asked: a national number as text, a year, and a batch or none. A message never repeats the
// number.
func NewQuestion(niss string, year int, batch string) (Question, error) {
	number, err := parseNumber(niss)
	if err != nil {
		return Question{}, err
	}
	if year == 0 {
		return Question{}, UsageError("missing: --year, the contribution year")
	}
	return Question{number, year, batch}, nil
}

// parseNumber reads the national number of a flag.
func parseNumber(niss string) (pipeline.NISS, error) {
	number, ok := pipeline.ParseNISS([]byte(niss))
	if !ok {
		return 0, UsageError("--niss must be a national number: 11 digits whose check digits are right")
	}
	return number, nil
}
