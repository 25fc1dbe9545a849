package csv

import (
	"bytes"
	"io"
)

// Limits that keep memory bounded whatever the file holds, in bytes.
const (
	maxRecord  = 1 << 20 // of one row
	bufferSize = 2 << 20
)

// scanner cuts a text into records: lines, or several lines where a quoted field holds line ends.
type scanner struct {
	from      io.Reader
	delimiter byte
	columns   int // a record that spans lines must have so many fields; 0 is any number
	buffer    []byte
	start     int // of the unread part of buffer
	end       int
	err       error // of from; io.EOF at the end
}

// record is one row as found in the text. Fields and text are valid until the buffer moves: see compact.
type record struct {
	text   []byte
	fields [][]byte
	torn   bool // too long, an open quote, or a quote in the wrong place
}

func newScanner(from io.Reader) *scanner {
	return &scanner{from: from, buffer: make([]byte, bufferSize), delimiter: ','}
}

// compact moves the unread part to the front and fills the buffer. What was returned before is lost.
func (s *scanner) compact() {
	copy(s.buffer, s.buffer[s.start:s.end])
	s.end -= s.start
	s.start = 0
	for s.err == nil && s.end < len(s.buffer) {
		var n int
		n, s.err = s.from.Read(s.buffer[s.end:])
		s.end += n
	}
}

// ready says whether the next record lies in the buffer whole, or as much of it as is kept.
func (s *scanner) ready() bool { return s.err != nil || s.end-s.start >= maxRecord }

// next finds the next record. The caller asks only when the scanner is ready. found is false at the end, on an
// error of the reader, when the scanner must be made ready again, or at a line beyond the limit, which the caller
// then skips. Blank lines are passed over.
func (s *scanner) next(r *record) (found, long bool) {
	for s.ready() {
		rest := s.buffer[s.start:s.end]
		if len(rest) == 0 {
			return false, false
		}
		line, length := firstLine(rest, s.err != nil)
		if length < 0 {
			return false, true
		}
		if len(line) == 0 {
			s.start += length
			continue
		}
		r.text, r.torn = line, false
		if bytes.IndexByte(line, '"') < 0 {
			r.fields = splitPlain(r.fields[:0], line, s.delimiter)
		} else {
			length = s.quoted(r, rest, length)
		}
		s.start += length
		return true, false
	}
	return false, false
}

// firstLine is the first line without its end, and its length with it; -1 when it has no end within
// the limit.
func firstLine(rest []byte, last bool) ([]byte, int) {
	length := bytes.IndexByte(rest, '\n')
	switch {
	case length > maxRecord, length < 0 && (!last || len(rest) > maxRecord):
		return nil, -1
	case length < 0:
		return bytes.TrimSuffix(rest, []byte("\r")), len(rest)
	}
	return bytes.TrimSuffix(rest[:length], []byte("\r")), length + 1
}

// kept is how much of a line beyond the limit is kept to show, in bytes.
const kept = 200

// skipLongLine passes over a line beyond the limit, without holding it: its start is the record. What was
// returned before is lost.
func (s *scanner) skipLongLine(r *record) {
	*r = record{text: bytes.Clone(s.buffer[s.start:min(s.end, s.start+kept)]), fields: r.fields[:0], torn: true}
	for {
		if i := bytes.IndexByte(s.buffer[s.start:s.end], '\n'); i >= 0 {
			s.start += i + 1
			return
		}
		s.start = s.end
		if s.err != nil {
			return
		}
		s.compact()
	}
}

// quoted splits a record with quotes and returns its length in the text. A quoted field may hold line ends, but only
// if the record then has the right number of fields; otherwise the first line alone is torn, so that
// one stray quote does not swallow the rows after it.
func (s *scanner) quoted(r *record, rest []byte, length int) int {
	first, firstLength := r.text, length
	for {
		fields, open, ok := splitQuoted(r.fields[:0], r.text, s.delimiter)
		r.fields = fields
		if ok && !open && (length == firstLength || s.columns == 0 || len(fields) == s.columns) {
			return length
		}
		if !open || length >= min(len(rest), maxRecord) {
			r.text, r.torn = first, true
			r.fields = splitPlain(r.fields[:0], first, s.delimiter)
			return firstLength
		}
		next := bytes.IndexByte(rest[length:], '\n')
		if next < 0 {
			length = len(rest)
		} else {
			length += next + 1
		}
		r.text = bytes.TrimRight(rest[:length], "\r\n")
	}
}

func splitPlain(fields [][]byte, line []byte, delimiter byte) [][]byte {
	for {
		i := bytes.IndexByte(line, delimiter)
		if i < 0 {
			return append(fields, trim(line))
		}
		fields = append(fields, trim(line[:i]))
		line = line[i+1:]
	}
}

// splitQuoted splits a text in which fields may stand between quotes, a quote inside doubled. open says that the
// text ends inside a quoted field; ok is false when something but a delimiter follows a closing quote.
func splitQuoted(fields [][]byte, text []byte, delimiter byte) (_ [][]byte, open, ok bool) {
	for {
		body := bytes.TrimLeft(text, " ")
		if len(body) == 0 || body[0] != '"' {
			i := bytes.IndexByte(text, delimiter)
			if i < 0 {
				return append(fields, trim(text)), false, true
			}
			fields = append(fields, trim(text[:i]))
			text = text[i+1:]
			continue
		}
		field, rest, closed := unquote(body[1:])
		if !closed {
			return fields, true, true
		}
		fields = append(fields, trim(field))
		rest = bytes.TrimLeft(rest, " ")
		if len(rest) == 0 {
			return fields, false, true
		}
		if rest[0] != delimiter {
			return fields, false, false
		}
		text = rest[1:]
	}
}

// unquote is the field that starts after an opening quote and what follows its closing quote.
func unquote(text []byte) (field, rest []byte, closed bool) {
	i := bytes.IndexByte(text, '"')
	if i < 0 {
		return nil, nil, false
	}
	if i+1 == len(text) || text[i+1] != '"' {
		return text[:i], text[i+1:], true
	}
	for { // doubled quotes: the field is copied
		field = append(field, text[:i+1]...)
		text = text[i+2:]
		if i = bytes.IndexByte(text, '"'); i < 0 {
			return nil, nil, false
		}
		if i+1 == len(text) || text[i+1] != '"' {
			return append(field, text[:i]...), text[i+1:], true
		}
	}
}

// trim drops blanks around a field.
func trim(field []byte) []byte {
	for len(field) > 0 && (field[0] == ' ' || field[0] == '\t') {
		field = field[1:]
	}
	for len(field) > 0 && (field[len(field)-1] == ' ' || field[len(field)-1] == '\t') {
		field = field[:len(field)-1]
	}
	return field
}
