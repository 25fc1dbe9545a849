package report

import (
	"regexp"

	"regul/pipeline"
)

// hidden stands where a text held a number that the page must not show.
const hidden = "[number hidden]"

// digitRun finds runs of digits; national is the national number as people write it; account may be an account number.
var (
	digitRun = regexp.MustCompile(`[0-9]+`)
	national = regexp.MustCompile(`[0-9]{2}\.[0-9]{2}\.[0-9]{2}-[0-9]{3}\.[0-9]{2}`)
	account  = regexp.MustCompile(`(?i)[a-z]{2}[0-9]{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?`)
)

// nissDigits is the length of a national number.
const nissDigits = 11

// masked hides national numbers and account numbers in a text from outside. Messages and names of files should hold none: this
// is the last defence of a page that is passed around. A number of eleven digits is hidden even if its check digits are wrong.
func masked(text string) string {
	text = account.ReplaceAllStringFunc(text, func(found string) string {
		if _, ok := pipeline.ParseIBAN(found); ok {
			return hidden
		}
		return found
	})
	text = national.ReplaceAllLiteralString(text, hidden)
	return digitRun.ReplaceAllStringFunc(text, func(found string) string {
		if len(found) == nissDigits {
			return hidden
		}
		return found
	})
}
