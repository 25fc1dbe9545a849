package table

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What people and spreadsheets write instead of a number or a day.
var (
	scientific = regexp.MustCompile(`^[+-]?[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+$`)
	grouped    = regexp.MustCompile(`^[+-]?[0-9]{1,3}([.,'’ \x{A0}\x{2009}\x{202F}_][0-9]{3})+([.,][0-9]*)?$`)
	decimalsOf = regexp.MustCompile(`^[+-]?[0-9]+[.,][0-9]{3,}$`)
	dayFirst   = regexp.MustCompile(`^[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}$`)
	withTime   = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:`)
	serial     = regexp.MustCompile(`^[0-9]{5}([.,][0-9]+)?$`)
	wholeFloat = regexp.MustCompile(`^[+-]?[0-9]+[.,]0+$`)
)

// causeOf says what is wrong with a text that is no cell of its kind, and what to do, as the end of a sentence; nothing where it is not
// known. It never quotes the text.
func causeOf(kind Kind, text []byte) string {
	switch kind {
	case Amount, Integer, Decimal:
		return causeOfNumber(kind, text)
	case Date:
		switch {
		case dayFirst.Match(text):
			return "this one does not begin with the year"
		case withTime.Match(text):
			return "this one has a time of day: leave it out"
		case serial.Match(text):
			return "this one is the number by which a spreadsheet counts days: format the column as a date year-month-day"
		}
	}
	return ""
}

// dashes are characters that look like a minus sign.
const dashes = "\u2010\u2011\u2012\u2013\u2014\u2212\uFE63\uFF0D"

func causeOfNumber(kind Kind, text []byte) string {
	if at := bytes.IndexAny(text, dashes); at >= 0 {
		dash, _ := utf8.DecodeRune(text[at:])
		return fmt.Sprintf("this one has the character U+%04X (%c) for a minus sign: write a hyphen (-)", dash, dash)
	}
	if cause := Scientific(text); cause != "" {
		return cause
	}
	if bytes.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Sc, r) }) ||
		strings.Contains(strings.ToUpper(string(text)), "EUR") {
		return "this one names a currency: leave it out"
	}
	if kind == Integer && wholeFloat.Match(text) {
		return "this one has decimals: write a whole number"
	}
	switch {
	case text[0] == '(' && text[len(text)-1] == ')':
		return "this one is in parentheses: write a minus sign in front"
	case text[len(text)-1] == '-':
		return "this one has its minus sign at the end: write it in front"
	case text[len(text)-1] == '%':
		return "this one has a percent sign: leave it out"
	case grouped.Match(text):
		return "this one has a thousands separator, or more than two decimals"
	case kind == Amount && decimalsOf.Match(text):
		return "this one has more than two decimals"
	}
	return ""
}

// Scientific says that a number is written as 8,5E+10, which loses digits; nothing where it is not.
func Scientific(text []byte) string {
	if !scientific.Match(text) {
		return ""
	}
	return "this one is in scientific notation, in which a spreadsheet writes long numbers: format the column as text or as a plain number"
}
