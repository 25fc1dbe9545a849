package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Limits on a footer, in bytes, and what stands around it.
const (
	maxFooter   = 16 << 20
	maxNames    = 16 << 20 // the paths of all columns together
	magic       = "PAR1"
	trailerSize = 8 // the footer's length and the magic
)

// field is what arrow's thrift reads in a field: a struct, or a list of elements of a kind.
type field struct {
	kind kind
	of   shape
}

type shape []field // by number

// Thrift makes room for as many elements as a list says, and reads them without regard to the kind that stands there:
// every list that it reads is checked by this table, and everything else by the bytes that it takes.
var (
	columnShape = shape{2: {kind: kindInt32}, 3: {kind: kindBinary}, 8: {kind: kindStruct}, 13: {kind: kindStruct}}
	chunkShape  = shape{3: {kindStruct, columnShape}, 8: {kindStruct, shape{2: {kindStruct, shape{1: {kind: kindBinary}}}}}}
	groupShape  = shape{1: {kindStruct, chunkShape}, 4: {kind: kindStruct}}
	footerShape = shape{4: {kindStruct, groupShape}, 5: {kind: kindStruct}, 7: {kind: kindStruct}}
)

// node is an element of the schema, as far as it can do harm.
type node struct {
	label    []byte
	children int64
	unknown  int64 // number of its kind, if that is not known here
}

// checkFooter reads the footer of a file of so many bytes before arrow does, and refuses what would make it ask for
// more memory, or nest deeper, than the footer's size allows.
func checkFooter(from io.ReaderAt, size int64) error {
	var trailer [trailerSize]byte
	if size < int64(len(magic)+trailerSize) {
		return fmt.Errorf("it has only %d bytes", size)
	}
	if _, err := from.ReadAt(trailer[:], size-trailerSize); err != nil && err != io.EOF {
		return err
	}
	if string(trailer[4:]) != magic {
		return errors.New("it does not end like one: it is cut off, or encrypted")
	}
	length := int64(binary.LittleEndian.Uint32(trailer[:]))
	if length > size-int64(len(magic)+trailerSize) || length > maxFooter {
		return fmt.Errorf("its footer of %d bytes is larger than the file or than the limit of %d", length, maxFooter)
	}
	text := make([]byte, length)
	if _, err := from.ReadAt(text, size-trailerSize-length); err != nil && err != io.EOF {
		return err
	}
	c := compact{rest: text}
	var nodes []node
	c.structure(func(id int64, k kind) bool {
		if id != 2 || k != kindList {
			return c.field(footerShape, id, k)
		}
		nodes = nodes[:0]
		c.list(kindStruct, func() { nodes = append(nodes, c.node()) })
		return true
	})
	if c.failed {
		return errors.New("its footer is damaged: it can't be read")
	}
	return checkSchema(nodes)
}

// field passes over a field that thrift would read; false if it would not.
func (c *compact) field(s shape, id int64, k kind) bool {
	if id >= int64(len(s)) || s[id].kind == 0 {
		return false
	}
	f := s[id]
	inside := func() {
		c.structure(func(id int64, k kind) bool { return c.field(f.of, id, k) })
	}
	switch {
	case k == kindStruct:
		inside()
	case k == kindList && f.kind == kindStruct:
		c.list(kindStruct, inside)
	case k == kindList:
		c.list(f.kind, func() { c.skip(f.kind) })
	default:
		return false
	}
	return true
}

// checkSchema holds the nodes, which stand parent first, against a tree of limited depth.
func checkSchema(nodes []node) error {
	type group struct{ left, path int64 }
	var open []group
	names := int64(0)
	for i, n := range nodes {
		path := int64(len(n.label))
		if i > 0 {
			for len(open) > 0 && open[len(open)-1].left == 0 {
				open = open[:len(open)-1]
			}
			if len(open) == 0 {
				return errors.New("its schema is no tree")
			}
			open[len(open)-1].left--
			path += 1 + open[len(open)-1].path
		}
		names += path
		if n.children < 0 || n.children > int64(len(nodes)-1-i) || len(open) >= maxDepth || names > maxNames {
			return errors.New("its schema is damaged, or too large")
		}
		if n.unknown != 0 {
			return unknownKind(n.label, n.unknown)
		}
		if n.children > 0 {
			open = append(open, group{n.children, path})
		}
	}
	return nil
}
