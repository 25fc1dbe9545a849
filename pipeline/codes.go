package pipeline

import "regul/pipeline/law"

// Language is the language of the affiliate, a stored attribute.
type Language uint8

// The languages.
const (
	NoLanguage Language = iota
	French
	Dutch
	German
	LanguageCount
)

// Standing is what the register says of a quarter.
type Standing uint8

// The standings of a quarter of subjection.
const (
	UnknownStanding     Standing = iota
	Due                          // counts in n and owes a contribution
	NotDue                       // counts, owes nothing (AR 38 art. 15 §2, RGS art. 50)
	Dispensed                    // counts, covered by a dispensation (AR 38 art. 17 §7)
	Assimilated                  // full quarter assimilated for illness: does not count (RGS art. 50 §1)
	SupplementDispensed          // counts, owes at most what was called provisionally (AR 38 art. 17 §2)
)

// Counts says whether the quarter is one of the n by which the income is annualised.
func (s Standing) Counts() bool { return s != UnknownStanding && s != Assimilated }

// Owes says whether the quarter owes a contribution.
func (s Standing) Owes() bool { return s == Due || s == SupplementDispensed }

// Hold is why no money may leave or be collected for an affiliate.
type Hold uint8

// The holds; position 0 is none.
const (
	NoHold Hold = iota
	HoldDeceased
	HoldBankruptcy
	HoldDebtSettlement
	HoldOther
)

// Purpose is what money was booked for.
type Purpose uint8

// The purposes. Unsaid is a contribution.
const (
	PurposeUnsaid Purpose = iota
	PurposeContribution
	PurposeSurcharge
	PurposeRefund   // money that left
	PurposeReturned // a refund or a collection that came back
	purposeOrdered  // of a movement: a batch ordered it, whether or not a payment books it. No row of the payments has it
)

// IfMain is the category that applies where a complementary status fails, as the register says.
type IfMain uint8

// The categories that may apply. Unsaid follows from the account's own history.
const (
	IfMainUnsaid IfMain = iota
	IfMainMain
	IfMainPrimostarter
	IfMainPrimostarterFirst
	IfMainSpouseMaxi
)

// Nature is the nature of a component of the income.
type Nature uint8

// Reduction says whether a reduction of the provisional contribution was granted.
type Reduction uint8

// The three values a file may hold.
const (
	ReductionUnsaid Reduction = iota
	ReductionRefused
	ReductionGranted
)

// EvidenceKind is what an affiliate does beside, or receives.
type EvidenceKind uint8

// The kinds of evidence of the complementary status.
const (
	NoKind EvidenceKind = iota
	Employee
	Interim
	TeacherTemporary
	CivilServant
	OtherPensionScheme
	TeacherTenured
	Unemployed
	CareerBreak
	TimeCredit
	TerminationPay
	Sickness
)

// Answer is yes, no or nothing.
type Answer uint8

// The answers.
const (
	NoAnswer Answer = iota
	No
	Yes
)

// UnknownCategory is the category of a code that the law does not know.
const UnknownCategory law.Category = 255

// The closed lists of codes; position 0 is no code.
var (
	languages = [LanguageCount]string{"", "fr", "nl", "de"}
	standings = [...]string{"", "due", "not_due", "dispensed", "assimilated", "supplement_dispensed"}
	holds     = [...]string{"", "deceased", "bankruptcy", "debt_settlement", "other"}
	purposes  = [...]string{"", "contribution", "surcharge", "refund", "returned"}
	ifMains   = [...]string{"", "main", "primostarter", "primostarter_first", "spouse_maxi"}
	natures   = [...]string{"", "trader", "profession", "director", "helper", "spouse"}
	kinds     = [...]string{"", "employee", "interim", "teacher_temporary", "civil_servant", "other_pension_scheme", "teacher_tenured",
		"unemployed", "career_break", "time_credit", "termination_pay", "sickness"}
)

// Languages, Standings and Natures list the codes of a column; position 0 is no code.
func Languages() []string { return languages[:] }

// Standings lists the codes of the standings; position 0 is no code.
func Standings() []string { return standings[:] }

// Holds lists the codes of the holds; position 0 is none.
func Holds() []string { return holds[:] }

// Purposes lists the codes of the purposes of a payment; position 0 is no code.
func Purposes() []string { return purposes[:] }

// IfMains lists the codes of what applies where a complementary status fails; position 0 is no code.
func IfMains() []string { return ifMains[:] }

// Natures lists the codes of the natures of income; position 0 is no code.
func Natures() []string { return natures[:] }

// EvidenceKinds lists the codes of the kinds of evidence; position 0 is no code.
func EvidenceKinds() []string { return kinds[:] }

func (l Language) String() string { return languages[l] }
func (s Standing) String() string { return standings[s] }
func (n Nature) String() string   { return natures[n] }
func (h Hold) String() string     { return holds[h] }
func (p Purpose) String() string  { return purposes[p] }
func (i IfMain) String() string   { return ifMains[i] }

func (k EvidenceKind) String() string { return kinds[k] }
