// Package forecast expects what years will bring whose income has not arrived, from a fund's own history: sums of
// supplements, cancelled amounts and refunds, each with a range. It knows neither files nor affiliates.
//
// What is counted is exact: sums of cents and of their squares. Ratios are exact fractions; only the widths of ranges are floats.
// No result depends on the order in which rows come.
package forecast

import (
	"fmt"
	"math/big"
	"math/bits"

	"regul/pipeline/money"
)

// Measure is one of the amounts that are expected.
type Measure int

// The measures of an affiliate's year, for D definitive, C called before any regularisation, P paid up to the first notice.
const (
	Supplement Measure = iota // max(0, D - C)
	Cancelled                 // max(0, C - D)
	Refund                    // max(0, P - D), before offsets
	Measures
)

func (m Measure) String() string { return [...]string{"supplement", "cancelled", "refund"}[m] }

// Class is how much is called for a full year: it stands for the income on which it is called.
type Class int

// classLimits are the least amounts a year of the classes after the first two, EUR with the fee. About 3 500 is the least of the main
// category, about 20 000 the most that anybody pays.
var classLimits = []int{2000, 4000, 8000, 12000}

// Nothing is the class of which nothing is called: there a ratio to what is called says nothing, and rows are counted instead.
const Nothing Class = 0

// Classes are how many there are.
var Classes = Class(len(classLimits) + 2)

// ClassOf is the class of an amount called for a full year, in cents.
func ClassOf(annual money.Cents) Class {
	if annual <= 0 {
		return Nothing
	}
	for i, limit := range classLimits {
		if annual < money.Cents(limit)*100 {
			return Class(i + 1)
		}
	}
	return Classes - 1
}

// String names the class by its limits in EUR.
func (c Class) String() string {
	switch last := len(classLimits) - 1; {
	case c == Nothing:
		return "nothing"
	case c == 1:
		return fmt.Sprintf("below %d", classLimits[0])
	case int(c)-2 == last:
		return fmt.Sprintf("from %d", classLimits[last])
	}
	return fmt.Sprintf("%d to %d", classLimits[c-2], classLimits[c-1])
}

// Cell is what rows have in common.
type Cell struct {
	Year     int
	Category int
	Class    Class
}

// Book is sums of rows by cell.
type Book map[Cell]*Sums

// Add counts one affiliate's year: what was called of it, in cents, and what came of it; no amounts while that is unknown. No amount is
// negative.
func (b Book) Add(at Cell, called money.Cents, amounts [Measures]money.Cents) {
	weight := uint64(1) // of a row without anything called: rows are counted
	if at.Class != Nothing {
		weight = uint64(called)
	}
	s := b.at(at)
	s.Rows++
	s.Called += called
	s.weight.add(weight, 1)
	s.weight2.add(weight, weight)
	for m, amount := range amounts {
		s.Amounts[m] += amount
		s.amount2[m].add(uint64(amount), uint64(amount))
		s.cross[m].add(uint64(amount), weight)
	}
}

// Merge adds the rows of another book.
func (b Book) Merge(other Book) {
	for at, sums := range other {
		b.at(at).add(sums)
	}
}

func (b Book) at(at Cell) *Sums {
	if b[at] == nil {
		b[at] = &Sums{}
	}
	return b[at]
}

// Sums are what a book keeps of rows. A row weighs what was called of it, or 1 where nothing was.
type Sums struct {
	Rows    int64
	Called  money.Cents
	Amounts [Measures]money.Cents

	weight, weight2 total
	amount2, cross  [Measures]total // of the squares, and of amount times weight
}

func (s *Sums) add(o *Sums) {
	s.Rows += o.Rows
	s.Called += o.Called
	s.weight.merge(o.weight)
	s.weight2.merge(o.weight2)
	for m := range Measures {
		s.Amounts[m] += o.Amounts[m]
		s.amount2[m].merge(o.amount2[m])
		s.cross[m].merge(o.cross[m])
	}
}

// total is a sum of products of 64 bits, exact up to 128 bits: the squares of the largest year of an account have 78.
type total struct{ high, low uint64 }

func (t *total) add(a, b uint64) {
	high, low := bits.Mul64(a, b)
	t.merge(total{high, low})
}

func (t *total) merge(o total) {
	low, carry := bits.Add64(t.low, o.low, 0)
	t.low = low
	t.high += o.high + carry
}

func (t total) rat() *big.Rat {
	n := new(big.Int).SetUint64(t.high)
	n.Lsh(n, 64).Or(n, new(big.Int).SetUint64(t.low))
	return new(big.Rat).SetInt(n)
}
