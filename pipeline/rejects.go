package pipeline

import "regul/pipeline/rows"

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

var codeNames = [CodeCount]string{
	"", "bad_row", "bad_value", "bad_niss", "income_out_of_range", "duplicate", "identity_conflict", "unknown_affiliate",
	"unknown_category", "unknown_standing", "category_not_in_force", "future_communication", "not_yet_over",
	"time_barred", "year_not_supported", "no_account", "no_subject_quarter", "incomplete_communication", "incomplete_account",
	"bad_enterprise", "not_yet_begun", "before_creation", "unknown_company",
}

// String is the code as published.
func (c Code) String() string { return codeNames[c] }

// Heals says whether time, the register or the operator can make a communication good that was rejected so: it waits in the ledger, and
// each run tries it again.
func (c Code) Heals() bool {
	switch c {
	case FutureCommunication, NotYetOver, UnknownAffiliateCode, NoAccount, IncompleteAccount, YearNotSupported, IdentityConflict:
		return true
	}
	return false
}

// Reason says more than the code: what is wrong with the row and what to do. Readers have reasons
// of their own (a column's name); these are the pipeline's.
type Reason string

// The messages of the pipeline; each says what is wrong and what to do.
const (
	becauseRowConflict       Reason = "another row has the same key and other values: keep the right one and resend"
	becausePaymentConflict   Reason = "another payment has the same identifier and other values: keep the right one and resend"
	becausePaymentShared     Reason = "a payment of another national number has the same identifier: keep the right one and resend"
	becauseSettledOtherwise  Reason = "this communication was settled by an earlier batch with another income: a correction needs a communication of its own"
	becauseCircle            Reason = "following the replacements from this number comes back to it: keep the right rows and resend"
	becauseDossierShared     Reason = "another national number has this dossier too: one dossier is one person, and names the structured communication; give each a dossier of their own"
	becauseDossierRenamed    Reason = "an earlier batch settled this dossier under another national number: if the number was replaced, add the row niss_before, niss, since to the identities; if the dossier was given to somebody else, give them one of their own"
	becauseNotInRegister     Reason = "the national number is not in the affiliates input (or its row there was rejected): add the affiliate"
	becauseCategory          Reason = "the category is not one of the known codes: see regul law"
	becauseStanding          Reason = "the standing is not due, not_due (illness begun or ended in the quarter, after a birth, care, bridging right, a pension begins and the activity stops, death), assimilated (a whole quarter of illness), dispensed, or supplement_dispensed"
	becauseCategoryNotYet    Reason = "the category is not in force in this quarter: see regul law"
	becauseIfMainNotYet      Reason = "the category in if_main is not in force in this quarter: see regul law"
	becauseFuture            Reason = "the communication is dated after the batch's date: run it again on or after that day"
	becauseNotOver           Reason = "the income year has not ended at the batch's date: run it again when it has"
	becauseBarred            Reason = "a regularisation of this year is barred since 1 January of the eighth year after it (AR 38 art. 16): list it in --interruptions if the limitation was interrupted"
	becauseNoLaw             Reason = "the law's parameters do not cover this year: see regul law"
	becauseNoFee             Reason = "no management fee is known for this year: add it to the fees of the configuration or give --fund-fee"
	becauseNoMinimumPension  Reason = "a benefit is tested against the minimum pension of an isolated self-employed person, which is not given for this year: add it to minimum_pension of the configuration or give --minimum-pension"
	becauseFinal             Reason = "before 2015 only the contributions of starters are regularised, on the income of a full year: those of this year are final, or rest on the income of another year"
	becauseNoLawOfStarter    Reason = "another year of this starter rests on this income, and the law's parameters or the fee of that year are missing: see regul law --missing"
	becauseNoAccount         Reason = "the account has no quarter for this affiliate and year: add them to the account input"
	becauseNoSubject         Reason = "no quarter of this year counts: there is nothing to regularise; if that is wrong, correct the standings"
	becauseCommunicationPart Reason = "another row of this communication was rejected: correct it and resend the whole communication"
	becauseAccountPart       Reason = "another row of this affiliate's year (account, payments or evidence) was rejected, or its payments add up to more than 1 000 000 000.00 EUR: correct it and resend the year"
	becauseTotalIncome       Reason = "the components of the communication add up to more than 1 000 000 000.00 EUR"
)

// becauseQuarterLost names the first quarter that is missing. What was called and paid of it would be forgotten.
var becauseQuarterLost = [4]Reason{lostReason("1"), lostReason("2"), lostReason("3"), lostReason("4")}

func lostReason(quarter string) Reason {
	return Reason("an earlier batch settled quarter " + quarter + " of this year, and the account has it no more: give it again, with the standing " +
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
func CodeNames() []string { return codeNames[:] }
