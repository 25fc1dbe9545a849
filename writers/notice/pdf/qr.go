package pdf

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"sync"

	"rsc.io/qr/coding"
)

// Code is a QR code.
type Code struct {
	size int    // modules on a side
	bits []byte // row by row, each from a new byte; 1 is black
}

// Size is the number of modules on a side. Around them readers want four modules of white on each side.
func (c *Code) Size() int { return c.size }

// Encode makes the smallest QR code of a text, at level M, as the EPC guidelines for payments ask. It fails above
// 2 331 bytes.
func Encode(text []byte) (*Code, error) {
	payload := coding.String(text)
	for version := coding.MinVersion; version <= coding.MaxVersion; version++ {
		v := coding.Version(version)
		if payload.Bits(v) <= 8*v.DataBytes(coding.M) {
			return plans[version]().encode(v, payload), nil
		}
	}
	return nil, fmt.Errorf("pdf: %d bytes are too long for a QR code", len(text))
}

// plan is where the bits of a version go. Making it takes longer than a code does, so it is made once.
type plan struct {
	size  int
	blank []byte // the code of zeros
	place []bit  // of each bit of data, then of its check bytes
}

// bit is a bit of the code.
type bit struct {
	byte uint16
	mask byte
}

var plans = func() (p [coding.MaxVersion + 1]func() *plan) {
	for version := coding.MinVersion; version <= coding.MaxVersion; version++ {
		p[version] = sync.OnceValue(func() *plan { return newPlan(coding.Version(version)) })
	}
	return p
}()

func newPlan(version coding.Version) *plan {
	// Any mask can be read; the first one has no large areas of one colour.
	source, err := coding.NewPlan(version, coding.M, 0)
	if err != nil {
		panic(fmt.Sprintf("pdf: QR version %d: %v", version, err)) // there is no such version
	}
	size := len(source.Pixel)
	stride := (size + 7) / 8
	p := &plan{size: size, blank: make([]byte, size*stride), place: make([]bit, 8*(source.DataBytes+source.CheckBytes))}
	for y, row := range source.Pixel {
		for x, pixel := range row {
			at := bit{uint16(y*stride + x/8), 0x80 >> (x % 8)}
			if pixel&coding.Black != 0 {
				p.blank[at.byte] |= at.mask
			}
			if role := pixel.Role(); role == coding.Data || role == coding.Check {
				p.place[pixel.Offset()] = at
			}
		}
	}
	return p
}

func (p *plan) encode(version coding.Version, payload coding.String) *Code {
	var data coding.Bits
	payload.Encode(&data, version)
	data.AddCheckBytes(version, coding.M)
	code := &Code{p.size, bytes.Clone(p.blank)}
	for i, b := range data.Bytes() {
		for j, at := range p.place[8*i : 8*i+8] {
			code.bits[at.byte] ^= at.mask & -(b >> (7 - j) & 1) // without a branch, which would be guessed wrong half of the time
		}
	}
	return code
}

// QR draws a code in a square, black; x and y are its upper left corner. The white around it is left to the caller.
func (c *Canvas) QR(x, y, side float64, code *Code) {
	colour := c.colour
	c.colour = Colour{}
	c.drawing(false)
	c.setFill()
	c.colour = colour
	c.place(x, y, side, side)
	c.operator("BI/IM true/D[1 0]/W ")
	c.numbers(100 * code.size)
	c.operator("/H ")
	c.numbers(100 * code.size)
	// In hexadecimal: some readers look for the end mark EI in the data. Compressed it is as small, and faster as the
	// compression of the page sees few different bytes.
	c.operator("/F/AHx ID ")
	c.content = hex.AppendEncode(c.content, code.bits)
	c.operator(">")
	c.operator("\nEI Q\n")
}
