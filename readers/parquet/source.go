package parquet

import (
	"errors"
	"fmt"

	"regul/readers/table"
)

// blockRows is the number of rows that are handed on at a time.
const blockRows = 8192

// Source reads some row groups of a file. It implements table.Source.
type Source struct {
	file       *File
	columns    []table.Column
	positions  []int // Lacking also where every cell is null and the type is another one
	has        []int // positions of the columns that the file has
	unknown    []string
	converters []convert
	group, end int      // the next row group, and the one to stop at
	skip, most int64    // rows of each row group that are passed over, and how many are read then; most 0: all
	row        int64    // rows read so far, from the start of the file
	left       int64    // rows of the open row group
	chunks     []*chunk // nil of a column without cells to read
	held       int64    // bytes of the pages of this block
	block      *table.Block
}

// Unknown lists the columns that nobody asked for.
func (s *Source) Unknown() []string { return s.unknown }

// Has says whether the file has a column.
func (s *Source) Has(column int) bool { return s.has[column] != table.Lacking }

// Next reads the next block. Every column of the file must have the rows that the footer promises.
func (s *Source) Next(b *table.Block) (more bool, err error) {
	defer guard(&err)
	s.block = b
	for s.left == 0 {
		if s.group == s.end {
			s.close()
			return false, nil
		}
		if err := s.open(); err != nil {
			return false, err
		}
	}
	s.held = 0
	for _, c := range s.chunks {
		if c == nil {
			continue
		}
		c.forget()
		s.held += c.pages.kept + c.pages.last
	}
	rows := int(min(s.left, blockRows))
	b.Reset(s.columns, s.positions, s.row+1, rows)
	for i, c := range s.chunks {
		if c == nil {
			continue
		}
		if err := c.read(rows); err != nil {
			return false, s.fault(i, err)
		}
		s.converters[i](c, &b.Columns[i], rows)
	}
	s.left -= int64(rows)
	s.row += int64(rows)
	return true, nil
}

// SkipTo passes over whole row groups that end before the given row, counted from 1.
func (s *Source) SkipTo(row int64) {
	if s.row+s.left < row {
		s.row += s.left
		s.left = 0
	}
	for s.left == 0 && s.group < s.end {
		rows := s.file.reader.MetaData().RowGroup(s.group).NumRows()
		if s.row+rows >= row {
			return
		}
		s.row += rows
		s.group++
	}
}

// open starts the next row group.
func (s *Source) open() error {
	group := s.file.reader.RowGroup(s.group)
	s.group++
	s.left, s.held = group.NumRows(), 0
	if s.chunks == nil {
		s.chunks = s.newChunks()
	}
	s.row += s.skip
	if s.left -= s.skip; s.most > 0 {
		s.left = min(s.left, s.most)
	}
	for i, c := range s.chunks {
		if c == nil {
			continue
		}
		if err := c.open(s.file, group, s.positions[i], &s.held); err != nil {
			return s.fault(i, err)
		}
		c.pages.unwanted = s.skip
	}
	return nil
}

// close lets go of the memory.
func (s *Source) close() {
	for i, c := range s.chunks {
		if c != nil {
			c.give(s.isText(i))
		}
	}
	s.chunks = nil
}

func (s *Source) newChunks() []*chunk {
	chunks := make([]*chunk, len(s.positions))
	for i, position := range s.positions {
		if position != table.Lacking {
			chunks[i] = freeChunks.take(s.isText(i))
		}
	}
	return chunks
}

// isText says whether a column that the file has is one of texts.
func (s *Source) isText(column int) bool {
	return isText(s.file.reader.MetaData().Schema.Column(s.positions[column]).PhysicalType())
}

// fault says what is wrong with a column.
func (s *Source) fault(column int, err error) error {
	what := "is damaged"
	var beyond unsupported
	if errors.As(err, &beyond) {
		what = "can't be read"
	}
	return fmt.Errorf("the Parquet file %s: column %s: %w", what, s.columns[column].Name, err)
}

// unsupported is what a sound file may hold, but is not read here.
type unsupported string

func (u unsupported) Error() string { return string(u) }

// each calls value with the position of every row and that of its value, or null.
func (c *chunk) each(rows int, value func(row, at int), null func(row int)) {
	if !c.optional || c.count == rows {
		for row := range rows {
			value(row, row)
		}
		return
	}
	next := 0
	for row := range rows {
		if c.levels[row] == 0 {
			null(row)
			continue
		}
		value(row, next)
		next++
	}
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
