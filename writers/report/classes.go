package report

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

func (c *Class) add(other *Class) {
	c.Rows += other.Rows
	c.Amount += other.Amount
}

// The classes of a distribution are equally wide, so that bars can be compared: supplements and refunds in steps of amountStep cents,
// annual incomes in steps of incomeStep cents after the class of no income, late statements in steps of ageStep days after the deadline.
// The last class is open.
const (
	amountStep  = 500_00
	incomeStep  = 10_000_00
	ageStep     = 30
	amountCount = 11
	incomeCount = 12
	ageCount    = 7
)

// The classes of a distribution.
type (
	AmountClasses [amountCount]Class
	IncomeClasses [incomeCount]Class
	AgeClasses    [ageCount]Class
)

// amountClass is the class of an amount above 0.
func amountClass(amount money.Cents) int { return int(min(amount/amountStep, amountCount-1)) }

// incomeClass is the class of an annual income; the first is that of no income or a loss.
func incomeClass(income money.Cents) int {
	if income <= 0 {
		return 0
	}
	return int(min(1+income/incomeStep, incomeCount-1))
}

// ageClass is the class of an age of 1 day or more.
func ageClass(days int32) int { return int(min((days-1)/ageStep, ageCount-1)) }
