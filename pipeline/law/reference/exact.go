package reference

import "github.com/shopspring/decimal"

// quotient is an exact number: a decimal over a decimal greater than 0, not yet divided.
type quotient struct{ number, by decimal.Decimal }

// cents is the quotient rounded half up to the cent. Numbers of the law are never negative.
func (q quotient) cents() decimal.Decimal { return q.number.DivRound(q.by, 2) }

// cents rounds an amount that is not negative half up to the cent.
func cents(d decimal.Decimal) decimal.Decimal { return d.Round(2) }

// atLeastZero is max(0, d).
func atLeastZero(d decimal.Decimal) decimal.Decimal {
	if d.IsNegative() {
		return decimal.Zero
	}
	return d
}

func smaller(a, b decimal.Decimal) decimal.Decimal {
	if b.LessThan(a) {
		return b
	}
	return a
}

func larger(a, b decimal.Decimal) decimal.Decimal {
	if a.LessThan(b) {
		return b
	}
	return a
}

// proportion is a percentage as a number: 20.5 is 0.205.
func proportion(percent decimal.Decimal) decimal.Decimal { return percent.Shift(-2) }

var (
	one  = decimal.NewFromInt(1)
	two  = decimal.NewFromInt(2)
	four = decimal.NewFromInt(4)
)
