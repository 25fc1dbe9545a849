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
	NISS             NISS
	Dossier          Dossier
	Year             int // the contribution year
	Version          int // 1, 2 ... : 2 and later correct an earlier notice
	Communication    string
	CommunicatedOn   Date
	Components       []Component // the rows of the communication that the batch settles
	ComponentsBefore string      // those that an earlier batch settled, see AppendComponents
	NetIncome        money.Cents // as communicated, may be negative
	CountedIncome    money.Cents // NetIncome, or what the affiliate admits of it while it is contested (RGS art. 34)
	IncomeYear       int         // of NetIncome: Year, except some years of starters before 2015
	SubjectQuarters  int         // n, 1 to 4, of IncomeYear
	AnnualIncome     money.Cents // Y rounded to the cent, for reading only

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
	LateSurcharge  money.Cents // RGS art. 44, 44bis: accrued until the notice on what was called before, not claimed by it
	LateToPay      money.Cents // of LateSurcharge, what the notice asks beside its claim: see SettledYear.Running

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
	SurchargesPaid   money.Cents // of any kind, until NotifiedOn, less what was given back: no part of Paid
	PaidOfSurcharge  money.Cents // of them, what pays the surcharge of art. 11bis as earlier versions claimed it, see SurchargeRefund
	Interrupted      bool        // limitation: the operator says that it was interrupted
	Contested        bool        // with the tax administration
	ArrearsBarred    money.Cents // of Arrears: it can no longer be claimed and takes no refund (AR 38 art. 16 §2)
	Unclear          money.Cents // payments that are not in Paid until their purpose is said, see movements
	Reversed         money.Cents // in Paid, taken back on NotifiedOn or, not yet in it, later: what the batch knew
	Rechecked        Recheck     // on the income of the earlier version, for these changes: see Parameters.Recheck
}

// QuarterResult is one quarter of a regularisation. Amounts are cents of EUR.
type QuarterResult struct {
	NISS      NISS
	Year      int
	Quarter   int
	Version   int
	Declared  law.Category // by the account
	Category  law.Category // applied
	Reason    StatusReason // why they differ
	ToConfirm bool         // main, though the account does not show whether a primostarter's minimum applies
	Standing  Standing
	Starter   uint8
	law.Contribution
	Called        money.Cents
	CalledFee     money.Cents // the part of Called that is the fee
	Article       int         // see law.Law.Articles
	Legal         money.Cents // legal provisional contribution, as the account has it
	LegalComputed money.Cents // the same by the law (AR 38 art. 11 §3); Unsaid where the income of three years before is unknown
}

// SurchargeBasis is why a surcharge is due.
type SurchargeBasis uint8

// The bases; position 0 is none.
const (
	NoBasis SurchargeBasis = iota
	UnjustifiedReduction
	LatePayment
)

var surchargeBases = []string{"", "AR 38 art. 11bis", "RGS art. 44 and 44bis"}

// SurchargeBases lists the articles of the bases; position 0 is none.
func SurchargeBases() []string { return surchargeBases }

func (b SurchargeBasis) String() string { return surchargeBases[b] }

// SurchargeTerm is one term of a surcharge: a rate on what was unpaid on a day.
type SurchargeTerm struct {
	Basis   SurchargeBasis
	NISS    NISS
	Year    int
	Version int
	On      Date
	Rate    money.Rate
	Paid    money.Cents // on the year, up to and including the day
	Unpaid  money.Cents
	Amount  money.Cents
}

// IsYearly says whether the term is of the surcharge that falls once a year, not of the one of each quarter end.
func (t *SurchargeTerm) IsYearly() bool { return t.Rate == yearEndRate }

// Results takes the settlements of a shard, sorted by affiliate. It must copy what it keeps: their memory is used again.
type Results interface {
	Settlement(*Settlement)
	Balances([]Balance) // of one affiliate, by year
}
