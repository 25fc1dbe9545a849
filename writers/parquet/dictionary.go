package parquet

import (
	"fmt"
	"slices"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/metadata"
)

// Arrow's own dictionary encoder hashes every value. Here the dictionary is known before, and positions in it are
// written: several times faster.

// dictionaryWriter is a column writer that takes positions in a dictionary.
type dictionaryWriter interface {
	file.ColumnChunkWriter
	WriteDictIndices(arrow.Array, []int16, []int16) error
}

// writePositions writes a dictionary and the positions in it. Arrow leaves the statistics to the caller.
func writePositions(writer dictionaryWriter, dictionary, positions arrow.Array, levels []int16) error {
	encoder, ok := writer.CurrentEncoder().(interface{ PutDictionary(arrow.Array) error })
	if !ok {
		return fmt.Errorf("no dictionary encoder")
	}
	if err := encoder.PutDictionary(dictionary); err != nil {
		return err
	}
	return writer.WriteDictIndices(positions, levels, nil)
}

// writeCodes writes the codes that occur, in the order of the list, as the dictionary.
func (b *buffer) writeCodes(c *Column, writer *file.ByteArrayColumnChunkWriter, levels []int16, s *scratch) error {
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
	if statistics, ok := writer.PageStatistics().(*metadata.ByteArrayStatistics); ok {
		nulls := 0
		if levels != nil {
			nulls = len(levels) - len(b.values)
		}
		statistics.Update(used, int64(nulls))
	}
	indices := b.positions(position, levels, s)
	defer indices.Release()
	return writePositions(writer, codes, indices, levels)
}

// positions are the positions of the codes as an arrow array, with a gap for each null.
func (b *buffer) positions(position []int32, levels []int16, s *scratch) arrow.Array {
	if levels == nil {
		s.indices = s.indices[:0]
		for _, v := range b.values {
			s.indices = append(s.indices, byte(position[v]))
		}
		return indexArray(s.indices)
	}
	builder := array.NewInt32Builder(memory.DefaultAllocator)
	defer builder.Release()
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

// indexArray is positions below 256 as an arrow array over the same bytes.
func indexArray(indices []byte) arrow.Array {
	buffer := memory.NewBufferBytes(indices)
	data := array.NewData(arrow.PrimitiveTypes.Uint8, len(indices), []*memory.Buffer{nil, buffer}, nil, 0, 0)
	defer data.Release()
	return array.NewUint8Data(data)
}

// maxFew is how many different values a dictionary of numbers may have; with more the column is written plain.
const maxFew = 64

// writeFew writes the numbers of a required column as a dictionary of those that occur, in order of first sight.
func (b *buffer) writeFew(writer *file.Int32ColumnChunkWriter, s *scratch) error {
	var dictionary []int32
	s.indices = s.indices[:0]
	position := -1
	for _, wide := range b.values {
		v := int32(wide)
		if position < 0 || dictionary[position] != v {
			if position = slices.Index(dictionary, v); position < 0 {
				position = len(dictionary)
				dictionary = append(dictionary, v)
			}
			if len(dictionary) > maxFew {
				writer.FallbackToPlain()
				return writeInt32(writer, b.values, nil, s)
			}
		}
		s.indices = append(s.indices, byte(position))
	}
	if statistics, ok := writer.PageStatistics().(*metadata.Int32Statistics); ok {
		statistics.Update(dictionary, 0)
	}
	values := array.NewInt32Builder(memory.DefaultAllocator)
	defer values.Release()
	values.AppendValues(dictionary, nil)
	numbers, indices := values.NewArray(), indexArray(s.indices)
	defer numbers.Release()
	defer indices.Release()
	return writePositions(writer, numbers, indices, nil)
}
