package ask

import (
	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/jobs/storage"
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

// Whom a question is about: an affiliate or a company.
type Whom struct {
	about  *batch.About
	number string // as the tables write it
}

// Affiliate is the one with a national number. A message never repeats the number.
func Affiliate(niss string) (Whom, error) {
	number, err := jobs.ParseNumber(niss)
	return Whom{batch.AboutPeople, number.String()}, err
}

// Company is the one with an enterprise number.
func Company(enterprise string) (Whom, error) {
	number, err := parseEnterprise(enterprise)
	return Whom{batch.AboutCompanies, number.String()}, err
}

// Standing is whether a batch counts, and since when and why not.
type Standing struct {
	State     ledger.State `json:"state"`
	Withdrawn string       `json:"withdrawn_on,omitempty"`
	Why       string       `json:"why,omitempty"`
}

// String is the standing as people read it.
func (s Standing) String() string {
	if s.Withdrawn == "" {
		return string(s.State)
	}
	return string(s.State) + " on " + s.Withdrawn + ": " + s.Why
}

// standingOf is whether a batch counts for somebody.
func standingOf(storage storage.Storage, m *batch.Manifest, number string) (Standing, error) {
	state, w, err := ledger.StandingOf(storage, m, []string{number})
	return newStanding(state, w), err
}

func newStanding(state ledger.State, w *batch.Withdrawal) Standing {
	if w == nil {
		return Standing{State: state}
	}
	return Standing{state, w.On, w.Why}
}
