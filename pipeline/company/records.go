package company

import (
	"math"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// Facts are what a row says that decides amounts. A row with the facts of a published version was settled already.
type Facts struct {
	Balance   money.Cents // total of the balance sheet of the penultimate closed financial year; NoBalance: there is none yet
	CreatedOn pipeline.Date
	Exemption Exemption
	Called    money.Cents           // called for the year so far
	Paid      money.Cents           // paid for the year so far; what the fund gave back is not deducted
	PaidOn    pipeline.OptionalDate // when Paid came in; none: in time
	PaidLate  money.Cents           // of dated payments: see pipeline.CompanyYear
}

// NoBalance is the balance total of a company without a penultimate closed financial year.
const NoBalance money.Cents = -1

// NoDay is a day that is not known.
const NoDay pipeline.Date = math.MinInt32

// MaxBalance is the largest balance total, in cents: what a column of incomes holds.
const MaxBalance money.Cents = 99_999_999_999_999

// Row is one company and contribution year as an input has it.
type Row struct {
	Facts
	Number   Number
	Year     int16
	Language pipeline.Language
	Contact  pipeline.Contact
	Place    rows.Place
}

// Payment is money that came in for a company's year. Where there are any of a year, they are what was paid, not the row's amount. Cents.
type Payment struct {
	Number     Number
	Year       int16
	PaidOn     pipeline.Date
	Amount     money.Cents
	Purpose    pipeline.Purpose
	Identifier string // of the movement at the bank or in the books
	EndToEnd   string // EndToEndId of the fund's own payment file
	Place      rows.Place
}

// Flaw says that a row which could not be read may have belonged to this company. Year 0 is any year.
type Flaw struct {
	Number Number
	Year   int16
}

// Prior is a version of a company's year that a published batch holds. Amounts are cents.
type Prior struct {
	Facts
	Number        Number
	Year          int16
	Version       int32
	Definitive    money.Cents
	Refund        money.Cents // given back by this version
	Surcharge     money.Cents // claimed by this version; negative: a claim that it took back
	Asked         money.Cents // of the surcharges, by its letter: what is claimed and was not paid before
	Back          money.Cents // of them, given back by this version: it had been paid
	NotifiedOn    pipeline.Date
	Months        int64         // started since the due date when it was notified
	Claim         money.Cents   // of the principal, asked for by this version
	Owing         money.Cents   // called before it and unpaid then: its letter asks for that too
	Refunded      money.Cents   // by earlier versions, as it knew
	Batch         int32         // position of its batch in the ledger
	Due           pipeline.Date // by law
	SurchargePaid money.Cents   // of the surcharges, as it knew
	Recorded      bool          // the last batch recorded the balances of all years, see Recorded
}

// Recorded is the balance of a company's year as the last batch recorded it. It stands where no row of tonight speaks of the year.
type Recorded struct{ pipeline.Balance }
