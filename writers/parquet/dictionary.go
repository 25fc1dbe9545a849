package parquet

import (
	"encoding/binary"
	"math/bits"
)

// run is a value that is repeated: its position in the dictionary, and how often.
type run struct{ position, times int32 }

// positions are a column as positions in its dictionary, of so many words.
type positions struct {
	words int
	runs  []run
}

// dictionary finds the different values of a column, in order of first sight, and their positions. A table with open addressing
// finds the position of a value.
type dictionary[Value int64 | string] struct {
	words []Value
	slots []int32 // position + 1, or 0
}

// A column is given up when more of its values differ than this part, or than a few at its start.
const (
	mostNumbers    = 0.2
	mostTexts      = 0.03 // longer positions of national numbers take more than they save
	differentStart = 256
)

// take makes the dictionary of the values, of which a part may differ; false says that there are too many different ones.
func (d *dictionary[Value]) take(to *positions, values []Value, part float64, hash func(Value) uint64) bool {
	most := int(part*float64(len(values))) + differentStart
	shift := 64 - bits.Len(uint(2*most)) // the table is at most half full
	d.words, to.runs = d.words[:0], to.runs[:0]
	d.slots = zeros(d.slots, 1<<(64-shift))
	var last Value
	for i, v := range values {
		if i > 0 && v == last {
			to.runs[len(to.runs)-1].times++
			continue
		}
		last = v
		slot := int(hash(v) >> shift)
		for d.slots[slot] != 0 && d.words[d.slots[slot]-1] != v {
			slot = (slot + 1) & (len(d.slots) - 1)
		}
		if d.slots[slot] == 0 {
			if float64(len(d.words)) > part*float64(i)+differentStart {
				return false
			}
			d.words = append(d.words, v)
			d.slots[slot] = int32(len(d.words))
		}
		to.runs = append(to.runs, run{d.slots[slot] - 1, 1})
	}
	to.words = len(d.words)
	return true
}

// hashNumber spreads numbers over the highest bits.
func hashNumber(n int64) uint64 { return uint64(n) * 0x9e3779b97f4a7c15 }

// zeros is so many zeros, in the memory of s if it is enough.
func zeros(s []int32, n int) []int32 {
	if cap(s) < n {
		return make([]int32, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// leastShare is how many times smaller the column must become: numbers that come back seldom are mostly zero, and zstd makes
// less of their positions than of themselves.
const leastShare = 3

// pays says whether a dictionary of so many bytes is worth its pages, for so many values that take so many bytes when plain.
func (p *positions) pays(words, values, plain int) bool {
	width := positionBits(p.words)
	return (words+min(len(p.runs)*runBytes(width), values*width/8))*leastShare < plain
}

// positionBits is how many bits a position takes in a dictionary of so many words: a few, or whole bytes, which are
// faster to read and easier to compress.
func positionBits(words int) int {
	if n := bits.Len(uint(words - 1)); n > 4 {
		return (n + 7) / 8 * 8
	} else {
		return max(1, n)
	}
}

// runBytes is about how many bytes a run of numbers of so many bits takes.
func runBytes(width int) int { return 1 + (width+7)/8 }

// appendRuns appends numbers of so many bits: as runs, or all of them bit by bit where that is shorter.
func appendRuns(dst []byte, runs []run, width int) []byte {
	numbers := 0
	for _, r := range runs {
		numbers += int(r.times)
	}
	groups := (numbers + 7) / 8
	if len(runs)*runBytes(width) > groups*width {
		return appendBits(binary.AppendUvarint(dst, uint64(groups)<<1|1), runs, width)
	}
	for _, r := range runs {
		dst = binary.AppendUvarint(dst, uint64(r.times)<<1)
		for shift := 0; shift < width; shift += 8 {
			dst = append(dst, byte(r.position>>shift))
		}
	}
	return dst
}

// appendBits appends numbers of so many bits, in groups of eight.
func appendBits(dst []byte, runs []run, width int) []byte {
	var waiting uint64 // bits, the first one lowest
	have, numbers := 0, 0
	for _, r := range runs {
		numbers += int(r.times)
		for range r.times {
			waiting |= uint64(r.position) << have
			for have += width; have >= 8; have -= 8 {
				dst = append(dst, byte(waiting))
				waiting >>= 8
			}
		}
	}
	for have += (8 - numbers&7) & 7 * width; have > 0; have -= 8 {
		dst = append(dst, byte(waiting))
		waiting >>= 8
	}
	return dst
}
