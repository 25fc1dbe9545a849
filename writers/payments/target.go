package payments

import "regul/pipeline"

// Target is with whom the bank deals for a transfer or a collection, as the payment file and the index have it.
type Target struct {
	Name     string        // of the account's holder, in the characters of SEPA
	Account  string        // IBAN without blanks
	Mandate  string        // of a collection; else ""
	SignedOn pipeline.Date // of the mandate; else 0
}

// TargetOf is the target of what is sent to a party or collected from one, whose account and mandate have been checked.
func TargetOf(kind Kind, a *pipeline.Party) Target {
	account, _ := parseAccount(a.Contact.IBAN)
	t := Target{Name: string(accountHolder(a)), Account: string(account)}
	if kind == Claim {
		t.Mandate, t.SignedOn = a.Contact.Mandate, a.Contact.MandateSignedOn
	}
	return t
}
