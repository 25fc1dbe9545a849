package readers

import (
	"time"
	"unicode/utf8"
	"unsafe"

	"github.com/zeebo/xxh3"

	"regul/pipeline"
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
	reasons  []pipeline.Reason // of a bad value in each column
	scratch  []byte
	failed   bool
	memos    [2]memo         // of the columns that hold codes
	found    map[string]memo // categories, so far
}

// memo remembers the last code that was found: codes repeat from row to row.
type memo struct {
	text  string
	value int
}

func newDecoder(in *input, source table.Source, scatter *pipeline.Scatter, file int32, category func(string) (law.Category, bool)) *decoder {
	d := &decoder{input: in, source: source, block: &table.Block{}, scatter: scatter, file: file, category: category, found: map[string]memo{}}
	for _, f := range in.fields {
		d.reasons = append(d.reasons, pipeline.Reason("column "+f.Name+": "+f.must))
	}
	return d
}

// rows takes every row of the block.
func (d *decoder) rows() {
	for row := range d.block.Rows {
		d.failed = false
		switch column := d.unreadable(row); {
		case d.block.Torn[row]:
			d.fail(row, pipeline.BadRow, becauseTorn)
		case column >= 0:
			d.badValue(row, column)
		default:
			d.input.take(d, row)
		}
	}
}

const becauseTorn pipeline.Reason = "the row does not have the columns of the header: check its separators and quotes"
const becauseNISS pipeline.Reason = "column niss: must be a national number of 11 digits whose check digits are right"
const becauseIncome pipeline.Reason = "column net_income: must be between -1 000 000 000.00 and 1 000 000 000.00 EUR"

// unreadable is the first column whose cell can't be read or is empty though it may not be, or -1.
func (d *decoder) unreadable(row int) int {
	for i := range d.block.Columns {
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

func (d *decoder) badValue(row, column int) { d.fail(row, pipeline.BadValue, d.reasons[column]) }

// fail rejects the row, with as much as can be known of where it belonged.
func (d *decoder) fail(row int, code pipeline.Code, reason pipeline.Reason) {
	d.failed = true
	niss, ok := pipeline.ParseNISS(d.block.Columns[0].Texts[row])
	if !ok {
		niss = 0
	}
	flaw := pipeline.Flaw{NISS: niss, Input: d.input.name}
	var income money.Cents
	if !d.block.Torn[row] {
		for i, f := range d.input.fields {
			v := &d.block.Columns[i]
			switch {
			case v.States[row] != table.Value:
			case f.must == mustBeYear && v.Ints[row] >= pipeline.FirstYear && v.Ints[row] <= pipeline.LastYear:
				flaw.Year = int16(v.Ints[row])
			case f.Name == "communication" && len(v.Texts[row]) <= maxText:
				flaw.Communication = string(v.Texts[row])
			case f.Name == "net_income" && pipeline.InRange(money.Cents(v.Ints[row])):
				income = money.Cents(v.Ints[row])
			}
		}
	}
	d.scatter.Reject(pipeline.Reject{
		Input: d.input.name, Code: code, Year: flaw.Year, NISS: niss, Place: d.place(row), Reason: reason,
	}, flaw, d.source.RowText(row), d.block.Columns[0].Texts[row], income)
}

// niss reads the national number; it is the last check of a row's cells but for the range of the income.
func (d *decoder) niss(row int) pipeline.NISS {
	niss, ok := pipeline.ParseNISS(d.block.Columns[0].Texts[row])
	if !ok && !d.failed {
		d.fail(row, pipeline.BadNISS, becauseNISS)
	}
	return niss
}

// code looks up a text in a closed list, whose position 0 is no code. slot is a memo of the decoder.
func (d *decoder) code(row, column, slot int, codes []string) int {
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

// identifier reads a text of bounded length. It is valid until the next block.
func (d *decoder) identifier(row, column int) string {
	v := d.block.Columns[column].Texts[row]
	if (len(v) > maxText || !printable(v)) && !d.failed {
		d.fail(row, pipeline.BadValue, pipeline.Reason("column "+d.input.fields[column].Name+": "+mustBeShort))
	}
	return borrow(v)
}

// borrow is a text over the bytes of the block: the scatter copies it, and nothing is allocated for a row.
func borrow(text []byte) string { return unsafe.String(unsafe.SliceData(text), len(text)) }

// printable says whether a text is UTF-8 without control characters.
func printable(text []byte) bool {
	for _, c := range text {
		if c < ' ' || c == 0x7f {
			return false
		}
	}
	return utf8.Valid(text)
}

const secondsPerDay = 24 * 60 * 60

func takeAffiliate(d *decoder, row int) {
	columns := d.block.Columns
	dossier, ok := pipeline.ParseDossier(columns[1].Texts[row])
	if !ok {
		d.badValue(row, 1)
	}
	language := d.code(row, 2, 0, pipeline.Languages())
	if language == 0 && !d.failed {
		d.fail(row, pipeline.BadValue, "column language: "+mustBeLanguage)
	}
	niss := d.niss(row)
	if d.failed {
		return
	}
	d.scratch = d.scratch[:0]
	for i := 3; i < len(columns); i++ {
		if d.input.fields[i].Kind == table.Text {
			d.scratch = append(d.scratch, columns[i].Texts[row]...)
		} else if columns[i].States[row] == table.Value {
			d.scratch = time.Unix(columns[i].Ints[row]*secondsPerDay, 0).UTC().AppendFormat(d.scratch, time.DateOnly)
		}
		d.scratch = append(d.scratch, 0)
	}
	a := pipeline.Affiliate{
		NISS: niss, Dossier: dossier, Language: pipeline.Language(language),
		Fingerprint: xxh3.Hash(d.scratch), Place: d.place(row),
	}
	if d.scatter.Contacts {
		text := func(column int) string { return borrow(columns[column].Texts[row]) }
		a.Contact = pipeline.Contact{
			LastName: text(3), FirstName: text(4), Street: text(5), Postcode: text(6), City: text(7), Country: text(8),
			IBAN: text(9), Mandate: text(10),
		}
		if columns[11].States[row] == table.Value {
			a.Contact.MandateSignedOn = pipeline.Date(columns[11].Ints[row])
		}
	}
	d.scatter.Affiliate(&a)
}

func takeAccount(d *decoder, row int) {
	columns := d.block.Columns
	a := pipeline.AccountQuarter{
		Year:             d.year(row, 1),
		Quarter:          d.small(row, 2, 4),
		Category:         d.lawCategory(row, 3),
		Standing:         pipeline.Standing(d.code(row, 4, 1, pipeline.Standings())),
		Starter:          d.small(row, 5, 3),
		LegalProvisional: d.amount(row, 6),
		Provisional:      d.amount(row, 7),
		Place:            d.place(row),
	}
	if columns[8].States[row] == table.Value {
		a.Reduction = pipeline.ReductionRefused + pipeline.Reduction(columns[8].Ints[row])
	}
	a.NISS = d.niss(row)
	if !d.failed {
		d.scatter.Account(&a)
	}
}

// lawCategory looks up the code of a category; the pipeline rejects an unknown one.
func (d *decoder) lawCategory(row, column int) law.Category {
	text := d.block.Columns[column].Texts[row]
	m := &d.memos[0]
	if m.text == string(text) {
		return law.Category(m.value)
	}
	found, known := d.found[string(text)]
	if !known {
		code := string(text)
		category, ok := d.category(code)
		if !ok {
			return pipeline.UnknownCategory
		}
		found = memo{code, int(category)}
		d.found[code] = found
	}
	*m = found
	return law.Category(found.value)
}

func takePayment(d *decoder, row int) {
	p := pipeline.Payment{
		Year:    d.year(row, 1),
		Quarter: d.small(row, 2, 4),
		PaidOn:  pipeline.Date(d.block.Columns[3].Ints[row]),
		Amount:  d.amount(row, 4),
		Place:   d.place(row),
	}
	p.NISS = d.niss(row)
	if !d.failed {
		d.scatter.Payment(&p)
	}
}

func takeComponent(d *decoder, row int) {
	c := pipeline.Component{
		Year:           d.year(row, 1),
		Communication:  d.identifier(row, 2),
		CommunicatedOn: pipeline.Date(d.block.Columns[3].Ints[row]),
		Nature:         pipeline.Nature(d.code(row, 4, 0, pipeline.Natures())),
		Income:         money.Cents(d.block.Columns[5].Ints[row]),
		Assessment:     d.identifier(row, 6),
		Place:          d.place(row),
	}
	if c.Nature == 0 && !d.failed {
		d.fail(row, pipeline.BadValue, "column nature: "+mustBeNature)
	}
	c.NISS = d.niss(row)
	if !pipeline.InRange(c.Income) && !d.failed {
		d.fail(row, pipeline.IncomeOutOfRange, becauseIncome)
	}
	if !d.failed {
		d.scatter.Component(&c)
	}
}

func takeInterruption(d *decoder, row int) {
	i := pipeline.Interruption{Year: d.year(row, 1), Place: d.place(row)}
	i.NISS = d.niss(row)
	if !d.failed {
		d.scatter.Interruption(&i)
	}
}
