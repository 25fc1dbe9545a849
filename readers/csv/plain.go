package csv

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf8"
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

// cut cuts the plain rows at the start of the unread text, until a block has so many, and passes over blank lines between them. It stops
// at the first row that is another, and where the text ends without a line feed. It says whether there are any.
func (s *scanner) cut(to *rows, most int) bool {
	text, stride, before := s.buffer.bytes, s.columns+1, to.count
	limit := min(s.ahead.quote.from(text[:s.end], '"', s.start), s.ahead.zero.from(text[:s.end], 0, s.start))
	cells, separators := &to.plain, uint64(s.delimiter)*everyByte
	cells.Text, cells.Bounds = text, slices.Grow(cells.Bounds, (most-before)*stride+wordSize)
	bounds := cells.Bounds[:cap(cells.Bounds)]
	next, high := len(cells.Bounds)+1, uint64(0) // the bound that comes next, and whether there are other letters than ASCII
	last := next + s.columns - 1                 // the bound of the end of the row
	for at := s.start; at < limit; at += wordSize {
		word := binary.LittleEndian.Uint64(text[at:])
		found, ends := equalBytes(word, separators), equalBytes(word, '\n'*everyByte)
		if ends != 0 {
			ahead := ends ^ (ends - 1) // the line end, and the bytes ahead of it
			found, word = found&ahead, word&ahead
		}
		for high |= word; found != 0; found &= found - 1 {
			bounds[next] = int32(at + bits.TrailingZeros64(found)>>3)
			next++
		}
		if next > last {
			break // more cells than the header has
		}
		if ends == 0 {
			continue
		}
		end := at + bits.TrailingZeros64(ends)>>3
		if end >= limit || !s.endRow(to, s.buffer.bytes[s.start:end], next == last, high&highBits == 0) || to.count == most {
			break
		}
		next, high = len(cells.Bounds)+1, 0
		last = next + s.columns - 1
		at = s.start - wordSize
	}
	return to.count > before
}

// endRow takes the row of a line, which may have as many cells as the header, and of which it may be known that it is ASCII. It is false
// where the row is not plain.
func (s *scanner) endRow(to *rows, line []byte, whole, ascii bool) bool {
	cells, after := &to.plain, s.start+len(line)+1
	whole = whole && len(line) <= maxRecord
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	if s.mayBeBlank(line) && s.isBlank(line) {
		s.start = after
		return true
	}
	if !whole || !ascii && !utf8.Valid(line) {
		return false
	}
	first := len(cells.Bounds)
	row := cells.Bounds[first : first+cells.Stride]
	row[0], row[len(row)-1] = int32(s.start)-1, int32(s.start+len(line))
	cells.Bounds = cells.Bounds[:first+len(row)]
	cells.Odd = append(cells.Odd, !ascii || s.ahead.apostrophe.from(s.buffer.bytes[:s.end], '\'', s.start) < after)
	to.count++
	s.start = after
	return true
}

// mayBeBlank is false for nearly every line with something in it.
func (s *scanner) mayBeBlank(line []byte) bool {
	return len(line) == 0 || line[0] == s.delimiter || line[0] <= ' ' || line[0] >= utf8.RuneSelf
}
