package parquet

import (
	"encoding/binary"
	"math"
)

// compact reads thrift's compact protocol, in which a Parquet file describes itself. A length or a count beyond the
// bytes that are there is a failure, never an allocation. After a failure everything reads as zero.
type compact struct {
	rest   []byte
	failed bool
	depth  int
}

// kind is the type of a value. In a struct a boolean is its kind alone.
type kind uint8

const (
	kindTrue kind = iota + 1
	kindFalse
	kindByte
	kindInt16
	kindInt32
	kindInt64
	kindDouble
	kindBinary
	kindList
	kindSet
	kindMap
	kindStruct
	kindUUID
)

// maxDepth is how deep structs and lists may be nested; a footer needs about ten levels.
const maxDepth = 32

func (c *compact) fail() { c.failed, c.rest = true, nil }

func (c *compact) take(n uint64) []byte {
	if n > uint64(len(c.rest)) {
		c.fail()
		return nil
	}
	taken := c.rest[:n:n]
	c.rest = c.rest[n:]
	return taken
}

func (c *compact) unsigned() uint64 {
	v, n := binary.Uvarint(c.rest)
	if n <= 0 {
		c.fail()
		return 0
	}
	c.rest = c.rest[n:]
	return v
}

// signed reads any of the integers but a byte.
func (c *compact) signed() int64 {
	v := c.unsigned()
	return int64(v>>1) ^ -int64(v&1)
}

// int32 reads what thrift cuts off at 32 bits.
func (c *compact) int32() int64 { return int64(int32(c.signed())) }

func (c *compact) binary() []byte { return c.take(c.unsigned()) }

func (c *compact) byte() byte {
	if taken := c.take(1); len(taken) == 1 {
		return taken[0]
	}
	return 0
}

// structure calls read with each field of a struct, as its number and kind. read takes the value, or returns false and it
// is passed over.
func (c *compact) structure(read func(id int64, k kind) bool) {
	if c.depth++; c.depth > maxDepth {
		c.fail()
	}
	id := int64(0)
	for !c.failed {
		head := c.byte()
		if head == 0 {
			break
		}
		before := id
		if step := head >> 4; step != 0 {
			id += int64(step)
		} else {
			id = c.signed()
		}
		if id <= before || id > math.MaxInt16 { // every writer goes through the fields in their order: this is damage
			c.fail()
			break
		}
		if k := kind(head & 15); !read(id, k) {
			c.skip(k)
		}
	}
	c.depth--
}

// list calls read for each element of a list, which must be of the given kind.
func (c *compact) list(k kind, read func()) {
	found, n := c.listHead()
	if found != k && n > 0 {
		c.fail()
	}
	for i := 0; i < n && !c.failed; i++ {
		read()
	}
}

// listHead reads the kind and the number of the elements, each of which takes a byte or more.
func (c *compact) listHead() (kind, int) {
	head := c.byte()
	n := uint64(head >> 4)
	if n == 15 {
		n = c.unsigned()
	}
	if n > uint64(len(c.rest)) {
		c.fail()
	}
	if c.failed {
		return 0, 0
	}
	return kind(head & 15), int(n)
}

func (c *compact) skip(k kind) {
	switch k {
	case kindTrue, kindFalse:
	case kindByte:
		c.take(1)
	case kindInt16, kindInt32, kindInt64:
		c.unsigned()
	case kindDouble:
		c.take(8)
	case kindBinary:
		c.binary()
	case kindUUID:
		c.take(16)
	case kindStruct:
		c.structure(func(int64, kind) bool { return false })
	case kindList, kindSet:
		c.skipElements()
	case kindMap:
		c.skipMap()
	default:
		c.fail()
	}
}

func (c *compact) skipElements() {
	k, n := c.listHead()
	if c.depth++; c.depth > maxDepth {
		c.fail()
	}
	for i := 0; i < n && !c.failed; i++ {
		c.skipElement(k)
	}
	c.depth--
}

func (c *compact) skipMap() {
	n := c.unsigned()
	if n == 0 {
		return
	}
	kinds := c.byte()
	if c.depth++; c.depth > maxDepth {
		c.fail()
	}
	for i := uint64(0); i < n && !c.failed; i++ {
		c.skipElement(kind(kinds >> 4))
		c.skipElement(kind(kinds & 15))
	}
	c.depth--
}

// skipElement passes over an element of a list or map, where a boolean takes a byte.
func (c *compact) skipElement(k kind) {
	if k == kindTrue || k == kindFalse {
		k = kindByte
	}
	c.skip(k)
}
