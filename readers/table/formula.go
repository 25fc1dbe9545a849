package table

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// beginsFormula says whether a spreadsheet takes what begins with a character for a formula, and runs it: files of strangers must not get
// there. In some countries the wide and the small forms do the same.
func beginsFormula(c rune) bool {
	switch c {
	case '=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫':
		return true
	}
	return false
}

// isFormula says whether a spreadsheet would take a text for a formula. What nobody sees before the sign changes nothing, nor do quotes.
func isFormula(text []byte) bool {
	for len(text) > 0 {
		c, size := utf8.DecodeRune(text)
		if beginsFormula(c) {
			return true
		}
		if c != '"' && !unicode.In(c, unicode.Zs, unicode.Zl, unicode.Zp, unicode.Cf, unicode.Cc) {
			return false
		}
		text = text[size:]
	}
	return false
}

// partEnd is where a part of a cell ends that begins at a place: before a semicolon or a tab, or with the cell. Where these part the cells
// of a spreadsheet, it cuts the cells of a file with commas there: quotes in the middle of a line protect nothing.
func partEnd(cell []byte, at int) int {
	for at < len(cell) && cell[at] != ';' && cell[at] != '\t' {
		at++
	}
	return at
}

// beginsBlank says whether a cell begins with a control character that some spreadsheets drop.
func beginsBlank(cell []byte) bool { return len(cell) > 0 && (cell[0] == '\t' || cell[0] == '\r') }

// Neutralise is a cell for a file that people open in a spreadsheet: what it would take for a formula begins with an apostrophe, by which
// it is text. A negative number stays as it is.
func Neutralise(cell []byte) []byte {
	var safe []byte // nil: nothing was to be changed
	for at := 0; at < len(cell); {
		end := partEnd(cell, at)
		if part := cell[at:end]; isFormula(part) && !isNegative(part) || at == 0 && beginsBlank(cell) {
			if safe == nil {
				safe = append(make([]byte, 0, len(cell)+8), cell[:at]...)
			}
			safe = append(safe, '\'')
		}
		next := min(end+1, len(cell))
		if safe != nil {
			safe = append(safe, cell[at:next]...)
		}
		at = next
	}
	if safe == nil {
		return cell
	}
	return safe
}

// Bare is a cell without the apostrophes of Neutralise, so that a file that was exported is read as it was.
func Bare(cell []byte) []byte {
	if bytes.IndexByte(cell, '\'') < 0 {
		return cell
	}
	var bare []byte // nil: nothing was to be changed
	for at := 0; at < len(cell); {
		end, from := partEnd(cell, at), at
		if cell[at] == '\'' && (isFormula(cell[at+1:end]) || at == 0 && beginsBlank(cell[1:])) {
			if from++; bare == nil {
				bare = append(make([]byte, 0, len(cell)), cell[:at]...)
			}
		}
		next := min(end+1, len(cell))
		if bare != nil {
			bare = append(bare, cell[from:next]...)
		}
		at = next
	}
	if bare == nil {
		return cell
	}
	return bare
}

// isNegative says whether a cell is a plain negative number: -12.30, or -12,30.
func isNegative(cell []byte) bool {
	digits, points := 0, 0
	for i, c := range cell {
		switch {
		case i == 0 && c == '-':
		case c >= '0' && c <= '9':
			digits++
		case (c == '.' || c == ',') && digits > 0 && i < len(cell)-1:
			points++
		default:
			return false
		}
	}
	return cell[0] == '-' && digits > 0 && points <= 1
}
