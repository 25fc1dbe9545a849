package pipeline

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"unicode/utf8"
)

// NISS is a national number (NISS, INSZ): 11 digits YYMMDDSSSCC as an integer.
type NISS int64

// NISSDigits is the length of a national number.
const NISSDigits = 11

// maxNISS is the first integer that has more than 11 digits.
const maxNISS = 100_000_000_000

// ParseNISS reads 11 digits, with or without the points, dashes and blanks with which people write them: 85.07.30-033.28. The second
// result is false when the text is something else or when the check digits are wrong.
func ParseNISS(text []byte) (NISS, bool) {
	if len(text) > NISSDigits && len(text) <= maxWritten {
		text = Unwritten(text)
	}
	if len(text) != NISSDigits {
		return 0, false
	}
	const (
		last  = 0xFFFFFF << 40   // of the last eight bytes those that the first eight are not
		zeros = '0' * 0x01010101 // instead of the others
	)
	first, digits := EightDigits(binary.LittleEndian.Uint64(text))
	rest, more := EightDigits(binary.LittleEndian.Uint64(text[NISSDigits-8:])&last | '0'<<32 | zeros)
	if !digits || !more {
		return 0, false
	}
	n := NISS(1000*first + rest)
	return n, n.Valid()
}

// maxWritten is how many bytes a number takes at most as people write it.
const maxWritten = 64

// Unwritten is a number that people write in groups, without what stands between them: blanks of any kind, points, dashes and
// slashes. It must begin and end with a digit or a letter.
func Unwritten(text []byte) []byte {
	if first, _ := utf8.DecodeRune(text); separates(first) {
		return text
	}
	if last, _ := utf8.DecodeLastRune(text); separates(last) {
		return text
	}
	return bytes.Map(func(r rune) rune {
		if separates(r) {
			return -1
		}
		return r
	}, text)
}

func separates(r rune) bool { return r == '.' || r == '-' || r == '/' || IsBlank(r) }

// IsBlank says whether a character shows nothing: a space of any width, also of none, a tab, or a byte order mark.
func IsBlank(r rune) bool {
	switch {
	case r == ' ' || r == '\t' || r == 0xA0 || r == 0x202F || r == 0x205F || r == 0x3000 || r == 0x2060 || r == 0xFEFF:
		return true
	}
	return r >= 0x2000 && r <= 0x200D
}

// Valid says whether the check digits fit: 97 - (first nine mod 97), or, for those born from
// 2000, 97 - ((2 000 000 000 + first nine) mod 97). BIS numbers (month + 20 or + 40) follow the same rule.
func (n NISS) Valid() bool {
	if n <= 0 || n >= maxNISS {
		return false
	}
	first, check := int64(n)/100, int64(n)%100
	return check == 97-first%97 || check == 97-(2_000_000_000+first)%97
}

// String is the 11 digits.
func (n NISS) String() string { return string(n.Append(nil)) }

// Append appends the 11 digits.
func (n NISS) Append(dst []byte) []byte {
	var digits [NISSDigits]byte
	for i := len(digits) - 1; i >= 0; i-- {
		digits[i] = byte('0' + n%10)
		n /= 10
	}
	return append(dst, digits[:]...)
}

// Dossier is the number of an affiliate's file at the fund: 1 to 8 digits, kept with its leading zeros.
type Dossier struct {
	Number uint32
	Digits uint8
	Shift  uint8 // added to the year in structured communications: those of companies are never those of people
}

// ParseDossier reads 1 to 8 digits.
func ParseDossier(text []byte) (Dossier, bool) {
	if len(text) == 0 || len(text) > 8 {
		return Dossier{}, false
	}
	n, err := strconv.ParseUint(string(text), 10, 32)
	return Dossier{Number: uint32(n), Digits: uint8(len(text))}, err == nil
}

// Append appends the dossier as the register writes it.
func (d Dossier) Append(dst []byte) []byte { return appendPadded(dst, uint64(d.Number), int(d.Digits)) }

// AppendReference appends the structured communication of a dossier and a contribution year, 12
// digits: the dossier in 8 digits, the last two digits of the year (with Shift), and the check: the first ten
// modulo 97, where 0 is written 97.
func (d Dossier) AppendReference(dst []byte, year int) []byte {
	first := uint64(d.Number)*100 + uint64((year+int(d.Shift))%100)
	check := first % 97
	if check == 0 {
		check = 97
	}
	return appendPadded(dst, first*100+check, 12)
}

// appendPadded appends n in at least so many digits.
func appendPadded(dst []byte, n uint64, digits int) []byte {
	var buffer [20]byte
	text := strconv.AppendUint(buffer[:0], n, 10)
	for missing := digits - len(text); missing > 0; missing-- {
		dst = append(dst, '0')
	}
	return append(dst, text...)
}
