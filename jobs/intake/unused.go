package intake

import (
	"fmt"
	"unicode"
)

// maxName and maxNameDigits bound what can pass for the name of a column. A national number, a day, an account and a postcode have more
// digits.
const (
	maxName       = 40
	maxNameDigits = 3
)

// unusedColumns are the names of columns that nobody asked for, as they may be told. Where one of them looks like data, the header is
// somebody's row, and none is told.
func unusedColumns(names []string) []string {
	for _, name := range names {
		digits := 0
		for _, c := range name {
			if c >= '0' && c <= '9' {
				digits++
			}
			if !unicode.IsPrint(c) || c == unicode.ReplacementChar || c == '@' {
				digits = maxNameDigits + 1
			}
		}
		if digits > maxNameDigits || len(name) > maxName {
			return []string{fmt.Sprintf("(%d, whose names look like a row of data)", len(names))}
		}
	}
	return names
}
