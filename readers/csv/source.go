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
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"regul/readers/table"
)

// What is handed on at a time: so many rows, fewer where they have very many cells, and at least one.
const (
	blockRows  = 1024
	blockCells = 1 << 18
)

const byteOrderMark = "\uFEFF"

// Source reads one CSV text, alone or as one of several that share it. It implements table.Source.
type Source struct {
	text     *text
	columns  []table.Column
	position []int // in the file, of each column
	unknown  []string
	rows     rows
	held     *buffer // where the rows lie; nil: nowhere
}

// text is a CSV text that is being read. Where it is cut into rows there is one reader at a time, and all have the others' rows behind
// them; what its cells hold they read side by side.
type text struct {
	mutex sync.Mutex
	*scanner
	header record
	row    int64 // the last one that was cut
}

// Open reads the header. It is an error if a column is missing or stands there twice.
func Open(from io.Reader, columns []table.Column) (*Source, error) {
	s := &Source{text: &text{scanner: newScanner(from)}, columns: columns}
	names, err := s.header()
	if err != nil {
		return nil, err
	}
	s.text.columns = len(names)
	if s.position, s.unknown, err = table.Locate(columns, names); err != nil {
		return nil, s.explain(err, names)
	}
	return s, nil
}

// Share is another reader of the same text, for another goroutine: each row goes to one of them, with the number that it has in the text.
func (s *Source) Share() *Source {
	return &Source{text: s.text, columns: s.columns, position: s.position, unknown: s.unknown}
}

// separators are the bytes that may part the cells of a row.
var separators = []byte{',', ';', '\t', '|'}

// header reads the names of the columns, in lower case, and finds the separator.
func (s *Source) header() ([]string, error) {
	t := s.text
	t.compact()
	if err := t.err; err != nil && err != io.EOF {
		return nil, err
	}
	start := t.buffer.bytes[:t.end]
	if what := noText(start); what != "" {
		return nil, errors.New(what)
	}
	for bytes.HasPrefix(start, []byte(byteOrderMark)) {
		start = start[len(byteOrderMark):]
	}
	t.start = t.end - len(start)
	line, length := firstLine(start, true)
	if bytes.IndexByte(line, 0) >= 0 {
		return nil, errors.New("this is no text in UTF-8 or Windows-1252: save it as CSV in UTF-8")
	}
	if separator, said := saidSeparator(line); said {
		t.start += length
		t.delimiter = separator
	} else {
		t.delimiter = s.findSeparator(s.firstFilled(start))
	}
	found := t.next(&t.header)
	for ; found == foundMore; found = t.next(&t.header) {
		t.compact()
	}
	if found != foundRecord || t.header.torn {
		return nil, errors.New("there is no header line")
	}
	if bytes.IndexByte(t.header.text, '\r') >= 0 {
		return nil, errors.New("its lines end with a carriage return alone: save it with line feeds")
	}
	return namesOf(t.header.fields), nil
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
func (s *Source) RowText(row int) []byte { return s.rows.text(row) }

// Next reads the next block.
func (s *Source) Next(b *table.Block) (bool, error) {
	first, err := s.text.block(s)
	b.Reset(s.columns, s.position, first, s.rows.count)
	if err != nil {
		return false, err
	}
	plain, row := 0, 0
	for i := range s.rows.others {
		o := &s.rows.others[i]
		s.setPlain(b, row, plain, o.row-row)
		plain += o.row - row
		s.set(b, o.row, &o.record)
		row = o.row + 1
	}
	s.setPlain(b, row, plain, b.Rows-row)
	return b.Rows > 0, nil
}

// block cuts the rows of the next block of a source, and says the number of the first.
func (t *text) block(s *Source) (first int64, err error) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.release(s.held)
	s.held = nil
	s.rows.reset(t.columns)
	most := max(1, min(blockRows, blockCells/t.columns))
	for s.rows.count < most && (t.cut(&s.rows, most) || t.add(&s.rows)) {
	}
	first = t.row + 1
	if t.err != nil && t.err != io.EOF {
		s.rows.reset(t.columns)
		return first, t.err
	}
	t.row += int64(s.rows.count)
	s.held = t.hold()
	return first, nil
}

// add cuts the next row into those of a block, or fills the buffer, and says whether the block has room for more. Its rows lie in the
// buffer: when that must move the block is full, unless it is empty.
func (t *text) add(to *rows) bool {
	r := to.other()
	switch t.next(r) {
	case foundRecord:
		to.take()
		return true
	case foundMore:
		if to.count == 0 {
			t.compact()
			return true
		}
	case foundLong:
		if to.count == 0 {
			t.skipLongLine(r)
			to.take()
		}
	}
	return false
}

// setPlain reads so many plain rows of the block, from one on, into the rows of a block from a row on.
func (s *Source) setPlain(b *table.Block, row, plain, n int) {
	if n == 0 {
		return
	}
	cells := s.rows.plain.Part(plain, n)
	for i, at := range s.position {
		if at != table.Lacking {
			b.Columns[i].SetAll(row, s.columns[i].Kind, &cells, at)
		}
	}
}

// set reads the cells of the record into a row of the block.
func (s *Source) set(b *table.Block, row int, r *record) {
	if len(r.fields) != s.text.columns || bytes.IndexByte(r.text, 0) >= 0 {
		r.torn = true
	}
	if !utf8.Valid(r.text) {
		var known bool
		if r.text, known = toUTF8(r.text); !known {
			r.torn = true
			b.Code = append(b.Code, row)
		}
		for i := range r.fields {
			field, _ := toUTF8(r.fields[i])
			r.fields[i] = table.Trim(field)
		}
	}
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
