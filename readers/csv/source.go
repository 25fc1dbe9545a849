// Package csv reads CSV as people and programs write it: comma or semicolon, UTF-8 (with or without a byte order mark)
// or Windows-1252, decimal point or comma, columns in any order, quoted fields, mixed line ends.
//
// It scans by itself because a fund's night must survive a stray quote: encoding/csv then takes the
// rest of the file for one field, and holds a line of any length in memory. Here a torn row is one row, and
// memory is bounded by the longest row that is accepted (1 MiB).
package csv

import (
	"bytes"
	"errors"
	"io"
	"slices"
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
	if s.position, s.unknown, err = table.Locate(columns, names); err != nil {
		return nil, s.explain(err, names)
	}
	return s, nil
}

// separators are the bytes that may part the cells of a row.
var separators = []byte{',', ';', '\t', '|'}

// header reads the names of the columns, in lower case, and finds the separator.
func (s *Source) header() ([]string, error) {
	s.scanner.compact()
	if err := s.scanner.err; err != nil && err != io.EOF {
		return nil, err
	}
	start := s.scanner.buffer[:s.scanner.end]
	if what := noText(start); what != "" {
		return nil, errors.New(what)
	}
	for bytes.HasPrefix(start, []byte(byteOrderMark)) {
		start = start[len(byteOrderMark):]
	}
	s.scanner.start = s.scanner.end - len(start)
	line, length := firstLine(start, true)
	if bytes.IndexByte(line, 0) >= 0 {
		return nil, errors.New("this is no text in UTF-8 or Windows-1252: save it as CSV in UTF-8")
	}
	if separator, said := saidSeparator(line); said {
		s.scanner.start += length
		s.scanner.delimiter = separator
	} else {
		s.scanner.delimiter = s.findSeparator(s.firstFilled(start))
	}
	if s.scanner.next(&s.record) != foundRecord || s.record.torn {
		return nil, errors.New("there is no header line")
	}
	if bytes.IndexByte(s.record.text, '\r') >= 0 {
		return nil, errors.New("its lines end with a carriage return alone: save it with line feeds")
	}
	return namesOf(s.record.fields), nil
}

// namesOf are the names of columns, in lower case and without the blanks around them.
func namesOf(fields [][]byte) []string {
	names := make([]string, len(fields))
	for i, field := range fields {
		text, _ := toUTF8(field)
		names[i] = strings.ToLower(string(table.Trim(text)))
	}
	return names
}

// firstFilled is the first line that is not empty.
func (s *Source) firstFilled(text []byte) []byte {
	for {
		line, length := firstLine(text, true)
		if length <= 0 || len(line) > 0 {
			return line
		}
		text = text[length:]
	}
}

// saidSeparator reads a line such as sep=; by which a spreadsheet says how the cells are parted.
func saidSeparator(line []byte) (byte, bool) {
	line = bytes.Trim(line, `" `) // not the tab, which may be the separator
	if len(line) < len("sep=;") || !bytes.EqualFold(line[:4], []byte("sep=")) || bytes.IndexByte(separators, line[4]) < 0 ||
		len(bytes.TrimRight(line[4:], string(line[4]))) > 0 { // a spreadsheet that saved it again has filled the line with empty cells
		return ',', false
	}
	return line[4], true
}

// findSeparator is the separator by which the header has most of the columns that are asked for, or, where none does, most cells.
func (s *Source) findSeparator(line []byte) byte {
	found, most := separators[0], 0
	for _, separator := range separators {
		cells := bytes.Split(line, []byte{separator})
		if score := 1000*s.known(cells) + len(cells); score > most {
			found, most = separator, score
		}
	}
	return found
}

// known is how many of the columns that are asked for stand among some cells.
func (s *Source) known(cells [][]byte) int {
	n := 0
	for _, cell := range cells {
		name := strings.ToLower(string(table.Trim(bytes.Trim(table.Trim(cell), `"`))))
		if slices.ContainsFunc(s.columns, func(c table.Column) bool { return name == c.Name || name != "" && name == c.Alias }) {
			n++
		}
	}
	return n
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
	for b.Rows < blockRows && (s.addPlain(b) || s.add(b)) {
	}
	s.row += int64(b.Rows)
	if err := s.scanner.err; err != nil && err != io.EOF {
		return false, err
	}
	return b.Rows > 0, nil
}

// addPlain reads the plain rows that come next into the block, and says whether there are any.
func (s *Source) addPlain(b *table.Block) bool {
	s.scanner.cut(min(runRows, blockRows-b.Rows))
	p := &s.scanner.plain
	if len(p.lines) == 0 {
		return false
	}
	for i, at := range s.position {
		if at != table.Lacking {
			b.Columns[i].SetAll(b.Rows, s.columns[i].Kind, &p.cells, at)
		}
	}
	s.texts = append(s.texts, p.lines...)
	b.Rows += len(p.lines)
	return true
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
		var known bool
		if text, known = toUTF8(text); !known {
			r.torn = true
			b.Code = append(b.Code, row)
		}
		for i := range r.fields {
			field, _ := toUTF8(r.fields[i])
			r.fields[i] = table.Trim(field)
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

// toUTF8 is a text that is no UTF-8 read as Windows-1252; false: that has not all of its bytes either.
func toUTF8(text []byte) (converted []byte, known bool) {
	if utf8.Valid(text) {
		return text, true
	}
	converted, known = make([]byte, 0, len(text)+len(text)/4), true
	for _, c := range text {
		switch c {
		case 0x81, 0x8D, 0x8F, 0x90, 0x9D:
			known = false
		}
		converted = utf8.AppendRune(converted, charmap.Windows1252.DecodeByte(c))
	}
	return converted, known
}
