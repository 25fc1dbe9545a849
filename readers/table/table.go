// Package table owns what every format is read into: blocks of rows, column by column, each cell with its
// type and state. A format decodes; what a row means is decided above.
package table

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
	"unsafe"

	"regul/pipeline"
	"regul/pipeline/money"
)

// Kind is the type of a column.
type Kind uint8

// The kinds of columns. All but Text are held as int64.
const (
	Text    Kind = iota
	Integer      // whole numbers of at most nine digits
	Amount       // cents of EUR
	Date         // days since 1970-01-01, from 1900 to 2199
	Boolean      // 0 or 1
	Decimal      // ten-thousandths: a number with at most four decimals, from 0 on
)

// Column is a column that a reader asks for.
type Column struct {
	Name     string
	Kind     Kind
	Digits   int    // a Text column that a file holds as a number is written with so many digits
	Key      bool   // says to whom the row belongs: it is saved of a torn row
	Optional bool   // a file may lack it: its cells are then empty
	Alias    string // what a file may call it instead; "" is nothing
}

// NameIn is what a file with these columns calls it.
func (c *Column) NameIn(names []string) string {
	if c.Alias != "" && !slices.Contains(names, c.Name) && slices.Contains(names, c.Alias) {
		return c.Alias
	}
	return c.Name
}

// State says what a cell holds.
type State uint8

// The states of a cell.
const (
	Value State = iota
	Empty
	Unreadable
)

// Vector is the cells of one column of a block.
type Vector struct {
	Ints   []int64  // of every kind but Text
	Texts  [][]byte // of Text; valid until the next block
	States []State

	lacking bool           // the file lacks the column
	causes  map[int]string // why cells can't be read, of those where it is known
}

// Is says whether the cell of a row holds a value.
func (v *Vector) Is(row int) bool { return v.States[row] == Value }

// Int is the cell of a row of every kind but Text; 0 where it holds no value.
func (v *Vector) Int(row int) int64 {
	if !v.Is(row) {
		return 0
	}
	return v.Ints[row]
}

// Text is the cell of a row of Text, as a copy; "" where it holds no value.
func (v *Vector) Text(row int) string {
	if !v.Is(row) {
		return ""
	}
	return string(v.Texts[row])
}

// Block is some rows of a file, in order.
type Block struct {
	First   int64 // number of the first row; the first data row of a file is 1
	Rows    int
	Columns []Vector
	Torn    []bool // the row could not be split into its columns; its cells are empty, except what could be saved
	Code    []int  // the rows, ascending, that are torn since they are in no encoding that is known
}

// Reset makes the block one of so many rows, all cells values, none torn. It uses its memory again. positions are where the file has
// the columns, as Locate found them: the cells of one that it lacks are Empty, with nothing else in the vector. nil: it has all.
func (b *Block) Reset(columns []Column, positions []int, first int64, rows int) {
	b.First, b.Rows, b.Code = first, rows, b.Code[:0]
	if len(b.Columns) != len(columns) {
		b.Columns = make([]Vector, len(columns))
	}
	b.Torn = resize(b.Torn, rows)
	for i := range columns {
		v := &b.Columns[i]
		if positions != nil && positions[i] == Lacking {
			v.lack(rows)
			continue
		}
		v.lacking = false
		if v.causes != nil {
			v.causes = nil
		}
		v.States = resize(v.States, rows)
		if columns[i].Kind == Text {
			v.Texts = resize(v.Texts, rows)
		} else {
			v.Ints = resize(v.Ints, rows)
		}
	}
}

// lack makes the vector one of empty cells. They stay so from block to block.
func (v *Vector) lack(rows int) {
	if !v.lacking || cap(v.States) < rows {
		v.States, v.lacking = slices.Repeat([]State{Empty}, rows), true
	}
	v.States = v.States[:rows]
}

// resize is a slice of n zero values.
func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// Source is a file that is being read.
type Source interface {
	// Next reads the following rows into the block; false is the end. An error means that the file can't
	// be trusted; a bad cell or a torn row is no error.
	Next(*Block) (bool, error)
	// RowText is a row of the last block as it was read.
	RowText(row int) []byte
	// Has says whether the file has a column: only one that is Optional may be lacking.
	Has(column int) bool
	// Unknown lists the columns of the file that nobody asked for.
	Unknown() []string
}

// maxDigits is how many digits a whole number may have.
const maxDigits = 9

// Set reads a cell from its text.
func (v *Vector) Set(row int, kind Kind, text []byte) {
	if len(text) == 0 {
		v.States[row] = Empty
		return
	}
	ok := true
	switch kind {
	case Text:
		v.Texts[row] = text
	case Integer:
		v.Ints[row], ok = parseInteger(text)
	case Amount:
		cents, err := money.Parse(text)
		v.Ints[row], ok = int64(cents), err == nil
	case Date:
		var day pipeline.Date
		day, ok = pipeline.ParseDate(text)
		v.Ints[row] = int64(day)
	case Boolean:
		v.Ints[row], ok = parseBoolean(text)
	case Decimal:
		v.Ints[row], ok = parseDecimal(text)
	}
	if !ok {
		v.States[row] = Unreadable
		if cause := causeOf(kind, text); cause != "" {
			if v.causes == nil {
				v.causes = map[int]string{}
			}
			v.causes[row] = cause
		}
	}
}

// Mark sets the marks of the rows whose cell can't be read, or, in a column that needs one, holds no value.
func (v *Vector) Mark(marks []byte, needed bool) {
	const each = 0x0101010101010101
	bad := uint64(Unreadable)
	if needed {
		bad |= uint64(Empty)
	}
	states := unsafe.Slice((*byte)(unsafe.SliceData(v.States)), len(v.States))
	for len(marks) >= 8 && len(states) >= 8 {
		word := binary.LittleEndian.Uint64(marks) | binary.LittleEndian.Uint64(states)&(bad*each)
		binary.LittleEndian.PutUint64(marks, word)
		marks, states = marks[8:], states[8:]
	}
	for row := range marks {
		marks[row] |= states[row] & byte(bad)
	}
}

// Cause says what is wrong with a cell that can't be read, and what to do; nothing where that is not known.
func (v *Vector) Cause(row int) string { return v.causes[row] }

// AppendCell appends a cell that holds a value as text.
func AppendCell(dst []byte, kind Kind, v *Vector, row int) []byte {
	switch kind {
	case Text:
		return append(dst, v.Texts[row]...)
	case Amount:
		return money.Cents(v.Ints[row]).Append(dst)
	case Date:
		return pipeline.Date(v.Ints[row]).Append(dst)
	case Decimal:
		return AppendDecimal(dst, v.Ints[row])
	case Boolean:
		return strconv.AppendBool(dst, v.Ints[row] == 1)
	}
	return strconv.AppendInt(dst, v.Ints[row], 10)
}

// AppendCSV appends a cell as CSV with commas has it: between quotes where it needs them.
func AppendCSV(dst, cell []byte) []byte {
	if !bytes.ContainsAny(cell, ",\"\r\n") {
		return append(dst, cell...)
	}
	dst = append(dst, '"')
	dst = append(dst, bytes.ReplaceAll(cell, []byte{'"'}, []byte(`""`))...)
	return append(dst, '"')
}

// Trim drops the blanks around a text: spaces of any width, tabs, byte order marks.
func Trim(text []byte) []byte {
	for len(text) > 0 {
		first, last := text[0], text[len(text)-1]
		switch {
		case first == ' ' || first == '\t':
			text = text[1:]
		case last == ' ' || last == '\t':
			text = text[:len(text)-1]
		case first >= utf8.RuneSelf || last >= utf8.RuneSelf:
			trimmed := bytes.TrimFunc(text, pipeline.IsBlank)
			if len(trimmed) == len(text) {
				return text
			}
			text = trimmed
		default:
			return text
		}
	}
	return text
}

func parseInteger(text []byte) (int64, bool) {
	if len(text) > maxDigits {
		return 0, false
	}
	var n int64
	for _, c := range text {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, true
}

// yesAndNo are the words of spreadsheets and programs in four languages, in small letters.
var yesAndNo = map[string]int64{
	"true": 1, "vrai": 1, "waar": 1, "wahr": 1, "yes": 1, "oui": 1, "ja": 1, "1": 1,
	"false": 0, "faux": 0, "onwaar": 0, "falsch": 0, "no": 0, "non": 0, "nee": 0, "nein": 0, "0": 0,
}

func parseBoolean(text []byte) (int64, bool) {
	switch string(text) {
	case "true":
		return 1, true
	case "false":
		return 0, true
	}
	answer, ok := yesAndNo[strings.ToLower(string(text))]
	return answer, ok
}

// Lacking is the position of an optional column that a file lacks.
const Lacking = -1

// MissingError says which columns a file lacks.
type MissingError struct {
	Columns  []string
	expected string
}

func (e *MissingError) Error() string {
	return fmt.Sprintf("missing columns: %s; expected are %s", strings.Join(e.Columns, ", "), e.expected)
}

// Locate finds the columns among the names of a file, in any order. It returns the position of each
// and the names that nobody asked for. It is an error if a column is missing that is not optional, or a name stands there twice.
func Locate(columns []Column, names []string) (positions []int, unknown []string, err error) {
	asked := map[string]bool{}
	var missing []string
	for _, c := range columns {
		name := c.NameIn(names)
		position := slices.Index(names, name)
		if position == Lacking {
			if c.Optional {
				positions = append(positions, Lacking)
				continue
			}
			missing = append(missing, c.Name)
		} else if slices.Contains(names[position+1:], name) {
			return nil, nil, fmt.Errorf("the column %s stands there twice", name)
		}
		asked[name] = true
		positions = append(positions, position)
	}
	if len(missing) > 0 {
		return nil, nil, &MissingError{missing, Needed(columns)}
	}
	for _, name := range names {
		if !asked[name] {
			unknown = append(unknown, name)
		}
	}
	return positions, unknown, nil
}

// Needed lists the names of the columns that a file may not lack.
func Needed(columns []Column) string {
	var names []string
	for _, c := range columns {
		if !c.Optional {
			names = append(names, c.Name)
		}
	}
	return strings.Join(names, ", ")
}
