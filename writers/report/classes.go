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

// amountName names a class of supplements or refunds.
func (w *words) amountName(class int) string { return w.between(class, amountStep, amountCount-1) }

// incomeName names a class of annual incomes.
func (w *words) incomeName(class int) string {
	if class == 0 {
		return w.t("no income or a loss")
	}
	return w.between(class-1, incomeStep, incomeCount-2)
}

// between names the class of that number, so wide, of which the last is open.
func (w *words) between(class int, step money.Cents, last int) string {
	low := euros(money.Cents(class) * step)
	if class == last {
		return w.f("%s and more", low)
	}
	return w.f("%s to %s", low, euros(money.Cents(class+1)*step))
}

// ageName names a class of late statements.
func (w *words) ageName(class int) string {
	if class == ageCount-1 {
		return w.f("over %d days", class*ageStep)
	}
	return w.f("%d to %d days", class*ageStep+1, (class+1)*ageStep)
}

// euros writes whole EUR without their unit.
func euros(amount money.Cents) string { return number(int64(amount / 100)) }
