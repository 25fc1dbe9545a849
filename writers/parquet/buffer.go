package parquet

import (
	"fmt"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"
)

// buffer is one column of the row group that is being filled.
type buffer struct {
	values []int64  // of every type but Text; nulls are left out
	bytes  []byte   // of Text, one after the other
	ends   []uint32 // of each text in bytes
	levels []int16  // of an optional column: 1 for a value, 0 for null

	used, free [][]byte // bytes of earlier row groups of this file, and bytes that can be used again
}

// reset empties the column for the next row group. The bytes of texts are left to the file, whose statistics point into
// them until it is closed.
func (b *buffer) reset() {
	b.values, b.ends, b.levels = b.values[:0], b.ends[:0], b.levels[:0]
	if b.bytes != nil {
		b.used, b.bytes = append(b.used, b.bytes), nil
	}
	if last := len(b.free) - 1; last >= 0 {
		b.bytes, b.free = b.free[last][:0], b.free[:last]
	}
}

// release makes the bytes usable again once the file is closed.
func (b *buffer) release() {
	b.free, b.used = append(b.free, b.used...), b.used[:0]
	b.reset()
}

// write hands the column to arrow.
func (b *buffer) write(c *Column, chunk file.ColumnChunkWriter, rows int, s *scratch) error {
	cells, levels := len(b.values)+len(b.ends), b.levels
	if c.Optional {
		cells = len(levels)
	} else {
		levels = nil
	}
	if cells != rows {
		return fmt.Errorf("%d cells for %d rows", cells, rows)
	}
	largest := c.Type.largest()
	for _, v := range b.values {
		if v > largest || v < -largest {
			return fmt.Errorf("a value does not fit its type")
		}
	}
	switch writer := chunk.(type) {
	case *file.Int64ColumnChunkWriter:
		_, err := writer.WriteBatch(b.values, levels, nil)
		return err
	case *file.Int32ColumnChunkWriter:
		if c.Few && levels == nil {
			return b.writeFew(writer, s)
		}
		return writeInt32(writer, b.values, levels, s)
	case *file.BooleanColumnChunkWriter:
		return b.writeBooleans(writer, levels)
	case *file.ByteArrayColumnChunkWriter:
		if c.Type == Code {
			return b.writeCodes(c, writer, levels, s)
		}
		return b.writeTexts(writer, levels, s)
	}
	return fmt.Errorf("no writer for %T", chunk)
}

// scratch is memory that the columns of a file share while they are handed to arrow.
type scratch struct {
	narrow  []int32
	texts   []parquet.ByteArray
	indices []byte // positions in a dictionary
}

// writeInt32 narrows the values, some at a time; nulls need them all at once.
func writeInt32(writer *file.Int32ColumnChunkWriter, values []int64, levels []int16, s *scratch) error {
	batch := writeBatch
	if levels != nil {
		batch = max(1, len(values))
	}
	for start := 0; start < len(values) || start == 0; start += batch {
		s.narrow = s.narrow[:0]
		for _, v := range values[start:min(start+batch, len(values))] {
			s.narrow = append(s.narrow, int32(v))
		}
		if _, err := writer.WriteBatch(s.narrow, levels, nil); err != nil {
			return err
		}
	}
	return nil
}

func (b *buffer) writeBooleans(writer *file.BooleanColumnChunkWriter, levels []int16) error {
	bools := make([]bool, len(b.values))
	for i, v := range b.values {
		bools[i] = v != 0
	}
	_, err := writer.WriteBatch(bools, levels, nil)
	return err
}

// writeTexts writes the texts, some at a time; nulls need them all at once.
func (b *buffer) writeTexts(writer *file.ByteArrayColumnChunkWriter, levels []int16, s *scratch) error {
	batch := writeBatch
	if levels != nil {
		batch = max(1, len(b.ends))
	}
	from := uint32(0)
	for start := 0; start < len(b.ends) || start == 0; start += batch {
		s.texts = s.texts[:0]
		for _, end := range b.ends[start:min(start+batch, len(b.ends))] {
			s.texts = append(s.texts, b.bytes[from:end:end])
			from = end
		}
		if _, err := writer.WriteBatch(s.texts, levels, nil); err != nil {
			return err
		}
	}
	return nil
}
