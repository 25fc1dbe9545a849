// Package fund owns who sends: the identity of the social insurance fund as its notices and payment files show it, the
// checks that it is whole, and a specimen.
package fund

import (
	"errors"
	"fmt"
	"strings"

	"regul/pipeline"
	"regul/pipeline/money"
)

// Texts is a text in each language of the notices, by pipeline.Language.
type Texts [pipeline.LanguageCount]string

// In is the text in a language; "" if there is none.
func (t Texts) In(l pipeline.Language) string {
	if int(l) >= len(t) {
		return ""
	}
	return t[l]
}

// Same is one text for every language.
func Same(text string) (t Texts) {
	for language := pipeline.NoLanguage + 1; language < pipeline.LanguageCount; language++ {
		t[language] = text
	}
	return t
}

// Fund is the identity of a fund. The accounts are its own: supplements are paid to it, refunds leave from it.
type Fund struct {
	Name, Street, City Texts
	Postcode           string
	Country            string // ISO 3166, such as BE
	Phone              string
	Email              string
	Website            string
	ApprovalNumber     string // as a social insurance fund for the self-employed
	Enterprise         string // number, 10 digits
	IBAN               string
	BIC                string
	CreditorID         string // of SEPA direct debits; "" if the fund collects none
	Court, TimeLimit   Texts  // where and until when a decision can be contested, as the fund's lawyer words it; "": not said
	Logo               []byte // PNG or JPEG; none: the name alone
	Specimen           bool   // nobody's: notices and payment files say that they are specimens

	// Of affiliates who left (RGS art. 50bis), in cents; 0: no such limit.
	RefundBelow money.Cents `json:",omitempty"` // a smaller refund is not paid out while no account is known
	DebtBelow   money.Cents `json:",omitempty"` // a smaller claim is told and not collected
}

// Check says everything that is missing or wrong, each with the name of its setting.
func (f *Fund) Check() error {
	var wrong []error
	say := func(setting, format string, args ...any) {
		wrong = append(wrong, fmt.Errorf("fund.%s: "+format, append([]any{setting}, args...)...))
	}
	for _, texts := range []struct {
		setting string
		Texts
	}{{"name", f.Name}, {"street", f.Street}, {"city", f.City}} {
		for language := 1; language < len(pipeline.Languages()); language++ {
			if strings.TrimSpace(texts.In(pipeline.Language(language))) == "" {
				say(texts.setting, "is missing in %s", pipeline.Languages()[language])
			}
		}
	}
	for _, text := range [][2]string{
		{"postcode", f.Postcode}, {"country", f.Country}, {"phone", f.Phone}, {"email", f.Email}, {"website", f.Website},
		{"approval_number", f.ApprovalNumber}, {"enterprise", f.Enterprise}, {"iban", f.IBAN}, {"bic", f.BIC},
	} {
		if strings.TrimSpace(text[1]) == "" {
			say(text[0], "is missing")
		}
	}
	if _, ok := pipeline.ParseIBAN(f.IBAN); f.IBAN != "" && !ok {
		say("iban", "is no account number: check its digits")
	}
	if f.BIC != "" && !validBIC(f.BIC) {
		say("bic", "must be 8 or 11 letters and digits, such as GKCCBEBB")
	}
	if f.CreditorID != "" && !validCreditor(f.CreditorID) {
		say("creditor_id", "is no SEPA creditor identifier: check its digits")
	}
	if f.Enterprise != "" && !validEnterprise(f.Enterprise) {
		say("enterprise", "is no enterprise number: 10 digits that begin with 0 or 1, with their check digits")
	}
	return errors.Join(wrong...)
}

// validBIC checks the form of a bank's code (ISO 9362).
func validBIC(code string) bool {
	if len(code) != 8 && len(code) != 11 {
		return false
	}
	for i, c := range []byte(code) {
		letter := c >= 'A' && c <= 'Z'
		if !letter && (i < 6 || c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// validCreditor checks a creditor identifier: country, check digits, three places of the creditor's own that do not
// count, and its national number (EPC262-08).
func validCreditor(id string) bool {
	if len(id) < 8 || len(id) > 35 {
		return false
	}
	return pipeline.Remainder97(id[7:]+id[:4]) == 1
}

// validEnterprise checks a number of the Crossroads Bank for Enterprises: the last two digits are 97 less the
// remainder of the first eight.
func validEnterprise(number string) bool {
	if len(number) != 10 || number[0] > '1' || pipeline.Remainder97(number) < 0 {
		return false
	}
	return 97-pipeline.Remainder97(number[:8]) == int(number[8]-'0')*10+int(number[9]-'0')
}
