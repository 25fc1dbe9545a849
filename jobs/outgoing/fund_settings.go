package outgoing

import (
	"errors"
	"fmt"
	"os"

	"regul/jobs"
	"regul/pipeline"
	"regul/writers/fund"
)

// FundSettings are the identity of the fund as an operator gives it. A text by language has a key for each of fr, nl and de,
// or the one key "" for all.
type FundSettings struct {
	Name, Street, City map[string]string
	Court, TimeLimit   map[string]string // may be empty
	Postcode           string
	Country            string // "" is BE
	Phone              string
	Email              string
	Website            string
	ApprovalNumber     string
	Enterprise         string
	IBAN               string
	BIC                string
	CreditorID         string
	Logo               string // path of a PNG or JPEG file; "" is none
}

// fund is the identity, whole and checked. Without settings it is the specimen. The error joins a SettingError for each thing that
// is wrong.
func (s *FundSettings) fund() (*fund.Fund, error) {
	if s == nil {
		return fund.Specimen(), nil
	}
	f := &fund.Fund{
		Name: texts(s.Name), Street: texts(s.Street), City: texts(s.City), Court: texts(s.Court), TimeLimit: texts(s.TimeLimit),
		Postcode: s.Postcode, Country: s.Country, Phone: s.Phone, Email: s.Email, Website: s.Website, ApprovalNumber: s.ApprovalNumber,
		Enterprise: jobs.Digits(s.Enterprise), BIC: s.BIC, CreditorID: s.CreditorID, IBAN: s.IBAN,
	}
	if f.Country == "" {
		f.Country = "BE"
	}
	if iban, ok := pipeline.ParseIBAN(s.IBAN); ok {
		f.IBAN = string(iban)
	}
	var wrong []error
	if s.Logo != "" {
		logo, err := os.ReadFile(s.Logo)
		if err != nil {
			wrong = append(wrong, &jobs.SettingError{Setting: "fund.logo",
				Err: fmt.Errorf("%s can't be read: %w", s.Logo, jobs.Cause(err))})
		}
		f.Logo = logo
	}
	if err := f.Check(); err != nil {
		wrong = append(wrong, jobs.NamedErrors(err)...)
	}
	if len(wrong) > 0 {
		return nil, &jobs.Error{Kind: jobs.Usage, Err: errors.Join(wrong...)}
	}
	return f, nil
}

// Texts is a text in each language.
func texts(given map[string]string) fund.Texts {
	t := fund.Same(given[""])
	for language, code := range pipeline.Languages() {
		if text, ok := given[code]; ok && language > 0 {
			t[language] = text
		}
	}
	return t
}
