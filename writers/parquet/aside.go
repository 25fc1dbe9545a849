package parquet

import (
	"encoding/binary"
	"slices"
)

// aside is numbers of a column that wait for their row group, in blocks: each number as its distance from the lowest of its block, in as
// few bytes as the block needs. Columns of days, codes and small amounts take an eighth; waiting columns are the most that a writer holds.
type aside struct {
	cells  int
	blocks []asideBlock
	bytes  []byte
}

type asideBlock struct {
	lowest       int64
	cells, width int // bytes of a number: 0, 1, 2, 4 or 8
}

// asideAt is how many numbers are put aside at a time, at least.
const asideAt = 4096

func (a *aside) reset() { a.cells, a.blocks, a.bytes = 0, a.blocks[:0], a.bytes[:0] }

// put adds numbers.
func (a *aside) put(numbers []int64) {
	lowest, highest := extremes(numbers)
	block := asideBlock{lowest, len(numbers), widthOf(uint64(highest) - uint64(lowest))}
	a.cells, a.blocks = a.cells+block.cells, append(a.blocks, block)
	start := len(a.bytes)
	a.bytes = slices.Grow(a.bytes, block.cells*block.width)[:start+block.cells*block.width]
	to, base := a.bytes[start:], uint64(lowest)
	switch block.width {
	case 1:
		for i, n := range numbers {
			to[i] = byte(uint64(n) - base)
		}
	case 2:
		for i, n := range numbers {
			binary.LittleEndian.PutUint16(to[2*i:], uint16(uint64(n)-base))
		}
	case 4:
		for i, n := range numbers {
			binary.LittleEndian.PutUint32(to[4*i:], uint32(uint64(n)-base))
		}
	case 8:
		for i, n := range numbers {
			binary.LittleEndian.PutUint64(to[8*i:], uint64(n)-base)
		}
	}
}

// widthOf is in how many bytes a distance is kept.
func widthOf(distance uint64) int {
	switch {
	case distance == 0:
		return 0
	case distance < 1<<8:
		return 1
	case distance < 1<<16:
		return 2
	case distance < 1<<32:
		return 4
	}
	return 8
}

// appendTo appends all numbers.
func (a *aside) appendTo(dst []int64) []int64 {
	from := a.bytes
	for _, block := range a.blocks {
		start := len(dst)
		dst = slices.Grow(dst, block.cells)[:start+block.cells]
		block.read(dst[start:], from)
		from = from[block.cells*block.width:]
	}
	return dst
}

func (o *asideBlock) read(to []int64, from []byte) {
	base := uint64(o.lowest)
	switch o.width {
	case 0:
		for i := range to {
			to[i] = o.lowest
		}
	case 1:
		for i := range to {
			to[i] = int64(base + uint64(from[i]))
		}
	case 2:
		for i := range to {
			to[i] = int64(base + uint64(binary.LittleEndian.Uint16(from[2*i:])))
		}
	case 4:
		for i := range to {
			to[i] = int64(base + uint64(binary.LittleEndian.Uint32(from[4*i:])))
		}
	case 8:
		for i := range to {
			to[i] = int64(base + binary.LittleEndian.Uint64(from[8*i:]))
		}
	}
}
