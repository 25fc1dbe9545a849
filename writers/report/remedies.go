package report

import "regul/pipeline"

// Remedy says what to do about the rejects of a code; nothing for a code that is not one of pipeline.CodeNames.
func Remedy(code string) string { return pipeline.CodeOf(code).Remedy() }

// outcomeMeanings explain the outcomes.
var outcomeMeanings = [pipeline.OutcomeCount]string{
	pipeline.Supplement:       "more is due than was called, and something of it is to be paid",
	pipeline.Refund:           "more was paid than is due",
	pipeline.Cancelled:        "less is due than was called; what was not yet paid of it is cancelled",
	pipeline.SettledBySurplus: "more is due than was called, and an overpayment covers it already",
	pipeline.Unchanged:        "what is due is what was called",
}

// statusMeanings say why a refund or a claim is in a payment file or not, and what to do.
var statusMeanings = map[string]string{
	"sent":                    "in a payment file",
	"refund_without_account":  "the register has no account number: ask the affiliate for one",
	"by_transfer":             "no mandate, or the fund collects none: the affiliate pays by transfer",
	"mandate_without_account": "there is a mandate but no account number: complete the register; until then by transfer",
	"wrong_account":           "the account number fails its check digits or is not of a country of SEPA: correct the register",
	"wrong_mandate":           "the reference of the mandate can’t stand in a payment file: correct the register; until then by transfer",
	"mandate_without_date":    "the day on which the mandate was signed is missing: complete the register; until then by transfer",
	"mandate_in_future":       "the mandate was signed after the day of the batch: check its date; until then by transfer",
	"address_missing":         "an account outside the European Economic Area needs the town and country of the debtor: complete the register",
	"held":                    "held: the register says so, or it is above a limit of the configuration; see reason in payments/index.parquet. A refund goes by itself once nothing holds it",
	"freed":                   "an earlier batch held it, and nothing holds it any more: it is in a payment file",
	"amount_too_large":        "more than SEPA transfers or collects at once: pay or collect it by hand",
	"mandate_shared":          "several debtors or accounts have the mandate: find out whose it is",
	"own_account":             "the account is the one of the fund: ask the affiliate, and correct the register",
}
