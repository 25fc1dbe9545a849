package pipeline

import (
	"cmp"
	"strings"
)

// compareIdentifiers orders the identifiers of communications as people number them: runs of digits by their value, everything else by
// its bytes, so that 9 comes before 10 and A-9 before A-10. Where only zeros in front tell them apart, the bytes do.
func compareIdentifiers(a, b string) int {
	for x, y := a, b; ; {
		if x == "" || y == "" {
			return cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(a, b))
		}
		if !isDigit(x[0]) || !isDigit(y[0]) {
			if x[0] != y[0] {
				return cmp.Compare(x[0], y[0])
			}
			x, y = x[1:], y[1:]
			continue
		}
		var p, q string
		p, x = number(x)
		q, y = number(y)
		if c := cmp.Or(cmp.Compare(len(p), len(q)), strings.Compare(p, q)); c != 0 {
			return c
		}
	}
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// number is the run of digits with which a text begins, without zeros in front, and what follows it.
func number(text string) (digits, rest string) {
	n := 0
	for n < len(text) && isDigit(text[n]) {
		n++
	}
	return strings.TrimLeft(text[:n], "0"), text[n:]
}
