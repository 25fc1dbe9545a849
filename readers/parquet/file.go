// Package parquet reads Parquet files into blocks, column by column: the input files that people feed, and the tables of
// published batches.
//
// Pages are read, checked and decoded here, from memory that serves page after page. Arrow's column readers allocate for each
// page and copy each value twice; they panic on many damaged files, read without end on others, and ask for any amount of memory
// that a damaged header names. Arrow is kept where it knows the format: the footer and the schema, which are checked before it
// sees them, the codecs, and the values of pages of differences, which few writers make, after they were checked too. Everything runs in
// the calling goroutine, where a panic becomes an error. In tests arrow's readers are the second opinion.
package parquet

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/schema"
	"github.com/klauspost/compress/zstd"

	"regul/readers/table"
)

// Limits on what a file may ask for, in bytes.
const (
	maxPage = 128 << 20 // of one page, decompressed
	maxHeld = 1 << 30   // of all pages that a block refers to
)

// decoding replaces how pages are decompressed: arrow's decoder takes any size a frame names.
type decoding struct {
	compress.Codec
	decoder *zstd.Decoder
}

func init() {
	standard, err := compress.GetCodec(compress.Codecs.Zstd)
	if err != nil {
		panic(fmt.Sprintf("parquet: no zstd codec: %v", err))
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxPage), zstd.WithDecoderConcurrency(0))
	if err != nil {
		panic(fmt.Sprintf("parquet: zstd decoder: %v", err))
	}
	compress.RegisterCodec(compress.Codecs.Zstd, decoding{standard, decoder})
}

// Decode decompresses a page; a damaged one is a panic, as the interface has it.
func (d decoding) Decode(dst, src []byte) []byte {
	out, err := d.decoder.DecodeAll(src, dst[:0])
	if err != nil {
		panic(err)
	}
	return out
}

// guard turns a panic of the library into an error.
func guard(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("the Parquet file is damaged: %v", r)
	}
}

// File is an open Parquet file. It is safe for concurrent use; sources made from it are not.
type File struct {
	reader *file.Reader
	from   io.ReaderAt
	size   int64
	names  []string
}

// ReaderAt is what a file is read from.
type ReaderAt interface {
	io.ReaderAt
	io.Seeker
}

// Open reads the footer.
func Open(from ReaderAt) (f *File, err error) {
	defer guard(&err)
	size, err := from.Seek(0, io.SeekEnd)
	if err == nil {
		err = checkFooter(from, size)
	}
	var beyond unsupported
	if errors.As(err, &beyond) {
		return nil, fmt.Errorf("the Parquet file can't be read: %w", err)
	}
	if err != nil {
		return nil, fmt.Errorf("this is no readable Parquet file: %w", err)
	}
	reader, err := file.NewParquetReader(from)
	if err != nil {
		return nil, fmt.Errorf("this is no readable Parquet file: %w", err)
	}
	f = &File{reader: reader, from: from, size: size}
	if err := f.checkRows(); err != nil {
		return nil, err
	}
	s := reader.MetaData().Schema
	for i := range s.NumColumns() {
		f.names = append(f.names, strings.ToLower(s.Column(i).Path()))
	}
	return f, nil
}

// A file has at most this many rows for each of its bytes, once it has more rows than many: a row of an input names somebody or a
// movement, so no compression makes thousands of them of one byte. One that says so is made to keep the program at work.
const (
	rowsOfAByte = 64
	manyRows    = 1 << 20
)

// checkRows makes sure that the row groups have the rows of the file, and that it can hold so many.
func (f *File) checkRows() error {
	left := f.reader.NumRows()
	if left > manyRows && left/rowsOfAByte > f.size {
		return fmt.Errorf("the Parquet file is damaged: it says that it holds %d rows in %d bytes", left, f.size)
	}
	for group := range f.reader.NumRowGroups() {
		rows := f.reader.MetaData().RowGroup(group).NumRows()
		if rows < 0 || rows > left {
			return fmt.Errorf("the Parquet file is damaged: a row group of %d rows", rows)
		}
		left -= rows
	}
	if left != 0 {
		return fmt.Errorf("the Parquet file is damaged: %d rows are in no row group", left)
	}
	return nil
}

// RowGroups is the number of row groups.
func (f *File) RowGroups() int { return f.reader.NumRowGroups() }

// Rows is the number of rows of the whole file.
func (f *File) Rows() int64 { return f.reader.NumRows() }

// RowsOf is the number of rows of a row group.
func (f *File) RowsOf(group int) int64 { return f.reader.MetaData().RowGroup(group).NumRows() }

// Source reads the given columns of the row groups from first up to, not including, end. It is an error if a
// column is missing or has a type that it can't be read from.
func (f *File) Source(columns []table.Column, first, end int) (s *Source, err error) {
	defer guard(&err)
	for _, c := range columns {
		if f.isNested(c.NameIn(f.names)) {
			return nil, fmt.Errorf("column %s: %w", c.Name, errNested)
		}
	}
	positions, unknown, err := table.Locate(columns, f.names)
	if err != nil {
		return nil, err
	}
	has := slices.Clone(positions)
	s = &Source{file: f, columns: columns, positions: positions, has: has, unknown: unknown, group: first, end: end}
	for group := range first {
		s.row += f.reader.MetaData().RowGroup(group).NumRows()
	}
	for i, c := range columns {
		if positions[i] == table.Lacking {
			s.converters = append(s.converters, nil)
			continue
		}
		convert, err := converter(f.reader.MetaData().Schema.Column(positions[i]), c)
		if err != nil && f.holdsNothing(positions[i]) {
			positions[i], err = table.Lacking, nil // its cells are empty, of any type
		}
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", c.Name, err)
		}
		s.converters = append(s.converters, convert)
	}
	return s, nil
}

// isNested says whether the file has a group of columns of a name, and no column.
func (f *File) isNested(name string) bool {
	return !slices.Contains(f.names, name) &&
		slices.ContainsFunc(f.names, func(path string) bool { return strings.HasPrefix(path, name+".") })
}

// Blocks gives the given columns of the row groups from first up to, not including, end. The block is used again for the next one.
func (f *File) Blocks(columns []table.Column, first, end int, visit func(*table.Block) error) error {
	source, err := f.Source(columns, first, end)
	if err != nil {
		return err
	}
	return source.each(visit)
}

// BlocksOfRows gives the given columns of the rows of a row group from first up to, not including, end, counted from 0 in it. Pages before
// them are not even decompressed.
func (f *File) BlocksOfRows(columns []table.Column, group int, first, end int64, visit func(*table.Block) error) error {
	if first == end {
		return nil
	}
	source, err := f.SourceOfRows(columns, group, first, end)
	if err != nil {
		return err
	}
	return source.each(visit)
}

// SourceOfRows is a source of what BlocksOfRows gives; first is before end.
func (f *File) SourceOfRows(columns []table.Column, group int, first, end int64) (*Source, error) {
	source, err := f.Source(columns, group, group+1)
	if err == nil {
		source.skip, source.most = first, end-first
	}
	return source, err
}

// each gives all blocks of a source.
func (s *Source) each(visit func(*table.Block) error) error {
	block := freeBlocks.take(len(s.columns))
	defer func() {
		for i := range block.Columns {
			clear(block.Columns[i].Texts)
		}
		freeBlocks.give(len(s.columns), block)
	}()
	for {
		more, err := s.Next(block)
		if err != nil || !more {
			return err
		}
		if err := visit(block); err != nil {
			return err
		}
	}
}

// Has says whether the file has a column of this name.
func (f *File) Has(name string) bool { return slices.Contains(f.names, name) }

// Columns are all columns of the file, each of the kind that its type is; one that no kind can hold is left out.
func (f *File) Columns() (columns []table.Column) {
	for i, name := range f.names {
		column := f.reader.MetaData().Schema.Column(i)
		kinds := []table.Kind{table.Date, table.Amount, table.Integer, table.Boolean}
		if _, decimal := column.LogicalType().(*schema.DecimalLogicalType); column.PhysicalType() == parquet.Types.ByteArray && !decimal {
			kinds = []table.Kind{table.Text}
		}
		for _, kind := range kinds {
			if _, err := converter(column, table.Column{Name: name, Kind: kind}); err == nil {
				columns = append(columns, table.Column{Name: name, Kind: kind})
				break
			}
		}
	}
	return columns
}

// holdsNothing says whether every cell of a column is null, by the statistics of all row groups; false where they do not say, and of a
// file without rows.
func (f *File) holdsNothing(position int) bool {
	if column := f.reader.MetaData().Schema.Column(position); f.Rows() == 0 || column.MaxRepetitionLevel() > 0 ||
		column.MaxDefinitionLevel() != 1 {
		return false
	}
	for group := range f.reader.NumRowGroups() {
		chunk, err := f.reader.MetaData().RowGroup(group).ColumnChunk(position)
		if err != nil {
			return false
		}
		if chunk.NumValues() == 0 {
			continue
		}
		statistics, err := chunk.Statistics()
		if err != nil || statistics == nil || !statistics.HasNullCount() || statistics.NullCount() != chunk.NumValues() {
			return false
		}
	}
	return true
}

// MayHold says whether a text may occur in a column of a row group, by the group's statistics.
func (f *File) MayHold(group int, column, text string) (bool, error) {
	low, high, known, err := f.Range(group, column)
	return !known || low <= text && text <= high, err
}

// Range is the smallest and the greatest text of a column of a row group, by the group's statistics; they may not be known.
func (f *File) Range(group int, column string) (low, high string, known bool, err error) {
	defer guard(&err)
	position := slices.Index(f.names, column)
	if position < 0 {
		return "", "", false, fmt.Errorf("there is no column %s", column)
	}
	chunk, err := f.reader.MetaData().RowGroup(group).ColumnChunk(position)
	if err != nil || chunk.Type() != parquet.Types.ByteArray {
		return "", "", false, err
	}
	statistics, err := chunk.Statistics()
	if err != nil || statistics == nil || !statistics.HasMinMax() {
		return "", "", false, err
	}
	return string(statistics.EncodeMin()), string(statistics.EncodeMax()), true, nil
}
