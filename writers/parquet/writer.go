package parquet

import (
	"fmt"
	"io"
	"slices"
	"sync"
)

// Writer writes one file of a table: column by column within some rows, then EndRows. It belongs to one goroutine.
type Writer struct {
	schema  *Schema
	sink    *sink
	footer  *footer
	columns []buffer
	kind    int
	rows    int // of the row group that is being filled
}

// freeList keeps the columns of closed files for the next ones. A sync.Pool would lose them at every collection, and they
// are most of a writer's memory. Files of one kind are of about the same size: a large set is not spent on a small file, or
// all of them would grow to the largest.
type freeList struct {
	mutex sync.Mutex
	sets  map[int][][]buffer // by kind
}

// maxFree bounds the sets of columns that are kept of a kind: as many as files of it are written at a time.
const maxFree = 16

func (f *freeList) take(kind, columns int) []buffer {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	last := len(f.sets[kind]) - 1
	if last < 0 {
		return make([]buffer, columns)
	}
	set := f.sets[kind][last]
	f.sets[kind] = f.sets[kind][:last]
	return set
}

func (f *freeList) give(kind int, set []buffer) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.sets == nil {
		f.sets = map[int][][]buffer{}
	}
	if len(f.sets[kind]) < maxFree {
		f.sets[kind] = append(f.sets[kind], set)
	}
}

// encoderList keeps encoders for the next row group, of any table.
type encoderList struct {
	mutex sync.Mutex
	free  []*encoder
}

var encoders encoderList

func (l *encoderList) take() *encoder {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	last := len(l.free) - 1
	if last < 0 {
		return &encoder{}
	}
	e := l.free[last]
	l.free = l.free[:last]
	return e
}

func (l *encoderList) give(e *encoder) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if e.sink, e.levels = nil, nil; len(l.free) < maxFree {
		l.free = append(l.free, e)
	}
}

// NewWriter starts a file, which says the facts of itself. The sink is not closed by the writer.
func (s *Schema) NewWriter(to io.Writer, facts ...Fact) *Writer {
	return s.NewWriterOf(0, to, facts...)
}

// NewWriterOf starts a file of a kind: those of one kind are of about the same size, such as those of one year, and
// lend each other their memory.
func (s *Schema) NewWriterOf(kind int, to io.Writer, facts ...Fact) *Writer {
	w := &Writer{schema: s, kind: kind, sink: &sink{to: to}, columns: s.free.take(kind, len(s.Columns))}
	w.footer, w.sink.err = s.newFooter(facts)
	w.sink.write([]byte(magic))
	return w
}

// Ints adds cells to a column of any type but Text, and returns them to be set; see the types for the unit.
func (w *Writer) Ints(column, cells int) []int64 {
	b := &w.columns[column]
	start := len(b.values)
	if cap(b.values) < start+cells {
		grown := make([]int64, start, max(start+cells, 2*cap(b.values)))
		copy(grown, b.values)
		b.values = grown
	}
	b.values = b.values[:start+cells]
	return b.values[start:]
}

// Int sets a cell of any type but Text.
func (w *Writer) Int(column int, value int64) { w.Ints(column, 1)[0] = value }

// Text sets a cell of a Text column.
func (w *Writer) Text(column int, value string) {
	b := &w.columns[column]
	b.bytes = append(b.bytes, value...)
	b.ends = append(b.ends, uint32(len(b.bytes)))
}

// Append sets a cell of a Text column to what appendTo appends to the column's bytes.
func (w *Writer) Append(column int, appendTo func([]byte) []byte) {
	b := &w.columns[column]
	b.bytes = appendTo(b.bytes)
	b.ends = append(b.ends, uint32(len(b.bytes)))
}

// Texts sets so many cells of a Text column, each to what appendTo appends for it to the column's bytes.
func (w *Writer) Texts(column, cells int, appendTo func(cell int, dst []byte) []byte) {
	b := &w.columns[column]
	dst, ends := b.bytes, slices.Grow(b.ends, cells)
	for cell := range cells {
		dst = appendTo(cell, dst)
		ends = append(ends, uint32(len(dst)))
	}
	b.bytes, b.ends = dst, ends
}

// AppendOptional is Append; where nothing is appended to an Optional column the cell is null.
func (w *Writer) AppendOptional(column int, appendTo func([]byte) []byte) {
	if w.schema.Columns[column].Optional {
		b := &w.columns[column]
		if before := len(b.bytes); len(appendTo(b.bytes)) == before {
			w.Null(column)
			return
		}
		w.Present(column)
	}
	w.Append(column, appendTo)
}

// Levels adds cells to an Optional column, and returns their levels to be set: 1 for a value, 0 for null. The values are then set
// as usual, without the nulls.
func (w *Writer) Levels(column, cells int) []byte {
	b := &w.columns[column]
	start := len(b.levels)
	b.levels = slices.Grow(b.levels, cells)[:start+cells]
	return b.levels[start:]
}

// Null marks a cell of an Optional column as null.
func (w *Writer) Null(column int) {
	b := &w.columns[column]
	b.levels = append(b.levels, 0)
}

// Present marks a cell of an Optional column as a value, which is then set as usual.
func (w *Writer) Present(column int) {
	b := &w.columns[column]
	b.levels = append(b.levels, 1)
}

// EndRow ends one row; every column must have been given its cell.
func (w *Writer) EndRow() error { return w.EndRows(1) }

// EndRows ends so many rows, which must not cross the end of a row group: a divisor of RowGroup does not.
func (w *Writer) EndRows(rows int) error {
	w.rows += rows
	if w.rows >= RowGroup {
		return w.flush()
	}
	for i := range w.columns {
		if b := &w.columns[i]; len(b.values) >= asideAt {
			b.aside.put(b.values)
			b.values = b.values[:0]
		}
	}
	return nil
}

// Close writes what is left and the footer. The first error of the sink is returned, if there was one.
func (w *Writer) Close() (err error) {
	defer guard(&err)
	if w.rows > 0 {
		if err := w.flush(); err != nil {
			return err
		}
	}
	if w.sink.err != nil {
		return w.sink.err
	}
	if err := w.footer.write(w.sink); err != nil {
		return err
	}
	w.schema.free.give(w.kind, w.columns)
	return nil
}

// guard turns a panic of arrow into an error.
func guard(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("parquet: %v", r)
	}
}

// flush writes the row group.
func (w *Writer) flush() (err error) {
	defer guard(&err)
	if w.sink.err != nil {
		return w.sink.err
	}
	e := encoders.take()
	defer encoders.give(e)
	e.sink = w.sink
	chunks := make([]chunk, len(w.columns))
	for i := range w.columns {
		column := &w.schema.Columns[i]
		if chunks[i], err = e.write(column, &w.columns[i], w.rows); err != nil {
			return fmt.Errorf("parquet: column %s: %w", column.Name, err)
		}
		w.columns[i].reset()
	}
	rows := w.rows
	w.rows = 0
	if err := w.footer.add(rows, chunks); err != nil {
		return err
	}
	return w.sink.err
}
