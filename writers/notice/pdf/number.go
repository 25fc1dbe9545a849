package pdf

import (
	"encoding/binary"
	"math"
	"math/bits"
	"strconv"
)

// largest is the largest length in points: PDF 1.4 promises readers that numbers stay below 32 768, also the distance of two
// places.
const largest = 16_000

// pageHeight is PageHeight in hundredths of a point.
const pageHeight = 84189

// hundredths is a length in hundredths of a point, the unit that is written: rounded, cut at ±16 000 points; 0 for NaN.
func hundredths(points float64) int {
	switch {
	case points > largest:
		points = largest
	case points < -largest:
		points = -largest
	case points != points:
		return 0
	}
	// The conversion keeps a processor from fusing the two operations, which would round differently.
	return int(math.Floor(float64(points*100) + 0.5))
}

// appendHundredths appends a number given in hundredths: -1250 is "-12.5".
func appendHundredths(dst []byte, n int) []byte {
	n = max(-2*largest*100, min(n, 2*largest*100))
	if n < 0 {
		dst, n = append(dst, '-'), -n
	}
	whole, rest := n/100, n%100
	dst = appendInt(dst, whole)
	if rest == 0 {
		return dst
	}
	if rest%10 == 0 {
		return append(dst, '.', digit(rest/10))
	}
	return append(dst, '.', digit(rest/10), digit(rest%10))
}

// appendInt appends a whole number. Those of a letter have at most eight digits; these are made all at once, which takes a fourth of the
// library's time.
func appendInt(dst []byte, n int) []byte {
	switch {
	case n < 0 || n >= 100_000_000:
		return strconv.AppendInt(dst, int64(n), 10)
	case n < 10:
		return append(dst, digit(n))
	}
	// Two numbers of four digits become four of two, then eight of one: the first digit in the lowest byte.
	all := uint64(n/10_000) | uint64(n%10_000)<<32
	hundreds := all * 5243 >> 19 & 0x0000007f_0000007f
	all = hundreds | (all-100*hundreds)<<16
	tens := all * 103 >> 10 & 0x000f000f_000f000f
	all = tens | (all-10*tens)<<8
	zeros := bits.TrailingZeros64(all) / 8
	dst = binary.LittleEndian.AppendUint64(dst, (all|0x30303030_30303030)>>(8*zeros))
	return dst[:len(dst)-zeros]
}

func digit(n int) byte { return '0' + byte(n) }

// appendNumbers appends numbers given in hundredths, each followed by a space.
func appendNumbers(dst []byte, numbers ...int) []byte {
	for _, n := range numbers {
		dst = append(appendHundredths(dst, n), ' ')
	}
	return dst
}
