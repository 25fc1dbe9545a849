// Package csv reads CSV as people and programs write it: comma or semicolon, UTF-8 (with or without a byte order mark)
// or Windows-1252, decimal point or comma, columns in any order, quoted fields, mixed line ends.
//
// It has a scanner of its own because a fund's night must survive a stray quote: encoding/csv then takes the
// rest of the file for one field, and holds a line of any length in memory. Here a torn row is one row, and
// memory is bounded by the longest row that is accepted (1 MiB).
package csv

import (
	"bytes"
	"fmt"
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
	niss     int   // which of the columns is the national number, or -1
	unknown  []string
	row      int64
	texts    [][]byte
	record   record
}

// Open reads the header. It is an error if a column is missing or stands there twice.
func Open(from io.Reader, columns []table.Column) (*Source, error) {
	s := &Source{scanner: newScanner(from), columns: columns, niss: -1}
	s.scanner.compact()
	if bytes.HasPrefix(s.scanner.buffer[:s.scanner.end], []byte(byteOrderMark)) {
		s.scanner.start = len(byteOrderMark)
	}
	line, _ := firstLine(s.scanner.buffer[s.scanner.start:s.scanner.end], true)
	if bytes.IndexByte(line, 0) >= 0 {
		return nil, fmt.Errorf("this is no text in UTF-8 or Windows-1252: save it as CSV in UTF-8")
	}
	if bytes.Count(line, []byte(";")) > bytes.Count(line, []byte(",")) {
		s.scanner.delimiter = ';'
	}
	if found, _ := s.scanner.next(&s.record); !found || s.record.torn {
		if s.scanner.err != nil && s.scanner.err != io.EOF {
			return nil, s.scanner.err
		}
		return nil, fmt.Errorf("there is no header line")
	}
	names := make([]string, len(s.record.fields))
	for i, field := range s.record.fields {
		names[i] = strings.ToLower(string(field))
	}
	s.scanner.columns = len(names)
	var err error
	s.position, s.unknown, err = table.Locate(columns, names)
	for i, c := range columns {
		if c.Name == "niss" {
			s.niss = i
		}
	}
	return s, err
}

// Unknown lists the columns that nobody asked for.
func (s *Source) Unknown() []string { return s.unknown }

// RowText is a row of the last block, as read.
func (s *Source) RowText(row int) []byte { return s.texts[row] }

// Next reads the next block.
func (s *Source) Next(b *table.Block) (bool, error) {
	b.Reset(s.columns, s.row+1, blockRows)
	s.texts = s.texts[:0]
	b.Rows = 0
	for b.Rows < blockRows {
		if !s.scanner.ready() {
			if b.Rows > 0 {
				break // what the block holds lies in the buffer
			}
			s.scanner.compact()
		}
		found, long := s.scanner.next(&s.record)
		if long && b.Rows == 0 {
			s.scanner.skipLongLine(&s.record)
		} else if !found {
			if long || !s.scanner.ready() {
				if b.Rows > 0 {
					break
				}
				continue
			}
			break
		}
		s.texts = append(s.texts, s.record.text)
		s.set(b, b.Rows)
		b.Rows++
		if long {
			break
		}
	}
	s.row += int64(b.Rows)
	if err := s.scanner.err; err != nil && err != io.EOF {
		return false, err
	}
	return b.Rows > 0, nil
}

// set reads the cells of a row.
func (s *Source) set(b *table.Block, row int) {
	r := &s.record
	if bytes.IndexByte(r.text, 0) >= 0 || len(r.fields) != s.scanner.columns {
		r.torn = true
	}
	if !utf8.Valid(r.text) {
		for i := range r.fields {
			r.fields[i], _ = charmap.Windows1252.NewDecoder().Bytes(r.fields[i])
		}
		s.texts[row], _ = charmap.Windows1252.NewDecoder().Bytes(r.text)
	}
	b.Torn[row] = r.torn
	for i := range s.columns {
		var field []byte
		if !r.torn || i == s.niss && s.position[i] < len(r.fields) {
			field = r.fields[s.position[i]]
		}
		b.Columns[i].Set(row, s.columns[i].Kind, field)
	}
}
