package parquet

import (
	"errors"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"
)

// chunk reads one column of a row group, some rows at a time. Its memory serves the next row groups.
type chunk struct {
	pages    pages
	optional bool
	left     int64 // rows of the page
	runs     runs  // the levels of the page, of an optional column
	decoder  decoder
	levels   []byte // of the last batch: 1 for a value, 0 for null
	count    int    // of its values, nulls left out
	values
	digits []byte // that texts were made of

	plain plainDecoder
	word  wordDecoder
	bit   bitDecoder
	arrow arrowDecoder
}

// open starts with a column of a row group.
func (c *chunk) open(f *File, group *file.RowGroupReader, position int, held *int64) error {
	c.left, c.arrow = 0, arrowDecoder{}
	err := c.pages.open(f, group, position, held)
	c.optional = err == nil && c.pages.column.MaxDefinitionLevel() > 0
	return err
}

// forget lets go of the pages of the last batch, except the one that is being read, and the dictionary.
func (c *chunk) forget() { c.pages.forget(c.left > 0) }

// read reads so many rows.
func (c *chunk) read(rows int) error {
	c.levels = grow(c.levels, rows)
	c.count = 0
	for done := 0; done < rows; {
		if c.left == 0 {
			if err := c.next(); err != nil {
				return err
			}
			if err := c.drop(); err != nil {
				return err
			}
			continue
		}
		n := int(min(c.left, int64(rows-done)))
		if err := c.batch(c.levels[done : done+n]); err != nil {
			return err
		}
		c.left -= int64(n)
		done += n
	}
	return nil
}

// drop passes over the rows of a page that nobody wants.
func (c *chunk) drop() error {
	var levels [1024]byte
	for c.left > 0 && c.pages.unwanted > 0 {
		n := min(c.left, c.pages.unwanted, int64(len(levels)))
		kept := c.count
		if err := c.batch(levels[:n]); err != nil {
			return err
		}
		c.count = kept
		c.left -= n
		c.pages.unwanted -= n
	}
	return nil
}

// batch reads rows of one page, and their levels.
func (c *chunk) batch(levels []byte) error {
	n := len(levels)
	if c.optional {
		if err := read(&c.runs, levels); err != nil {
			return err
		}
		n = 0
		for _, level := range levels {
			n += int(level)
		}
	}
	c.room(c.pages.column.PhysicalType(), c.count, n)
	if n > 0 {
		if err := c.decoder.read(&c.values, c.count, n); err != nil {
			return err
		}
	}
	c.count += n
	return nil
}

// next starts with the next page, by its own encoding: a column may change it from page to page.
func (c *chunk) next() error {
	read, err := c.pages.next()
	if err != nil {
		return err
	}
	c.left = read.values
	c.runs.open(read.levels, 1, 2)
	physical := c.pages.column.PhysicalType()
	switch {
	case read.encoding == parquet.Encodings.Plain:
		c.plain = plainDecoder{physical, c.pages.column.TypeLength(), read.data, 0}
		c.decoder = &c.plain
	case read.encoding == parquet.Encodings.PlainDict, read.encoding == parquet.Encodings.RLEDict:
		c.decoder = &c.word
		return c.word.open(&c.pages.words, read.data)
	case read.encoding == parquet.Encodings.RLE && physical == parquet.Types.Boolean:
		c.decoder = &c.bit
		return c.bit.open(read.data)
	default:
		c.decoder = &c.arrow
		return c.arrow.open(&c.pages, read)
	}
	return nil
}

// open starts with a page of positions in a dictionary.
func (d *wordDecoder) open(words *words, data []byte) error {
	if words.count < 0 {
		return errors.New("its dictionary is missing")
	}
	d.words = words
	if len(data) == 0 { // every row is null
		d.runs.open(nil, 0, 0)
		return nil
	}
	if data[0] > 32 {
		return errShort
	}
	d.runs.open(data[1:], int(data[0]), uint64(words.count))
	return nil
}

// open starts with a page of booleans.
func (d *bitDecoder) open(data []byte) error {
	text, _, err := sized(data)
	d.runs.open(text, 1, 2)
	return err
}
