package compact

import (
	"fmt"
	"strconv"

	"regul/readers/parquet"
)

// span is a range of numbers: the whole, halved as often as there are digits in its name. National numbers have 11 digits, those of
// enterprises 10: all are below 2^37.
type span struct {
	bits  uint64 // 0 is the lower half, 1 the upper, the first halving first
	depth int
}

// all is every number; cellDepth is how often it is halved at most: a cell is 2^24 numbers, some six days of births.
const (
	numberBits = 37
	cellDepth  = 13
)

var all span

func (s span) first() int64 { return int64(s.bits << (numberBits - s.depth)) }

// end is the first number after the span.
func (s span) end() int64 { return int64((s.bits + 1) << (numberBits - s.depth)) }

func (s span) has(n int64) bool { return n >= s.first() && n < s.end() }

func (s span) halves() [2]span {
	return [2]span{{s.bits << 1, s.depth + 1}, {s.bits<<1 | 1, s.depth + 1}}
}

// parent is the span that this one is a half of; that of all is all.
func (s span) parent() span { return span{s.bits >> 1, max(0, s.depth-1)} }

// holds says whether the other is within the span, or is the same.
func (s span) holds(other span) bool {
	return other.depth >= s.depth && other.bits>>(other.depth-s.depth) == s.bits
}

// cells are the first cell of the span, and the one after its last.
func (s span) cells() (first, end int) {
	width := cellDepth - s.depth
	return int(s.bits << width), int((s.bits + 1) << width)
}

func cellOf(n int64) int { return int(n >> (numberBits - cellDepth)) }

// String names the span: names sort as the numbers do, and tell none of them.
func (s span) String() string {
	return fmt.Sprintf("0%0*b", s.depth, s.bits)[:1+s.depth]
}

// parseSpan reads a name.
func parseSpan(name string) (span, error) {
	s := span{depth: len(name) - 1}
	if s.depth < 0 || s.depth > cellDepth || name[0] != '0' {
		return s, fmt.Errorf("%q names no range of numbers", name)
	}
	for _, digit := range name[1:] {
		if digit != '0' && digit != '1' {
			return s, fmt.Errorf("%q names no range of numbers", name)
		}
		s.bits = s.bits<<1 | uint64(digit-'0')
	}
	return s, nil
}

// mayHold says whether a row group may hold numbers of the span, by its statistics.
func mayHold(f *parquet.File, group int, column string, s span) (bool, error) {
	low, high, known, err := f.Range(group, column)
	if err != nil || !known {
		return true, err
	}
	first, err := strconv.ParseInt(low, 10, 64)
	if err != nil {
		return true, nil // its rows will tell
	}
	last, err := strconv.ParseInt(high, 10, 64)
	return err != nil || first < s.end() && last >= s.first(), nil
}
