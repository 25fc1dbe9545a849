package readers

import (
	"slices"
	"strings"

	"regul/pipeline"
	"regul/pipeline/company"
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/pipeline/rows"
	"regul/readers/table"
)

// decoder turns the rows of a block into records.
type decoder struct {
	input    *input
	source   table.Source
	block    *table.Block
	scatter  *pipeline.Scatter
	file     int32
	category func(code string) (law.Category, bool)
	present  []int             // the columns that the file has
	reasons  []pipeline.Reason // of a bad value in each column
	marks    []byte            // of each row: not 0 where a cell can't be read, or is empty though it may not be
	scratch  []byte
	failed   bool
	blanks   int             // rows in which nothing stands
	doubled  int64           // rows with a text that seems to have been encoded twice
	memos    [3]memo         // of the columns that hold codes
	found    map[string]memo // categories, so far
	number   struct {        // the last national number that was read: its rows come together, mostly
		text [pipeline.NISSDigits]byte
		niss pipeline.NISS
	}
}

// memo remembers the last code that was found: codes repeat from row to row.
type memo struct {
	text  string
	value int
}

func newDecoder(in *input, source table.Source, scatter *pipeline.Scatter, file int32,
	category func(string) (law.Category, bool)) *decoder {
	d := &decoder{input: in, source: source, block: &table.Block{}, scatter: scatter, file: file, category: category,
		found: map[string]memo{}}
	for i, f := range in.fields {
		d.reasons = append(d.reasons, pipeline.Reason("column "+f.Name+": "+f.must))
		if source.Has(i) {
			d.present = append(d.present, i)
		}
	}
	return d
}

// rows takes every row of the block.
func (d *decoder) rows() {
	d.marks = append(d.marks[:0], make([]byte, d.block.Rows)...)
	for _, i := range d.present {
		d.block.Columns[i].Mark(d.marks, !d.input.fields[i].optional)
	}
	for row, mark := range d.marks {
		d.failed = false
		switch {
		case d.block.Torn[row]:
			d.fail(row, pipeline.BadRow, tornReason(d.block, row))
		case mark == 0:
			d.input.take(d, row)
		case d.blank(row):
			d.blanks++
		default:
			d.badValue(row, d.unreadable(row))
		}
	}
}

// blank says whether no column that the input knows has anything in a row: it is a blank line, which is no row.
func (d *decoder) blank(row int) bool {
	return !slices.ContainsFunc(d.present, func(column int) bool { return d.block.Columns[column].States[row] != table.Empty })
}

const becauseTorn pipeline.Reason = "the row does not have the columns of the header: check its separators and quotes"

const becauseEncoding pipeline.Reason = "the row is neither in UTF-8 nor in Windows-1252 (code page 1252), " +
	"which has no bytes 81, 8D, 8F, 90 and 9D: save the file in UTF-8"

const becauseHeader pipeline.Reason = "the header stands here once more: delete the line"

// tornReason says why a row could not be split.
func tornReason(b *table.Block, row int) pipeline.Reason {
	if _, unknown := slices.BinarySearch(b.Code, row); unknown {
		return becauseEncoding
	}
	return becauseTorn
}

const becauseNISS pipeline.Reason = "column niss: " + mustBeNISS

const becauseIncome pipeline.Reason = "column net_income: must be between -1 000 000 000.00 and 1 000 000 000.00 EUR"

// unreadable is the first column whose cell can't be read or is empty though it may not be; -1 if there is none.
func (d *decoder) unreadable(row int) int {
	for _, i := range d.present {
		if state := d.block.Columns[i].States[row]; state != table.Value && (state == table.Unreadable || !d.input.fields[i].optional) {
			return i
		}
	}
	return -1
}

// place is where the row stands.
func (d *decoder) place(row int) rows.Place {
	return rows.Place{File: d.file, Row: d.block.First + int64(row)}
}

// badValue rejects the row for a cell: with what it must be, and what is wrong with it where that is known.
func (d *decoder) badValue(row, column int) {
	if strings.EqualFold(string(d.block.Columns[d.input.key].Texts[row]), d.input.fields[d.input.key].Name) {
		d.fail(row, pipeline.BadValue, becauseHeader)
		return
	}
	d.fail(row, pipeline.BadValue, withCause(d.reasons[column], d.block.Columns[column].Cause(row)))
}

// withCause is a reason that also says what is wrong with the cell, where that is known.
func withCause(reason pipeline.Reason, cause string) pipeline.Reason {
	if cause == "" {
		return reason
	}
	return reason + "; " + pipeline.Reason(cause)
}

// fail rejects the row, with as much as can be known of where it belonged.
func (d *decoder) fail(row int, code pipeline.Code, reason pipeline.Reason) {
	d.failed = true
	number := d.block.Columns[d.input.key].Texts[row]
	flaw := pipeline.Flaw{Input: d.input.name}
	if niss, ok := pipeline.ParseNISS(number); ok && d.input.ofPeople() {
		flaw.NISS = niss
	}
	var income money.Cents
	if !d.block.Torn[row] {
		income = d.salvage(row, &flaw)
	}
	d.scatter.Reject(pipeline.Reject{
		Input: d.input.name, Code: code, Year: flaw.Year, NISS: flaw.NISS, Place: d.place(row), Reason: reason,
	}, flaw, d.source.RowText(row), number, income)
	if enterprise, ok := company.ParseNumber(number); ok && d.input.ofCompanies() {
		company.TakeFlaw(d.scatter, company.Flaw{Number: enterprise, Year: flaw.Year})
	}
}

// salvage reads of a bad row what it may have belonged to, and its income in cents, where those cells can be read.
func (d *decoder) salvage(row int, flaw *pipeline.Flaw) (income money.Cents) {
	for _, i := range d.present {
		if !d.given(row, i) {
			continue
		}
		v := &d.block.Columns[i]
		switch d.input.fields[i].role {
		case yearRole:
			if year := v.Ints[row]; year >= pipeline.FirstYear && year <= pipeline.LastYear {
				flaw.Year = int16(year)
			}
		case communicationRole:
			if text := v.Texts[row]; len(text) <= maxText {
				flaw.Communication = string(text)
			}
		case communicatedRole:
			flaw.CommunicatedOn = pipeline.Date(v.Ints[row])
		case incomeRole:
			if cents := money.Cents(v.Ints[row]); pipeline.InRange(cents) {
				income = cents
			}
		}
	}
	return income
}

// niss reads the national number; it is the last check of a row's cells except the range of the income.
func (d *decoder) niss(row int) pipeline.NISS {
	text := d.block.Columns[d.input.key].Texts[row]
	if len(text) == pipeline.NISSDigits && [pipeline.NISSDigits]byte(text) == d.number.text {
		return d.number.niss
	}
	niss, ok := pipeline.ParseNISS(text)
	if ok && len(text) == pipeline.NISSDigits {
		d.number.text, d.number.niss = [pipeline.NISSDigits]byte(text), niss
	} else if !ok && !d.failed {
		d.fail(row, pipeline.BadNISS, withCause(becauseNISS, causeOfNumber(text, pipeline.NISSDigits)))
	}
	return niss
}

// causeOfNumber says what happened to a number of so many digits, where that can be told.
func causeOfNumber(text []byte, digits int) string {
	if cause := table.Scientific(text); cause != "" {
		return cause
	}
	bare := pipeline.Unwritten(text)
	for _, c := range bare {
		if c < '0' || c > '9' {
			return ""
		}
	}
	switch missing := digits - len(bare); {
	case missing == 1:
		return "this one has a digit less: a leading zero may be lost, as spreadsheets do: format the column as text"
	case missing == 2:
		return "this one has two digits less: leading zeros may be lost, as spreadsheets do: format the column as text"
	}
	return ""
}

// code is a code of a closed list, which a cell must hold.
func (d *decoder) code(row, column, slot int, codes []string) int {
	found := d.find(row, column, slot, codes)
	if found == 0 && !d.failed {
		d.badValue(row, column)
	}
	return found
}

// find looks up a text in a closed list, whose position 0 is no code. slot is a memo of the decoder.
func (d *decoder) find(row, column, slot int, codes []string) int {
	text := d.block.Columns[column].Texts[row]
	m := &d.memos[slot]
	if m.text == string(text) {
		return m.value
	}
	for i := 1; i < len(codes); i++ {
		if codes[i] == string(text) {
			*m = memo{codes[i], i}
			return i
		}
	}
	return 0
}

// year reads a year in range.
func (d *decoder) year(row, column int) int16 {
	year := d.block.Columns[column].Ints[row]
	if (year < pipeline.FirstYear || year > pipeline.LastYear) && !d.failed {
		d.badValue(row, column)
	}
	return int16(year)
}

// small reads a number from 1 to largest, or 0 for an empty cell.
func (d *decoder) small(row, column int, largest int64) uint8 {
	v := &d.block.Columns[column]
	if v.States[row] == table.Empty {
		return 0
	}
	if (v.Ints[row] < 1 || v.Ints[row] > largest) && !d.failed {
		d.badValue(row, column)
	}
	return uint8(v.Ints[row])
}

// amount reads an amount within the range that an account may hold.
func (d *decoder) amount(row, column int) money.Cents {
	cents := money.Cents(d.block.Columns[column].Ints[row])
	if !pipeline.InRange(cents) && !d.failed {
		d.fail(row, pipeline.BadValue, d.reasons[column]+" and within 1 000 000 000.00")
	}
	return cents
}

// negative rejects a row for an amount that may not be below zero.
func (d *decoder) negative(row, column int) {
	if !d.failed {
		d.fail(row, pipeline.BadValue, d.reasons[column]+", and not negative")
	}
}

// identifier reads a text of bounded length. It is valid until the next block.
func (d *decoder) identifier(row, column int) string {
	v := d.block.Columns[column].Texts[row]
	if (len(v) > maxText || !printable(v)) && !d.failed {
		d.fail(row, pipeline.BadValue, pipeline.Reason("column "+d.input.fields[column].Name+": "+mustBeShort))
	}
	return borrow(v)
}

// given says whether a cell holds a value.
func (d *decoder) given(row, column int) bool {
	return d.block.Columns[column].States[row] == table.Value
}

// text is a cell of free text; nothing where the file lacks the column.
func (d *decoder) text(row, column int) string {
	if !d.given(row, column) {
		return ""
	}
	return borrow(d.block.Columns[column].Texts[row])
}

// choice is a code of a closed list, or 0 for an empty cell.
func (d *decoder) choice(row, column, slot int, codes []string) int {
	if !d.given(row, column) {
		return 0
	}
	return d.code(row, column, slot, codes)
}

// name is an identifier, or nothing for an empty cell.
func (d *decoder) name(row, column int) string {
	if !d.given(row, column) {
		return ""
	}
	return d.identifier(row, column)
}

// date is a day, or none for an empty cell.
func (d *decoder) date(row, column int) pipeline.OptionalDate {
	if !d.given(row, column) {
		return 0
	}
	return pipeline.Date(d.block.Columns[column].Ints[row]).Some()
}

// answer is yes, no, or nothing for an empty cell.
func (d *decoder) answer(row, column int) pipeline.Answer {
	if !d.given(row, column) {
		return pipeline.NoAnswer
	}
	return pipeline.No + pipeline.Answer(d.block.Columns[column].Ints[row])
}
