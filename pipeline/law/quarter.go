package law

import (
	"fmt"
	"strconv"
	"strings"
)

// Quarter is one quarter of a year, counted from the first quarter of year 0: year x 4 + (1..4) - 1.
// The zero value is no quarter: an open end of a validity.
type Quarter int32

// QuarterOf is the quarter number 1 to 4 of a year.
func QuarterOf(year, number int) Quarter { return Quarter(year*4 + number - 1) }

// Year is the calendar year of the quarter.
func (q Quarter) Year() int { return int(q) / 4 }

// Number is 1 to 4.
func (q Quarter) Number() int { return int(q)%4 + 1 }

// String is "2018Q2".
func (q Quarter) String() string { return fmt.Sprintf("%dQ%d", q.Year(), q.Number()) }

// parseQuarter reads "2018Q2"; the empty text is the zero Quarter.
func parseQuarter(text string) (Quarter, error) {
	if text == "" {
		return 0, nil
	}
	year, number, found := strings.Cut(text, "Q")
	y, errYear := strconv.Atoi(year)
	n, errNumber := strconv.Atoi(number)
	if !found || errYear != nil || errNumber != nil || n < 1 || n > 4 {
		return 0, fmt.Errorf("%q is not a quarter such as 2018Q2", text)
	}
	return QuarterOf(y, n), nil
}

// Validity is a range of quarters, both included; a zero end is open.
type Validity struct{ From, To Quarter }

// Holds says whether the quarter lies in the range.
func (v Validity) Holds(q Quarter) bool { return q >= v.From && (v.To == 0 || q <= v.To) }

// Overlaps says whether the range holds any quarter of the year.
func (v Validity) Overlaps(year int) bool {
	return v.From <= QuarterOf(year, 4) && (v.To == 0 || v.To >= QuarterOf(year, 1))
}
