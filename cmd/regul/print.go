package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"regul/jobs"
)

// writeJSON writes a value, indented.
func writeJSON(to io.Writer, value any) error {
	e := json.NewEncoder(to)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(value)
}

// lineUp lines up rows of cells, within the screen if there is one. align has a letter for each column: l stands left, r right.
func lineUp(align string, rows [][]string) string {
	return strings.Join(lineUpIn(screen, align, rows), "")
}

// lineUpIn is lineUp on a screen of so many columns; 0 is as many as the rows need. It gives the lines of each row.
func lineUpIn(screen int, align string, rows [][]string) []string {
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

// amount writes EUR with a gap between thousands, for people: 1 234 567.89.
func amount(c jobs.Cents) string {
	text := c.String()
	return gaps(text[:len(text)-3]) + text[len(text)-3:]
}

// number writes a count for people: 1 234 567.
func number(n int64) string { return gaps(strconv.FormatInt(n, 10)) }

// gaps puts a blank between the thousands of a whole number.
func gaps(digits string) string {
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + " " + digits[i:]
	}
	return sign + digits
}

// span writes ascending years: 2015-2018, 2020.
func span(years []int) string {
	var parts []string
	for start := 0; start < len(years); {
		end := start
		for end+1 < len(years) && years[end+1] == years[end]+1 {
			end++
		}
		part := strconv.Itoa(years[start])
		if end > start {
			part = fmt.Sprintf("%d-%d", years[start], years[end])
		}
		parts = append(parts, part)
		start = end + 1
	}
	return strings.Join(parts, ", ")
}
