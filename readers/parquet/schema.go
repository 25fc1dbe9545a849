package parquet

import "fmt"

// What values mean is mostly said twice in a schema: by an older number, and by a newer union.
const (
	convertedDecimal = 5
	convertedDate    = 6

	unionDecimal = 5
	unionDate    = 6
	unionNull    = 11
)

// maxUnion is the last kind of the union that the reader knows; reserved is one of its numbers that stands for none.
const (
	maxUnion = 15
	reserved = 9
)

// newerKinds are kinds of columns that are younger than what reads the footer.
var newerKinds = map[int64]string{16: "VARIANT", 17: "GEOMETRY", 18: "GEOGRAPHY"}

// unknownKind says that a column of a sound file is of a kind that is not known here, by the name of the column and its number.
func unknownKind(column []byte, number int64) error {
	kind, named := newerKinds[number]
	if !named {
		kind = fmt.Sprintf("number %d", number)
	}
	return unsupported(fmt.Sprintf("column %q is of a kind that is not known here (%s): leave it out, or write it as a string",
		column[:min(len(column), maxLabel)], kind))
}

// maxLabel is how much of the name of a column is told, in bytes.
const maxLabel = 64

// meaning is what one of the two says.
type meaning struct {
	said          bool
	decimal, date bool
	null          bool  // no value at all, which the older number can't say
	unknown       int64 // the number of a kind that is not known here; 0: it is known
	scale         int64
}

// node reads an element of the schema. A byte that changed must not make a hundred times as much of every amount: an
// element whose two meanings contradict each other is damage.
func (c *compact) node() (n node) {
	var older, newer meaning
	scale, precision := int64(-1), int64(0)
	c.structure(func(id int64, k kind) bool {
		switch {
		case id == 4 && k == kindBinary:
			n.label = c.binary()
		case id == 5 && k == kindInt32:
			n.children = c.int32()
		case id == 6 && k == kindInt32:
			converted := c.int32()
			older = meaning{said: true, decimal: converted == convertedDecimal, date: converted == convertedDate}
		case id == 7 && k == kindInt32:
			scale = c.int32()
		case id == 8 && k == kindInt32:
			precision = c.int32()
		case id == 10 && k == kindStruct:
			newer = c.meaning()
		default:
			return false
		}
		return true
	})
	switch {
	case older.decimal && precision <= 0,
		older.said && newer.said && (older.decimal != newer.decimal || older.date != newer.date || newer.null),
		newer.decimal && scale >= 0 && scale != newer.scale:
		c.fail()
	}
	n.unknown = newer.unknown
	return n
}

// meaning reads the union of logical types.
func (c *compact) meaning() (m meaning) {
	c.structure(func(id int64, k kind) bool {
		m.said, m.decimal, m.date, m.null = true, id == unionDecimal, id == unionDate, id == unionNull
		if id < 1 || id == reserved || id > maxUnion {
			m.unknown = id
		}
		if id != unionDecimal || k != kindStruct {
			return false
		}
		c.structure(func(id int64, k kind) bool {
			if id != 1 || k != kindInt32 {
				return false
			}
			m.scale = c.int32()
			return true
		})
		return true
	})
	return m
}
