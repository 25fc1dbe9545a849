package terminal

import (
	"os"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"
)

// coloured says whether texts have colours: on a terminal that knows them, unless NO_COLOR asks for none (no-color.org).
var coloured = hasColours(term.IsTerminal(int(os.Stdout.Fd())), os.Getenv)

func hasColours(isTerminal bool, environment func(string) string) bool {
	return isTerminal && environment("NO_COLOR") == "" && environment("TERM") != "dumb"
}

// Select Graphic Rendition (ECMA-48 8.3.117): the colours, in those of the terminal, and the end of them.
const (
	red    = "\x1b[31m"
	green  = "\x1b[32m"
	yellow = "\x1b[33m"
	plain  = "\x1b[0m"
)

// Good is a text about what went well, on a coloured terminal in green.
func Good(text string) string { return painted(green, text) }

// Watch is a text about what somebody must look at, in yellow.
func Watch(text string) string { return painted(yellow, text) }

// Bad is a text about what failed or counts no more, in red.
func Bad(text string) string { return painted(red, text) }

// painted colours each word: a line may end after it.
func painted(colour, text string) string {
	if !coloured || text == "" {
		return text
	}
	return colour + strings.ReplaceAll(text, " ", plain+" "+colour) + plain
}

// rendition are the colours in a text, which take no room.
var rendition = regexp.MustCompile("\x1b\\[[0-9]*m")

// width is how many columns a text takes.
func width(text string) int {
	if strings.Contains(text, "\x1b") {
		text = rendition.ReplaceAllString(text, "")
	}
	return utf8.RuneCountInString(text)
}
