package batch

import (
	"fmt"
	"strings"

	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/readers"
	"regul/readers/parquet"
	"regul/readers/table"
	"regul/writers/tables"
)

// Field is a column of a published table that a job reads, and where its Row keeps the cell. A null leaves the zero value.
type Field[Row any] struct {
	table.Column
	set   func(*Row, *table.Vector, int) bool // false: the cell is not what it must be
	null  func(*Row) bool                     // nil: the zero value stays
	equal func(a, b *Row) bool
	value func(*Row) any
}

func fieldOf[Row any, V comparable](name string, kind table.Kind, to func(*Row) *V, read func(*table.Vector, int) V) Field[Row] {
	return Field[Row]{
		Column: table.Column{Name: name, Kind: kind},
		set:    func(r *Row, v *table.Vector, at int) bool { *to(r) = read(v, at); return true },
		equal:  func(a, b *Row) bool { return *to(a) == *to(b) },
		value:  func(r *Row) any { return *to(r) },
	}
}

func numberField[Row any, N ~int | ~int16 | ~int32 | ~int64 | ~uint8](name string, kind table.Kind, to func(*Row) *N) Field[Row] {
	f := fieldOf(name, kind, to, func(v *table.Vector, at int) N { return N(v.Ints[at]) })
	f.set = func(r *Row, v *table.Vector, at int) bool { *to(r) = N(v.Ints[at]); return true } // a call less for each cell
	return f
}

// TextField is a column of texts.
func TextField[Row any](name string, to func(*Row) *string) Field[Row] {
	return fieldOf(name, table.Text, to, func(v *table.Vector, at int) string { return string(v.Texts[at]) })
}

// WholeField is a column of whole numbers.
func WholeField[Row any, N ~int | ~int16 | ~int32 | ~int64 | ~uint8](name string, to func(*Row) *N) Field[Row] {
	return numberField(name, table.Integer, to)
}

// AmountField is a column of amounts, which a row keeps in cents.
func AmountField[Row any](name string, to func(*Row) *money.Cents) Field[Row] {
	return numberField(name, table.Amount, to)
}

// MaybeAmountField is a column of amounts that may be null, which a row keeps as pipeline.Unsaid.
func MaybeAmountField[Row any](name string, to func(*Row) *money.Cents) Field[Row] {
	f := AmountField(name, to).OrElse(func(r *Row) { *to(r) = pipeline.Unsaid })
	f.value = func(r *Row) any {
		if *to(r) == pipeline.Unsaid {
			return nil
		}
		return *to(r)
	}
	return f
}

// DayField is a column of days.
func DayField[Row any](name string, to func(*Row) *pipeline.Date) Field[Row] {
	return numberField(name, table.Date, to)
}

// SomeDayField is a column of days that may be null.
func SomeDayField[Row any](name string, to func(*Row) *pipeline.OptionalDate) Field[Row] {
	return fieldOf(name, table.Date, to, func(v *table.Vector, at int) pipeline.OptionalDate { return pipeline.Date(v.Ints[at]).Some() })
}

// FlagField is a column of truths.
func FlagField[Row any](name string, to func(*Row) *bool) Field[Row] {
	return fieldOf(name, table.Boolean, to, func(v *table.Vector, at int) bool { return v.Ints[at] != 0 })
}

// CodeField is a column of texts that stand for something else: take says whether it knows the text, which stays until the next row.
func CodeField[Row any](name string, take func(r *Row, text []byte) bool) Field[Row] {
	return Field[Row]{Column: table.Column{Name: name, Kind: table.Text},
		set: func(r *Row, v *table.Vector, at int) bool { return take(r, v.Texts[at]) }}
}

// WordField is a column of words of a closed list, which a row keeps as the position in it. Another word is an error.
func WordField[Row any, W ~uint8](name string, words []string, to func(*Row) *W) Field[Row] {
	return CodeField(name, func(r *Row, text []byte) bool {
		for i, word := range words {
			if word == string(text) {
				*to(r) = W(i)
				return true
			}
		}
		return false
	})
}

// SaysField is a column of texts of which a row keeps whether it is the word.
func SaysField[Row any](name, word string, to func(*Row) *bool) Field[Row] {
	return CodeField(name, func(r *Row, text []byte) bool { *to(r) = string(text) == word; return true })
}

// BorrowedField is a column of texts that a row holds only while it is visited: they lie in the block.
func BorrowedField[Row any](name string, to func(*Row) *[]byte) Field[Row] {
	return CodeField(name, func(r *Row, text []byte) bool { *to(r) = text; return true })
}

// NISSField is the column of the national numbers, which every row must have.
func NISSField[Row any](to func(*Row) *pipeline.NISS) Field[Row] {
	return CodeField("niss", func(r *Row, text []byte) (ok bool) {
		*to(r), ok = pipeline.ParseNISS(text)
		return ok
	}).Required()
}

// Required says that no row may be without the column.
func (f Field[Row]) Required() Field[Row] {
	f.null = func(*Row) bool { return false }
	return f
}

// FieldsIn are the fields of a row that is part of another one.
func FieldsIn[Row, Part any](fields Fields[Part], part func(*Row) *Part) Fields[Row] {
	in := make(Fields[Row], len(fields))
	for i, f := range fields {
		in[i] = fieldIn(f, part)
	}
	return in
}

func fieldIn[Row, Part any](f Field[Part], part func(*Row) *Part) Field[Row] {
	in := Field[Row]{
		Column: f.Column,
		set:    func(r *Row, v *table.Vector, at int) bool { return f.set(part(r), v, at) },
		equal:  func(a, b *Row) bool { return f.equal(part(a), part(b)) },
		value:  func(r *Row) any { return f.value(part(r)) },
	}
	if f.null != nil {
		in.null = func(r *Row) bool { return f.null(part(r)) }
	}
	return in
}

// AddedLater says that tables without the column were published: to them it is null.
func (f Field[Row]) AddedLater() Field[Row] {
	f.Optional = true
	return f
}

// OfDigits says that a file which holds the text as a number means one of so many digits.
func (f Field[Row]) OfDigits(digits int) Field[Row] {
	f.Digits = digits
	return f
}

// OrElse says what a row keeps instead of the zero value where the column holds null.
func (f Field[Row]) OrElse(null func(*Row)) Field[Row] {
	f.null = func(r *Row) bool { null(r); return true }
	return f
}

// Equal says whether two rows have the same in the column. It is not for a CodeField.
func (f *Field[Row]) Equal(a, b *Row) bool { return f.equal(a, b) }

// Value is the cell of the column: a text, a number, money.Cents, a day or a truth; nil for a null of MaybeAmountField. It is not for a
// CodeField.
func (f *Field[Row]) Value(r *Row) any { return f.value(r) }

// Fields are the columns that a job reads of a published table: the one way to read one into typed rows.
type Fields[Row any] []Field[Row]

// Columns are the columns of the fields.
func (fields Fields[Row]) Columns() []table.Column {
	columns := make([]table.Column, len(fields))
	for i := range fields {
		columns[i] = fields[i].Column
	}
	return columns
}

// Read reads a row of a block that holds the columns of the fields, in their order.
func (fields Fields[Row]) Read(r *Row, b *table.Block, at int) error {
	var zero Row
	*r = zero
	for i := range fields {
		f, v := &fields[i], &b.Columns[i]
		if ok := v.Is(at) && f.set(r, v, at) || !v.Is(at) && (f.null == nil || f.null(r)); !ok {
			return fmt.Errorf("row %d: the column %s does not hold what it must", b.First+int64(at), f.Name)
		}
	}
	return nil
}

// Each gives the rows of files of a batch. What it gives is used again for the next row.
func (fields Fields[Row]) Each(storage storage.Storage, m *Manifest, parts []*ManifestFile, visit func(*Row) error) error {
	return fields.Cursor(storage, m, parts).each(visit)
}

// Of are the rows of files of a batch whose first column is the number: only parts of files that may hold it are read.
func (fields Fields[Row]) Of(storage storage.Storage, m *Manifest, parts []*ManifestFile, number string) (found []Row, err error) {
	c := fields.Cursor(storage, m, parts)
	c.number = number
	err = c.each(func(r *Row) error { found = append(found, *r); return nil })
	return found, err
}

// EachOf gives the rows of a file of any format: a cell that can't be read counts as null.
func (fields Fields[Row]) EachOf(f *readers.File, visit func(*Row) error) error {
	return fields.eachOf(f, fields.Columns(), nil, visit)
}

// eachOf is EachOf of the rows that count.
func (fields Fields[Row]) eachOf(f *readers.File, columns []table.Column, of *counted, visit func(*Row) error) error {
	var r Row
	return readers.Cells(f, columns, func(b *table.Block) error {
		for at := range b.Rows {
			if !of.has(b, at) {
				continue
			}
			if err := fields.Read(&r, b, at); err != nil {
				return err
			}
			if err := visit(&r); err != nil {
				return err
			}
		}
		return nil
	})
}

// EachInAny gives the rows of a file of a batch, of any format, as EachOf does.
func (fields Fields[Row]) EachInAny(storage storage.Storage, m *Manifest, of *ManifestFile, visit func(*Row) error) error {
	file, err := OpenVerified(storage, m, of)
	if err != nil {
		return err
	}
	defer file.Close()
	columns, counted := countedOf(fields.Columns(), []*Manifest{m}, -1)
	return fields.eachOf(&readers.File{Name: m.Folder() + "/" + of.Path, Content: file, Size: of.Size}, columns, counted, visit)
}

// EachIn gives the rows of an open file.
func (fields Fields[Row]) EachIn(file *parquet.File, visit func(*Row) error) error {
	return (&Cursor[Row]{fields: fields, columns: fields.Columns(), opened: file}).each(visit)
}

// EachOfBatchIn gives the rows of an open file of a batch.
func (fields Fields[Row]) EachOfBatchIn(m *Manifest, file *parquet.File, visit func(*Row) error) error {
	columns, counted := countedOf(fields.Columns(), []*Manifest{m}, -1)
	return (&Cursor[Row]{fields: fields, columns: columns, opened: file, counted: counted}).each(visit)
}

// EachOfBatchesIn gives the rows of an open file with those of several batches: the first field is the position of the batch among them.
func (fields Fields[Row]) EachOfBatchesIn(of []*Manifest, file *parquet.File, visit func(*Row) error) error {
	return fields.CursorIn(of, file).each(visit)
}

// EachWantedIn is EachOfBatchesIn of the rows that are wanted: so many of their first fields tell it, and only of those the others are
// read.
func (fields Fields[Row]) EachWantedIn(of []*Manifest, file *parquet.File, first int, wanted func(*Row) bool,
	visit func(*Row) error) error {
	c := fields.CursorIn(of, file)
	c.first, c.wanted = fields[:first], wanted
	return c.each(visit)
}

// CursorIn stands before the first row of an open file with those of several batches, as EachOfBatchesIn.
func (fields Fields[Row]) CursorIn(of []*Manifest, file *parquet.File) *Cursor[Row] {
	columns, counted := countedOf(fields.Columns(), of, 0)
	return &Cursor[Row]{fields: fields, columns: columns, opened: file, counted: counted}
}

// Parts are the files of a table.
func (m *Manifest) Parts(table string) []*ManifestFile {
	return m.files(func(f *ManifestFile) bool { return f.IsPartOf(table) })
}

// PartsOf are the files of a table and year.
func (m *Manifest) PartsOf(table string, year int) []*ManifestFile {
	return m.files(func(f *ManifestFile) bool { return strings.HasPrefix(f.Path, tables.Folder(table, year)+"/") })
}

// File is a file by its path in the batch, alone; none if the batch does not have it.
func (m *Manifest) File(path string) []*ManifestFile {
	return m.files(func(f *ManifestFile) bool { return f.Path == path })
}

func (m *Manifest) files(of func(*ManifestFile) bool) (found []*ManifestFile) {
	for i := range m.Files {
		if f := &m.Files[i]; of(f) {
			found = append(found, f)
		}
	}
	return found
}
