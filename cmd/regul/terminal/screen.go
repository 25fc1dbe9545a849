package terminal

import (
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"
)

// screen is how many columns a table may have: those of the terminal, or what COLUMNS says. 0 is as many as it needs: whoever reads the
// text from a file or a pipe gets each row on one line.
var screen = screenColumns()

// leastScreen is the narrowest screen that tables are made for.
const leastScreen = 40

func screenColumns() int {
	if columns, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && columns >= leastScreen {
		return columns
	}
	if columns, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil {
		return max(columns, leastScreen)
	}
	return 0
}

// gutter is the room between two columns.
const gutter = 2

// narrowed are the widths of columns on a screen: texts are wrapped at blanks, the widest first, down to their longest word; numbers keep
// theirs. What still does not fit is stacked: each part of the columns has a line.
func narrowed(align string, rows [][]string, widths []int, screen int) (narrow []int, parts [][]int) {
	narrow = append(narrow, widths...)
	least := make([]int, len(align))
	for i := range align {
		least[i] = widths[i]
	}
	for i := range align {
		if align[i] == 'l' {
			least[i] = longestWord(rows, i)
		}
	}
	for room(narrow) > screen {
		widest := -1
		for i := range narrow {
			if narrow[i] > least[i] && (widest < 0 || narrow[i] > narrow[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			break
		}
		narrow[widest]--
	}
	used := 0
	for i, width := range narrow {
		if i == 0 || used+gutter+width > screen {
			parts, used = append(parts, nil), indent*min(len(parts), 1)-gutter
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], i)
		used += gutter + width
	}
	return narrow, parts
}

// indent is how far the second line of a stacked row stands in.
const indent = 4

// room is how wide columns are together.
func room(widths []int) int {
	sum := -gutter
	for _, w := range widths {
		sum += gutter + w
	}
	return sum
}

// longestWord is the longest word in a column, with the blanks before it.
func longestWord(rows [][]string, column int) int {
	longest := 0
	for _, row := range rows {
		if column >= len(row) {
			continue
		}
		text := row[column]
		before := len(text) - len(strings.TrimLeft(text, " "))
		for _, word := range strings.Fields(text) {
			longest = max(longest, before+utf8.RuneCountInString(word))
		}
	}
	return longest
}

// wrapped cuts a text at blanks into lines of at most so many characters, if its words allow; later lines stand in as the first one does.
func wrapped(text string, width int) []string {
	if utf8.RuneCountInString(text) <= width {
		return []string{text}
	}
	before := text[:len(text)-len(strings.TrimLeft(text, " "))]
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = before + word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= width:
			line += " " + word
		default:
			lines, line = append(lines, line), before+word
		}
	}
	return append(lines, line)
}

// Fold is a sentence within the screen, if there is one.
func Fold(text string) string {
	if screen == 0 {
		return text
	}
	return strings.Join(wrapped(text, screen), "\n")
}
