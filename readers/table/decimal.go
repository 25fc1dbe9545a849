package table

import "strconv"

// DecimalUnits is how many of what a Decimal column holds make 1: ten-thousandths.
const DecimalUnits = 10_000

// decimals is how many digits a Decimal has after its point.
const decimals = 4

// parseDecimal reads a number that is not negative, with at most four decimals after a point or a comma, as ten-thousandths.
func parseDecimal(text []byte) (int64, bool) {
	whole, after := text, []byte(nil)
	for i, c := range text {
		if c == '.' || c == ',' {
			whole, after = text[:i], text[i+1:]
			if len(after) == 0 || len(after) > decimals {
				return 0, false
			}
			break
		}
	}
	if len(whole) == 0 {
		return 0, false
	}
	n, ok := parseInteger(whole)
	fraction, okFraction := parseInteger(after)
	for range decimals - len(after) {
		fraction *= 10
	}
	return n*DecimalUnits + fraction, ok && okFraction
}

// AppendDecimal appends ten-thousandths as a number without needless zeros: 7.6, 38.
func AppendDecimal(dst []byte, n int64) []byte {
	dst = strconv.AppendInt(dst, n/DecimalUnits, 10)
	rest := n % DecimalUnits
	if rest == 0 {
		return dst
	}
	dst = append(dst, '.')
	for unit := int64(DecimalUnits / 10); rest > 0; unit /= 10 {
		dst = append(dst, byte('0'+rest/unit))
		rest %= unit
	}
	return dst
}
