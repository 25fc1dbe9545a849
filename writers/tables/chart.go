package tables

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"regul/pipeline"
)

// Chart is the number of the account of each role in the fund's chart of accounts.
type Chart [pipeline.RoleCount]string

// DefaultChart has a number for every role, in the classes of the Belgian minimum chart of accounts (royal decree of 21
// October 2018, annex; PCMN, MAR). A fund's own numbers are finer.
func DefaultChart() Chart {
	return Chart{
		pipeline.ReceivableRole:    "400000", // trade debtors
		pipeline.ContributionsRole: "700000", // turnover
		pipeline.FeesRole:          "704000", // turnover
		pipeline.SurchargesRole:    "743000", // other operating income
		pipeline.RefundPayableRole: "489000", // other amounts payable
		pipeline.OffsetRole:        "499000", // suspense accounts
	}
}

// ParseChart puts the numbers that a fund gives, by the code of the role, in the place of the default ones. The error holds
// every fault: a code that is no role, and a number that is empty or holds white space or control characters. Several roles
// may have the same number.
func ParseChart(numbers map[string]string) (Chart, error) {
	chart := DefaultChart()
	var faults []error
	for _, code := range slices.Sorted(maps.Keys(numbers)) {
		number := strings.TrimSpace(numbers[code])
		role := slices.Index(pipeline.Roles(), code)
		switch {
		case role < 0:
			faults = append(faults, fmt.Errorf("accounts: there is no role %q: the roles are %s", code,
				strings.Join(pipeline.Roles(), ", ")))
		case number == "":
			faults = append(faults, fmt.Errorf("accounts: %s has no number: give one, or leave the role out for %s", code, chart[role]))
		case strings.ContainsFunc(number, func(c rune) bool { return unicode.IsSpace(c) || unicode.IsControl(c) }):
			faults = append(faults, fmt.Errorf("accounts: the number of %s, %q, holds a space or a control character", code, number))
		default:
			chart[role] = number
		}
	}
	return chart, errors.Join(faults...)
}

// numbers are the different numbers of the chart, and the position of each role's among them.
func (c *Chart) numbers() (distinct []string, position [pipeline.RoleCount]int64) {
	for role, number := range c {
		at := slices.Index(distinct, number)
		if at < 0 {
			at = len(distinct)
			distinct = append(distinct, number)
		}
		position[role] = int64(at)
	}
	return distinct, position
}
