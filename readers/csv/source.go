// Package csv reads CSV as people and programs write it: comma or semicolon, UTF-8 (with or without a byte order mark)
// or Windows-1252, decimal point or comma, columns in any order, quoted fields, mixed line ends.
//
// It has a scanner of its own because a fund's night must survive a stray quote: encoding/csv then takes the
// rest of the file for one field, and holds a line of any length in memory. Here a torn row is one row, and
// memory is bounded by the longest row that is accepted (1 MiB).
package csv

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"regul/readers/table"
)

// blockRows is the number of rows that are handed on at a time.
const blockRows = 2048

const byteOrderMark = "\uFEFF"

// Source reads one CSV text. It implements table.Source.
type Source struct {
	scanner  *scanner
	columns  []table.Column
	position []int // in the file, of each column
	unknown  []string
	row      int64
	texts    [][]byte
	record   record
}

// Open reads the header. It is an error if a column is missing or stands there twice.
func Open(from io.Reader, columns []table.Column) (*Source, error) {
	s := &Source{scanner: newScanner(from), columns: columns}
	names, err := s.header()
	if err != nil {
		return nil, err
	}
	s.scanner.columns = len(names)
	s.position, s.unknown, err = table.Locate(columns, names)
	return s, err
}

// header reads the names of the columns, in lower case, and finds the separator.
func (s *Source) header() ([]string, error) {
	s.scanner.compact()
	if err := s.scanner.err; err != nil && err != io.EOF {
		return nil, err
	}
	if bytes.HasPrefix(s.scanner.buffer[:s.scanner.end], []byte(byteOrderMark)) {
		s.scanner.start = len(byteOrderMark)
	}
	line, _ := firstLine(s.scanner.buffer[s.scanner.start:s.scanner.end], true)
	if bytes.IndexByte(line, 0) >= 0 {
		return nil, errors.New("this is no text in UTF-8 or Windows-1252: save it as CSV in UTF-8")
	}
	if bytes.Count(line, []byte(";")) > bytes.Count(line, []byte(",")) {
		s.scanner.delimiter = ';'
	}
	if s.scanner.next(&s.record) != foundRecord || s.record.torn {
		return nil, errors.New("there is no header line")
	}
	if bytes.IndexByte(s.record.text, '\r') >= 0 {
		return nil, errors.New("its lines end with a carriage return alone: save it with line feeds")
	}
	names := make([]string, len(s.record.fields))
	for i, field := range s.record.fields {
		names[i] = strings.ToLower(string(toUTF8(field)))
	}
	return names, nil
}

// Unknown lists the columns that nobody asked for.
func (s *Source) Unknown() []string { return s.unknown }

// Has says whether the file has a column.
func (s *Source) Has(column int) bool { return s.position[column] != table.Lacking }

// RowText is a row of the last block, as read.
func (s *Source) RowText(row int) []byte { return s.texts[row] }

// Next reads the next block.
func (s *Source) Next(b *table.Block) (bool, error) {
	b.Reset(s.columns, s.position, s.row+1, blockRows)
	s.texts = s.texts[:0]
	b.Rows = 0
	for b.Rows < blockRows && s.add(b) {
	}
	s.row += int64(b.Rows)
	if err := s.scanner.err; err != nil && err != io.EOF {
		return false, err
	}
	return b.Rows > 0, nil
}

// add reads the next row into the block, whose rows lie in the buffer: when the buffer must move the block is
// full, unless it is empty.
func (s *Source) add(b *table.Block) bool {
	for {
		switch s.scanner.next(&s.record) {
		case foundEnd:
			return false
		case foundMore:
			if b.Rows > 0 {
				return false
			}
			s.scanner.compact()
			continue
		case foundLong:
			if b.Rows > 0 {
				return false
			}
			s.scanner.skipLongLine(&s.record)
			s.set(b)
			return false
		case foundRecord:
			s.set(b)
			return true
		}
	}
}

// set reads the cells of the record into the next row of the block.
func (s *Source) set(b *table.Block) {
	r, row := &s.record, b.Rows
	if len(r.fields) != s.scanner.columns || bytes.IndexByte(r.text, 0) >= 0 {
		r.torn = true
	}
	text := r.text
	if !utf8.Valid(text) {
		text = toUTF8(text)
		for i := range r.fields {
			r.fields[i] = toUTF8(r.fields[i])
		}
	}
	s.texts = append(s.texts, text)
	b.Torn[row] = r.torn
	for i := range s.columns {
		c, at := &s.columns[i], s.position[i]
		if at == table.Lacking {
			continue
		}
		var field []byte
		if !r.torn || c.Key && at < len(r.fields) {
			field = table.Bare(r.fields[at])
		}
		b.Columns[i].Set(row, c.Kind, field)
	}
	b.Rows++
}

// toUTF8 is a text that is no UTF-8 read as Windows-1252.
func toUTF8(text []byte) []byte {
	if utf8.Valid(text) {
		return text
	}
	converted := make([]byte, 0, len(text)+len(text)/4)
	for _, c := range text {
		converted = utf8.AppendRune(converted, charmap.Windows1252.DecodeByte(c))
	}
	return converted
}
