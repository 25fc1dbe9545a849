package money

import (
	"fmt"
	"strings"
)

// Rate is a proportion in millionths: 20.5 % is 205000.
type Rate int64

// One is the rate of 100 %, and the denominator of every rate.
const One Rate = 1_000_000

// maxPercent bounds a rate, so that a slip of the keyboard is an error and no product overflows.
const maxPercent = 100

// ParsePercent reads a percentage with at most four decimals, point or comma: "3.05" is 30500.
// It accepts 0 to 100.
func ParsePercent(text string) (Rate, error) {
	whole, decimals, separated := strings.Cut(strings.Replace(text, ",", ".", 1), ".")
	if whole == "" || len(whole) > 3 || len(decimals) > 4 || separated && decimals == "" {
		return 0, fmt.Errorf("%q is not a percentage with at most four decimals, such as 3.05", text)
	}
	var rate Rate
	for _, digit := range whole + decimals + strings.Repeat("0", 4-len(decimals)) {
		if digit < '0' || digit > '9' {
			return 0, fmt.Errorf("%q is not a percentage with at most four decimals, such as 3.05", text)
		}
		rate = rate*10 + Rate(digit-'0')
	}
	if rate > maxPercent*One/100 {
		return 0, fmt.Errorf("%q is more than 100 percent", text)
	}
	return rate, nil
}

// Percent writes the rate as a percentage with as many decimals as it has, and at least two:
// 205000 is "20.50".
func (r Rate) Percent() string {
	text := fmt.Sprintf("%d.%04d", r/10_000, r%10_000)
	for strings.HasSuffix(text, "0") && len(text)-strings.IndexByte(text, '.') > 3 {
		text = text[:len(text)-1]
	}
	return text
}

// Of is the rate applied to a non-negative amount, rounded half up to the cent.
func (r Rate) Of(amount Cents) Cents {
	return Cents(RoundHalfUp(int64(amount)*int64(r), int64(One)))
}
