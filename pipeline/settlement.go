package pipeline

import (
	"slices"

	"regul/pipeline/money"
)

// Settlement is what a batch decided of one party: the unit in which results leave the stages, and of which a
// notice, the payments and the entries are made. It belongs to the stage: what is kept of it must be copied.
type Settlement struct {
	Party     *Party
	AsOf      Date          // of the batch
	Years     []SettledYear // ascending; none when the affiliate is only told that a notice was withdrawn
	Offsets   []Offset      // in the order in which they were made
	Withdrawn []WithdrawnNotice
	Entries   []PriorEntry     // of withdrawn batches, to reverse; letters and payments do not need them
	Void      []VoidCollection // that the bank must not make any more
	Freed     []FreedTransfer  // refunds that earlier batches held; nobody is told of them again
	Copied    bool             // the letter goes to the solidary debtor. Who prints it is told; the tables do not have it
	Receipt   *Receipt         // of a certificate of what was paid in a calendar year, which holds nothing else; nil: none
}

// WantsCopy says whether a solidary debtor gets a copy of the letter: it asks for money (AR 38 art. 15 §1).
func (s *Settlement) WantsCopy() bool {
	return s.Party.Contact.Copy != (Copy{}) && slices.ContainsFunc(s.Years, func(y SettledYear) bool { return y.Claim() > 0 })
}

// SettledYear is one regularisation with its quarters (ascending) and the terms of its surcharges (by day).
type SettledYear struct {
	Regularisation
	Before   Before
	Quarters []QuarterResult
	Terms    []SurchargeTerm // of the surcharge of art. 11bis
	Late     []SurchargeTerm // of the surcharges for late payment
	Company  *CompanyYear    // nil: a person's

	// its refund is above a limit of the fund: it leaves another night. Who prints the letter is told; the tables do not have it
	Limited bool
}

// Before is what the last published regularisation of the year said. The zero value: there was none.
type Before struct {
	Communication string
	NotifiedOn    Date
	Income        money.Cents // net, as communicated
	Definitive    money.Cents
}

// Offset is the part of a refund that pays a debt of another year (RGS art. 44). Amount in cents.
type Offset struct {
	From, To int  // contribution years: of the refund, and of the debt
	Arrears  bool // the debt is arrears of the provisional contributions; else it is the supplement of this batch
	Amount   money.Cents
}

// VoidCollection is a collection of an earlier batch whose claim this batch cancels, lowers or settles otherwise, before the bank has made
// it. A collection can't be lowered: it is cancelled whole. Amounts in cents.
type VoidCollection struct {
	Year     int
	EndToEnd string
	Amount   money.Cents
	StillDue money.Cents // of the claim: the fund must ask for it otherwise
	DueOn    Date        // the day of the collection
}

// Claim is what the notice asks to be paid for the year, in cents: the supplement that offsets leave, and a new surcharge.
func (r *Regularisation) Claim() money.Cents {
	return r.ToPay - r.OffsetReceived + r.SurchargeToPay()
}

// Payout is what the fund transfers for the year, in cents: the refund that offsets leave, and a surcharge that is given back.
func (r *Regularisation) Payout() money.Cents { return r.Refund + r.SurchargeRefund() }

// Notable says whether the affiliate must be told: unless nothing changes for any of the years, and no notice was withdrawn.
func (s *Settlement) Notable() bool {
	if len(s.Withdrawn) > 0 || s.Receipt != nil {
		return true
	}
	for i := range s.Years {
		if y := &s.Years[i]; y.Outcome != Unchanged || y.Surcharge != 0 || y.SurchargeRefund() != 0 {
			return true
		}
	}
	return false
}
