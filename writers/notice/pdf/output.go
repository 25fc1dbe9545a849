package pdf

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"strconv"

	"github.com/zeebo/xxh3"
)

// flushAt is how many bytes are gathered before they are written.
const flushAt = 64 << 10

// maxFile is the largest file, in bytes: readers may take integers for 32 bits.
const maxFile = 1<<31 - 1

var errTooLarge = errors.New("pdf: the file is larger than 2 GiB")

// output is the numbered objects of one file, on their way out. The first error is kept; after it nothing is written.
type output struct {
	w       io.Writer
	buf     []byte
	written int64       // bytes that left buf
	starts  []int64     // of each object; 0 for a number that is taken but not written; see pack for those below 0
	digest  xxh3.Hasher // of the bytes written
	err     error

	deflater deflater
	packed   packed
	entries  []byte // of the table of objects
}

// packed is the object stream that is begun: the numbers and places of its objects, and their texts.
type packed struct {
	stream      int // its number
	count       int
	index, body []byte
}

// packAt is the length of the texts at which an object stream is written: what is compressed together is compressed well.
const packAt = 60 << 10

func (o *output) reset(w io.Writer) {
	o.w, o.buf, o.written, o.err = w, o.buf[:0], 0, nil
	o.starts = append(o.starts[:0], 0) // there is no object 0
	o.packed.index, o.packed.body, o.packed.count = o.packed.index[:0], o.packed.body[:0], 0
	o.digest.Reset()
	o.deflater.reset()
	// The bytes above 127 tell programs that move files that this one is not text.
	o.buf = append(o.buf, "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"...)
}

// take takes the next object number.
func (o *output) take() int {
	o.starts = append(o.starts, 0)
	return len(o.starts) - 1
}

// begin starts an object whose number was taken.
func (o *output) begin(number int) {
	o.starts[number] = o.written + int64(len(o.buf))
	o.buf = appendInt(o.buf, number)
	o.buf = append(o.buf, " 0 obj\n"...)
}

// end ends the object that was begun.
func (o *output) end() {
	o.buf = append(o.buf, "endobj\n"...)
	if len(o.buf) >= flushAt {
		o.flush()
	}
}

// stream writes the rest of a stream whose dictionary was begun with "<<".
func (o *output) stream(data []byte) {
	o.buf = append(o.buf, "/Length "...)
	o.buf = appendInt(o.buf, len(data))
	o.buf = append(o.buf, ">>\nstream\n"...)
	o.buf = append(o.buf, data...)
	o.buf = append(o.buf, "\nendstream\n"...)
	o.end()
}

// text appends to the object that was begun.
func (o *output) text(s string) { o.buf = append(o.buf, s...) }

// reference appends a reference to an object.
func (o *output) reference(number int) {
	o.buf = appendReference(o.buf, number)
}

// number appends an integer.
func (o *output) number(n int) { o.buf = appendInt(o.buf, n) }

func (o *output) flush() {
	if o.err == nil && o.written+int64(len(o.buf)) > maxFile {
		o.err = errTooLarge
	}
	if o.err == nil {
		o.digest.Write(o.buf)
		n, err := o.w.Write(o.buf)
		if err == nil && n < len(o.buf) {
			err = io.ErrShortWrite
		}
		o.err = err
	}
	o.written += int64(len(o.buf))
	o.buf = o.buf[:0]
}

// pack starts an object that stands, compressed, in an object stream with others. Its text is appended to o.packed.body; it ends
// with packed.
func (o *output) pack(number int) {
	p := &o.packed
	if p.count == 0 {
		p.stream = o.take()
	}
	o.starts[number] = ^int64(p.stream<<packedBits | p.count)
	p.index = append(appendInt(p.index, number), ' ')
	p.index = append(appendInt(p.index, len(p.body)), ' ')
	p.count++
}

// endPacked ends it.
func (o *output) endPacked() {
	p := &o.packed
	if p.body = append(p.body, '\n'); len(p.body) >= packAt {
		o.flushPacked()
	}
}

// flushPacked writes the object stream that is begun.
func (o *output) flushPacked() {
	p := &o.packed
	if p.count == 0 {
		return
	}
	o.begin(p.stream)
	o.text("<</Type/ObjStm/N ")
	o.number(p.count)
	o.text("/First ")
	o.number(len(p.index))
	o.text("/Filter/FlateDecode")
	p.index = append(p.index, p.body...)
	o.stream(o.deflater.compress(p.index))
	p.index, p.body, p.count = p.index[:0], p.body[:0], 0
}

// close writes the table of objects, and where it is.
func (o *output) close() error {
	o.flushPacked()
	table := o.written + int64(len(o.buf))
	number := o.take()
	o.starts[number] = table
	o.flush()
	o.entries = appendEntries(o.entries[:0], o.starts)
	before := o.digest.Sum128().Bytes()
	o.buf = appendTable(o.buf, number, before, o.deflater.compress(o.entries), table)
	o.flush()
	return o.err
}

// An entry of the table of objects: its kind (0 no object, 1 one by itself, 2 packed), where it starts or the object stream that holds
// it, and its position in that. Each is written as the difference to the one before, so that a regular table is small.
const (
	entrySize  = 1 + 4 + 2
	packedBits = 16
	noObject   = 0
	apart      = 1
	within     = 2
)

func appendEntries(dst []byte, starts []int64) []byte {
	last := uint64(0)
	for number, start := range starts {
		entry := uint64(noObject)<<48 | 0xffff
		switch {
		case number == 0:
		case start >= 0:
			entry = apart<<48 | uint64(uint32(start))<<16
		default:
			entry = within<<48 | uint64(uint32(^start>>packedBits))<<16 | uint64(uint16(^start))
		}
		dst = binary.BigEndian.AppendUint64(dst, upFilter<<56|difference(entry, last))
		last = entry
	}
	return dst
}

// difference is what each byte is more than the one of another number at its place, modulo 256.
func difference(a, b uint64) uint64 {
	const upper = 0x8080808080808080
	return (a | upper) - b&^upper ^ (a^^b)&upper
}

// upFilter says of a row that it holds differences to the row above: a filter of PNG.
const upFilter = 2

// appendTable appends the table of objects as object number, compressed, with the digest of what is before it and its own; and the end
// of the file, which says where the table starts.
func appendTable(dst []byte, number int, before [16]byte, entries []byte, table int64) []byte {
	own := xxh3.Hash128(entries).Bytes()
	dst = appendInt(dst, number)
	dst = append(dst, " 0 obj\n<</Type/XRef/Size "...)
	dst = strconv.AppendInt(dst, int64(number)+1, 10)
	dst = append(dst, "/W[1 4 2]/Root 1 0 R/Info 3 0 R/ID[<"...)
	dst = hex.AppendEncode(dst, before[:])
	dst = append(dst, "><"...)
	dst = hex.AppendEncode(dst, own[:])
	dst = append(dst, ">]/DecodeParms<</Predictor 12/Columns 7>>/Filter/FlateDecode/Length "...)
	dst = appendInt(dst, len(entries))
	dst = append(dst, ">>\nstream\n"...)
	dst = append(append(dst, entries...), "\nendstream\nendobj\nstartxref\n"...)
	dst = strconv.AppendInt(dst, table, 10)
	return append(dst, "\n%%EOF\n"...)
}
