package parquet

import "encoding/binary"

// compact writes thrift's compact protocol, in which a Parquet file describes its pages. Arrow keeps its own writer of it
// to itself.
type compact struct {
	bytes []byte
	last  []int // the number of the last field of each struct that is open
}

// The kinds of values, as the protocol numbers them.
const (
	kindTrue   = 1
	kindFalse  = 2
	kindInt32  = 5
	kindInt64  = 6
	kindBinary = 8
	kindList   = 9
	kindStruct = 12
)

// reset starts a struct that stands alone.
func (c *compact) reset() { c.bytes, c.last = c.bytes[:0], append(c.last[:0], 0) }

// field starts a field, of which the value follows. Numbers of fields ascend, by less than 16.
func (c *compact) field(id int, kind byte) {
	last := &c.last[len(c.last)-1]
	c.bytes = append(c.bytes, byte(id-*last)<<4|kind)
	*last = id
}

// int32 writes a whole number of a field.
func (c *compact) int32(id int, v int64) {
	c.field(id, kindInt32)
	c.bytes = binary.AppendVarint(c.bytes, v)
}

// int64 writes a whole number of a field.
func (c *compact) int64(id int, v int64) {
	c.field(id, kindInt64)
	c.bytes = binary.AppendVarint(c.bytes, v)
}

// open starts a struct of a field.
func (c *compact) open(id int) {
	c.field(id, kindStruct)
	c.begin()
}

// begin starts a struct in a list.
func (c *compact) begin() { c.last = append(c.last, 0) }

// end ends a struct.
func (c *compact) end() {
	c.bytes = append(c.bytes, 0)
	c.last = c.last[:len(c.last)-1]
}

// list starts a list of so many values of a kind, which follow.
func (c *compact) list(id int, kind byte, n int) {
	c.field(id, kindList)
	if n < 15 {
		c.bytes = append(c.bytes, byte(n)<<4|kind)
		return
	}
	c.bytes = binary.AppendUvarint(append(c.bytes, 0xf0|kind), uint64(n))
}

// binary writes the bytes of an element of a list.
func (c *compact) binary(text []byte) {
	c.bytes = append(binary.AppendUvarint(c.bytes, uint64(len(text))), text...)
}

// number writes a whole number as an element of a list.
func (c *compact) number(v int64) { c.bytes = binary.AppendVarint(c.bytes, v) }
