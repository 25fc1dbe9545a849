// Package money owns amounts, rates and the one rounding of the law.
//
// Everything is an integer: an amount is a number of cents of EUR, a rate a number of
// millionths. Nothing here is a float, and nothing rounds but RoundHalfUp.
package money

import (
	"errors"
	"strconv"
)

// Cents is an amount in cents of EUR.
type Cents int64

// Abs is the amount without its sign.
func (c Cents) Abs() Cents { return max(c, -c) }

// String writes the amount in EUR with a point and two decimals: -1234 is "-12.34".
func (c Cents) String() string { return string(c.Append(nil)) }

// Append appends what String writes.
func (c Cents) Append(dst []byte) []byte {
	magnitude := uint64(c)
	if c < 0 {
		dst = append(dst, '-')
		magnitude = -magnitude
	}
	dst = strconv.AppendUint(dst, magnitude/100, 10)
	return append(dst, '.', byte('0'+magnitude/10%10), byte('0'+magnitude%10))
}

// RoundHalfUp is numerator / denominator rounded to the nearest integer, a half upwards.
// It asks numerator >= 0 and denominator > 0: the law rounds contributions, thresholds and
// surcharges, none of which is negative.
func RoundHalfUp(numerator, denominator int64) int64 {
	return (numerator + denominator/2) / denominator
}

// ErrNotAnAmount says that a text is not an amount in EUR with at most two decimals.
var ErrNotAnAmount = errors.New("not an amount in EUR with at most two decimals")

// saturated is what an amount of 10^15 EUR or more is read as, in cents: out of every range, and far
// from an overflow.
const saturated = 100_000_000_000_000_000

// Parse reads an amount in EUR: an optional minus or plus, digits, and at most two decimals after a
// point or a comma. There is no thousands separator and no exponent. A magnitude of 10^15 EUR
// or more is read as 10^15 EUR.
func Parse[T ~string | ~[]byte](text T) (Cents, error) {
	i := 0
	negative := len(text) > 0 && text[0] == '-'
	if negative || len(text) > 0 && text[0] == '+' {
		i++
	}
	start := i
	var value int64
	for ; i < len(text) && text[i] >= '0' && text[i] <= '9'; i++ {
		value = min(value*10+int64(text[i]-'0'), saturated/100)
	}
	if i == start {
		return 0, ErrNotAnAmount
	}
	decimals := 0
	if i < len(text) && (text[i] == '.' || text[i] == ',') {
		for i++; i < len(text) && text[i] >= '0' && text[i] <= '9' && decimals < 2; i++ {
			value = value*10 + int64(text[i]-'0')
			decimals++
		}
		if decimals == 0 {
			return 0, ErrNotAnAmount
		}
	}
	if i != len(text) {
		return 0, ErrNotAnAmount
	}
	for ; decimals < 2; decimals++ {
		value *= 10
	}
	value = min(value, saturated)
	if negative {
		value = -value
	}
	return Cents(value), nil
}
