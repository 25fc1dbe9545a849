package terminal

import (
	"regexp"
	"strings"
)

// bound is a blank at which no line ends: between the thousands of a number, before a percent sign, after the short words of an article.
var bound = regexp.MustCompile(`(\d) (\d{3}(?:\D|$)|%)|(\b(?:art|al|Art|Abs)\.) (\d)`)

// words are the parts of a text between which a line may end.
func words(text string) []string {
	for last := ""; last != text; { // thousands overlap: 1 234 567
		last, text = text, bound.ReplaceAllString(text, "$1$3\x00$2$4")
	}
	list := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' }) // a non-breaking blank stays
	for i := range list {
		list[i] = strings.ReplaceAll(list[i], "\x00", " ")
	}
	return list
}

// wrapped cuts a text into lines of at most so many columns, if its words allow; later lines stand in as the first one does, and by so
// many columns more.
func wrapped(text string, columns, more int) []string {
	if width(text) <= columns {
		return []string{text}
	}
	before := text[:len(text)-len(strings.TrimLeft(text, " "))]
	later := before + strings.Repeat(" ", more)
	var lines []string
	line := ""
	for _, word := range words(text) {
		switch {
		case line == "":
			line = before + word
		case width(line)+1+width(word) <= columns:
			line += " " + word
		default:
			lines, line = append(lines, line), later+word
		}
	}
	return append(lines, line)
}

// hanging is how far the second line of a point stands in.
const hanging = 2

// Fold writes the lines of a text within the screen, if there is one: sentences, and points that stand in. Tables fit already.
func Fold(text string) string {
	if screen == 0 {
		return text
	}
	var b strings.Builder
	for line := range strings.Lines(text) {
		line, ended := strings.CutSuffix(line, "\n")
		more := 0
		if strings.HasPrefix(line, " ") {
			more = hanging
		}
		b.WriteString(strings.Join(wrapped(line, screen, more), "\n"))
		if ended {
			b.WriteString("\n")
		}
	}
	return b.String()
}
