package pdf

import (
	"encoding/hex"
	"errors"
	"io"
	"strconv"

	"github.com/zeebo/xxh3"
)

// flushAt is how many bytes are gathered before they are written.
const flushAt = 64 << 10

// maxFile is the largest file, in bytes: PDF 1.4 promises readers that integers stay below 2^31.
const maxFile = 1<<31 - 1

var errTooLarge = errors.New("pdf: the file is larger than 2 GiB")

// output is the numbered objects of one file, on their way out. The first error is kept; after it nothing is written.
type output struct {
	w       io.Writer
	buf     []byte
	written int64       // bytes that left buf
	starts  []int64     // of each object; 0 for a number that is taken but not written
	digest  xxh3.Hasher // of the bytes written
	err     error
}

func (o *output) reset(w io.Writer) {
	o.w, o.buf, o.written, o.err = w, o.buf[:0], 0, nil
	o.starts = append(o.starts[:0], 0) // there is no object 0
	o.digest.Reset()
	// The bytes above 127 tell programs that move files that this one is not text.
	o.buf = append(o.buf, "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"...)
}

// take takes the next object number.
func (o *output) take() int {
	o.starts = append(o.starts, 0)
	return len(o.starts) - 1
}

// begin starts an object whose number was taken.
func (o *output) begin(number int) {
	o.starts[number] = o.written + int64(len(o.buf))
	o.buf = strconv.AppendInt(o.buf, int64(number), 10)
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
	o.buf = strconv.AppendInt(o.buf, int64(len(data)), 10)
	o.buf = append(o.buf, ">>\nstream\n"...)
	o.buf = append(o.buf, data...)
	o.buf = append(o.buf, "\nendstream\n"...)
	o.end()
}

// text appends to the object that was begun.
func (o *output) text(s string) { o.buf = append(o.buf, s...) }

// reference appends a reference to an object.
func (o *output) reference(number int) {
	o.buf = strconv.AppendInt(o.buf, int64(number), 10)
	o.buf = append(o.buf, " 0 R"...)
}

// number appends an integer.
func (o *output) number(n int) { o.buf = strconv.AppendInt(o.buf, int64(n), 10) }

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

// close writes the table of objects and the trailer.
func (o *output) close() error {
	table := o.written + int64(len(o.buf))
	o.buf = append(o.buf, "xref\n0 "...)
	o.number(len(o.starts))
	o.text("\n0000000000 65535 f \n")
	for _, start := range o.starts[1:] {
		o.buf = appendPadded(o.buf, start)
		o.text(" 00000 n \n")
	}
	o.flush()
	o.buf = appendTrailer(o.buf, len(o.starts), o.digest.Sum128().Bytes(), table)
	o.flush()
	return o.err
}

// appendPadded appends a number of ten digits.
func appendPadded(dst []byte, n int64) []byte {
	dst = append(dst, "0000000000"...)
	for i := len(dst) - 1; n > 0; i-- {
		dst[i] = byte('0' + n%10)
		n /= 10
	}
	return dst
}

// appendTrailer appends the trailer of a file with so many objects (the free object 0 among them), the digest of what
// stands before, and the place of the table of objects.
func appendTrailer(dst []byte, objects int, digest [16]byte, table int64) []byte {
	dst = append(dst, "trailer\n<</Size "...)
	dst = strconv.AppendInt(dst, int64(objects), 10)
	dst = append(dst, "/Root 1 0 R/Info 3 0 R/ID[<"...)
	dst = hex.AppendEncode(dst, digest[:])
	dst = append(dst, "><"...)
	dst = hex.AppendEncode(dst, digest[:])
	dst = append(dst, ">]>>\nstartxref\n"...)
	dst = strconv.AppendInt(dst, table, 10)
	return append(dst, "\n%%EOF\n"...)
}
