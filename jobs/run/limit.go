package run

import (
	"fmt"
	"strconv"
	"strings"

	"regul/pipeline/money"
)

// Limit is how many rejects a run may have: a number of rows over all inputs, or for each input a share of the revenue rows.
type Limit struct {
	rows  int64
	share money.Rate
	text  string
}

// DefaultMaxRejects is 5 % of the revenue rows.
const DefaultMaxRejects = "5%"

// ParseLimit reads a number of rows such as 20, or a share of the revenue rows such as 5%. 100% is no limit.
func ParseLimit(text string) (Limit, error) {
	if percent, isShare := strings.CutSuffix(strings.TrimSpace(text), "%"); isShare {
		share, err := money.ParsePercent(strings.TrimSpace(percent))
		return Limit{share: share, rows: -1, text: text}, err
	}
	rows, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil || rows < 0 {
		return Limit{}, fmt.Errorf("%q is neither a number of rows, such as 20, nor a share of the revenue rows, such as 5%%", text)
	}
	return Limit{rows: rows, text: text}, nil
}

// smallNight is from how many rows on a share allows one of them.
const smallNight = 10

// String is the limit as it was given.
func (l Limit) String() string { return l.text }

// ofRows says whether the limit is a number of rows: all inputs count together then.
func (l Limit) ofRows() bool { return l.rows >= 0 }

// allows says whether some rejects are within the limit. A share is taken of the rows of the revenue, or of the input itself where it has
// more: an affiliate who is missing in the register has a few rows of each. One row of ten or more holds no small night up.
func (l Limit) allows(rejects, rows, revenueRows int64) bool {
	if l.ofRows() {
		return rejects <= l.rows
	}
	if l.share >= money.One || l.share > 0 && rejects == 1 && rows >= smallNight {
		return true
	}
	return rejects*int64(money.One) <= max(rows, revenueRows)*int64(l.share)
}
