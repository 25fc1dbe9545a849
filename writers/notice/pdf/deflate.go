package pdf

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"

	"github.com/klauspost/compress/zlib"
)

// deflater compresses one content after the other, in the format of zlib, with the same memory.
//
// It is not the library's job because pages are alike: the codes of Huffman are learned from the first pages of a file and kept
// for the others, while the library makes new ones for each, which took a third of the time of a letter. Files are as small.
type deflater struct {
	out    []byte
	tokens []uint32
	seen   [1 << hashBits]int32 // where the four bytes of a hash were last seen, from base on
	base   int32                // where the present content begins; below are earlier ones

	counts  counts // of the tokens of the first contents
	learned int    // how many they are
	codes   codes  // of the present content, or of all once enough is learned
}

const (
	hashBits   = 13
	window     = 1 << 15 // how far back a match may be
	shortest   = 4       // of a match that is looked for
	longest    = 258
	learnUntil = 1 << 14 // tokens
	patience   = 24      // tokens without a match
	matchToken = 1 << 31 // a token is a byte, or a match: its length less 3 from bit 16, its distance less 1 below
)

// reset forgets what was learned: each file learns by itself, so that its bytes do not depend on what was written before.
func (d *deflater) reset() { d.counts, d.learned = counts{}, 0 }

// compress gives the compressed bytes; they hold until the next call.
func (d *deflater) compress(content []byte) []byte {
	d.match(content)
	if d.learned < learnUntil {
		d.counts.add(d.tokens)
		d.learned += len(d.tokens)
		d.codes = d.counts.codes()
	}
	d.out = append(d.out[:0], 0x78, 0x01) // zlib, fast
	w := bitWriter{out: d.out}
	w.literal(d.codes.header)
	d.codes.write(&w, d.tokens)
	d.out = binary.BigEndian.AppendUint32(w.end(), adler(content))
	return d.out
}

// match finds what was there before: the content becomes tokens, at most one a byte.
func (d *deflater) match(content []byte) {
	if d.base > 1<<30 {
		d.base, d.seen = 0, [1 << hashBits]int32{}
	}
	base := d.base + window // nothing before this content is within reach
	tokens := slices.Grow(d.tokens[:0], len(content))[:len(content)]
	seen, count, at, missed := &d.seen, 0, 0, 0
	for at+shortest <= len(content) {
		word := binary.LittleEndian.Uint32(content[at:])
		slot := word * 0x9e3779b1 >> (32 - hashBits)
		last := int(seen[slot] - base)
		seen[slot] = base + int32(at)
		if last >= 0 && at-last <= window && binary.LittleEndian.Uint32(content[last:]) == word {
			length := shortest + common(content[last+shortest:], content[at+shortest:])
			tokens[count] = matchToken | uint32(length-3)<<16 | uint32(at-last-1)
			at += length
			count++
			missed = 0
			continue
		}
		tokens[count] = uint32(content[at])
		at++
		count++
		if missed++; missed > patience && at+shortest <= len(content) { // what has no match for long is searched half as often
			tokens[count] = uint32(content[at])
			at++
			count++
		}
	}
	for ; at < len(content); at++ {
		tokens[count] = uint32(content[at])
		count++
	}
	d.tokens, d.base = tokens[:count], base+int32(len(content))
}

// common is the length of what two texts begin with, as far as a match may go on.
func common(earlier, later []byte) int {
	n := 0
	most := min(len(later), longest-shortest)
	for n+8 <= most {
		if differ := binary.LittleEndian.Uint64(earlier[n:]) ^ binary.LittleEndian.Uint64(later[n:]); differ != 0 {
			return n + bits.TrailingZeros64(differ)/8
		}
		n += 8
	}
	for n < most && earlier[n] == later[n] {
		n++
	}
	return n
}

// bitWriter writes bits, the lowest first.
type bitWriter struct {
	out   []byte
	bits  uint64
	count uint
}

// write writes at most 32 bits.
func (w *bitWriter) write(value uint64, count uint) {
	w.bits |= value << w.count
	if w.count += count; w.count >= 32 {
		w.out = binary.LittleEndian.AppendUint32(w.out, uint32(w.bits))
		w.bits >>= 32
		w.count -= 32
	}
}

// flushBytes puts the whole bytes away: less than eight bits are left.
func (w *bitWriter) flushBytes() {
	for ; w.count >= 8; w.count -= 8 {
		w.out = append(w.out, byte(w.bits))
		w.bits >>= 8
	}
}

// literal writes what another writer wrote.
func (w *bitWriter) literal(other bitWriter) {
	for _, b := range other.out {
		w.write(uint64(b), 8)
	}
	w.write(other.bits, other.count)
}

// end fills up the last byte.
func (w *bitWriter) end() []byte {
	for ; w.count > 0; w.count -= min(8, w.count) {
		w.out = append(w.out, byte(w.bits))
		w.bits >>= 8
	}
	return w.out
}

// adler is Adler-32 (RFC 1950): of the bytes the sum, and the sum of these sums, eight bytes at a time.
func adler(content []byte) uint32 {
	const (
		prime   = 65521
		most    = 5552               // bytes after which the sums must be divided: they fit 32 bits, all the more 64
		lanes   = 0x00FF00FF00FF00FF // every second byte
		ones    = 0x0001000100010001
		weights = 0x0008000600040002 // of every second byte from the first on: how often it is in the sums
	)
	sum, sums := uint64(1), uint64(0)
	for len(content) > 0 {
		part := content[:min(most, len(content))]
		content = content[len(part):]
		for ; len(part) >= 8; part = part[8:] {
			word := binary.LittleEndian.Uint64(part)
			first, second := word&lanes, word>>8&lanes
			sums += 8*sum + (first*weights)>>48 + (second*(weights-ones))>>48
			sum += ((first + second) * ones) >> 48
		}
		for _, b := range part {
			sum += uint64(b)
			sums += sum
		}
		sum, sums = sum%prime, sums%prime
	}
	return uint32(sums<<16 | sum)
}

// compressOnce compresses what is compressed once and written often.
func compressOnce(data []byte) []byte {
	var buffer bytes.Buffer
	writer, _ := zlib.NewWriterLevel(&buffer, zlib.BestCompression) // fails for a level alone that does not exist
	writer.Write(data)                                              // a buffer never fails
	writer.Close()
	return buffer.Bytes()
}
