package pdf

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
)

// The symbols of deflate (RFC 1951): bytes, the end, and the lengths of matches; their distances; and the lengths of codes.
const (
	endSymbol       = 256
	lengthSymbol    = 257
	symbols         = 286
	distanceSymbols = 30
	distanceRoom    = 32 // a power of two, so that no place in the table needs a check
	lengthCodes     = 19
	longestCode     = 14 // deflate has 15; four codes and what does not fill a byte are at most 63 bits
	longestMeta     = 7  // of the codes of the lengths of codes
)

// counts is how often each symbol occurs.
type counts struct {
	symbols   [symbols]uint32
	distances [distanceSymbols]uint32
}

// add counts the symbols of a content and its runs, and says how many they are.
func (c *counts) add(content []byte, runs []run) (added int) {
	for _, r := range runs {
		for _, b := range content[:r.literals()] {
			c.symbols[b]++
		}
		c.symbols[lengthOf[r.length()].symbol]++
		symbol, _, _ := distanceOf(r.distance())
		c.distances[symbol]++
		content = content[r.literals()+int(r.length())+3:]
		added += r.literals() + 1
	}
	for _, b := range content {
		c.symbols[b]++
	}
	c.symbols[endSymbol]++
	return added + len(content)
}

// code is how a symbol is written: its length in the lowest byte, above it the bits, the first one lowest.
type code uint32

func newCode(bits uint32, length uint8) code { return code(bits<<8 | uint32(length)) }
func (c code) bits() uint32                  { return uint32(c >> 8) }
func (c code) length() uint                  { return uint(c & 0xff) }

// codes are the codes of all symbols, and how a content begins that is written with them.
type codes struct {
	symbols   [symbols]code
	lengths   [256]code // of a length less 3: its symbol and the bits after it
	distances [distanceRoom]code
	header    bitWriter
}

// codes are those by which the counts take the fewest bits. Every symbol has one, so that any other content can be written too.
func (c *counts) codes() (made codes) {
	var lengths [symbols + distanceSymbols]uint8
	assign(lengths[:symbols], c.symbols[:], longestCode)
	assign(lengths[symbols:], c.distances[:], longestCode)
	number(made.symbols[:], lengths[:symbols])
	number(made.distances[:], lengths[symbols:])
	made.header = header(lengths[:])
	for i := range made.lengths {
		l := &lengthOf[i]
		s := made.symbols[l.symbol]
		made.lengths[i] = newCode(s.bits()|uint32(l.extra)<<s.length(), uint8(s.length())+l.bits)
	}
	return made
}

// write writes a content as runs, and the end. Four bytes take at most 56 bits, a match 46; with the 7 at most that do not fill a byte
// they fit into a word: after each, the whole bytes are put away.
func (c *codes) write(w *bitWriter, content []byte, runs []run) {
	w.flushBytes()
	out := slices.Grow(w.out, 2*len(content)+6*len(runs)+word)
	out, size, gathered, count := out[:cap(out)], len(out), w.bits, w.count
	at := 0
	for i := 0; ; i++ {
		end, match := len(content), run(0)
		if i < len(runs) {
			match = runs[i]
			end = at + match.literals()
		}
		for ; at+4 <= end; at += 4 {
			four := binary.LittleEndian.Uint32(content[at : at+4])
			gathered, count = gather(gathered, count, c.symbols[uint8(four)])
			gathered, count = gather(gathered, count, c.symbols[uint8(four>>8)])
			gathered, count = gather(gathered, count, c.symbols[uint8(four>>16)])
			gathered, count = gather(gathered, count, c.symbols[four>>24])
			size, gathered, count = putAway(out, size, gathered, count)
		}
		if at < end {
			for ; at < end; at++ {
				gathered, count = gather(gathered, count, c.symbols[content[at]])
			}
			size, gathered, count = putAway(out, size, gathered, count)
		}
		if i >= len(runs) {
			break
		}
		at += int(match.length()) + 3
		gathered, count = gather(gathered, count, c.lengths[match.length()])
		symbol, extra, more := distanceOf(match.distance())
		s := c.distances[symbol%distanceRoom]
		gathered |= (uint64(s.bits()) | uint64(extra)<<(s.length()&63)) << (count & 63)
		size, gathered, count = putAway(out, size, gathered, count+s.length()+more)
	}
	w.out, w.bits, w.count = out[:size], gathered, count
	s := c.symbols[endSymbol]
	w.write(uint64(s.bits()), s.length())
}

// gather adds a code to the bits that wait.
func gather(gathered uint64, count uint, s code) (uint64, uint) {
	return gathered | uint64(s.bits())<<(count&63), count + s.length()
}

// putAway puts the whole bytes away, eight at a time, of which those that are not full are overwritten; it gives what is left.
func putAway(out []byte, size int, gathered uint64, count uint) (int, uint64, uint) {
	binary.LittleEndian.PutUint64(out[size:size+word], gathered)
	return size + int(count/8), gathered >> (count & 56), count % 8
}

// lengthOf is how a length less 3 is written: a symbol, and some bits more.
var lengthOf = func() (table [256]struct {
	symbol      uint16
	extra, bits uint8
}) {
	symbol, start := uint16(lengthSymbol), 0
	for start < len(table) {
		count := 0
		if at := int(symbol) - lengthSymbol; at >= 8 {
			count = at/4 - 1
		}
		for i := start; i < min(start+1<<count, len(table)); i++ {
			table[i].symbol, table[i].extra, table[i].bits = symbol, uint8(i-start), uint8(count)
		}
		start += 1 << count
		symbol++
	}
	table[255].symbol, table[255].extra, table[255].bits = symbols-1, 0, 0 // the longest has its own
	return table
}()

// distanceOf is how a distance less 1 is written: up to 3 is a symbol itself, above two symbols for each number of bits.
func distanceOf(distance uint32) (symbol int, extra uint32, count uint) {
	count = uint(bits.Len32(distance|2)-2) & 31
	return int(2*count) + int(distance>>count), distance & (1<<count - 1), count
}

// assign gives each symbol the length of its code, at most longest: Huffman's, then cut, and made to fit again. What never occurred
// counts as once.
func assign(lengths []uint8, counts []uint32, longest uint8) {
	type tree struct {
		count       uint64
		left, right int // of trees; left -1: a symbol
	}
	trees := make([]tree, 0, 2*len(counts))
	order := make([]int, len(counts))
	for i, n := range counts {
		trees = append(trees, tree{uint64(n)*uint64(len(counts)) + 1, -1, i})
		order[i] = i
	}
	rarer := func(a, b int) int { return cmp.Or(cmp.Compare(trees[a].count, trees[b].count), a-b) }
	slices.SortFunc(order, rarer)
	leaves := slices.Clone(order)
	for len(order) > 1 {
		trees = append(trees, tree{trees[order[0]].count + trees[order[1]].count, order[0], order[1]})
		order = order[2:]
		at, _ := slices.BinarySearchFunc(order, len(trees)-1, rarer)
		order = slices.Insert(order, at, len(trees)-1)
	}
	var descend func(at int, depth uint8)
	descend = func(at int, depth uint8) {
		if t := trees[at]; t.left < 0 {
			lengths[t.right] = min(max(depth, 1), longest)
		} else {
			descend(t.left, depth+1)
			descend(t.right, depth+1)
		}
	}
	descend(order[0], 0)
	room := 1 << longest // in codes of the longest length; what is cut takes too much
	for _, l := range lengths {
		room -= 1 << (longest - l)
	}
	for i := 0; room < 0; i = (i + 1) % len(leaves) { // rare symbols give way first
		if l := &lengths[leaves[i]]; *l < longest {
			room += 1 << (longest - *l - 1)
			*l++
		}
	}
	for i := len(leaves) - 1; i >= 0; i-- { // and frequent ones take what is left
		for l := &lengths[leaves[i]]; *l > 1 && room >= 1<<(longest-*l); *l-- {
			room -= 1 << (longest - *l)
		}
	}
}

// number makes the codes of the lengths, as deflate numbers them; a length of 0 is no code.
func number(made []code, lengths []uint8) {
	next := uint16(0)
	for length := uint8(1); length <= longestCode; length++ {
		next <<= 1
		for symbol, l := range lengths {
			if l == length {
				made[symbol] = newCode(uint32(bits.Reverse16(next)>>(16-length)), length)
				next++
			}
		}
	}
}

// header is the beginning of a content that is one block with these codes.
func header(lengths []uint8) (w bitWriter) {
	const repeat = 16 // the last length, 3 to 6 times, in two bits
	type run struct{ symbol, extra uint8 }
	var runs []run
	var occur [lengthCodes]uint32
	for i := 0; i < len(lengths); {
		n := 1
		for i+n < len(lengths) && lengths[i+n] == lengths[i] {
			n++
		}
		i += n
		runs = append(runs, run{lengths[i-1], 0})
		for n--; n > 0; {
			if n < 3 {
				runs = append(runs, run{lengths[i-1], 0})
				n--
				continue
			}
			runs = append(runs, run{repeat, uint8(min(n, 6) - 3)})
			n -= min(n, 6)
		}
	}
	for _, r := range runs {
		occur[r.symbol]++
	}
	var made [lengthCodes]code
	meta := make([]uint8, lengthCodes)
	assign(meta, occur[:], longestMeta)
	number(made[:], meta)
	w.write(1|2<<1, 3) // the last block, with its codes
	w.write(symbols-257, 5)
	w.write(distanceSymbols-1, 5)
	w.write(lengthCodes-4, 4)
	for _, symbol := range [lengthCodes]int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15} {
		w.write(uint64(meta[symbol]), 3)
	}
	for _, r := range runs {
		c := made[r.symbol]
		w.write(uint64(c.bits()), c.length())
		if r.symbol == repeat {
			w.write(uint64(r.extra), 2)
		}
	}
	return w
}
