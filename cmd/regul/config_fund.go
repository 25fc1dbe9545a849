package main

import (
	"fmt"
	"path/filepath"

	"regul/jobs"
)

// fundConfig is the section fund of the configuration: who sends.
type fundConfig struct {
	Name           textConfig `yaml:"name"`
	Street         textConfig `yaml:"street"`
	Postcode       string     `yaml:"postcode"`
	City           textConfig `yaml:"city"`
	Country        string     `yaml:"country"`
	Phone          string     `yaml:"phone"`
	Email          string     `yaml:"email"`
	Website        string     `yaml:"website"`
	ApprovalNumber string     `yaml:"approval_number"`
	Enterprise     string     `yaml:"enterprise"`
	IBAN           string     `yaml:"iban"`
	BIC            string     `yaml:"bic"`
	CreditorID     string     `yaml:"creditor_id"`
	Logo           string     `yaml:"logo"`
}

// textConfig is a text for every language, or one for each.
type textConfig map[string]string

// UnmarshalYAML reads a text, or texts by language.
func (t *textConfig) UnmarshalYAML(read func(any) error) error {
	var one string
	if read(&one) == nil {
		*t = textConfig{"": one}
		return nil
	}
	var several map[string]string
	if err := read(&several); err != nil {
		return fmt.Errorf("must be a text, or a text for each of fr, nl and de")
	}
	for language := range several {
		if language != "fr" && language != "nl" && language != "de" {
			return fmt.Errorf("%q is not a language: fr, nl or de", language)
		}
	}
	*t = several
	return nil
}

// settings are the identity for the jobs; nil without the section. Paths are relative to the folder.
func (f *fundConfig) settings(folder string) *jobs.FundSettings {
	if f == nil {
		return nil
	}
	s := &jobs.FundSettings{
		Name: f.Name, Street: f.Street, City: f.City, Postcode: f.Postcode, Country: f.Country, Phone: f.Phone, Email: f.Email,
		Website: f.Website, ApprovalNumber: f.ApprovalNumber, Enterprise: f.Enterprise, IBAN: f.IBAN, BIC: f.BIC, CreditorID: f.CreditorID,
	}
	if f.Logo != "" {
		s.Logo = relativeTo(folder, filepath.FromSlash(f.Logo))
	}
	return s
}
