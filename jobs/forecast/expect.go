package forecast

import (
	"math"
	"math/big"

	"regul/pipeline/money"
)

// Percent is the chance, in percent, with which a range is meant to hold the sum that comes.
const Percent = 80

// normal is the quantile of the standard normal distribution that leaves 10 % above.
const normal = 1.2815515655446004

// Range is an expected sum and between what it is likely to lie, cents.
type Range struct {
	Expected money.Cents `json:"expected"`
	Low      money.Cents `json:"low"`
	High     money.Cents `json:"high"`
}

// Expectation is what some rows are expected to bring. Amounts are EUR.
type Expectation struct {
	Rows    int64       `json:"rows"`
	Called  money.Cents `json:"called"`
	Without int64       `json:"without_history"` // rows that nothing is expected of: the history says nothing of them

	Supplement Range `json:"supplement"`
	Cancelled  Range `json:"cancelled"`
	Refund     Range `json:"refund"`
}

// Range is the range of a measure.
func (e *Expectation) Range(m Measure) *Range {
	return [...]*Range{&e.Supplement, &e.Cancelled, &e.Refund}[m]
}

// Expect is what the rows of a book are expected to bring together.
func (model *Model) Expect(rows Book) Expectation {
	var e Expectation
	for at, s := range rows {
		e.Rows += s.Rows
		e.Called += s.Called
		if _, known := model.pool(at); !known {
			e.Without += s.Rows
		}
	}
	for m := range Measures {
		*e.Range(m) = model.rangeOf(m, rows)
	}
	return e
}

// rangeOf adds up, each with its variance:
//
//   - what differs from row to row, which evens out over many rows;
//   - the ratio of the pool, which is off in the same way for all its rows;
//   - the year, which is off in the same way for all its rows, see effectOfYears.
//
// Sums of many rows are taken as normal.
func (model *Model) rangeOf(m Measure, rows Book) Range {
	expected := model.expected(m, rows)
	variance := model.chance(m, rows)
	effect := &model.effects[m]
	common := 0.0
	for _, year := range rows.Years() {
		sum := float(model.expected(m, rows.Of(year)))
		common += sum * sum
	}
	half := math.Sqrt(normal*normal*variance + effect.quantile*effect.quantile*effect.variance*common)
	sum := cents(expected)
	width := money.Cents(math.Round(half))
	return Range{sum, max(0, sum-width), sum + width}
}

// expected is the expected sum of a measure, in cents, exact.
func (model *Model) expected(m Measure, rows Book) *big.Rat {
	sum := new(big.Rat)
	for at, s := range rows {
		if pool, known := model.pool(at); known {
			sum.Add(sum, product(model.pools[pool].ratio[m], s.weight.rat()))
		}
	}
	return sum
}

// chance is the variance of a sum that rows and ratios cause. Cells of one pool are off together.
func (model *Model) chance(m Measure, rows Book) float64 {
	pools := Book{}
	for at, s := range rows {
		if pool, known := model.pool(at); known {
			pools.at(pool).add(s)
		}
	}
	variance := 0.0
	for _, at := range pools.cells() {
		p, weight := model.pools[at], float(pools[at].weight.rat())
		variance += p.variance[m]*float(pools[at].weight2.rat()) + p.mean[m]*weight*weight
	}
	return variance
}

// cents rounds half up.
func cents(sum *big.Rat) money.Cents {
	doubled := new(big.Int).Mul(sum.Num(), big.NewInt(2))
	doubled.Add(doubled, sum.Denom())
	doubled.Div(doubled, new(big.Int).Mul(sum.Denom(), big.NewInt(2))) // Euclidean: the denominator is positive
	return money.Cents(doubled.Int64())
}
