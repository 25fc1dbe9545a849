package jobs

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Printable is a text of a stranger, such as the name of a file, as it may stand in a message, a log or a report: what can't be printed, or
// would move the cursor, begin a line or turn the direction of the text, is escaped. Most texts stay as they are.
func Printable(text string) string {
	if utf8.ValidString(text) && strings.IndexFunc(text, func(c rune) bool { return !unicode.IsPrint(c) }) < 0 {
		return text
	}
	quoted := strconv.Quote(text)
	return quoted[1 : len(quoted)-1]
}

// PrintableLines is Printable of each line of a text of several.
func PrintableLines(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = Printable(lines[i])
	}
	return strings.Join(lines, "\n")
}
