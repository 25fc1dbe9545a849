package terminal

import "strings"

// Table lines up rows of cells, within the screen if there is one. align has a letter for each column: l stands left, r right.
func Table(align string, rows [][]string) string { return strings.Join(Rows(align, rows), "") }

// Rows is Table as the lines of each row.
func Rows(align string, rows [][]string) []string { return rowsIn(screen, align, rows) }

// rowsIn is Rows on a screen of so many columns; 0 is as many as the rows need.
func rowsIn(screen int, align string, rows [][]string) []string {
	widths := make([]int, len(align))
	all := make([]int, len(align))
	for i := range all {
		all[i] = i
	}
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], width(cell))
		}
	}
	parts := [][]int{all}
	if screen > 0 && room(widths) > screen {
		widths, parts = narrowed(align, rows, widths, screen)
	}
	lines := make([]string, len(rows))
	for i, row := range rows {
		var b strings.Builder
		for n, part := range parts {
			writePart(&b, align, widths, row, part, indent*min(n, 1))
		}
		lines[i] = b.String()
	}
	return lines
}

// writePart writes some columns of a row: as many lines as their longest text needs.
func writePart(b *strings.Builder, align string, widths []int, row []string, columns []int, indent int) {
	for n, more := 0, true; more; n++ {
		more = false
		line := strings.Builder{}
		for _, i := range columns {
			if i >= len(row) {
				break
			}
			cell := ""
			if lines := wrapped(row[i], widths[i], 0); n < len(lines) {
				cell, more = lines[n], more || n+1 < len(lines)
			}
			if i > columns[0] {
				line.WriteString(strings.Repeat(" ", gutter))
			}
			pad := strings.Repeat(" ", max(0, widths[i]-width(cell)))
			if align[i] == 'r' {
				line.WriteString(pad + cell)
			} else {
				line.WriteString(cell + pad)
			}
		}
		if text := strings.TrimRight(line.String(), " "); text != "" || indent == 0 {
			b.WriteString(strings.Repeat(" ", indent) + text + "\n")
		}
	}
}

const (
	gutter    = 2  // columns between two cells
	indent    = 4  // how far the second part of a stacked row stands in
	leastText = 20 // the narrowest that a text becomes, unless its words need more: narrower ones make tall rows
)

// narrowed are the widths of columns on a screen: texts are wrapped at blanks, the widest first; numbers keep their width. What still does
// not fit is stacked: each part of the columns has a line, and its texts all the room there is.
func narrowed(align string, rows [][]string, natural []int, screen int) (widths []int, parts [][]int) {
	widths = append(widths, natural...)
	least := append([]int(nil), natural...)
	for i := range align {
		if align[i] == 'l' {
			least[i] = min(natural[i], max(leastText, longestWord(rows, i)))
		}
	}
	all := make([]int, len(align))
	for i := range all {
		all[i] = i
	}
	if shrink(widths, least, all, screen) {
		return widths, [][]int{all}
	}
	used := 0
	for i := range align {
		if i == 0 || used+gutter+least[i] > screen {
			parts, used = append(parts, nil), indent*min(len(parts), 1)-gutter
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], i)
		used += gutter + least[i]
	}
	copy(widths, natural)
	for n, part := range parts {
		shrink(widths, least, part, screen-indent*min(n, 1))
	}
	return widths, parts
}

// shrink narrows some columns, the widest first, until they have room on the screen. It says whether they have.
func shrink(widths, least, columns []int, screen int) bool {
	for {
		sum, widest := -gutter, -1
		for _, i := range columns {
			sum += gutter + widths[i]
			if widths[i] > least[i] && (widest < 0 || widths[i] > widths[widest]) {
				widest = i
			}
		}
		if sum <= screen || widest < 0 {
			return sum <= screen
		}
		widths[widest]--
	}
}

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
		for _, word := range words(text) {
			longest = max(longest, before+width(word))
		}
	}
	return longest
}
