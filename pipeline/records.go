package pipeline

import (
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// Input is one of the kinds of files that come in.
type Input uint8

// The inputs, in the order in which a run lists them.
const (
	Affiliates Input = iota
	Account
	Payments
	Revenue
	Interruptions
	EvidenceInput
	IdentitiesInput
	ConfirmationsInput
	CompaniesInput
	CompanyPayments
	InputCount
)

// inputKind is what the machinery knows of an input beside its rows.
type inputKind struct {
	name     string
	optional bool // a run does without it
	later    bool // it came when batches were published: a run without rows of it has the name of before
	ifGiven  bool // the manifest counts it only where there are files of it
	first    bool // it says whose rows the others are: it is read before them, and its fates are decided outside the shards
}

var inputs = [InputCount]inputKind{
	Affiliates:         {name: "affiliates"},
	Account:            {name: "account"},
	Payments:           {name: "payments"},
	Revenue:            {name: "revenue"},
	Interruptions:      {name: "interruptions", optional: true},
	EvidenceInput:      {name: "evidence", optional: true},
	IdentitiesInput:    {name: "identities", optional: true, later: true, first: true},
	ConfirmationsInput: {name: "confirmations", optional: true, later: true, ifGiven: true, first: true},
	CompaniesInput:     {name: "companies"},
	CompanyPayments:    {name: "company_payments", optional: true, later: true},
}

// String is the name of the input in commands, in the manifest and in the documentation.
func (i Input) String() string { return inputs[i].name }

// Optional says whether a run does without the input.
func (i Input) Optional() bool { return inputs[i].optional }

// CameLater says whether batches were published before there was this input: a run without rows of it is the one that it was.
func (i Input) CameLater() bool { return inputs[i].later }

// CountedIfGiven says whether a run without files of the input does not count it.
func (i Input) CountedIfGiven() bool { return inputs[i].ifGiven }

// ReadFirst says whether the input is read before the others, since it says whose their rows are.
func (i Input) ReadFirst() bool { return inputs[i].first }

// Affiliate is what the batch needs of a row of the register.
type Affiliate struct {
	NISS        NISS
	Dossier     Dossier
	Language    Language
	Hold        Hold
	Fingerprint uint64 // digest of the row's other columns: Hold and those of Contact
	Place       rows.Place
	Contact     Contact
}

// Contact is how an affiliate is written to and paid, as the register has it; any of it may be empty.
type Contact struct {
	LastName, FirstName, Street, Postcode, City, Country string
	IBAN, Mandate                                        string
	MandateSignedOn                                      Date // 0: none
	// another debtor of the register has the mandate too: nothing is collected. No column: the match stage finds it
	MandateShared bool
	// the account has no quarter of the day of the batch or later: the match stage finds it, as the one before
	Former    bool
	Addressee string // to whom the letter is addressed instead: heirs, a trustee, a guardian
	Copy      Copy
}

// Copy is the solidary debtor of an affiliate's contributions (AR 38 art. 15 §1), who gets a copy of a letter that claims something. The
// zero value: there is none.
type Copy struct{ Name, Street, Postcode, City, Country string }

// CopyContact is how the solidary debtor is written to.
func (c *Contact) CopyContact() Contact {
	return Contact{LastName: c.Copy.Name, Street: c.Copy.Street, Postcode: c.Copy.Postcode, City: c.Copy.City, Country: c.Copy.Country}
}

// AccountQuarter is one quarter of an affiliate's account. Amounts are cents with the fee.
type AccountQuarter struct {
	NISS             NISS
	Year             int16
	Quarter          uint8 // 1 to 4
	Category         law.Category
	Standing         Standing
	Starter          uint8 // year of activity of a starter, 1 to 3, or 0
	Reduction        Reduction
	LegalProvisional money.Cents
	Provisional      money.Cents
	QuarterAdded
	Place rows.Place
}

// QuarterAdded is what the optional columns of the account say of a quarter. The zero value says nothing.
type QuarterAdded struct {
	IfMain           IfMain       // what applies where a complementary status fails (AR 38 art. 12 §1bis)
	LateAffiliation  Answer       // the fund was joined late (RGS art. 44 §3 al. 2)
	SurchargesWaived Answer       // by the INASTI (RGS art. 48)
	RecoveredOn      OptionalDate // day of the summons or of the contrainte (RGS art. 44 §1 al. 4)
	DeferredTo       OptionalDate // last day on which the provisional contribution is paid in time
}

// Called is what the account called of the quarter, in cents with the fee. Of a dispensed quarter nothing stays due, whatever was called
// (AR 38 art. 17 §7).
func (q *AccountQuarter) Called() money.Cents {
	if q.Standing == Dispensed {
		return 0
	}
	return q.Provisional
}

// Legal is the legal provisional contribution that the account has, in cents with the fee; 0 of a dispensed quarter.
func (q *AccountQuarter) Legal() money.Cents {
	if q.Standing == Dispensed {
		return 0
	}
	return q.LegalProvisional
}

// Payment is money booked on a year; negative: a reversal. Amount in cents.
type Payment struct {
	NISS    NISS
	Year    int16
	Quarter uint8 // 1 to 4, or 0
	PaidOn  Date
	Amount  money.Cents
	PaymentAdded
	Place rows.Place
}

// PaymentAdded is what the optional columns of the payments say of one. The zero value says nothing.
type PaymentAdded struct {
	Purpose    Purpose
	Identifier string // of the movement at the bank or in the books
	EndToEnd   string // EndToEndId of the fund's own payment file
}

// Component is one row of a communication of income: one nature of income of one year. Income in cents.
type Component struct {
	NISS           NISS
	Year           int16
	Communication  string
	CommunicatedOn Date
	Nature         Nature
	Assessment     string
	Income         money.Cents
	ComponentAdded
	Place rows.Place
}

// ComponentAdded is what the optional columns of the revenue say of a row. The zero value says nothing.
type ComponentAdded struct {
	Contested bool        // with the tax administration: Admitted is given
	Admitted  money.Cents // the income that counts until the dispute ends (RGS art. 34)
}

// Flaw says that a row which could not be read may have belonged to this affiliate's account,
// payments or communication. Year 0 is any year, an empty communication any communication.
type Flaw struct {
	NISS           NISS
	Input          Input
	Year           int16
	Communication  string
	CommunicatedOn Date // 0: unknown
}

// Interruption says that the limitation of a year was interrupted (AR 38 art. 16).
type Interruption struct {
	NISS  NISS
	Year  int16
	Place rows.Place
}

// Evidence is one row of what is known of the other occupation of an affiliate in a quarter (RGS art. 35, 36): one a quarter and
// job. A number that was not given is Unsaid.
type Evidence struct {
	NISS          NISS
	Year          int16
	Quarter       uint8 // 1 to 4
	Kind          EvidenceKind
	Hours         int32       // worked in the quarter, in ten-thousandths of an hour; unpaid leave is not worked
	FullTime      int32       // hours a week of full-time work there, in ten-thousandths
	Days          int16       // of service
	Months        int16       // of service
	Fraction      int32       // of full-time work, in ten-thousandths, 0 to 1
	Incapacity    int32       // for work, in ten-thousandths of a percent, 0 to 100
	Benefit       money.Cents // a day
	HalfTime      Answer      // at least
	PensionRights Answer      // preserved, or a replacement income is received
	EvidenceAdded
	Place rows.Place
}

// EvidenceAdded is what the optional columns of the evidence say of the other occupation. The zero value says nothing.
type EvidenceAdded struct {
	StartedOn OptionalDate // first day on which it is as the row says (RGS art. 39)
	EndedOn   OptionalDate // last day
}

// Identity says that a person's national number was replaced: a BIS number, a correction, a merger.
type Identity struct {
	Before, NISS NISS
	Since        Date
	Place        rows.Place
}

// Unsaid is a number of an evidence that was not given.
const Unsaid = -1

// PriorYear is a regularisation that an earlier batch published. Amounts in cents.
type PriorYear struct {
	NISS           NISS
	Dossier        Dossier // of the affiliate, whom the register may not have any more; the zero value: it can't be read
	Year           int16
	Version        int32
	Communication  string
	CommunicatedOn Date
	Income         money.Cents // as communicated
	Contested      bool
	Counted        money.Cents // what counted of a contested income; else Income
	Surcharge      money.Cents // claimed by that version
	NotifiedOn     Date
	Legal, Reduced money.Cents // L and R of art. 11bis that it rested on; 0 without a reduction
	Definitive     money.Cents
	Called         money.Cents // before it
	Components     string      // the rows of its communication, see AppendComponents; "" in batches that did not write them

	// what it ordered
	Batch int32 // position of its batch in the ledger
	// its batch had another fee for the year, another law or another minimum pension than this run; only asked when rechecking
	Repriced bool
	Trusting bool        // its batch trusted that everything was booked, as regul did once
	Refund   money.Cents // what offsets left
	Back     money.Cents // of surcharges, in one transfer with it
	Asked    money.Cents // of Surcharge, by its letter
	Claim    money.Cents // of the supplement, what offsets left
	Given    money.Cents // offsets to other years
	Reversed money.Cents // negative payments from its day on that it knew of and counted: none of them books what it ordered
	Paid     money.Cents // P as it knew it
	// what its letter asked for beside its claim: what was called before and can be claimed, with what offsets of that batch paid of the year;
	// and the surcharges for late payment
	Owing, Late money.Cents
}

// PriorOffset is what an earlier batch moved from a year of an affiliate to another. Amount in cents.
type PriorOffset struct {
	NISS     NISS
	From, To int16
	On       Date
	Amount   money.Cents
}

// PriorEntry is a line of the books of a batch that was withdrawn since. Amounts in cents.
type PriorEntry struct {
	NISS          NISS
	Year          int16
	Version, Line int32
	BookedOn      Date
	Role          Role
	Debit, Credit money.Cents
	FromYear      int16
	Dossier       Dossier // of the affiliate, whom the register may not have any more
}

// PriorTransfer is a refund or a claim in the payment index of an earlier batch.
type PriorTransfer struct {
	NISS      NISS
	Year      int16
	Batch     int32  // position in the ledger
	Leaves    bool   // the fund pays; else the affiliate
	Sent      bool   // it is in a payment file
	EndToEnd  string // "" if it is in none
	Amount    money.Cents
	Surcharge money.Cents // the part of Amount that is a surcharge
	DueOn     Date        // of execution or collection; 0: unknown
	Void      bool        // an earlier batch cancelled this collection; only EndToEnd is known
	Held      uint8       // why it was held, as the payment index counts reasons; 0: it was not
	Limit     money.Cents // of the configuration, above which it was held; 0: unknown, or the register held it
	Holder    string      // the batch that held it: of what is Held, and of what is Freed
	Freed     bool        // a later batch sent it, once it might leave
	Message   string      // MsgId of its payment file, where tonight's confirmations may name it. It is not kept
}

// Conflict says that an affiliate, or a company, shares with another what names one person alone. It is found over all affiliates at once,
// see FindConflicts.
type Conflict struct {
	NISS    NISS
	Kind    ConflictKind
	Payment uint64 // of PaymentShared: the hash of the identifier
}

// ConflictKind is what is shared.
type ConflictKind uint8

// The kinds of conflicts.
const (
	DossierShared  ConflictKind = iota + 1 // the register has the dossier under several national numbers
	DossierRenamed                         // an earlier batch has the dossier under another national number
	MandateShared                          // the register, or the register and an earlier batch, have the mandate for several debtors
	PaymentShared                          // payments of several national numbers have one identifier
)

// WithdrawnNotice says that an affiliate had a notice of a batch that was withdrawn since, and is owed a correcting one.
type WithdrawnNotice struct {
	NISS          NISS
	Year          int16
	NotifiedOn    Date
	Claim, Payout money.Cents // what it asked for and what it promised, in cents
	Again         Date        // of the earlier notice of the year that counts again; 0: there is none
}

// PriorQuarter is a quarter in an earlier batch: its definitive amount, in cents with the fee, and the account it rested on.
type PriorQuarter struct {
	NISS       NISS
	Year       int16
	Version    int32
	Batch      int32 // position of its batch in the ledger
	Quarter    uint8
	Definitive money.Cents
	Fee        money.Cents  // the part of Definitive that is the fee
	Called     money.Cents  // before it
	Category   law.Category // as the account declared it
	Applied    law.Category // after the evidence
	Standing   Standing
}
