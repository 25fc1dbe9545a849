package compact

import (
	"fmt"

	"regul/readers/parquet"
	"regul/readers/table"
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

// overlap says whether a row group may hold numbers of the span, by its statistics.
func overlap(f *parquet.File, group int, column string, in span) (bool, error) {
	low, high, known, err := f.Range(group, column)
	if err != nil || !known {
		return true, err
	}
	lowest, ok := parseNumber([]byte(low))
	highest, okHighest := parseNumber([]byte(high))
	return !ok || !okHighest || lowest < in.end() && highest >= in.first(), nil // the rows of a group without numbers will tell
}

// eachNumber visits the numbers in a column of a block.
func eachNumber(b *table.Block, column int, visit func(n int64)) error {
	for row, text := range b.Columns[column].Texts[:b.Rows] {
		n, ok := parseNumber(text)
		if !ok {
			return fmt.Errorf("row %d: no number", b.First+int64(row)) // which must not be told
		}
		visit(n)
	}
	return nil
}

// parseNumber reads a number of at most 11 digits.
func parseNumber(text []byte) (n int64, ok bool) {
	for _, digit := range text {
		if digit < '0' || digit > '9' {
			return 0, false
		}
		n = n*10 + int64(digit-'0')
	}
	return n, len(text) > 0 && len(text) <= 11 && all.has(n)
}
