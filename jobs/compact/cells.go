package compact

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"regul/readers/table"
	columnar "regul/writers/parquet"
)

// cells are one column: numbers, texts, or the positions of codes among those that were seen. A null has a cell too.
type cells struct {
	ints  []int64
	bytes []byte
	ends  []int  // of each text in bytes
	null  []bool // up to the last null

	isText bool
	codes  *codes // of a column of few texts
}

// codes are the different texts of a column of few.
type codes struct {
	names    []string
	position map[string]int64
	last     int64 // the position that was asked for last: texts mostly repeat
}

func (c *codes) of(text []byte) int64 {
	if len(c.names) > 0 && c.names[c.last] == string(text) {
		return c.last
	}
	at, known := c.position[string(text)]
	if !known {
		at = int64(len(c.names))
		c.names = append(c.names, string(text))
		c.position[string(text)] = at
	}
	c.last = at
	return at
}

// appendTimes appends a value so many times.
func appendTimes[T any](dst []T, n int, value T) []T {
	start := len(dst)
	dst = slices.Grow(dst, n)[:start+n]
	for i := range dst[start:] {
		dst[start+i] = value
	}
	return dst
}

// take adds cells of a file that follow each other. A text that is empty is null: a reader does not tell them apart.
func (c *cells) take(v *table.Vector, first, end int) error {
	start := c.len()
	switch {
	case c.codes != nil:
		for _, text := range v.Texts[first:end] {
			c.ints = append(c.ints, c.codes.of(text))
		}
	case c.isText:
		for _, text := range v.Texts[first:end] {
			c.text(text)
		}
	default:
		c.ints = append(c.ints, v.Ints[first:end]...)
	}
	for i, state := range v.States[first:end] {
		switch state {
		case table.Value:
		case table.Unreadable:
			return fmt.Errorf("a value can't be read")
		default:
			c.setNull(start + i)
		}
	}
	return nil
}

func (c *cells) len() int {
	if c.isText {
		return len(c.ends)
	}
	return len(c.ints)
}

// setNull says that a cell is null: the last one that is.
func (c *cells) setNull(row int) {
	c.null = append(appendTimes(c.null, row-len(c.null), false), true)
}

func (c *cells) isNull(row int) bool { return row < len(c.null) && c.null[row] }

func (c *cells) text(text []byte) {
	c.bytes = append(c.bytes, text...)
	c.ends = append(c.ends, len(c.bytes))
}

// repeat adds the same cell so many times.
func (c *cells) repeat(n int, text string, null bool) {
	start := c.len()
	switch {
	case c.codes != nil:
		c.ints = appendTimes(c.ints, n, c.codes.of([]byte(text)))
	case c.isText:
		for range n {
			c.text([]byte(text))
		}
	default:
		c.ints = appendTimes(c.ints, n, 0)
	}
	if null {
		c.null = appendTimes(appendTimes(c.null, start-len(c.null), false), n, true)
	}
}

// at is a text.
func (c *cells) at(row int) []byte {
	start := 0
	if row > 0 {
		start = c.ends[row-1]
	}
	return c.bytes[start:c.ends[row]]
}

// compare orders two cells of the column; a null is first.
func (c *cells) compare(a, b int) int {
	switch {
	case c.isNull(a) || c.isNull(b):
		return cmp.Compare(value(!c.isNull(a)), value(!c.isNull(b)))
	case c.codes != nil:
		if c.ints[a] == c.ints[b] {
			return 0
		}
		return strings.Compare(c.codes.names[c.ints[a]], c.codes.names[c.ints[b]])
	case c.isText:
		return bytes.Compare(c.at(a), c.at(b))
	}
	return cmp.Compare(c.ints[a], c.ints[b])
}

func value(b bool) int {
	if b {
		return 1
	}
	return 0
}

// maxCodes is how many codes a column of them may have in a file.
const maxCodes = 256

// occurring are the codes of some rows, sorted, so that a file does not tell in which order they were met; and the position of each
// among them. More than a file may have are texts, and have no position.
func (c *cells) occurring(order []int) (names []string, positions []int64) {
	positions = make([]int64, len(c.codes.names))
	for _, row := range order {
		if code := c.ints[row]; positions[code] == 0 && !c.isNull(row) {
			positions[code] = 1
			names = append(names, c.codes.names[code])
		}
	}
	if len(names) > maxCodes {
		return nil, nil
	}
	slices.Sort(names)
	for i, name := range names {
		positions[c.codes.position[name]] = int64(i)
	}
	return names, positions
}

// write writes a block of cells. A code is its position in the file.
func (c *cells) write(w *columnar.Writer, at int, block []int, optional bool, positions []int64) {
	if optional {
		block = c.present(w.Levels(at, len(block)), block)
	}
	switch {
	case c.isText:
		w.Texts(at, len(block), func(i int, dst []byte) []byte { return append(dst, c.at(block[i])...) })
	case c.codes != nil && positions == nil:
		w.Texts(at, len(block), func(i int, dst []byte) []byte { return append(dst, c.codes.names[c.ints[block[i]]]...) })
	case c.codes != nil:
		for i, to := 0, w.Ints(at, len(block)); i < len(block); i++ {
			to[i] = positions[c.ints[block[i]]]
		}
	default:
		for i, to := 0, w.Ints(at, len(block)); i < len(block); i++ {
			to[i] = c.ints[block[i]]
		}
	}
}

// present are the cells of a block that are not null, after saying so in the levels.
func (c *cells) present(levels []byte, block []int) []int {
	for i := range levels {
		levels[i] = 1
	}
	if len(c.null) == 0 {
		return block
	}
	kept := make([]int, 0, len(block))
	for i, row := range block {
		if c.isNull(row) {
			levels[i] = 0
			continue
		}
		kept = append(kept, row)
	}
	return kept
}

func (c *cells) copy(other *cells, chosen []int) {
	for _, row := range chosen {
		if other.isNull(row) {
			c.setNull(c.len())
		}
		switch {
		case c.codes != nil:
			c.ints = append(c.ints, c.codes.of([]byte(other.codes.names[other.ints[row]])))
		case c.isText:
			c.text(other.at(row))
		default:
			c.ints = append(c.ints, other.ints[row])
		}
	}
}
