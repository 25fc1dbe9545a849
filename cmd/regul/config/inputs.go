package config

import "strings"

// InputHelp says what each input holds.
var InputHelp = map[string]string{
	"affiliates":    "register: one row an affiliate",
	"account":       "account: one row an affiliate and quarter",
	"payments":      "payments: one row each",
	"revenue":       "communications of income: one row a component",
	"evidence":      "evidence of the complementary status: one row a quarter and job (optional)",
	"identities":    "national numbers that were replaced: niss_before, niss, since (optional)",
	"confirmations": "what the bank says of refunds and collections: pain.002, camt.053, camt.054, or end_to_end, status, on, amount (optional)",
	"interruptions": "years whose limitation was interrupted: niss, year (optional)",

	"companies":        "companies: one row a company and contribution year",
	"company_payments": "dated payments of companies: enterprise (or niss), year, paid_on, amount (optional); they replace the column paid; also --payments",
}

// FlagOf is the flag of an input.
func FlagOf(input string) string { return strings.ReplaceAll(input, "_", "-") }
