package report

import "regul/pipeline"

// remedies say what to do about the rejects of each code, in one sentence or two.
var remedies = [pipeline.CodeCount]string{
	pipeline.BadRow:                  "Correct the row in the system that wrote the file: it lacks columns of the header or has others, holds a stray quote, or is longer than 1 MiB. Then send it again.",
	pipeline.BadValue:                "Correct the cell that the message names, and send the row again.",
	pipeline.BadNISS:                 "Correct the national number: it has not 11 digits, or its check digits are wrong. Nobody knows whose row it is, so nothing else is held back: a payment is then missing from somebody’s year.",
	pipeline.IncomeOutOfRange:        "Ask the tax administration for the right amount: the income of the row, or of its whole communication, is beyond ±1" + thinSpace + "000" + thinSpace + "000" + thinSpace + "000.00 EUR.",
	pipeline.Duplicate:               "Keep the right one of the rows that have the same key and other values, and send it again; a corrected income needs a communication of its own.",
	pipeline.IdentityConflict:        "Find out whose the dossier is: if the national number was replaced, add the row to the identities; if the dossier was given to somebody else, give them one of their own.",
	pipeline.UnknownAffiliateCode:    "Add the affiliate to the register, or correct the affiliate’s row there if it was rejected too.",
	pipeline.UnknownCategoryCode:     "Correct the category: it must be one of the codes that regul law lists.",
	pipeline.UnknownStandingCode:     "Correct the standing of the quarter: it must be due, not_due, dispensed, supplement_dispensed or assimilated.",
	pipeline.CategoryNotInForce:      "Correct the category: it does not exist in that quarter, such as student before 2017.",
	pipeline.FutureCommunication:     "Nothing now: send the communication again with a batch on or after its day.",
	pipeline.NotYetOver:              "Nothing now: send the communication again once the income year has ended.",
	pipeline.TimeBarred:              "Nothing, since the year can no longer be regularised (AR 38 art. 16); if the limitation was interrupted, list the year in the interruptions and send the communication again.",
	pipeline.YearNotSupported:        "Add the management fee of the year to the configuration, or for sickness as evidence the minimum pension; if the parameters of the law are missing, the program needs them first.",
	pipeline.NoAccount:               "Add the quarters of the year to the account, and send the communication again.",
	pipeline.NoSubjectQuarter:        "Nothing, if all quarters are assimilated indeed: there is nothing to regularise; otherwise correct their standings.",
	pipeline.IncompleteCommunication: "Correct the other row of the communication, which was rejected, and send the whole communication again.",
	pipeline.IncompleteAccount:       "Correct the other row of the affiliate’s year, in the account, the payments or the evidence, which was rejected, and send the year again.",
	pipeline.BadEnterprise:           "Correct the enterprise number: it has not 10 digits that begin with 0 or 1, or its check digits are wrong.",
	pipeline.NotYetBegun:             "Nothing now: send the row again with a batch on or after the first day of the year and of the company.",
	pipeline.BeforeCreation:          "Correct the year or the day of creation: a company owes nothing for years before it was created.",
	pipeline.UnknownCompany:          "Add the row of the company and year to the companies, or correct the payment.",
}

// Remedy says what to do about the rejects of a code; nothing for a code that is not one of pipeline.CodeNames.
func Remedy(code string) string {
	for c, name := range pipeline.CodeNames() {
		if name == code {
			return remedies[c]
		}
	}
	return ""
}

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
	"held":                    "held: the register says so, or it is above a limit of the configuration; see reason in payments/index.parquet",
	"amount_too_large":        "more than SEPA transfers or collects at once: pay or collect it by hand",
	"mandate_shared":          "several debtors have the mandate: find out whose it is",
	"own_account":             "the account is the one of the fund: ask the affiliate, and correct the register",
}
