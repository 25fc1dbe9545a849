package terminal

import (
	"strings"
	"unicode/utf8"
)

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
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
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
			if lines := wrapped(row[i], widths[i]); n < len(lines) {
				cell, more = lines[n], more || n+1 < len(lines)
			}
			if i > columns[0] {
				line.WriteString(strings.Repeat(" ", gutter))
			}
			pad := strings.Repeat(" ", max(0, widths[i]-utf8.RuneCountInString(cell)))
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
