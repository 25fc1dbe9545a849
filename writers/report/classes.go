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

// amountBounds cut supplements and refunds into classes, in cents: a class goes from one bound up to, and without, the next.
var amountBounds = [...]money.Cents{50_00, 100_00, 250_00, 500_00, 1_000_00, 2_500_00, 5_000_00, 10_000_00}

// incomeBounds cut annual incomes into classes, in cents. The first class is that of no income.
var incomeBounds = [...]money.Cents{1, 10_000_00, 20_000_00, 30_000_00, 50_000_00, 75_000_00, 100_000_00}

// ageBounds cut the age of late statements into classes, in days after the deadline: a week, a month, three months, half a
// year, a year, two years.
var ageBounds = [...]int32{8, 31, 92, 183, 366, 731}

// The classes of a distribution: one more than its bounds.
type (
	AmountClasses [len(amountBounds) + 1]Class
	IncomeClasses [len(incomeBounds) + 1]Class
	AgeClasses    [len(ageBounds) + 1]Class
)

// ageNames name the classes of ageBounds.
var ageNames = [len(ageBounds) + 1]string{"1 to 7 days", "8 to 30 days", "31 to 91 days", "92 to 182 days",
	"183 to 365 days", "366 to 730 days", "over 730 days"}

// classOf is the class of a value.
func classOf[T money.Cents | int32](bounds []T, value T) int {
	for i, bound := range bounds {
		if value < bound {
			return i
		}
	}
	return len(bounds)
}

// amountName names a class of supplements or refunds.
func amountName(class int) string {
	switch class {
	case 0:
		return "under " + euros(amountBounds[0])
	case len(amountBounds):
		return euros(amountBounds[class-1]) + " and more"
	}
	return euros(amountBounds[class-1]) + " to " + euros(amountBounds[class])
}

// incomeName names a class of annual incomes.
func incomeName(class int) string {
	switch class {
	case 0:
		return "no income or a loss"
	case 1:
		return "under " + euros(incomeBounds[1])
	case len(incomeBounds):
		return euros(incomeBounds[class-1]) + " and more"
	}
	return euros(incomeBounds[class-1]) + " to " + euros(incomeBounds[class])
}

// euros writes whole EUR without their unit.
func euros(amount money.Cents) string { return number(int64(amount / 100)) }
