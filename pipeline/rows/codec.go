package rows

import (
	"encoding/binary"
	"unsafe"
)

// Encoder writes rows as compact bytes, mostly varints; Decoder reads them back in the same order.
type Encoder struct{ Bytes []byte }

// Unsigned writes a number that is small as a rule.
func (e *Encoder) Unsigned(v uint64) { e.Bytes = binary.AppendUvarint(e.Bytes, v) }

// Signed writes a number that is near 0 as a rule.
func (e *Encoder) Signed(v int64) { e.Bytes = binary.AppendVarint(e.Bytes, v) }

// Text writes a string.
func (e *Encoder) Text(s string) {
	e.Unsigned(uint64(len(s)))
	e.Bytes = append(e.Bytes, s...)
}

// Flag writes a truth.
func (e *Encoder) Flag(b bool) {
	if b {
		e.Unsigned(1)
	} else {
		e.Unsigned(0)
	}
}

// Decoder reads what an Encoder has written. It trusts its bytes, and panics over others.
type Decoder struct {
	Bytes []byte
	base  int64 // of the range: numbers are kept relative to it
	last  Place // of the row before
}

// Number is the number with which every row begins.
func (d *Decoder) Number() int64 { return d.base + int64(d.Unsigned()) }

// Unsigned reads what Encoder.Unsigned has written.
func (d *Decoder) Unsigned() uint64 {
	if b := d.Bytes[0]; b < 0x80 {
		d.Bytes = d.Bytes[1:]
		return uint64(b)
	}
	v, n := binary.Uvarint(d.Bytes)
	d.Bytes = d.Bytes[n:]
	return v
}

// Signed reads what Encoder.Signed has written.
func (d *Decoder) Signed() int64 {
	v := d.Unsigned()
	return int64(v>>1) ^ -int64(v&1)
}

// Text is a string over the bytes themselves: they never change once written.
func (d *Decoder) Text() string {
	n := int(d.Unsigned())
	if n == 0 {
		return ""
	}
	s := unsafe.String(&d.Bytes[0], n)
	d.Bytes = d.Bytes[n:]
	return s
}

// Flag reads what Encoder.Flag has written.
func (d *Decoder) Flag() bool { return d.Unsigned() != 0 }

// Place reads where a row stands, which Encoder.Place has written.
func (d *Decoder) Place() Place {
	d.last.Row += d.Signed()
	d.last.File += int32(d.Signed())
	return d.last
}

// Place writes where a row stands, relative to the row before it, which it then takes the place of: rows come in their order, mostly.
func (e *Encoder) Place(p Place, last *Place) {
	e.Signed(p.Row - last.Row)
	e.Signed(int64(p.File - last.File))
	*last = p
}
