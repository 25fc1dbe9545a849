package parquet

import (
	"encoding/binary"
	"math/bits"
)

// run is a value that is repeated: its position in the dictionary, and how often.
type run struct{ position, times int32 }

// dictionary is the different numbers of a column in order of first sight, and the column as positions among them. A table
// with open addressing finds the position of a number.
type dictionary struct {
	numbers []int64
	runs    []run
	slots   []int32 // position + 1, or 0
}

// A column is given up when more of its numbers differ than this part, or than a few at its start.
const (
	mostDifferent  = 0.3
	differentStart = 256
)

// take finds the dictionary of the numbers; false says that there are too many different ones.
func (d *dictionary) take(numbers []int64) bool {
	most := int(mostDifferent*float64(len(numbers))) + differentStart
	shift := 64 - bits.Len(uint(2*most)) // the table is at most half full
	d.numbers, d.runs = d.numbers[:0], d.runs[:0]
	d.slots = zeros(d.slots, 1<<(64-shift))
	last := int64(0)
	for i, n := range numbers {
		if i > 0 && n == last {
			d.runs[len(d.runs)-1].times++
			continue
		}
		last = n
		slot := int(uint64(n) * 0x9e3779b97f4a7c15 >> shift)
		for d.slots[slot] != 0 && d.numbers[d.slots[slot]-1] != n {
			slot = (slot + 1) & (len(d.slots) - 1)
		}
		if d.slots[slot] == 0 {
			if float64(len(d.numbers)) > mostDifferent*float64(i)+differentStart {
				return false
			}
			d.numbers = append(d.numbers, n)
			d.slots[slot] = int32(len(d.numbers))
		}
		d.runs = append(d.runs, run{d.slots[slot] - 1, 1})
	}
	return true
}

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

// pays says whether the dictionary is worth its pages, for so many numbers of so many bytes.
func (d *dictionary) pays(numbers, width int) bool {
	positions := min(len(d.runs)*runBytes(positionBits(len(d.numbers))), numbers*positionBits(len(d.numbers))/8)
	return (len(d.numbers)*width+positions)*leastShare < numbers*width
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
