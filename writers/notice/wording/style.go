package wording

import (
	"strconv"
	"time"

	"regul/pipeline"
	"regul/pipeline/money"
)

// Spaces that do not break a line: the narrow one of French typography, and the plain one.
const (
	narrow = "\u202f"
	Fixed  = "\u00a0"
)

// style is how a language writes numbers, days and lists, after the interinstitutional style guide of the EU (fr, de) and
// the usage of Belgian administrations (nl): 1 267,48 € in French, € 1.267,48 in Dutch, 1.267,48 € in German.
type style struct {
	group  string // between thousands
	first  string // the first day of a month
	day    string // after the day
	slash  byte   // between the parts of a short day
	and    string // before the last of a list
	to     string // between the first and the last of a row
	euro   string // before an amount; "": the sign stands behind it
	months [12]string
}

// Styles are by pipeline.Language: a language of the pipeline that has none is an error at the start, see Read.
var Styles = []style{
	1: {narrow, "1er", Fixed, '/', " et ", " à ", "",
		[12]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
			"décembre"}},
	2: {".", "1", Fixed, '/', " en ", " tot en met ", "€" + Fixed,
		[12]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
			"december"}},
	3: {".", "1", "." + Fixed, '.', " und ", " bis ", "",
		[12]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}},
}

// AppendNumber appends an amount in EUR without its unit, with two decimals: -1 267,48.
func (s *style) AppendNumber(dst []byte, amount money.Cents) []byte {
	magnitude := uint64(amount)
	if amount < 0 {
		dst = append(dst, "−"...)
		magnitude = -magnitude
	}
	dst = s.appendGrouped(dst, magnitude/100)
	return append(dst, ',', byte('0'+magnitude/10%10), byte('0'+magnitude%10))
}

func (s *style) appendGrouped(dst []byte, n uint64) []byte {
	if n < 1000 {
		return strconv.AppendUint(dst, n, 10)
	}
	dst = append(s.appendGrouped(dst, n/1000), s.group...)
	return append(dst, byte('0'+n/100%10), byte('0'+n/10%10), byte('0'+n%10))
}

// AppendAmount appends an amount with its unit, which never stand on two lines.
func (s *style) AppendAmount(dst []byte, amount money.Cents) []byte {
	if s.euro != "" {
		return s.AppendNumber(append(dst, s.euro...), amount)
	}
	return append(s.AppendNumber(dst, amount), Fixed+"€"...)
}

// AppendPercent appends a rate as a percentage without its sign, with at least so many decimals.
func AppendPercent(dst []byte, rate money.Rate, decimals int) []byte {
	dst = strconv.AppendInt(dst, int64(rate/10_000), 10)
	rest := rate % 10_000
	for unit := money.Rate(1000); unit > 0 && (decimals > 0 || rest > 0); unit /= 10 {
		if unit == 1000 {
			dst = append(dst, ',')
		}
		dst = append(dst, byte('0'+rest/unit))
		rest %= unit
		decimals--
	}
	return dst
}

// AppendDate appends a day: 30 septembre 2026, 30 september 2026, 30. September 2026.
func (s *style) AppendDate(dst []byte, d pipeline.Date) []byte {
	year, month, day := civil(d)
	if day == 1 {
		dst = append(dst, s.first...)
	} else {
		dst = strconv.AppendInt(dst, int64(day), 10)
	}
	dst = append(append(dst, s.day...), s.months[month-1]...)
	return strconv.AppendInt(append(dst, Fixed...), int64(year), 10)
}

// AppendShortDate appends a day in figures, for tables: 31/12/2023.
func (s *style) AppendShortDate(dst []byte, d pipeline.Date) []byte {
	year, month, day := civil(d)
	dst = append(dst, byte('0'+day/10), byte('0'+day%10), s.slash, byte('0'+month/10), byte('0'+month%10), s.slash)
	return strconv.AppendInt(dst, int64(year), 10)
}

func civil(d pipeline.Date) (year int, month time.Month, day int) {
	return time.Unix(int64(d)*24*60*60, 0).UTC().Date()
}

// AppendYears appends years as a list: 2021, 2023 et 2024; three and more without a gap as a row: 2021 à 2023.
func (s *style) AppendYears(dst []byte, years []int) []byte {
	if n := len(years); n > 2 && isRow(years) {
		dst = append(strconv.AppendInt(dst, int64(years[0]), 10), s.to...)
		return strconv.AppendInt(dst, int64(years[n-1]), 10)
	}
	for i, year := range years {
		switch {
		case i > 0 && i == len(years)-1:
			dst = append(dst, s.and...)
		case i > 0:
			dst = append(dst, ", "...)
		}
		dst = strconv.AppendInt(dst, int64(year), 10)
	}
	return dst
}

// isRow says whether each is the one after the one before.
func isRow(years []int) bool {
	for i := range years[1:] {
		if years[i+1] != years[i]+1 {
			return false
		}
	}
	return true
}

// AppendReference appends a structured communication as it is printed: +++009/0000/12331+++.
func AppendReference(dst []byte, digits []byte) []byte {
	dst = append(append(dst, "+++"...), digits[:3]...)
	dst = append(append(dst, '/'), digits[3:7]...)
	dst = append(append(dst, '/'), digits[7:12]...)
	return append(dst, "+++"...)
}

// AppendIBAN appends an account number in groups of four.
func AppendIBAN(dst []byte, number pipeline.IBAN) []byte { return appendGroups(dst, number, 0, 0) }

// AppendMasked is AppendIBAN of which only the first and last group can be read.
func AppendMasked(dst []byte, number pipeline.IBAN) []byte {
	return appendGroups(dst, number, 4, len(number)-4)
}

// appendGroups appends an account number whose characters from hidden up to shown can't be read.
func appendGroups(dst []byte, number pipeline.IBAN, hidden, shown int) []byte {
	for i := 0; i < len(number); i++ {
		if i > 0 && i%4 == 0 {
			dst = append(dst, Fixed...)
		}
		if i >= hidden && i < shown {
			dst = append(dst, "•"...)
		} else {
			dst = append(dst, number[i])
		}
	}
	return dst
}

// AppendEnterprise appends an enterprise number as it is printed: 0123.456.749.
func AppendEnterprise(dst []byte, number string) []byte {
	return append(dst, number[:4]+"."+number[4:7]+"."+number[7:]...)
}
