package csv

import (
	"bytes"
	"io"
	"unicode/utf8"

	"regul/pipeline"
	"regul/readers/table"
)

// Limits that keep memory and time bounded for any file.
const (
	maxRecord  = 1 << 20   // bytes of one row, without its line end
	bufferSize = 2 << 20   // bytes
	usualSize  = 256 << 10 // of text in the buffer, as long as its rows are plain
	firstSize  = 64 << 10
	maxLines   = 32  // of one row
	kept       = 200 // bytes of a line beyond the limit
)

// scanner cuts a text into records: lines, or several lines where a quoted field holds line ends.
type scanner struct {
	from      io.Reader
	delimiter byte
	columns   int // a record that spans lines must have so many fields; 0 for the header, which spans none
	buffer    *buffer
	idle      []*buffer // of which no row is used any more
	start     int       // of the unread part of buffer
	end       int
	err       error // of from; io.EOF at the end
	ahead     places
}

// record is one row as found in the text. Fields and text are valid until the buffer moves: see compact.
type record struct {
	text   []byte
	fields [][]byte
	torn   bool // too long, an open quote, or a quote in the wrong place
}

func newScanner(from io.Reader) *scanner {
	return &scanner{from: from, buffer: newBuffer(firstSize), delimiter: ','}
}

// compact moves the unread part to the front and fills the buffer, which grows up to its limit where the usual size was not enough; or,
// where rows of the buffer are used, another one. What was returned before and is not held is lost.
func (s *scanner) compact() {
	rest, full := s.buffer.bytes[s.start:s.end], usualSize
	if len(rest) >= usualSize/2 {
		full = bufferSize
	}
	if s.buffer.holders > 0 {
		s.buffer = s.another()
	}
	s.start, s.end = 0, copy(s.buffer.bytes, rest)
	s.ahead = places{}
	for s.err == nil && s.end < full {
		if s.end == s.buffer.size() {
			s.buffer.grow(min(s.end, full-s.end))
		}
		var n int
		n, s.err = s.from.Read(s.buffer.bytes[s.end:min(s.buffer.size(), full)])
		s.end += n
	}
}

// ready says whether the next record lies in the buffer whole, or as much of it as is accepted, also where quotes take it over line ends.
func (s *scanner) ready() bool { return s.err != nil || s.end-s.start > maxRecord }

// found is what the scanner came to.
type found uint8

const (
	foundRecord found = iota
	foundLong         // a line beyond the limit, which the caller skips
	foundMore         // the scanner must be made ready first
	foundEnd          // of the text, or an error of the reader
)

// isBlank says whether all cells of a line are empty: it holds separators, quotes of nothing and blanks alone.
func (s *scanner) isBlank(line []byte) bool {
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == s.delimiter || c == ' ' || c == '\t':
		case c == '"' && i+1 < len(line) && line[i+1] == '"' && (i+2 == len(line) || line[i+2] != '"'):
			i++
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRune(line[i:])
			if !pipeline.IsBlank(r) {
				return false
			}
			i += size - 1
		default:
			return false
		}
	}
	return true
}

// next finds the next record. Blank lines are passed over.
func (s *scanner) next(r *record) found {
	for {
		rest, ready := s.buffer.bytes[s.start:s.end], s.ready()
		line, length := firstLine(rest, s.err != nil)
		switch {
		case length < 0 && !ready:
			return foundMore
		case length < 0:
			return foundLong
		case length == 0:
			return foundEnd
		case s.isBlank(line):
			s.start += length
			continue
		}
		r.text, r.torn = line, false
		if bytes.IndexByte(line, '"') < 0 {
			r.fields = s.splitPlain(r.fields[:0], line)
		} else if ready {
			length = s.quoted(r, rest, length)
		} else {
			return foundMore
		}
		s.start += length
		return foundRecord
	}
}

// firstLine is the first line without its end, and its length with it; -1 when it has no end within
// the limit.
func firstLine(rest []byte, last bool) ([]byte, int) {
	length := bytes.IndexByte(rest[:min(len(rest), maxRecord+1)], '\n')
	switch {
	case length >= 0:
		return bytes.TrimSuffix(rest[:length], []byte("\r")), length + 1
	case last && len(rest) <= maxRecord:
		return bytes.TrimSuffix(rest, []byte("\r")), len(rest)
	}
	return nil, -1
}

// skipLongLine passes over a line beyond the limit, without holding it: its start is the record. What was
// returned before is lost.
func (s *scanner) skipLongLine(r *record) {
	start := bytes.Clone(s.buffer.bytes[s.start:min(s.end, s.start+kept)])
	r.text, r.torn = start, true
	r.fields = s.splitTorn(r.fields[:0], start)
	r.fields = r.fields[:len(r.fields)-1] // the last one may be cut off
	for {
		if i := bytes.IndexByte(s.buffer.bytes[s.start:s.end], '\n'); i >= 0 {
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

// quoted splits a record with quotes and returns its length in the text. Where it can't be split, its first line alone is torn,
// so that one stray quote does not swallow the rows after it.
func (s *scanner) quoted(r *record, rest []byte, length int) int {
	accepted := rest[:max(length, min(len(rest), maxRecord))]
	whole := s.err != nil && len(accepted) == len(rest)
	if end := s.splitQuoted(r, accepted, whole); end == length || end > length && !s.swallows(r, accepted[:end]) {
		r.text = bytes.TrimRight(accepted[:end], "\r\n")
		return end
	}
	r.torn = true
	r.fields = s.splitTorn(r.fields[:0], r.text)
	return length
}

// swallows says whether a record that spans lines is none: it has not the fields of the header, or too many lines, or
// one of the lines after the first has all the separators of a row, as after a stray quote.
func (s *scanner) swallows(r *record, text []byte) bool {
	if len(r.fields) != s.columns || bytes.Count(text, []byte("\n")) > maxLines {
		return true
	}
	lines := bytes.Split(bytes.TrimRight(text, "\r\n"), []byte("\n"))[1:]
	if bytes.IndexByte(r.fields[0], '\n') >= 0 {
		lines = lines[:len(lines)-1] // the separators after the first field
	}
	for _, line := range lines {
		if bytes.Count(line, []byte{s.delimiter}) >= s.columns-1 {
			return true
		}
	}
	return false
}

// splitQuoted splits a record in which fields may stand between quotes, a quote inside doubled, line ends inside
// allowed. It returns the record's length with its line end; -1 if a quote is not closed, if something but a
// delimiter follows it, or if there are more fields than the header has. whole says that the record may end where the text does.
func (s *scanner) splitQuoted(r *record, text []byte, whole bool) int {
	r.fields = r.fields[:0]
	lineEnd := -1
	for at := 0; ; at++ {
		start := at + s.blanks(text[at:])
		var field []byte
		if start < len(text) && text[start] == '"' {
			var closed bool
			var length int
			if field, length, closed = unquote(text[start+1:]); !closed {
				return -1
			}
			at = start + 1 + length
			at += s.blanks(text[at:])
		} else {
			if lineEnd < at {
				lineEnd = len(text)
				if i := bytes.IndexByte(text[at:], '\n'); i >= 0 {
					lineEnd = at + i
				}
			}
			field = text[at:lineEnd]
			if i := bytes.IndexByte(field, s.delimiter); i >= 0 {
				field = field[:i]
			} else {
				field = bytes.TrimSuffix(field, []byte("\r"))
			}
			at += len(field)
		}
		r.fields = append(r.fields, table.Trim(field))
		switch rest := text[at:]; {
		case s.columns > 0 && len(r.fields) > s.columns:
			return -1
		case len(rest) > 0 && rest[0] == s.delimiter:
		case bytes.HasPrefix(rest, []byte("\n")):
			return at + 1
		case bytes.HasPrefix(rest, []byte("\r\n")):
			return at + 2
		case whole && (len(rest) == 0 || len(rest) == 1 && rest[0] == '\r'):
			return len(text)
		default:
			return -1
		}
	}
}

// blanks is how many bytes of blanks a text starts with; a separator is none.
func (s *scanner) blanks(text []byte) int {
	n := 0
	for n < len(text) && text[n] != s.delimiter {
		if text[n] == ' ' || text[n] == '\t' {
			n++
			continue
		}
		r, size := utf8.DecodeRune(text[n:])
		if text[n] < utf8.RuneSelf || !pipeline.IsBlank(r) {
			break
		}
		n += size
	}
	return n
}

// splitTorn splits what is left of a row whose quotes are wrong.
func (s *scanner) splitTorn(fields [][]byte, line []byte) [][]byte {
	fields = s.splitPlain(fields, line)
	for i := range fields {
		fields[i] = bytes.Trim(fields[i], `"`)
	}
	return fields
}

// splitPlain splits a line at every separator, but not beyond one field more than the header has.
func (s *scanner) splitPlain(fields [][]byte, line []byte) [][]byte {
	for {
		i := bytes.IndexByte(line, s.delimiter)
		if i < 0 || s.columns > 0 && len(fields) == s.columns {
			return append(fields, table.Trim(line))
		}
		fields = append(fields, table.Trim(line[:i]))
		line = line[i+1:]
	}
}

// unquote is the field that starts after an opening quote, and its length in the text with the closing quote.
func unquote(text []byte) (field []byte, length int, closed bool) {
	start := 0
	for at := 0; ; {
		i := bytes.IndexByte(text[at:], '"')
		if i < 0 {
			return nil, 0, false
		}
		at += i + 1
		if at == len(text) || text[at] != '"' {
			if field == nil {
				return text[:at-1], at, true
			}
			return append(field, text[start:at-1]...), at, true
		}
		field = append(field, text[start:at]...) // a doubled quote: the field is copied with one
		at++
		start = at
	}
}
