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

// lineUp lines up rows of cells. align has a letter for each column: l stands left, r right.
func lineUp(align string, rows [][]string) string {
	widths := make([]int, len(align))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			if i > 0 {
				line.WriteString("  ")
			}
			pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if align[i] == 'r' {
				line.WriteString(pad + cell)
			} else {
				line.WriteString(cell + pad)
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
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
