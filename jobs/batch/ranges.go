package batch

import (
	"fmt"
	"io"

	"regul/jobs/storage"
	"regul/pipeline/rows"
	"regul/readers/parquet"
)

// Ranges are where the numbers of a file's rows lie, among the equal ranges of numbers by which rows wait: the first and the last that has
// one. A range is several days of births: it tells no number.
type Ranges struct{ First, Last int }

// MarshalText writes the ranges as FIRST-LAST.
func (r Ranges) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "%d-%d", r.First, r.Last), nil }

// UnmarshalText reads what MarshalText has written.
func (r *Ranges) UnmarshalText(text []byte) error {
	if n, err := fmt.Sscanf(string(text), "%d-%d", &r.First, &r.Last); n != 2 || err != nil {
		return fmt.Errorf("%q are no ranges of numbers", text)
	}
	return nil
}

// aboutNamed is with whom a column of this name tells of; nil where it names nobody.
func aboutNamed(column string) *About {
	for _, a := range Abouts() {
		if a.Number == column {
			return a
		}
	}
	return nil
}

// numberOf is the number that a text is; false where it is none.
func (a *About) numberOf(text string) (number int64, ok bool) {
	if len(text) != a.Digits {
		return 0, false
	}
	for _, digit := range []byte(text) {
		if digit < '0' || digit > '9' {
			return 0, false
		}
		number = number*10 + int64(digit-'0')
	}
	return number, true
}

// rangeOf is the range of a number; false where the text is none.
func (a *About) rangeOf(text string) (at int, ok bool) {
	number, ok := a.numberOf(text)
	if !ok {
		return 0, false
	}
	at = a.Tables.RangeOf(number)
	return at, at < rows.Ranges
}

// RangesOf are the ranges of a Parquet file, by the statistics of its row groups; nil where they do not tell.
func RangesOf(file storage.ReadFile) (*Ranges, error) {
	opened, err := parquet.Open(io.NewSectionReader(file, 0, file.Size()))
	if err != nil {
		return nil, err
	}
	return rangesOf(opened)
}

func rangesOf(opened *parquet.File) (*Ranges, error) {
	for _, a := range Abouts() {
		if opened.Has(a.Number) {
			return a.rangesIn(opened)
		}
	}
	return nil, nil
}

// rangesIn are the ranges of the column in a file. The lowest and the highest number have all their digits, or nothing is known: then a
// whole number between them is in a range between theirs.
func (a *About) rangesIn(file *parquet.File) (*Ranges, error) {
	var found *Ranges
	for group := range file.RowGroups() {
		low, high, known, err := file.Range(group, a.Number)
		if err != nil {
			return nil, err
		}
		first, ok := a.rangeOf(low)
		last, okLast := a.rangeOf(high)
		if !known || !ok || !okLast {
			return nil, nil
		}
		if found == nil {
			found = &Ranges{first, last}
		}
		found.First, found.Last = min(found.First, first), max(found.Last, last)
	}
	return found, nil
}

// MayHold says whether the file may have rows of a number, which a column of this name holds. One of before the ranges were noted may.
func (f *ManifestFile) MayHold(column, number string) bool {
	if f.Ranges == nil {
		return true
	}
	a := aboutNamed(column)
	if a == nil {
		return true
	}
	at, ok := a.rangeOf(number)
	return !ok || at >= f.Ranges.First && at <= f.Ranges.Last
}
