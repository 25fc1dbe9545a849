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
// national number: what RowText would give, without reading the file again. parts are those of the file: columns that it lacks are
// left out. It is false for a row of another kind.
func Render(parts []Part, row any, categories []string) (text, niss string, ok bool) {
	var r rendering
	if len(parts) > 0 {
		r.part = &parts[0]
	}
	switch row := row.(type) {
	case pipeline.Unread:
		return row.Text, row.NISS, true
	case pipeline.AccountQuarter:
		if row.Category == pipeline.UnknownCategory || row.Standing == pipeline.UnknownStanding {
			return "", "", false // the code is not kept
		}
		r.number(row.NISS)
		renderQuarter(r.next, &row, categories)
	case pipeline.Payment:
		r.number(row.NISS)
		renderPayment(r.next, &row)
	case pipeline.Component:
		r.number(row.NISS)
		renderComponent(r.next, &row)
	case pipeline.Evidence:
		r.number(row.NISS)
		renderEvidence(r.next, &row)
	case pipeline.Interruption:
		r.number(row.NISS)
		r.next(strconv.Itoa(int(row.Year)))
	case pipeline.Identity:
		r.next(row.Before.String())
		r.number(row.NISS)
		r.next(row.Since.String())
	default:
		return "", "", false
	}
	return string(r.text), r.niss, true
}

// rendering is a row that is written, cell by cell.
type rendering struct {
	part   *Part
	column int
	text   []byte
	niss   string
}

// next writes the cell of the next column, if the file has it.
func (r *rendering) next(cell string) {
	has := r.part.has(r.column)
	r.column++
	if !has {
		return
	}
	if len(r.text) > 0 {
		r.text = append(r.text, ',')
	}
	r.text = table.AppendCSV(r.text, []byte(cell))
}

// number writes the national number to which the row belongs.
func (r *rendering) number(n pipeline.NISS) {
	r.niss = n.String()
	r.next(r.niss)
}

func renderQuarter(next func(string), q *pipeline.AccountQuarter, categories []string) {
	next(strconv.Itoa(int(q.Year)))
	next(strconv.Itoa(int(q.Quarter)))
	next(categories[q.Category])
	next(q.Standing.String())
	next(small(q.Starter))
	next(q.LegalProvisional.String())
	next(q.Provisional.String())
	next(answers[q.Reduction])
	next(q.IfMain.String())
	next(q.RecoveredOn.String())
	next(answers[q.LateAffiliation])
	next(q.DeferredTo.String())
	next(answers[q.SurchargesWaived])
}

func renderPayment(next func(string), p *pipeline.Payment) {
	next(strconv.Itoa(int(p.Year)))
	next(small(p.Quarter))
	next(p.PaidOn.String())
	next(p.Amount.String())
	next(p.Identifier)
	next(p.Purpose.String())
	next(p.EndToEnd)
}

func renderComponent(next func(string), c *pipeline.Component) {
	next(strconv.Itoa(int(c.Year)))
	next(c.Communication)
	next(c.CommunicatedOn.String())
	next(c.Nature.String())
	next(c.Income.String())
	next(c.Assessment)
	admitted := ""
	if c.Contested {
		admitted = c.Admitted.String()
	}
	next(admitted)
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
	key    int
}

// NewSplitter splits the rows of the file of the parts.
func NewSplitter(parts []Part) (*Splitter, error) {
	p := &parts[0]
	s := &Splitter{names: names(p.columns), key: keyOf(p.columns)}
	var err error
	if Typed(parts) { // their texts are CSV in the order of the contract
		var header []string
		for i, name := range s.names {
			if p.has(i) {
				header = append(header, name)
			}
		}
		s.source, err = csv.Open(strings.NewReader(strings.Join(header, ",")+"\n"), p.columns)
		return s, err
	}
	source, closeSource, err := p.source()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.file.Name, err)
	}
	defer closeSource() // the header was read
	s.source = source.(*csv.Source)
	return s, nil
}

// Key is the position among the names of the number that says to whom a row belongs.
func (s *Splitter) Key() int { return s.key }

// Names are the names of the input's columns, in the order of the contract.
func (s *Splitter) Names() []string { return slices.Clone(s.names) }

// Cells splits the text of a row, as Recall and Render give it, into its cells, in the order of the names. It is false when the row
// can't be split. The cells are valid as long as the text.
func (s *Splitter) Cells(text []byte) ([][]byte, bool) { return s.source.Split(text) }

// Others are the columns of the file that the input does not know.
func (s *Splitter) Others() []string { return s.source.Unknown() }
