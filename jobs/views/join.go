package views

import (
	"encoding/binary"
	"errors"
	"iter"
	"maps"
	"slices"

	"regul/writers/dictionary"
)

// errEnough ends a walk through rows of which no more are needed.
var errEnough = errors.New("no more rows are needed")

// with are the rows of which others have one of the same key, without those of which they have none. Both are sorted by the key, and the
// others have each key once at most. The cells of the others are those of that row.
func (r *rows) with(others *rows, key ...string) *rows    { return r.matched(others, true, key) }
func (r *rows) without(others *rows, key ...string) *rows { return r.matched(others, false, key) }

func (r *rows) matched(others *rows, wanted bool, key []string) *rows {
	mine, theirs := r.keep(key...), others.keep(key...)
	some := *r
	some.each = func(visit func() error) error {
		var failed error
		next, stop := iter.Pull(func(yield func(struct{}) bool) {
			failed = others.each(func() error {
				if !yield(struct{}{}) {
					return errEnough
				}
				return nil
			})
		})
		_, more := next()
		err := r.each(func() error {
			for more && compare(theirs, mine) < 0 {
				_, more = next()
			}
			if (more && compare(theirs, mine) == 0) != wanted {
				return nil
			}
			return visit()
		})
		stop()
		if errors.Is(failed, errEnough) {
			failed = nil
		}
		return errors.Join(err, failed)
	}
	return &some
}

// total is a column that a group has of its rows: the sum of a cell, or how many rows or different texts it has.
type total struct {
	dictionary.Column
	of       cell // nil: the rows are counted
	distinct bool // different texts are counted: the rows are sorted by them
}

// grouped is a group: the values of its columns, and what its rows come to.
type grouped struct {
	key    []value
	totals []int64
	texts  [][]byte // the last one of each total that counts different ones
}

// group brings rows together that have the same in some columns. The groups are sorted by these; only they are in memory.
func group(from *rows, by []column, totals ...total) *rows {
	var present *grouped
	r := &rows{}
	for i, c := range by {
		r.columns = append(r.columns, column{c.Column, func() value { return present.key[i] }})
	}
	for i, t := range totals {
		r.columns = append(r.columns, column{t.Column, func() value { return value{number: present.totals[i]} }})
	}
	r.each = func(visit func() error) error {
		groups := map[string]*grouped{}
		var name []byte
		err := from.each(func() error {
			name = name[:0]
			for _, c := range by {
				v := c.cell()
				name = append(binary.LittleEndian.AppendUint64(append(name, v.text...), uint64(v.number)), byte(number(v.null)))
			}
			g := groups[string(name)]
			if g == nil {
				g = newGroup(by, len(totals))
				groups[string(name)] = g
			}
			g.add(totals)
			return nil
		})
		if err != nil {
			return err
		}
		byKey := func(a, b *grouped) int { return slices.CompareFunc(a.key, b.key, order) }
		for _, present = range slices.SortedFunc(maps.Values(groups), byKey) {
			if err := visit(); err != nil {
				return err
			}
		}
		return nil
	}
	return r
}

func newGroup(by []column, totals int) *grouped {
	g := &grouped{totals: make([]int64, totals), texts: make([][]byte, totals)}
	for _, c := range by {
		v := c.cell()
		v.text = slices.Clone(v.text)
		g.key = append(g.key, v)
	}
	return g
}

// add takes the present row in.
func (g *grouped) add(totals []total) {
	for i, t := range totals {
		switch {
		case t.of == nil:
			g.totals[i]++
		case !t.distinct:
			g.totals[i] += t.of().number
		default:
			if text := t.of().text; g.texts[i] == nil || string(g.texts[i]) != string(text) {
				g.totals[i]++
				g.texts[i] = append(g.texts[i][:0], text...)
			}
		}
	}
}
