package csv

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf8"

	"regul/readers/table"
)

// Most rows of most files are plain: in UTF-8, without quotes, with as many cells as the header. They are cut here eight bytes at a time,
// all rows of a block before any cell is read, and then read column by column. All others are left to scanner.next, one by one.

// place is where a byte comes next in the buffer. The zero value does not know.
type place struct{ after int }

// from is where the byte comes next, from a position on; the end of the text where it does not.
func (p *place) from(text []byte, what byte, position int) int {
	if p.after <= position { // it was passed, or is not known
		p.after = len(text) + 1
		if i := bytes.IndexByte(text[position:], what); i >= 0 {
			p.after = position + i + 1
		}
	}
	return p.after - 1
}

// places are where the bytes come next that make rows others than plain ones, or their cells.
type places struct{ quote, zero, apostrophe place }

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

// cutLine notes where the separators of the line stand that begins at a place, as long as there is room, and says how many there are and
// where the line ends. -1: its end is not in the text, or there are more. all has the high bits of all bytes of the line, and perhaps of
// some after it.
func cutLine(text []byte, at int, separators uint64, bounds []int32) (n, end int, all uint64) {
	for ; at <= len(text)-wordSize; at += wordSize {
		word := binary.LittleEndian.Uint64(text[at:])
		all |= word
		var found, ends uint64
		if word&highBits == 0 { // nearly always: equalBytes, with less to do
			found, ends = ^(word^separators+lowBits)&highBits, ^(word^'\n'*everyByte+lowBits)&highBits
		} else {
			found, ends = equalBytes(word, separators), equalBytes(word, '\n'*everyByte)
		}
		for found &= ends - 1; found != 0; found &= found - 1 { // those before the line end, if there is one
			if n >= len(bounds) {
				return n, -1, all
			}
			bounds[n] = int32(at + bits.TrailingZeros64(found)>>3)
			n++
		}
		if ends != 0 {
			return n, at + bits.TrailingZeros64(ends)>>3, all
		}
	}
	return n, -1, all
}

// cut cuts the plain rows at the start of the unread text, until a block has so many, and passes over blank lines between them. It stops
// at the first row that is another, and where the text ends without a line feed. It says whether there are any.
func (s *scanner) cut(to *rows, most int) bool {
	text, start, stride := s.buffer.bytes, s.start, s.columns+1
	limit := min(s.ahead.quote.from(text[:s.end], '"', start), s.ahead.zero.from(text[:s.end], 0, start))
	apostrophe := s.ahead.apostrophe.from(text[:s.end], '\'', start)
	cells, first, separators := &to.plain, len(to.plain.Bounds), uint64(s.delimiter)*everyByte
	bounds := slices.Grow(cells.Bounds, (most-to.count)*stride)[:first+(most-to.count)*stride]
	row := len(cells.Odd)
	odd := slices.Grow(cells.Odd, most-to.count)[:row+most-to.count]
	for start < limit && row < len(odd) {
		cut := bounds[first : first+stride]
		n, end, all := cutLine(text, start, separators, cut[1:])
		if end < 0 || end >= limit {
			break
		}
		line := text[start:end]
		long := len(line) > maxRecord
		if len(line) > 0 && line[len(line)-1] == '\r' {
			line = line[:len(line)-1]
		}
		if s.mayBeBlank(line) && s.isBlank(line) {
			start = end + 1
			continue
		}
		ascii := all&highBits == 0
		if n != s.columns-1 || long || !ascii && !utf8.Valid(line) {
			break
		}
		if apostrophe < start {
			apostrophe = s.ahead.apostrophe.from(text[:s.end], '\'', start)
		}
		cut[0], cut[len(cut)-1] = int32(start)-1, int32(start+len(line))
		odd[row] = !ascii || apostrophe < end
		first, row, start = first+stride, row+1, end+1
	}
	taken := row - len(cells.Odd)
	*cells = table.Cells{Text: text, Bounds: bounds[:first], Stride: stride, Odd: odd[:row]}
	s.start = start
	to.count += taken
	return taken > 0
}

// mayBeBlank is false for nearly every line with something in it.
func (s *scanner) mayBeBlank(line []byte) bool {
	return len(line) == 0 || line[0] == s.delimiter || line[0] <= ' ' || line[0] >= utf8.RuneSelf
}
