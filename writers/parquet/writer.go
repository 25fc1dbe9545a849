package parquet

import (
	"fmt"
	"io"
	"sync"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/metadata"
)

// Writer writes one file of a table: cell by cell, row by row. It belongs to one goroutine.
type Writer struct {
	schema  *Schema
	sink    *stickySink
	file    *file.Writer
	columns []buffer
	rows    int // of the row group that is being filled
}

// buffer is one column of the row group that is being filled.
type buffer struct {
	values []int64  // of every type but Text; nulls are left out
	bytes  []byte   // of Text, one after the other
	ends   []uint32 // of each text in bytes
	levels []int16  // of an optional column: 1 for a value, 0 for null
}

type bufferPool struct{ sync.Pool }

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
func (s *Schema) NewWriter(sink io.Writer) *Writer {
	sticky := &stickySink{to: sink}
	columns, pooled := s.buffers.Get().(*[]buffer)
	if !pooled {
		fresh := make([]buffer, len(s.Columns))
		columns = &fresh
	}
	return &Writer{
		schema:  s,
		sink:    sticky,
		file:    file.NewParquetWriter(sticky, s.node, file.WithWriterProps(s.properties)),
		columns: *columns,
	}
}

// Int sets a cell of any type but Text; see the types for the unit.
func (w *Writer) Int(column int, value int64) {
	b := &w.columns[column]
	b.values = append(b.values, value)
}

// Bool sets a cell of a Boolean column.
func (w *Writer) Bool(column int, value bool) {
	if value {
		w.Int(column, 1)
	} else {
		w.Int(column, 0)
	}
}

// Text sets a cell of a Text column.
func (w *Writer) Text(column int, value string) {
	b := &w.columns[column]
	b.bytes = append(b.bytes, value...)
	b.ends = append(b.ends, uint32(len(b.bytes)))
}

// Append sets a cell of a Text column by what appendTo appends to the column's bytes.
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

// Null marks a cell of an Optional column as null; any other cell of such a column is marked by Present.
func (w *Writer) Null(column int) {
	b := &w.columns[column]
	b.levels = append(b.levels, 0)
}

// Present marks a cell of an Optional column as a value, which is then set as usual.
func (w *Writer) Present(column int) {
	b := &w.columns[column]
	b.levels = append(b.levels, 1)
}

// EndRow ends the row; every column must have been given its cell.
func (w *Writer) EndRow() error {
	w.rows++
	if w.rows == maxRowGroup {
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
	w.schema.buffers.Put(&w.columns)
	if err := w.file.Close(); err != nil {
		return err
	}
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
		if err != nil {
			return fmt.Errorf("parquet: column %s: %w", column.Name, err)
		}
		if err := w.columns[i].write(column, chunk, w.rows); err != nil {
			return fmt.Errorf("parquet: column %s: %w", column.Name, err)
		}
		if err := chunk.Close(); err != nil {
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

// reset empties the column for the next row group. The bytes of texts are left to the file, whose
// statistics point into them until it is closed.
func (b *buffer) reset() {
	b.values, b.ends, b.levels, b.bytes = b.values[:0], b.ends[:0], b.levels[:0], nil
}

// write hands the column to arrow.
func (b *buffer) write(c *Column, chunk file.ColumnChunkWriter, rows int) error {
	levels := b.levels
	if !c.Optional {
		levels = nil
	} else if len(levels) != rows {
		return fmt.Errorf("%d cells for %d rows", len(levels), rows)
	}
	if cells := len(b.values) + len(b.ends); levels == nil && cells != rows {
		return fmt.Errorf("%d cells for %d rows", cells, rows)
	}
	largest := c.Type.largest()
	for _, v := range b.values {
		if v > largest || v < -largest {
			return fmt.Errorf("a value does not fit its type")
		}
	}
	var err error
	switch writer := chunk.(type) {
	case *file.Int64ColumnChunkWriter:
		_, err = writer.WriteBatch(b.values, levels, nil)
	case *file.Int32ColumnChunkWriter:
		narrow := make([]int32, len(b.values))
		for i, v := range b.values {
			narrow[i] = int32(v)
		}
		_, err = writer.WriteBatch(narrow, levels, nil)
	case *file.BooleanColumnChunkWriter:
		bools := make([]bool, len(b.values))
		for i, v := range b.values {
			bools[i] = v != 0
		}
		_, err = writer.WriteBatch(bools, levels, nil)
	case *file.ByteArrayColumnChunkWriter:
		if c.Type == Code {
			return b.writeCodes(c, writer, levels)
		}
		texts := make([]parquet.ByteArray, len(b.ends))
		start := uint32(0)
		for i, end := range b.ends {
			texts[i] = b.bytes[start:end:end]
			start = end
		}
		_, err = writer.WriteBatch(texts, levels, nil)
	default:
		err = fmt.Errorf("no writer for %T", chunk)
	}
	return err
}

// writeCodes writes a dictionary of the codes that occur, in the order of the list, and the positions in
// it: several times faster than to hash every value.
func (b *buffer) writeCodes(c *Column, writer *file.ByteArrayColumnChunkWriter, levels []int16) error {
	position := make([]int32, len(c.Codes))
	for _, v := range b.values {
		if v < 0 || v >= int64(len(c.Codes)) {
			return fmt.Errorf("there is no code %d", v)
		}
		position[v] = 1
	}
	dictionary := array.NewStringBuilder(memory.DefaultAllocator)
	defer dictionary.Release()
	var used []parquet.ByteArray
	for code, occurs := range position {
		if occurs == 1 {
			position[code] = int32(len(used))
			used = append(used, parquet.ByteArray(c.Codes[code]))
			dictionary.Append(c.Codes[code])
		}
	}
	if len(used) == 0 { // every cell is null
		_, err := writer.WriteBatch(nil, levels, nil)
		return err
	}
	codes := dictionary.NewStringArray()
	defer codes.Release()
	encoder, ok := writer.CurrentEncoder().(interface{ PutDictionary(arrow.Array) error })
	if !ok {
		return fmt.Errorf("no dictionary encoder")
	}
	if err := encoder.PutDictionary(codes); err != nil {
		return err
	}
	if statistics, ok := writer.PageStatistics().(*metadata.ByteArrayStatistics); ok {
		nulls := 0
		if levels != nil {
			nulls = len(levels) - len(b.values)
		}
		statistics.Update(used, int64(nulls))
	}
	return writer.WriteDictIndices(b.indices(position, levels), levels, nil)
}

// indices are the positions in the dictionary as an arrow array, with a gap for each null.
func (b *buffer) indices(position []int32, levels []int16) arrow.Array {
	builder := array.NewInt32Builder(memory.DefaultAllocator)
	defer builder.Release()
	if levels == nil {
		builder.Reserve(len(b.values))
		for _, v := range b.values {
			builder.UnsafeAppend(position[v])
		}
		return builder.NewArray()
	}
	builder.Reserve(len(levels))
	next := 0
	for _, level := range levels {
		if level == 0 {
			builder.AppendNull()
			continue
		}
		builder.UnsafeAppend(position[b.values[next]])
		next++
	}
	return builder.NewArray()
}
