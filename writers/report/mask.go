package report

import (
	"regexp"
	"strings"

	"regul/pipeline"
)

// hidden stands where a text held a number that the page must not show.
const hidden = "[number hidden]"

// digitRun finds runs of digits; national is the national number as people write it; account begins an account number.
var (
	digitRun = regexp.MustCompile(`[0-9]+`)
	national = regexp.MustCompile(`[0-9]{2}\.[0-9]{2}\.[0-9]{2}-[0-9]{3}\.[0-9]{2}`)
	account  = regexp.MustCompile(`[A-Za-z]{2}[0-9]{2}`)
)

// nissDigits is the length of a national number; shortestIBAN and longestIBAN are those of account numbers, with spaces.
const (
	nissDigits   = 11
	shortestIBAN = 15
	longestIBAN  = 34 + 8
)

// masked hides national numbers and account numbers in a text from outside. Messages and names of files should hold none: this
// is the last defence of a page that is passed around. A number of eleven digits is hidden even if its check digits are wrong.
func masked(text string) string {
	text = national.ReplaceAllLiteralString(maskedAccounts(text), hidden)
	return digitRun.ReplaceAllStringFunc(text, func(found string) string {
		if len(found) == nissDigits {
			return hidden
		}
		return found
	})
}

// maskedAccounts hides what has the check digits of an account number, with anything behind it.
func maskedAccounts(text string) string {
	var b strings.Builder
	for {
		start := account.FindStringIndex(text)
		if start == nil {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:start[0]])
		text = text[start[0]:]
		length := accountLength(text)
		if length > 0 {
			b.WriteString(hidden)
		} else {
			length = 1
			b.WriteString(text[:length])
		}
		text = text[length:]
	}
}

// accountLength is the length of the account number with which a text begins, or 0.
func accountLength(text string) int {
	for length := shortestIBAN; length <= min(longestIBAN, len(text)); length++ {
		if _, ok := pipeline.ParseIBAN(text[:length]); ok {
			return length
		}
	}
	return 0
}
