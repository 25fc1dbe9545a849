package tally

import (
	"regul/pipeline"
	"regul/pipeline/money"
)

// Statistics are what is counted while a batch is settled. Amounts are cents of EUR with the fee.
type Statistics struct {
	Affiliates int64 // with at least one regularisation
	Notices    int64 // affiliates who must be told
	Withdrawn  int64 // notices of withdrawn batches that these notices correct

	All         Sums
	Outcomes    [pipeline.OutcomeCount]Sums
	Categories  []CategorySums // in the order of the law, then SeveralCategories and NoCategory; those that occur
	Years       []YearSums     // ascending; those that occur
	Languages   []Sums         // by pipeline.Language; position 0 is none
	Supplements AmountClasses  // of Supplement, above 0
	Refunds     AmountClasses  // of RefundGross, above 0
	Incomes     IncomeClasses  // of AnnualIncome: how many, and their definitive contributions
	Versions    [VersionCount]Sums
	Corrections Corrections
	Late        Late
	Claims      []Large // the largest, in order
	Payouts     []Large
}

// CategorySums are the sums of the years of one category: that of the quarters that are due.
type CategorySums struct {
	Code string
	Sums
}

// What stands for a category where there is not one.
const (
	SeveralCategories = "several" // the quarters that are due differ
	NoCategory        = "none"    // no quarter is due
)

// YearSums are the sums of a contribution year, and its regularisations by outcome.
type YearSums struct {
	Year int
	Sums
	Outcomes [pipeline.OutcomeCount]int64
}

// VersionCount is one more than the last version that is counted by itself; that one holds all later ones too.
const VersionCount = 6

// Corrections say of the regularisations of version 2 and later what their sums do not.
type Corrections struct {
	Before      money.Cents // what the version before said was definitive, where it is known
	Rechecked   int64       // without a new communication: the account changed
	Otherwise   int64       // without a new communication, nor a change of the account
	Interrupted int64       // regularisations of any version whose limitation was interrupted
}

// Late are the statements later than the last day of the month after the communication's (RGS art. 43): how many, and the
// sum of what they claim, by days after the deadline.
type Late struct {
	OnTime Class
	Ages   AgeClasses
	Oldest int32 // days after the deadline
}

// Rows is how many statements are late.
func (l *Late) Rows() int64 {
	var rows int64
	for i := range l.Ages {
		rows += l.Ages[i].Rows
	}
	return rows
}
