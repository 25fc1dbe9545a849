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
	out     []byte
	content []byte // that is compressed, with some zeros behind it, so that eight bytes can be read at each of its places
	runs    []run
	seen    [1 << hashBits]int32 // where the four bytes of a hash were last seen, from base on
	base    int32                // where the present content begins; below are earlier ones

	counts  counts // of the symbols of the first contents
	learned int    // how many they are
	codes   codes  // of the present content, or of all once enough is learned
}

// run is some bytes as they are, and a match after them: its distance less 1, its length less 3. What follows the last run is bytes.
// They are one number, which is stored and read at once: the length in the lowest byte, the distance in the two above it.
type run uint64

func newRun(literals, distance, length int) run {
	return run(uint64(literals)<<24 | uint64(distance-1)<<8&0xffff00 | uint64(length-3)&0xff)
}

func (r run) literals() int    { return int(r >> 24) }
func (r run) distance() uint32 { return uint32(r >> 8 & 0xffff) } // less 1
func (r run) length() uint8    { return uint8(r) }                // less 3

const (
	hashBits   = 13
	window     = 1 << 15 // how far back a match may be
	shortest   = 4       // of a match that is looked for
	longest    = 258
	learnUntil = 1 << 14 // symbols
	patience   = 24      // places without a match
	word       = 8       // the bytes that are compared at once
)

// reset forgets what was learned: each file learns by itself, so that its bytes do not depend on what was written before.
func (d *deflater) reset() { d.counts, d.learned = counts{}, 0 }

// compress gives the compressed bytes; they hold until the next call.
func (d *deflater) compress(content []byte) []byte {
	d.content = append(append(d.content[:0], content...), make([]byte, word)...)
	d.match(len(content))
	if d.learned < learnUntil {
		d.learned += d.counts.add(content, d.runs)
		d.codes = d.counts.codes()
	}
	d.out = append(d.out[:0], 0x78, 0x01) // zlib, fast
	w := bitWriter{out: d.out}
	w.literal(d.codes.header)
	d.codes.write(&w, content, d.runs)
	d.out = binary.BigEndian.AppendUint32(w.end(), adler(content))
	return d.out
}

// match finds what was there before: the content becomes runs.
func (d *deflater) match(size int) {
	if d.base += window + 1; d.base > 1<<30 { // nothing before this content is within reach
		d.base = window + 1
		clear(d.seen[:])
	}
	base := d.base
	content, seen := d.content, &d.seen
	runs := slices.Grow(d.runs[:0], size/shortest)[:size/shortest]
	at, from, count, patient := 0, 0, 0, patience
	for at <= size-shortest {
		here := binary.LittleEndian.Uint64(content[at : at+word])
		slot := uint32(here) * 0x9e3779b1 >> (32 - hashBits)
		place := base + int32(at)
		distance := place - seen[slot]
		seen[slot] = place
		if distance <= window {
			last := at - int(distance)
			differ := here ^ binary.LittleEndian.Uint64(content[last:last+word])
			if uint32(differ) == 0 {
				length := bits.TrailingZeros64(differ) / 8
				if differ == 0 {
					length = common(content, last, at)
				}
				length = min(length, size-at)
				runs[count] = newRun(at-from, int(distance), length)
				at += length
				from, patient = at, at+patience
				count++
				continue
			}
		}
		at++
		if at > patient { // what has no match for long is searched half as often
			at++
		}
	}
	d.runs, d.base = runs[:count], base+int32(size)
}

// common is the length of what the content has at both places, as far as a match may go on; the first eight bytes are equal.
func common(content []byte, earlier, later int) int {
	n := word
	for n < longest && later+n+word <= len(content) {
		before, here := content[earlier+n:earlier+n+word], content[later+n:later+n+word]
		if differ := binary.LittleEndian.Uint64(before) ^ binary.LittleEndian.Uint64(here); differ != 0 {
			n += bits.TrailingZeros64(differ) / 8
			break
		}
		n += word
	}
	return min(n, longest)
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

// literal writes what another writer wrote. No bits wait before it.
func (w *bitWriter) literal(other bitWriter) {
	w.out = append(w.out, other.out...)
	w.bits, w.count = other.bits, other.count
}

// end fills up the last byte.
func (w *bitWriter) end() []byte {
	for ; w.count > 0; w.count -= min(8, w.count) {
		w.out = append(w.out, byte(w.bits))
		w.bits >>= 8
	}
	return w.out
}

// adler is Adler-32 (RFC 1950): of the bytes the sum, and the sum of these sums. Eight bytes are taken at a time, in lanes of 16 bits.
func adler(content []byte) uint32 {
	const (
		prime = 65521
		block = 12 * word          // bytes after which the lanes are emptied: they fit
		most  = 5552               // bytes after which the sums must be divided: they fit 32 bits, all the more 64
		lanes = 0x00FF00FF00FF00FF // every second byte
		ones  = 0x0001000100010001 // gather the lanes in the highest
		even  = 0x0008000600040002 // how often each lane is in the sums
		odd   = even - ones
		pairs = 0x0000FFFF0000FFFF
	)
	sum, sums := uint64(1), uint64(0)
	for len(content) > 0 {
		part := content[:min(most, len(content))]
		content = content[len(part):]
		for ; len(part) >= block; part = part[block:] {
			var first, second, before uint64 // before: the lanes' sums before each word
			words := (*[block]byte)(part)
			for i := 0; i < block; i += 2 * word {
				one, two := binary.LittleEndian.Uint64(words[i:]), binary.LittleEndian.Uint64(words[i+word:])
				before += first + second
				first += one & lanes
				second += one >> 8 & lanes
				before += first + second
				first += two & lanes
				second += two >> 8 & lanes
			}
			before = before&pairs + before>>16&pairs
			sums += block*sum + word*(before&0xFFFFFFFF+before>>32) + (first*even)>>48 + (second*odd)>>48
			sum += (first*ones)>>48 + (second*ones)>>48
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
