package parquet

import (
	"fmt"
	"io"
	"sync"

	"github.com/apache/arrow/go/v17/parquet/file"
)

// Writer writes one file of a table: column by column within some rows, then EndRows. It belongs to one goroutine.
type Writer struct {
	schema  *Schema
	sink    *stickySink
	file    *file.Writer
	columns []buffer
	kind    int
	rows    int // of the row group that is being filled
	scratch scratch
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

// stickySink remembers the first error of a sink: arrow loses some of them.
type stickySink struct {
	to  io.Writer
	err error
}

// Write never fails: the error is asked for at the end.
func (s *stickySink) Write(p []byte) (int, error) {
	if s.err == nil {
		n, err := s.to.Write(p)
		if err == nil && n != len(p) {
			err = io.ErrShortWrite
		}
		s.err = err
	}
	return len(p), nil
}

// NewWriter starts a file. The sink is not closed by the writer.
func (s *Schema) NewWriter(sink io.Writer) *Writer { return s.NewWriterOf(0, sink) }

// NewWriterOf starts a file of a kind: those of one kind are of about the same size, such as those of one year, and
// lend each other their memory.
func (s *Schema) NewWriterOf(kind int, sink io.Writer) *Writer {
	sticky := &stickySink{to: sink}
	return &Writer{
		schema:  s,
		kind:    kind,
		sink:    sticky,
		file:    file.NewParquetWriter(sticky, s.node, file.WithWriterProps(s.properties)),
		columns: s.free.take(kind, len(s.Columns)),
	}
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
	return nil
}

// Close writes what is left and the footer. The first error of the sink is returned, if there was one.
func (w *Writer) Close() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("parquet: %v", r)
		}
	}()
	if w.rows > 0 {
		if err := w.flush(); err != nil {
			return err
		}
	}
	if err := w.file.Close(); err != nil {
		return err
	}
	for i := range w.columns {
		w.columns[i].release()
	}
	w.schema.free.give(w.kind, w.columns)
	return w.sink.err
}

// flush writes the row group.
func (w *Writer) flush() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("parquet: %v", r)
		}
	}()
	group := w.file.AppendRowGroup()
	for i := range w.columns {
		column := &w.schema.Columns[i]
		chunk, err := group.NextColumn()
		if err == nil {
			err = w.columns[i].write(column, chunk, w.rows, &w.scratch)
		}
		if err == nil {
			err = chunk.Close()
		}
		if err != nil {
			return fmt.Errorf("parquet: column %s: %w", column.Name, err)
		}
		w.columns[i].reset()
	}
	w.rows = 0
	if err := group.Close(); err != nil {
		return err
	}
	return w.sink.err
}
