package pdf

import (
	"encoding/binary"
	"math"
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

// appendHundredths appends a number given in hundredths, and a space: -1250 is "-12.5 ".
func appendHundredths(dst []byte, n int) []byte {
	n = max(-2*largest*100, min(n, 2*largest*100))
	if n < 0 {
		dst, n = append(dst, '-'), -n
	}
	d := &decimals[n%100]
	if n >= 1000*100 {
		dst = binary.LittleEndian.AppendUint32(appendInt(dst, n/100), d.text)
		return dst[:len(dst)-4+d.length]
	}
	t := thousands[n/100]
	zeros := t >> 24
	dst = binary.LittleEndian.AppendUint64(dst, (uint64(t&0xffffff)|uint64(d.text)<<24)>>zeros)
	return dst[:len(dst)-8+3-int(zeros/8)+d.length]
}

// decimals are what stands behind a whole number for some hundredths, with the space: up to four bytes, the first one lowest.
var decimals = func() (table [100]struct {
	text   uint32
	length int
}) {
	for n := range table {
		text := []byte{'.', digit(n / 10), digit(n % 10), ' '}
		switch {
		case n == 0:
			text = text[3:]
		case n%10 == 0:
			text = append(text[:2], ' ')
		}
		table[n].length = len(text)
		table[n].text = binary.LittleEndian.Uint32(append(text, 0, 0, 0))
	}
	return table
}()

// thousands are the numbers below 1000 as three digits, the first in the lowest byte; in the highest byte stands eight times how many zeros
// they begin with, at most two.
var thousands = func() (table [1000]uint32) {
	for n := range table {
		zeros := 0
		if n < 100 {
			zeros++
		}
		if n < 10 {
			zeros++
		}
		table[n] = uint32(digit(n/100)) | uint32(digit(n/10%10))<<8 | uint32(digit(n%10))<<16 | uint32(8*zeros)<<24
	}
	return table
}()

// appendInt appends a whole number. Those of a letter are nearly all below a million; their digits come from a table, three at a time.
func appendInt(dst []byte, n int) []byte {
	switch {
	case uint(n) < 1000:
		t := thousands[n]
		zeros := t >> 24
		dst = binary.LittleEndian.AppendUint32(dst, t>>zeros)
		return dst[:len(dst)-1-int(zeros/8)]
	case uint(n) < 1_000_000:
		t := uint64(thousands[n/1000])
		zeros := t >> 24
		all := t&0xffffff | uint64(thousands[n%1000])<<24
		dst = binary.LittleEndian.AppendUint64(dst, all>>zeros)
		return dst[:len(dst)-2-int(zeros/8)]
	}
	return strconv.AppendInt(dst, int64(n), 10)
}

func digit(n int) byte { return '0' + byte(n) }

// appendNumbers appends numbers given in hundredths, each followed by a space.
func appendNumbers(dst []byte, numbers ...int) []byte {
	for _, n := range numbers {
		dst = appendHundredths(dst, n)
	}
	return dst
}
