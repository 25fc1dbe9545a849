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
	narrow     []int32
	indices    []byte // positions in a dictionary
	texts      []parquet.ByteArray
}

// reset empties the column for the next row group. The bytes of texts are left to the file, whose statistics point into
// them until it is closed.
func (b *buffer) reset() {
	b.values, b.ends, b.levels = b.values[:0], b.ends[:0], b.levels[:0]
	if b.bytes == nil {
		return
	}
	b.used, b.bytes = append(b.used, b.bytes), nil
	if last := len(b.free) - 1; last >= 0 {
		b.bytes, b.free = b.free[last][:0], b.free[:last]
	}
}

// release makes the bytes usable again once the file is closed.
func (b *buffer) release() {
	b.free, b.used = append(b.free, b.used...), b.used[:0]
	clear(b.texts)
	b.reset()
}

// write hands the column to arrow.
func (b *buffer) write(c *Column, chunk file.ColumnChunkWriter, rows int) error {
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
	var err error
	switch writer := chunk.(type) {
	case *file.Int64ColumnChunkWriter:
		_, err = writer.WriteBatch(b.values, levels, nil)
	case *file.Int32ColumnChunkWriter:
		b.narrow = b.narrow[:0]
		for _, v := range b.values {
			b.narrow = append(b.narrow, int32(v))
		}
		if c.Few && levels == nil {
			return b.writeFew(writer)
		}
		_, err = writer.WriteBatch(b.narrow, levels, nil)
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
		b.texts = b.texts[:0]
		start := uint32(0)
		for _, end := range b.ends {
			b.texts = append(b.texts, b.bytes[start:end:end])
			start = end
		}
		_, err = writer.WriteBatch(b.texts, levels, nil)
	default:
		err = fmt.Errorf("no writer for %T", chunk)
	}
	return err
}
