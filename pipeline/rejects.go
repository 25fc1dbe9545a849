package pipeline

import (
	"slices"

	"regul/pipeline/rows"
)

// Code is why a row was rejected. A subject lists its codes in the order in which they apply.
type Code uint8

// The codes.
const (
	Accepted Code = iota
	BadRow
	BadValue
	BadNISS
	IncomeOutOfRange
	Duplicate
	IdentityConflict
	UnknownAffiliateCode
	UnknownCategoryCode
	UnknownStandingCode
	CategoryNotInForce
	FutureCommunication
	NotYetOver
	TimeBarred
	YearNotSupported
	NoAccount
	NoSubjectQuarter
	IncompleteCommunication
	IncompleteAccount
	BadEnterprise
	NotYetBegun
	BeforeCreation
	UnknownCompany
	CodeCount
)

// codeText says of a code how it is published and what to do about its rejects, and whether time, the register or the operator can make a
// communication good that was rejected so.
type codeText struct {
	name, remedy string
	heals        bool
}

var codes = [CodeCount]codeText{
	BadRow: {name: "bad_row", remedy: "Correct the row in the system that wrote the file: it lacks columns of the header or has others, " +
		"holds a stray quote, or is longer than 1 MiB. Then send it again."},
	BadValue: {name: "bad_value", remedy: "Correct the cell that the message names, and send the row again."},
	BadNISS: {name: "bad_niss", remedy: "Correct the national number: it has not 11 digits, or its check digits are wrong. " +
		"Nobody knows whose row it is, so nothing else waits for it: a payment is then missing from somebody’s year."},
	IncomeOutOfRange: {name: "income_out_of_range", remedy: "Ask the tax administration for the right amount: the income of the row, " +
		"or of its whole communication, is beyond ±1\u202f000\u202f000\u202f000.00 EUR."},
	Duplicate: {name: "duplicate", remedy: "Keep the right one of the rows that have the same key and other values, and send it again; " +
		"a corrected income needs a new communication."},
	IdentityConflict: {name: "identity_conflict", heals: true,
		remedy: "Find out whose the dossier is: if the national number was replaced, " +
			"add the row to the identities; if the dossier was given to somebody else, give them another one."},
	UnknownAffiliateCode: {name: "unknown_affiliate", heals: true, remedy: "Add the affiliate to the register, " +
		"or correct the affiliate’s row there if it was rejected too. A communication waits until then."},
	UnknownCategoryCode: {name: "unknown_category", remedy: "Correct the category: it must be one of the codes that regul law lists."},
	UnknownStandingCode: {name: "unknown_standing", remedy: "Correct the standing of the quarter: it must be due, not_due, dispensed, " +
		"supplement_dispensed or assimilated."},
	CategoryNotInForce: {name: "category_not_in_force",
		remedy: "Correct the category, or that in if_main: it does not exist in that quarter, " +
			"such as student before 2017."},
	FutureCommunication: {name: "future_communication", heals: true, remedy: "Nothing: the communication waits, " +
		"and the first batch on or after its day takes it."},
	NotYetOver: {name: "not_yet_over", heals: true, remedy: "Nothing: the communication waits, " +
		"and the first batch after the end of the income year takes it."},
	TimeBarred: {name: "time_barred", remedy: "Nothing, since the year can no longer be regularised (AR 38 art. 16); " +
		"if the limitation was interrupted, list the year in the interruptions and send the communication again."},
	YearNotSupported: {name: "year_not_supported", heals: true, remedy: "Add the management fee of the year to the configuration, " +
		"or for sickness as evidence the minimum pension; if the parameters of the law are missing, the program needs them first. " +
		"A communication waits until then."},
	NoAccount: {name: "no_account", heals: true,
		remedy: "Add the quarters of the year to the account. The communication waits until then."},
	NoSubjectQuarter: {name: "no_subject_quarter",
		remedy: "Nothing, if all quarters are assimilated indeed: there is nothing to regularise; " +
			"otherwise correct their standings, and send the communication again."},
	IncompleteCommunication: {name: "incomplete_communication", remedy: "Correct the other row of the communication, which was rejected, " +
		"and send the whole communication again."},
	IncompleteAccount: {name: "incomplete_account", heals: true, remedy: "Correct what was rejected of the same year: " +
		"another row of the affiliate in the account, the payments or the evidence, or of the company and its payments; " +
		"add a quarter that the account has no more; or correct payments that add up to an impossible sum. A communication waits " +
		"until then."},
	BadEnterprise: {name: "bad_enterprise", remedy: "Correct the enterprise number: it has not 10 digits that begin with 0 or 1, " +
		"or its check digits are wrong."},
	NotYetBegun: {name: "not_yet_begun", remedy: "Nothing now: send the row again with a batch on or after the first day of the year " +
		"and of the company."},
	BeforeCreation: {name: "before_creation", remedy: "Correct the year or the day of creation: " +
		"a company owes nothing for years before it was created."},
	UnknownCompany: {name: "unknown_company", remedy: "Add the row of the company and year to the companies, or correct the payment."},
}

// String is the code as published.
func (c Code) String() string { return codes[c].name }

// Remedy says what to do about the rejects of the code, in one sentence or two. The reason of a row says what is wrong with it.
func (c Code) Remedy() string { return codes[c].remedy }

// Heals says whether time, the register or the operator can make a communication good that was rejected so: it waits in the ledger, and
// each run tries it again.
func (c Code) Heals() bool { return codes[c].heals }

// CodeOf is the code of a name as published; Accepted if there is none.
func CodeOf(name string) Code {
	return Code(max(0, slices.IndexFunc(codes[:], func(c codeText) bool { return c.name == name })))
}

// Reason says more than the code: what is wrong with the row and what to do. Readers have reasons
// of their own (a column's name); these are the pipeline's.
type Reason string

// The messages of the pipeline; each says what is wrong and what to do.
const (
	becauseRowConflict      Reason = "another row has the same key and other values: keep the right one and resend"
	becausePaymentConflict  Reason = "another payment has the same identifier and other values: keep the right one and resend"
	becausePaymentShared    Reason = "a payment of another national number has the same identifier: keep the right one and resend"
	becauseSettledOtherwise Reason = "this communication was settled by an earlier batch with another income: a correction needs a " +
		"communication of its own"
	becauseCircle        Reason = "following the replacements from this number comes back to it: keep the right rows and resend"
	becauseDossierShared Reason = "another national number has this dossier too: one dossier is one person, and names the " +
		"structured communication; give each a dossier of their own"
	becauseDossierRenamed Reason = "an earlier batch settled this dossier under another national number: if the number was " +
		"replaced, add the row niss_before, niss, since to the identities; if the dossier was given to somebody else, give them one " +
		"of their own"
	becauseNotInRegister Reason = "the national number is not in the affiliates input (or its row there was rejected): add the " +
		"affiliate"
	becauseCategory Reason = "the category is not one of the known codes: see regul law"
	becauseStanding Reason = "the standing is not due, not_due (illness begun or ended in the quarter, after a birth, " +
		"care, bridging right, a pension begins and the activity stops, death), assimilated (a whole quarter of illness), " +
		"dispensed, or supplement_dispensed"
	becauseCategoryNotYet Reason = "the category is not in force in this quarter: see regul law"
	becauseIfMainNotYet   Reason = "the category in if_main is not in force in this quarter: see regul law"
	becauseFuture         Reason = "the communication is dated after the batch's date: run it again on or after that day"
	becauseNotOver        Reason = "the income year has not ended at the batch's date: run it again when it has"
	becauseBarred         Reason = "a regularisation of this year is barred since 1 January of the eighth year after it (AR 38 " +
		"art. 16): list it in --interruptions if the limitation was interrupted"
	becauseNoLaw            Reason = "the law's parameters do not cover this year: see regul law"
	becauseNoFee            Reason = "no management fee is known for this year: add it to the fees of the configuration or give --fund-fee"
	becauseNoMinimumPension Reason = "a benefit is tested against the minimum pension of an isolated self-employed person, which " +
		"is not given for this year: add it to minimum_pension of the configuration or give --minimum-pension"
	becauseFinal Reason = "before 2015 only the contributions of starters are regularised, on the income of a full " +
		"year: those of this year are final, or rest on the income of another year"
	becauseNoLawOfStarter Reason = "another year of this starter rests on this income, and the law's parameters or the fee of " +
		"that year are missing: see regul law --missing"
	becauseNoAccount Reason = "the account has no quarter for this affiliate and year: add them to the account input"
	becauseNoSubject Reason = "no quarter of this year counts: there is nothing to regularise; if that is wrong, correct " +
		"the standings"
	becauseCommunicationPart Reason = "another row of this communication was rejected: correct it and resend the whole communication"
	becauseAccountPart       Reason = "another row of this affiliate's year (account, payments or evidence) was rejected, or its " +
		"payments add up to more than 1 000 000 000.00 EUR: correct it and resend the year"
	becauseTotalIncome Reason = "the components of the communication add up to more than 1 000 000 000.00 EUR"
)

// becauseQuarterLost names the first quarter that is missing. What was called and paid of it would be forgotten.
var becauseQuarterLost = [4]Reason{lostReason("1"), lostReason("2"), lostReason("3"), lostReason("4")}

func lostReason(quarter string) Reason {
	return Reason("an earlier batch settled quarter " + quarter +
		" of this year, and the account has it no more: give it again, with the standing " +
		"that holds now, and resend the year")
}

// Reject is a row that was not taken, with the reason.
type Reject struct {
	Input  Input
	Code   Code
	Year   int16 // 0: unreadable or without meaning
	NISS   NISS  // 0: unreadable
	Place  rows.Place
	Reason Reason
	Row    any // AccountQuarter, Payment, Component, Interruption, Evidence or Unread; nil: it must be read again
}

// CodeNames lists the names of all codes by their number; position 0 is none.
func CodeNames() []string {
	names := make([]string, len(codes))
	for i := range codes {
		names[i] = codes[i].name
	}
	return names
}
