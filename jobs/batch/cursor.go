package batch

import (
	"fmt"
	"io"

	"regul/jobs/storage"
	"regul/readers/parquet"
	"regul/readers/table"
)

// Cursor goes through the rows of files of a batch, in their order. It holds one open file and one block, and belongs to one goroutine.
type Cursor[Row any] struct {
	Row   Row  // the present one, once Next was called
	Ended bool // there is none any more

	fields   Fields[Row]
	columns  []table.Column
	storage  storage.Storage
	manifest *Manifest
	parts    []*ManifestFile // that are not open yet
	number   string          // "": of all
	counted  *counted
	first    Fields[Row]     // that tell whether a row is wanted
	wanted   func(*Row) bool // nil: all are

	part   *ManifestFile
	file   storage.ReadFile
	opened *parquet.File
	group  int // the next row group of the file
	source table.Source
	block  table.Block
	at     int // of the next row in the block
}

// Cursor stands before the first row of files of a batch. Next goes on.
func (fields Fields[Row]) Cursor(storage storage.Storage, m *Manifest, parts []*ManifestFile) *Cursor[Row] {
	columns, counted := countedOf(fields.Columns(), []*Manifest{m}, -1)
	return &Cursor[Row]{fields: fields, columns: columns, storage: storage, manifest: m, parts: parts, counted: counted}
}

// Next goes to the next row, or ends.
func (c *Cursor[Row]) Next() error {
	for ; ; c.at++ {
		for c.at >= c.block.Rows && !c.Ended {
			if err := c.fill(); err != nil {
				return c.placed(err)
			}
		}
		if c.Ended {
			return nil
		}
		if c.number != "" && string(c.block.Columns[0].Texts[c.at]) != c.number || !c.counted.has(&c.block, c.at) {
			continue
		}
		if c.wanted != nil {
			if err := c.first.Read(&c.Row, &c.block, c.at); err != nil {
				return c.placed(err)
			}
			if !c.wanted(&c.Row) {
				continue
			}
		}
		if err := c.fields.Read(&c.Row, &c.block, c.at); err != nil {
			return c.placed(err)
		}
		c.at++
		return nil
	}
}

// placed says in which file of the batch something is wrong. What can't be opened names itself.
func (c *Cursor[Row]) placed(err error) error {
	if c.file == nil {
		return err
	}
	return fmt.Errorf("%s/%s: %w", c.manifest.Folder(), c.part.Path, err)
}

// fill reads the next block, or opens what holds it, or ends.
func (c *Cursor[Row]) fill() (err error) {
	switch {
	case c.source != nil:
		c.at = 0
		more, err := c.source.Next(&c.block)
		if !more {
			c.source, c.block.Rows = nil, 0
		}
		return err
	case c.opened != nil && c.group < c.opened.RowGroups():
		if c.number != "" {
			return c.seek()
		}
		source, err := c.opened.Source(c.columns, c.group, c.opened.RowGroups())
		c.group = c.opened.RowGroups()
		if err == nil {
			c.source = source
		}
		return err
	}
	c.Close()
	for len(c.parts) > 0 && c.number != "" && !c.parts[0].MayHold(c.columns[0].Name, c.number) {
		c.parts = c.parts[1:]
	}
	if c.Ended = len(c.parts) == 0; c.Ended {
		return nil
	}
	c.part, c.parts, c.group = c.parts[0], c.parts[1:], 0
	if c.file, err = OpenVerified(c.storage, c.manifest, c.part); err != nil {
		return err
	}
	c.opened, err = parquet.Open(io.NewSectionReader(c.file, 0, c.file.Size()))
	return err
}

// seek goes to the rows of the next row group that may be of the number.
func (c *Cursor[Row]) seek() error {
	group := c.group
	c.group++
	first, end, err := rowsOf(c.opened, group, c.columns[0].Name, c.number)
	if err != nil || first == end {
		return err
	}
	source, err := c.opened.SourceOfRows(c.columns, group, first, end)
	if err == nil {
		c.source = source
	}
	return err
}

// rowsOf is where the rows of a number lie in a row group: from the first up to, not including, the end. Others may lie between.
func rowsOf(f *parquet.File, group int, column, number string) (first, end int64, err error) {
	if may, err := f.MayHold(group, column, number); err != nil || !may {
		return 0, 0, err
	}
	row := int64(0)
	err = f.Blocks([]table.Column{{Name: column, Kind: table.Text}}, group, group+1, func(b *table.Block) error {
		for at := range b.Rows {
			if b.Columns[0].Is(at) && string(b.Columns[0].Texts[at]) == number {
				if end == 0 {
					first = row + int64(at)
				}
				end = row + int64(at) + 1
			}
		}
		row += int64(b.Rows)
		return nil
	})
	return first, end, err
}

// Close closes the file that is open, if there is one.
func (c *Cursor[Row]) Close() {
	if c.file != nil {
		c.file.Close()
	}
	c.file, c.opened, c.source = nil, nil, nil
}

func (c *Cursor[Row]) each(visit func(*Row) error) error {
	defer c.Close()
	for {
		if err := c.Next(); err != nil || c.Ended {
			return err
		}
		if err := visit(&c.Row); err != nil {
			return err
		}
	}
}
