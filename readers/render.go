package readers

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"regul/pipeline"
	"regul/readers/csv"
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
		next(answers[r.Reduction])
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
	case pipeline.Evidence:
		b = renderEvidence(r.NISS.Append(b), &r)
	case pipeline.Interruption:
		b = r.NISS.Append(b)
		next(strconv.Itoa(int(r.Year)))
	default:
		return "", "", false
	}
	return string(b), string(b[:11]), true
}

// answers are the texts of no answer, no and yes.
var answers = []string{"", "false", "true"}

// small is a number of which 0 means none.
func small(n uint8) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(int(n))
}

// Typed says whether the file holds typed values, so that a row's text follows from its record.
func Typed(parts []Part) bool { return len(parts) > 0 && parts[0].parquet != nil }

// Splitter splits the rows of a file again, from their texts alone.
type Splitter struct {
	source *csv.Source
	names  []string
}

// NewSplitter splits the rows of the file of the parts.
func NewSplitter(parts []Part) (*Splitter, error) {
	columns := parts[0].columns
	s := &Splitter{names: names(columns)}
	var err error
	if Typed(parts) { // their texts are CSV in the order of the contract
		s.source, err = csv.Open(strings.NewReader(strings.Join(s.names, ",")+"\n"), columns)
		return s, err
	}
	source, closeSource, err := parts[0].source()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", parts[0].file.Name, err)
	}
	defer closeSource() // the header was read
	s.source = source.(*csv.Source)
	return s, nil
}

// Names are the names of the input's columns, in the order of the contract.
func (s *Splitter) Names() []string { return slices.Clone(s.names) }

// Cells splits the text of a row, as Recall and Render give it, into its cells, in the order of the names. It is false when the row
// can't be split. The cells are valid as long as the text.
func (s *Splitter) Cells(text []byte) ([][]byte, bool) { return s.source.Split(text) }
