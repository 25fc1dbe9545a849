package pipeline

import "strings"

// IBAN is an international bank account number without spaces whose check digits are right (ISO 13616).
type IBAN string

// ibanLengths are the lengths of the numbers in the countries of SEPA, from the registry of ISO 13616.
var ibanLengths = map[string]int{
	"AD": 24, "AL": 28, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24,
	"FI": 18, "FR": 27, "GB": 22, "GI": 23, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20,
	"LU": 20, "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24,
	"RS": 22, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "VA": 22,
}

// ParseIBAN reads an account number of a country of SEPA, with or without blanks, points and dashes, in capitals or not.
func ParseIBAN(text string) (IBAN, bool) {
	number := strings.ToUpper(string(Unwritten([]byte(text))))
	if len(number) < 4 || len(number) != ibanLengths[number[:2]] {
		return "", false
	}
	return IBAN(number), Remainder97(number[4:]+number[:4]) == 1
}

// Remainder97 is a number of digits and capitals (A = 10 ... Z = 35) modulo 97, as check digits of ISO 7064 use it, or -1 if
// it holds anything else.
func Remainder97(text string) int {
	remainder := 0
	for _, c := range []byte(text) {
		switch {
		case c >= '0' && c <= '9':
			remainder = (remainder*10 + int(c-'0')) % 97
		case c >= 'A' && c <= 'Z':
			remainder = (remainder*100 + int(c-'A') + 10) % 97
		default:
			return -1
		}
	}
	return remainder
}

// Spaced is the number in groups of four, as people read it.
func (i IBAN) Spaced() string {
	var b strings.Builder
	for len(i) > 4 {
		b.WriteString(string(i[:4]) + " ")
		i = i[4:]
	}
	b.WriteString(string(i))
	return b.String()
}
