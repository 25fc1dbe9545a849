package csv

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"regul/pipeline/spelling"
	"regul/readers/table"
)

// noText says what a file is that is no text, by its first bytes, and what to do; nothing where it may be one.
func noText(start []byte) string {
	switch head := bytes.ToLower(table.Trim(bytes.TrimLeft(start[:min(len(start), 512)], "\ufeff\r\n\t "))); {
	case bytes.HasPrefix(start, []byte("PK\x03\x04")):
		return "this is a spreadsheet or another zip archive, no text: save it as CSV in UTF-8"
	case bytes.HasPrefix(start, []byte("\xd0\xcf\x11\xe0")):
		return "this is a spreadsheet of an older kind, no text: save it as CSV in UTF-8"
	case bytes.HasPrefix(start, []byte("%PDF")):
		return "this is a PDF: export the table as CSV in UTF-8"
	case bytes.HasPrefix(head, []byte("<!doctype html")), bytes.HasPrefix(head, []byte("<html")), bytes.HasPrefix(head, []byte("<table")):
		return "this is an HTML page: open it in a spreadsheet and save it as CSV in UTF-8"
	case bytes.HasPrefix(head, []byte("<?xml")):
		return "this is XML: export the table as CSV in UTF-8"
	}
	return ""
}

// explain says more about a header in which columns are missing: how many it holds, what is written nearly as one, and whether the
// header stands further down. It quotes no line and no name but those of the columns: the first line may be a person's.
func (s *Source) explain(err error, names []string) error {
	var missing *table.MissingError
	if !errors.As(err, &missing) {
		return err
	}
	found, needed := 0, 0
	var near []string
	for _, c := range s.columns {
		if !c.Optional {
			needed++
		}
		switch nearest := nearestTo(c.Name, names); {
		case nearest == 0 && !c.Optional:
			found++
		case nearest == 1 && !c.Optional:
			near = append(near, c.Name)
		}
	}
	text := fmt.Sprintf("; the first line holds %d of these %d, parted by %s (separators that are read: comma, semicolon, tab and |)",
		found, needed, nameOf(s.text.delimiter))
	if len(near) > 0 {
		text += "; nearly written right: " + strings.Join(near, ", ")
	}
	if line := s.headerBelow(); line > 0 {
		text += fmt.Sprintf("; the header seems to stand in line %d: delete the lines above it, such as a title", line)
	} else if found == 0 {
		text += "; it may be a title, a row of data or another table: the first line must hold the names of the columns"
	}
	return fmt.Errorf("%w%s", err, text)
}

func nameOf(separator byte) string {
	return map[byte]string{',': "commas", ';': "semicolons", '\t': "tabs", '|': "|"}[separator]
}

// nearestTo is how a column stands among names: 0 as it is, 1 nearly, 2 not.
func nearestTo(column string, names []string) int {
	nearest := 2
	for _, name := range names {
		switch plain := strings.NewReplacer(" ", "", "_", "", "-", "", "\u00a0", "", "\u200b", "").Replace(name); {
		case name == column:
			return 0
		case plain == strings.ReplaceAll(column, "_", ""), len(column) > 3 && spelling.Distance(name, column) <= 2:
			nearest = 1
		}
	}
	return nearest
}

// headerLines is how many lines below the first are looked at for a header.
const headerLines = 10

// headerBelow is the line, from 2, among the next ones that holds at least two columns and more than the first; 0 if there is none.
func (s *Source) headerBelow() int {
	text := s.text.buffer.bytes[:s.text.end]
	best, at := max(1, s.known(bytes.Split(s.text.header.text, []byte{s.text.delimiter}))), 0
	for line := 1; line <= headerLines; line++ {
		content, length := firstLine(text, true)
		if length <= 0 {
			break
		}
		text = text[length:]
		for _, separator := range separators {
			if known := s.known(bytes.Split(content, []byte{separator})); line > 1 && known > best {
				best, at = known, line
			}
		}
	}
	return at
}
