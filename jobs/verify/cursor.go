package verify

import (
	"fmt"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/readers/second"
)

// verifiedBlock is how many rows of a table are read at a time.
const verifiedBlock = 4096

// tableCursor goes through the rows of one table and year, over its parts in their order. It belongs to one goroutine.
type tableCursor[Row any] struct {
	v       *verifier
	parts   []*batch.ManifestFile
	columns []verifiedColumn[Row]
	place   func(*Row) *rowPlace
	order   *Check // takes rows that stand out of order

	file   storage.ReadFile
	reader *second.File
	rows   int // of the block
	at     int // the next one
	before int64
	row    Row // the present one
	lowest string
	ended  bool
}

// start stands on the first row.
func (c *tableCursor[Row]) start() error { return c.next() }

// next goes to the next row, or ends.
func (c *tableCursor[Row]) next() error {
	for c.at == c.rows {
		if more, err := c.block(); err != nil || !more {
			c.ended = true
			return err
		}
	}
	last := c.place(&c.row).niss
	for i := range c.reader.Columns { // a table of before a column was added ends before it
		c.columns[i].set(&c.row, &c.reader.Cells[i], c.at)
	}
	c.at++
	place := c.place(&c.row)
	if last == "" {
		c.lowest = place.niss
	}
	place.file, place.row = c.parts[0].Path, c.before+int64(c.at)
	c.order.that(place.niss >= last, place.file, place.row, "its number is lower than that of the row before")
	return nil
}

// block reads the next rows of the file, or of the next one that has some; false when there is none.
func (c *tableCursor[Row]) block() (more bool, err error) {
	for {
		if c.reader != nil {
			c.before += int64(c.rows)
			c.at = 0
			if c.rows, err = c.reader.Next(verifiedBlock); err != nil {
				return false, fmt.Errorf("%s: %w", c.parts[0].Path, err)
			}
			if c.rows > 0 {
				return true, nil
			}
			c.close()
			c.parts = c.parts[1:]
		}
		if len(c.parts) == 0 {
			return false, nil
		}
		if c.file, err = c.v.open(c.parts[0].Path); err != nil {
			return false, err
		}
		if c.reader, err = second.Open(c.file, c.file.Size()); err != nil {
			return false, fmt.Errorf("%s: %w", c.parts[0].Path, err)
		}
		c.before, c.rows, c.at = 0, 0, 0
	}
}

// close closes the file that is open, if there is one.
func (c *tableCursor[Row]) close() {
	if c.file != nil {
		c.file.Close()
	}
	c.file, c.reader = nil, nil
}

// niss is the national number of the present row; false after the last one.
func (c *tableCursor[Row]) niss() (string, bool) { return c.place(&c.row).niss, !c.ended }

// borders are the first national number and, at the end, the last; "" without rows.
func (c *tableCursor[Row]) borders() (lowest, highest string) { return c.lowest, c.place(&c.row).niss }

// maxOfOne bounds the rows of a table that one affiliate's year can have.
const maxOfOne = 1 << 10

// take appends the rows of a national number, from the present one on.
func (c *tableCursor[Row]) take(rows []Row, niss string) ([]Row, error) {
	for !c.ended && c.place(&c.row).niss == niss {
		if len(rows) < maxOfOne {
			rows = append(rows, c.row)
		} else {
			c.order.fail(c.place(&c.row).file, c.place(&c.row).row, "there are more rows for this affiliate's year than there can be")
		}
		if err := c.next(); err != nil {
			return rows, err
		}
	}
	return rows, nil
}
