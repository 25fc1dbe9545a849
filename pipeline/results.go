package pipeline

import (
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// Outcome is the result of a regularisation in one word.
type Outcome uint8

// The outcomes; position 0 is none.
const (
	NoOutcome Outcome = iota
	Supplement
	Refund
	Cancelled
	SettledBySurplus
	Unchanged
	OutcomeCount
)

var outcomes = []string{"", "supplement", "refund", "cancelled", "settled", "unchanged"}

// Outcomes lists the codes of the outcomes; position 0 is none.
func Outcomes() []string { return outcomes }

func (o Outcome) String() string { return outcomes[o] }

// Regularisation is the settlement of one affiliate's year: one row of the batch. Amounts are cents of
// EUR and include the fee unless said otherwise.
type Regularisation struct {
	NISS            NISS
	Dossier         Dossier
	Year            int // the contribution year
	Version         int // 1, 2 ... : 2 and later correct an earlier notice
	Communication   string
	CommunicatedOn  Date
	NetIncome       money.Cents // as communicated, may be negative
	SubjectQuarters int         // n, 1 to 4
	AnnualIncome    money.Cents // Y rounded to the cent, for reading only

	Contribution money.Cents // without the fee
	Fee          money.Cents
	Definitive   money.Cents // D
	Called       money.Cents // C
	Paid         money.Cents // P

	Supplement     money.Cents // max(0, D - C)
	SurplusApplied money.Cents // what an overpayment already covers of it
	ToPay          money.Cents // before offsets
	Cancelled      money.Cents // max(0, C - D)
	RefundGross    money.Cents // max(0, P - D)
	Offset         money.Cents // of RefundGross, kept for arrears and supplements of other years
	Refund         money.Cents // RefundGross - Offset
	OffsetReceived money.Cents // of ToPay, paid by refunds of other years
	Arrears        money.Cents // provisional debt that stays
	Surcharge      money.Cents // art. 11bis; the difference with what was claimed before

	Outcome           Outcome
	NotifiedOn        Date
	DueDate           Date // 0 without ToPay or Surcharge
	SevenPercentOn    Date
	StatementDeadline Date
	LateStatement     bool
	Language          Language

	LegalProvisional money.Cents // L of art. 11bis: the year's sum, 0 without a reduction
	Reduced          money.Cents // R of art. 11bis: the year's sum, 0 without a reduction
	SurchargeTotal   money.Cents // the surcharge due in all, of which Surcharge is new
	Interrupted      bool        // limitation: the operator says that it was interrupted
	Rechecked        bool        // on the income of the earlier version: the account changed, see Parameters.Recheck
}

// QuarterResult is one quarter of a regularisation. Amounts are cents of EUR.
type QuarterResult struct {
	NISS     NISS
	Year     int
	Quarter  int
	Version  int
	Declared law.Category // by the account
	Category law.Category // applied
	Reason   StatusReason // why they differ
	Standing Standing
	Starter  uint8
	law.Contribution
	Called    money.Cents
	CalledFee money.Cents // the part of Called that is the fee
	Article   int         // see law.Law.Articles
}

// SurchargeTerm is one term of the surcharge of art. 11bis: a rate on what was unpaid on a day.
type SurchargeTerm struct {
	NISS    NISS
	Year    int
	Version int
	On      Date
	Rate    money.Rate
	Paid    money.Cents // on the year, up to and including the day
	Unpaid  money.Cents
	Amount  money.Cents
}

// Results takes the settlements of a shard, sorted by affiliate. It must copy what it keeps: their memory is used again.
type Results interface {
	Settlement(*Settlement)
}
