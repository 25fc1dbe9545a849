package tally

import "regul/pipeline/money"

// Class is a part of a distribution: how many regularisations, and the sum of what is distributed, in cents.
type Class struct {
	Rows   int64
	Amount money.Cents
}

func (c *Class) count(amount money.Cents) {
	c.Rows++
	c.Amount += amount
}

// Add adds the regularisations of another class.
func (c *Class) Add(other *Class) {
	c.Rows += other.Rows
	c.Amount += other.Amount
}

// The classes of a distribution are equally wide, so that bars can be compared: supplements and refunds in steps of AmountStep cents,
// annual incomes in steps of IncomeStep cents after the class of no income, late statements in steps of AgeStep days after the deadline.
// The last class is open.
const (
	AmountStep  = 500_00
	IncomeStep  = 10_000_00
	AgeStep     = 30
	AmountCount = 11
	IncomeCount = 12
	AgeCount    = 7
)

// The classes of a distribution.
type (
	AmountClasses [AmountCount]Class
	IncomeClasses [IncomeCount]Class
	AgeClasses    [AgeCount]Class
)

// amountClass is the class of an amount above 0.
func amountClass(amount money.Cents) int { return int(min(amount/AmountStep, AmountCount-1)) }

// incomeClass is the class of an annual income; the first is that of no income or a loss.
func incomeClass(income money.Cents) int {
	if income <= 0 {
		return 0
	}
	return int(min(1+income/IncomeStep, IncomeCount-1))
}

// ageClass is the class of an age of 1 day or more.
func ageClass(days int32) int { return int(min((days-1)/AgeStep, AgeCount-1)) }
