package forecast

import (
	"cmp"
	"maps"
	"slices"
)

// Where are the rows of some cells.
func (b Book) Where(holds func(Cell) bool) Book {
	found := Book{}
	for at, s := range b {
		if holds(at) {
			found[at] = s
		}
	}
	return found
}

// Of are the rows of a year.
func (b Book) Of(year int) Book { return b.Where(func(at Cell) bool { return at.Year == year }) }

// In are the rows of a category.
func (b Book) In(category int) Book {
	return b.Where(func(at Cell) bool { return at.Category == category })
}

// Years lists the years, ascending.
func (b Book) Years() []int { return b.list(func(at Cell) int { return at.Year }) }

// Categories lists the categories, ascending.
func (b Book) Categories() []int { return b.list(func(at Cell) int { return at.Category }) }

func (b Book) list(of func(Cell) int) []int {
	found := map[int]bool{}
	for at := range b {
		found[of(at)] = true
	}
	return slices.Sorted(maps.Keys(found))
}

// cells lists the cells in one order, so that floats add up alike every time.
func (b Book) cells() []Cell {
	return slices.SortedFunc(maps.Keys(b), func(a, b Cell) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Category, b.Category), cmp.Compare(a.Class, b.Class))
	})
}
