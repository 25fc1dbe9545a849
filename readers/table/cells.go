package table

import (
	"encoding/binary"

	"regul/pipeline"
)

// Cells are where the cells of some rows lie in a text, before they are read: the cell of a row and a position begins one byte after one
// bound and ends before the next.
type Cells struct {
	Text   []byte
	Bounds []int32 // of each row the place before its first cell, then the ends of its cells
	Stride int     // bounds of a row
	Odd    []bool  // of each row: it has other letters than ASCII, or an apostrophe
}

// Rows is how many rows there are.
func (c *Cells) Rows() int { return len(c.Odd) }

// Row is the text of a row.
func (c *Cells) Row(row int) []byte {
	return c.Text[c.Bounds[row*c.Stride]+1 : c.Bounds[row*c.Stride+c.Stride-1]]
}

// Part is so many of the rows, from one on.
func (c *Cells) Part(first, n int) Cells {
	return Cells{c.Text, c.Bounds[first*c.Stride : (first+n)*c.Stride], c.Stride, c.Odd[first : first+n]}
}

// SetAll reads the cells at a position, of all rows, into the vector, from a row on: what Set does with each of them. What is written as
// programs write it is read here eight bytes at a time; everything else, and what is wrong, by Set.
func (v *Vector) SetAll(first int, kind Kind, c *Cells, position int) {
	switch kind {
	case Text:
		v.setTexts(first, c, position)
	case Date:
		v.setDates(first, c, position)
	case Integer:
		v.setShort(first, kind, c, position, readInteger)
	case Amount:
		v.setShort(first, kind, c, position, readAmount)
	case Boolean:
		v.setShort(first, kind, c, position, readBoolean)
	default:
		v.setShort(first, kind, c, position, readNothing)
	}
}

func (v *Vector) setTexts(first int, c *Cells, position int) {
	texts, states, odd := v.Texts[first:first+c.Rows()], v.States[first:first+c.Rows()], c.Odd
	bounds, stride := c.Bounds[position:], c.Stride
	for row := 0; row < len(texts); row++ {
		if cell := c.Text[bounds[row*stride]+1 : bounds[row*stride+1]]; odd[row] && len(cell) > 0 {
			v.Set(first+row, Text, Bare(Trim(cell)))
		} else if n := takeTexts(texts[row:], states[row:], odd[row:], c.Text, bounds[row*stride:], stride); n > 0 {
			row += n - 1
		} else {
			v.Set(first+row, Text, Bare(Trim(cell)))
		}
	}
}

// takeTexts takes the cells that are texts as they stand, up to the first that may not be one, and says how many these are. It calls
// nothing, so that its values stay in registers.
func takeTexts(texts [][]byte, states []State, odd []bool, text []byte, bounds []int32, stride int) int {
	states, odd = states[:len(texts)], odd[:len(texts)]
	at := 0
	for row := range texts {
		from, end := int(bounds[at])+1, int(bounds[at+1])
		at += stride
		if from == end {
			states[row] = Empty
			continue
		}
		cell := text[from:end:end]
		if len(cell) == 0 || odd[row] || cell[0] <= ' ' || cell[len(cell)-1] <= ' ' {
			return row
		}
		texts[row] = cell
	}
	return len(texts)
}

// setShort reads cells of at most eight bytes that read knows, and the others as Set does. Many have the bytes of the cell before.
func (v *Vector) setShort(first int, kind Kind, c *Cells, position int, read func(word uint64, length int) (int64, bool)) {
	ints, states := v.Ints[first:first+c.Rows()], v.States[first:first+c.Rows()]
	text, bounds, stride := c.Text, c.Bounds[position:], c.Stride
	lastWord, lastLength, last := uint64(0), 0, int64(0)
	for row, at := 0, 0; row < len(ints); row, at = row+1, at+stride {
		from, end := int(bounds[at])+1, int(bounds[at+1])
		length := end - from
		if length == 0 {
			states[row] = Empty
			continue
		}
		if length <= 8 && end >= 8 {
			word := lastEight(text[end-8:end], length)
			if word == lastWord && length == lastLength {
				ints[row] = last
				continue
			}
			if n, ok := read(word, length); ok {
				ints[row], lastWord, lastLength, last = n, word, length, n
				continue
			}
		}
		v.Set(first+row, kind, Bare(Trim(text[from:end])))
	}
}

func (v *Vector) setDates(first int, c *Cells, position int) {
	ints, states := v.Ints[first:first+c.Rows()], v.States[first:first+c.Rows()]
	text, bounds, stride := c.Text, c.Bounds[position:], c.Stride
	for row, at := 0, 0; row < len(ints); row, at = row+1, at+stride {
		from, end := int(bounds[at])+1, int(bounds[at+1])
		if from == end {
			states[row] = Empty
		} else if day, ok := readDate(text[from:end]); ok {
			ints[row] = int64(day)
		} else {
			v.Set(first+row, Date, Bare(Trim(text[from:end])))
		}
	}
}

const (
	zeros    = 0x3030303030303030 // eight digits 0
	sixes    = 0x0606060606060606
	highHalf = 0xF0F0F0F0F0F0F0F0 // of each byte: 3 in digits, also when 6 is added
)

// lastBytes are the bytes of a word that are the last ones, by how many.
var lastBytes = [9]uint64{0, 0xFF << 56, 0xFFFF << 48, 0xFFFFFF << 40, 0xFFFFFFFF << 32, 0xFFFFFFFFFF << 24, 0xFFFFFFFFFFFF << 16,
	0xFFFFFFFFFFFFFF << 8, 1<<64 - 1}

// lastEight is eight bytes as a word, the last of them uppermost, with digits 0 instead of those before the last length.
func lastEight(eight []byte, length int) uint64 {
	last := lastBytes[length]
	return binary.LittleEndian.Uint64(eight)&last | zeros&^last
}

// readInteger reads 1 to 8 digits.
func readInteger(word uint64, _ int) (int64, bool) { return pipeline.EightDigits(word) }

// readAmount reads up to five digits, a point or a comma, and two digits.
func readAmount(word uint64, length int) (int64, bool) {
	if point := byte(word >> 40); length < len("0.00") || point != '.' && point != ',' {
		return 0, false
	}
	const whole, decimals = 1<<40 - 1, 0xFFFF << 48 // the bytes before and after the point
	return pipeline.EightDigits(word&decimals | word&whole<<8 | '0')
}

// The words of programs, as lastEight has them.
var wordTrue, wordFalse = lastEight([]byte("0000true"), 4), lastEight([]byte("000false"), 5)

func readBoolean(word uint64, length int) (int64, bool) {
	switch {
	case length == 4 && word == wordTrue:
		return 1, true
	case length == 5 && word == wordFalse:
		return 0, true
	}
	return 0, false
}

// readNothing leaves every cell to Set.
func readNothing(uint64, int) (int64, bool) { return 0, false }

// readDate reads a day in ISO 8601.
func readDate(cell []byte) (pipeline.Date, bool) {
	if len(cell) != len("2026-06-30") {
		return 0, false
	}
	const (
		parts  = 0xFF0000FF00000000 // of the first eight bytes those that part year, month and day
		dashes = 0x2D00002D00000000
	)
	word := binary.LittleEndian.Uint64(cell) ^ (zeros&^parts | dashes)
	tens, ones := cell[8]-'0', cell[9]-'0'
	if (word|(word&^parts+sixes))&highHalf != 0 || word&parts != 0 || tens > 9 || ones > 9 {
		return 0, false
	}
	word = word*10 + word>>8 // two digits in the byte of the first
	return pipeline.DayOf(int(word&0xFF)*100+int(word>>16&0xFF), int(word>>40&0xFF), int(tens)*10+int(ones))
}
