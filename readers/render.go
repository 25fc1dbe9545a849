package readers

import (
	"strconv"

	"regul/pipeline"
	"regul/readers/table"
)

// Render is the text of a row that came from a typed file, as CSV in the order of the contract's columns, and its
// national number: what RowText would give, without reading the file again. It is false for a row of another kind.
func Render(row any, categories []string) (text, niss string, ok bool) {
	var b []byte
	next := func(cell string) { b = table.AppendCSV(append(b, ','), []byte(cell)) }
	switch r := row.(type) {
	case pipeline.Unread:
		return r.Text, r.NISS, true
	case pipeline.AccountQuarter:
		b = r.NISS.Append(b)
		next(strconv.Itoa(int(r.Year)))
		next(strconv.Itoa(int(r.Quarter)))
		if r.Category == pipeline.UnknownCategory || r.Standing == pipeline.UnknownStanding {
			return "", "", false // the code is not kept
		}
		next(categories[r.Category])
		next(r.Standing.String())
		next(small(r.Starter))
		next(r.LegalProvisional.String())
		next(r.Provisional.String())
		next([]string{"", "false", "true"}[r.Reduction])
	case pipeline.Payment:
		b = r.NISS.Append(b)
		next(strconv.Itoa(int(r.Year)))
		next(small(r.Quarter))
		next(r.PaidOn.String())
		next(r.Amount.String())
	case pipeline.Component:
		b = r.NISS.Append(b)
		next(strconv.Itoa(int(r.Year)))
		next(r.Communication)
		next(r.CommunicatedOn.String())
		next(r.Nature.String())
		next(r.Income.String())
		next(r.Assessment)
	case pipeline.Interruption:
		b = r.NISS.Append(b)
		next(strconv.Itoa(int(r.Year)))
	default:
		return "", "", false
	}
	return string(b), string(b[:11]), true
}

// small is a number of which 0 means none.
func small(n uint8) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(int(n))
}

// Typed says whether the file holds typed values, so that a row's text follows from its record.
func Typed(parts []Part) bool { return len(parts) > 0 && parts[0].parquet != nil }
