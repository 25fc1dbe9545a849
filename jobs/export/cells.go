package export

import (
	"encoding/binary"
	"slices"

	"github.com/zeebo/xxh3"

	"regul/readers/table"
)

// crowd counts the affiliates (or companies) of whom an export tells the same: in all rows of all tables of the batch together, for what
// can be joined must be counted together.
type crowd struct {
	persons map[uint64]*person
}

// person is one of them, by a hash of the number: a sum over the rows of what each detail tells, and the detail that is chosen.
type person struct {
	tells  [leftOut]uint64
	detail detail
}

func newCrowd() *crowd { return &crowd{map[uint64]*person{}} }

// count takes a row in.
func (c *crowd) count(name string, columns []column, b *table.Block, row int, r *exportRow) {
	key := xxh3.Hash(b.Columns[0].Texts[row])
	p := c.persons[key]
	if p == nil {
		p = &person{}
		c.persons[key] = p
	}
	for d := range leftOut {
		if rowsAt(name, d) {
			p.tells[d] += r.hash(name, columns, d)
		}
	}
}

// choose gives everybody the greatest detail at which at least so many are told of alike, and counts them by detail. Of whom a detail tells
// nothing, the next one tells nothing either.
func (c *crowd) choose(least int) (chosen [detailCount]int64) {
	open := make([]*person, 0, len(c.persons))
	for _, p := range c.persons {
		open = append(open, p)
	}
	for d := range leftOut {
		alike := map[uint64]int{}
		for _, p := range open {
			alike[p.tells[d]]++
		}
		open = slices.DeleteFunc(open, func(p *person) bool {
			p.detail = d
			fits := p.tells[d] != 0 && alike[p.tells[d]] >= least
			if fits {
				chosen[d]++
			}
			return fits
		})
	}
	for _, p := range open {
		p.detail = leftOut
	}
	chosen[leftOut] = int64(len(open))
	return chosen
}

// of is the detail of the one with a number.
func (c *crowd) of(number []byte) detail { return c.persons[xxh3.Hash(number)].detail }

// hash is a hash of what a row tells at a detail, its pseudonyms left out.
func (r *exportRow) hash(name string, columns []column, d detail) uint64 {
	text := append([]byte(name), 0)
	for i := range columns {
		if c := &columns[i]; c.pseudonym || !r.tells(c, i, d) {
			text = append(text, 0)
		} else {
			text = binary.LittleEndian.AppendUint64(append(text, 1), uint64(r.numbers[i]))
			text = append(append(text, r.texts[i]...), 0)
		}
	}
	return xxh3.Hash(text)
}

// tells says whether a row tells the value of a column at a detail.
func (r *exportRow) tells(c *column, i int, d detail) bool {
	return !r.nulls[i] && (c.pseudonym || d <= c.least)
}
