package terminal

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"regul/jobs"
)

// Amount writes EUR with a gap between thousands, for people: 1 234 567.89.
func Amount(c jobs.Cents) string {
	text := c.String()
	return gaps(text[:len(text)-3]) + text[len(text)-3:]
}

// gapless are amounts of thousands without a gap, in a text.
var gapless = regexp.MustCompile(`\b\d{4,}\.\d{2}\b`)

// Gapped puts the gaps of Amount into the amounts of a text.
func Gapped(text string) string {
	return gapless.ReplaceAllStringFunc(text, func(amount string) string {
		whole, cents, _ := strings.Cut(amount, ".")
		return gaps(whole) + "." + cents
	})
}

// Number writes a count for people: 1 234 567.
func Number(n int64) string { return gaps(strconv.FormatInt(n, 10)) }

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

// Span writes ascending years: 2015-2018, 2020.
func Span(years []int) string {
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

// Decimals writes a percentage with two decimals.
func Decimals(percent float64) string { return strconv.FormatFloat(percent, 'f', 2, 64) }

// Short is as much of a digest as people compare.
func Short(digest string) string { return digest[:min(8, len(digest))] }
