package csv

import (
	"bytes"
	"io"

	"regul/readers/table"
)

// Split splits the text of one row, as RowText gave it, into the cells of the columns. It is false when the row is torn. The cells
// are valid as long as the text.
func (s *Source) Split(text []byte) ([][]byte, bool) {
	if bytes.HasSuffix(text, []byte{'\r'}) { // of the row, not of its end, which was taken off
		text = append(bytes.Clone(text), "\r\n"...)
	}
	one := scanner{delimiter: s.text.delimiter, columns: s.text.columns, buffer: &buffer{bytes: text}, end: len(text), err: io.EOF}
	var r record
	if one.next(&r) != foundRecord || r.torn || one.start < one.end || len(r.fields) != s.text.columns || bytes.IndexByte(text, 0) >= 0 {
		return nil, false
	}
	cells := make([][]byte, len(s.columns))
	for i, position := range s.position {
		if position == table.Lacking {
			continue
		}
		cells[i] = r.fields[position]
	}
	return cells, true
}
