package company

import (
	"bytes"

	"regul/pipeline"
)

// Number is an enterprise number of the Crossroads Bank for Enterprises: 10 digits, the first of which is 0 or 1.
type Number uint32

// NumberDigits is the length of an enterprise number; checkDigits of them are the check.
const (
	NumberDigits = 10
	maxWritten   = 64 // bytes of a number as people write it
	checkDigits  = 100
	maxNumber    = 2_000_000_000 // the first integer that is none
)

// ParseNumber reads 10 digits, with or without the country and the points with which people write them: BE 0123.456.749. It is false when
// the text is something else or the check digits are wrong: they are 97 less the remainder of the first eight digits by 97.
func ParseNumber(text []byte) (Number, bool) {
	if len(text) > NumberDigits && len(text) <= maxWritten {
		text = pipeline.Unwritten(text)
		if bytes.HasPrefix(bytes.ToUpper(text), []byte("BE")) {
			text = text[len("BE"):]
		}
	}
	if len(text) != NumberDigits || text[0] > '1' {
		return 0, false
	}
	n := uint32(0)
	for _, c := range text {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + uint32(c-'0')
	}
	return Number(n), n%checkDigits == 97-n/checkDigits%97
}

// String is the 10 digits.
func (n Number) String() string { return string(n.Append(nil)) }

// Append appends the 10 digits.
func (n Number) Append(dst []byte) []byte {
	var digits [NumberDigits]byte
	for i := len(digits) - 1; i >= 0; i-- {
		digits[i] = byte('0' + n%10)
		n /= 10
	}
	return append(dst, digits[:]...)
}

// referenceShift is added to the year in a structured communication, so that a company's is never that of an affiliate: a
// dossier's communication ends with its year (08 to 49), a company's with 54 to 99, until 2050. This is a reading of this project.
const referenceShift = 50

// Dossier is what the structured communications of a company are made of: its number without the check digits.
func (n Number) Dossier() pipeline.Dossier {
	return pipeline.Dossier{Number: uint32(n) / checkDigits, Digits: NumberDigits - 2, Shift: referenceShift}
}
