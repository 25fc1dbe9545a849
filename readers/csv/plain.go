package csv

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"unicode/utf8"

	"regul/readers/table"
)

// Most rows of most files are plain: in UTF-8, without quotes, with as many cells as the header. They are cut here eight bytes at a time,
// many rows before any cell is read, and then read column by column. All others are left to scanner.next, one by one.

// runRows is how many rows are cut before their cells are read.
const runRows = 256

// ahead remembers where a byte comes next in the buffer.
type ahead struct {
	what byte
	at   int
	seen bool // false: it is to be looked for
}

// from is where the byte comes next, from a place on; the end of the text where it does not.
func (a *ahead) from(text []byte, place int) int {
	if !a.seen || a.at < place {
		a.at, a.seen = len(text), true
		if i := bytes.IndexByte(text[place:], a.what); i >= 0 {
			a.at = place + i
		}
	}
	return a.at
}

// plain is rows that were cut, the one that is being cut, and what is known of the text ahead.
type plain struct {
	cells table.Cells
	lines [][]byte // of each row, without its end

	start int // of the row that is being cut
	last  int // the position of the bound of its end

	quote, zero, apostrophe ahead
}

func newPlain() plain {
	return plain{quote: ahead{what: '"'}, zero: ahead{what: 0}, apostrophe: ahead{what: '\''}}
}

// moved says that the buffer is not what it was.
func (p *plain) moved() { p.quote.seen, p.zero.seen, p.apostrophe.seen = false, false, false }

const (
	everyByte = 0x0101010101010101
	lowBits   = 0x7F7F7F7F7F7F7F7F
	highBits  = 0x8080808080808080
)

// equalBytes has the high bit of every byte of a word that is the one of another, whose bytes are equal and below 128.
func equalBytes(word, other uint64) uint64 {
	differ := word ^ other
	return ^(differ&lowBits + lowBits | differ) & highBits
}

// cut cuts the plain rows at the start of the unread text, at most so many, and passes over blank lines between them. It stops at the first
// row that is another, and where the text ends without a line feed.
func (s *scanner) cut(most int) {
	p, all := &s.plain, s.buffer[:s.end]
	p.cells = table.Cells{Text: all, Stride: s.columns + 1, Bounds: room(p.cells.Bounds, most*(s.columns+1)+8), Odd: p.cells.Odd[:0]}
	p.lines = p.lines[:0]
	text, bounds := all[:min(p.quote.from(all, s.start), p.zero.from(all, s.start))], p.cells.Bounds
	separators, at, high, next := uint64(s.delimiter)*everyByte, s.start, uint64(0), p.begin(s.start)
	for ; at+8 <= len(text); at += 8 {
		word := binary.LittleEndian.Uint64(text[at : at+8])
		high |= word
		found, ends := equalBytes(word, separators), equalBytes(word, '\n'*everyByte)
		if ends == 0 { // most words: the bounds go where they go, and one too many is seen after them
			for ; found != 0; found &= found - 1 {
				bounds[next] = int32(at + bits.TrailingZeros64(found)/8)
				next++
			}
			if next > p.last {
				return // more cells than the header has
			}
			continue
		}
		for found |= ends; found != 0; found &= found - 1 {
			place := at + bits.TrailingZeros64(found)/8
			if text[place] != '\n' && next < p.last {
				bounds[next] = int32(place)
				next++
			} else if text[place] != '\n' || !s.endRow(text[p.start:place], next, high&highBits == 0, most) {
				return // more cells than the header has, or the end
			} else {
				next, high = p.begin(s.start), word // a row that begins in the word may have its letters
			}
		}
	}
	for ; at < len(text); at++ {
		high |= uint64(text[at])
		switch {
		case text[at] == s.delimiter && next < p.last:
			bounds[next] = int32(at)
			next++
		case text[at] == s.delimiter, text[at] == '\n' && !s.endRow(text[p.start:at], next, high&highBits == 0, most):
			return
		case text[at] == '\n':
			next, high = p.begin(s.start), 0
		}
	}
}

// begin starts a row, and says the position of its second bound.
func (p *plain) begin(start int) int {
	first := len(p.cells.Odd) * p.cells.Stride
	p.start, p.last = start, first+p.cells.Stride-1
	if first < len(p.cells.Bounds) {
		p.cells.Bounds[first] = int32(start) - 1
	}
	return first + 1
}

// endRow takes the row of a line, whose bounds are known up to a position, and of which it may be known that it is ASCII. It is false where
// no more rows are to be cut.
func (s *scanner) endRow(line []byte, next int, ascii bool, most int) bool {
	p, after := &s.plain, s.plain.start+len(line)+1
	long := len(line) > maxRecord
	line = bytes.TrimSuffix(line, []byte("\r"))
	if s.mayBeBlank(line) && s.isBlank(line) {
		s.start = after
		return true
	}
	if next != p.last || long || !ascii && !utf8.Valid(line) {
		return false
	}
	p.cells.Bounds[next] = int32(p.start + len(line))
	p.cells.Odd = append(p.cells.Odd, !ascii || p.apostrophe.from(p.cells.Text, p.start) < after)
	p.lines = append(p.lines, line)
	s.start = after
	return len(p.lines) < most
}

// mayBeBlank is false for nearly every line with something in it.
func (s *scanner) mayBeBlank(line []byte) bool {
	return len(line) == 0 || line[0] == s.delimiter || line[0] <= ' ' || line[0] >= utf8.RuneSelf
}

// room is a slice of so many elements, of any value.
func room(s []int32, n int) []int32 {
	if cap(s) < n {
		return make([]int32, n)
	}
	return s[:n]
}
