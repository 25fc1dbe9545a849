package forecast

import "math/big"

// Least is how many rows a pool must have to be learnt from.
const Least = 30

// pooled is what the rows of a pool teach.
type pooled struct {
	ratio    [Measures]*big.Rat // of the amount to the weight, exact
	variance [Measures]float64  // of a row of weight 1
	mean     [Measures]float64  // of the ratio itself
}

// newPool learns the ratios of a pool, amount to weight:
//
//	r = Σx / Σw,  e = x - r w,  s² = n/(n-1) Σe² / Σw²
//
// so that a row of weight w is expected to bring r w, with the variance s² w²: who is called twice as much is off by twice as much. The
// variance of r is n/(n-1) Σe² / (Σw)².
func newPool(s *Sums) *pooled {
	p := &pooled{}
	weight, weight2 := s.weight.rat(), s.weight2.rat()
	for m := range Measures {
		r := new(big.Rat).Quo(new(big.Rat).SetInt64(int64(s.Amounts[m])), weight)
		squares := s.amount2[m].rat() // Σe² = Σx² - 2 r Σxw + r² Σw²
		squares.Sub(squares, product(big.NewRat(2, 1), r, s.cross[m].rat()))
		squares.Add(squares, product(r, r, weight2))
		squares.Mul(squares, big.NewRat(s.Rows, s.Rows-1))
		p.ratio[m] = r
		p.variance[m] = float(new(big.Rat).Quo(squares, weight2))
		p.mean[m] = float(new(big.Rat).Quo(squares, product(weight, weight)))
	}
	return p
}

func product(factors ...*big.Rat) *big.Rat {
	p := big.NewRat(1, 1)
	for _, f := range factors {
		p.Mul(p, f)
	}
	return p
}

func float(r *big.Rat) float64 {
	f, _ := r.Float64()
	return f
}

// Model is what a history teaches.
type Model struct {
	Years []int // of the history, ascending
	Rows  int64

	history Book
	pools   map[Cell]*pooled // those with enough rows
	effects [Measures]effect
}

// The cells of pools have no year. Those of several categories have every as category, those of several classes one of these as class.
const (
	every           = -1
	leftover  Class = 100 // the classes that have too few rows by themselves
	everybody Class = 101
	ofNothing Class = 10 // added where nothing was called: such rows learn only from each other, and the others too
)

// poolsOf lists the pools a cell may learn from, the first that has enough rows: its category and class, the other small classes of the
// category, the small categories, everybody.
func poolsOf(at Cell) [4]Cell {
	kind := Class(0)
	if at.Class == Nothing {
		kind = ofNothing
	}
	return [4]Cell{{Category: at.Category, Class: at.Class}, {Category: at.Category, Class: leftover + kind},
		{Category: every, Class: leftover + kind}, {Category: every, Class: everybody + kind}}
}

// Learn learns from a history. Pools with fewer than Least rows are not used.
//
// What is too few by itself is pooled with what is also too few, not with the rows that learn from themselves: then the ratios give back
// the sums of the history that they were learnt from. A category lent from its neighbours is off for itself, and for the sum of all.
func Learn(history Book) *Model {
	model := &Model{history: history, Years: history.Years(), pools: map[Cell]*pooled{}}
	small := history
	for level := range 3 {
		model.addPools(small, level)
		small = small.Where(func(at Cell) bool { return model.pools[poolsOf(at)[level]] == nil })
	}
	model.addPools(history, 3)
	for _, s := range history {
		model.Rows += s.Rows
	}
	for m := range Measures {
		model.effects[m] = model.effectOfYears(m)
	}
	return model
}

// addPools pools rows at a level of poolsOf.
func (model *Model) addPools(rows Book, level int) {
	sums := Book{}
	for at, s := range rows {
		sums.at(poolsOf(at)[level]).add(s)
	}
	for at, s := range sums {
		if s.Rows >= Least {
			model.pools[at] = newPool(s)
		}
	}
}

// pool is the cell of the pool that the rows learn from, or false: the history has too few rows that could say anything of them.
func (model *Model) pool(at Cell) (Cell, bool) {
	for _, pool := range poolsOf(at) {
		if model.pools[pool] != nil {
			return pool, true
		}
	}
	return Cell{}, false
}

// Knows says whether the model can expect anything of anybody.
func (model *Model) Knows() bool { return len(model.pools) > 0 }

// LearntClass is what the rows of a category and class brought, in the years of the history together.
type LearntClass struct {
	Cell
	Rows   int64
	Ratio  [Measures]float64 // of the amounts to what was called; of class Nothing, cents a row
	Enough bool              // rows to learn from
}

// Classes lists the categories and classes of the history, in order.
func (model *Model) Classes() []LearntClass {
	sums := Book{}
	for at, s := range model.history {
		sums.at(Cell{Category: at.Category, Class: at.Class}).add(s)
	}
	var list []LearntClass
	for _, at := range sums.cells() {
		c := LearntClass{Cell: at, Rows: sums[at].Rows, Enough: sums[at].Rows >= Least}
		for m := range Measures {
			c.Ratio[m] = float64(sums[at].Amounts[m]) / float(sums[at].weight.rat())
		}
		list = append(list, c)
	}
	return list
}
