// Package second reads flat Parquet files with another implementation (xitongsys/parquet-go) than the one that writes them,
// so that what is published can be verified without taking the word of its writer. It owns how that implementation is
// held: it drops rows of a damaged file without a word, and it panics; here both are errors. It reads in blocks, so that
// memory is bounded by a page of each column.
package second

import (
	"fmt"
	"io"

	"github.com/xitongsys/parquet-go/parquet"
	"github.com/xitongsys/parquet-go/reader"
	"github.com/xitongsys/parquet-go/source"
)

// File is a Parquet file that is read from its first row to its last. It belongs to one goroutine.
type File struct {
	Footer  *parquet.FileMetaData
	Columns []Column
	Rows    int64
	Cells   []Cells // of the block, one for each column

	Skip func(column string) bool // whose cells Next leaves out; nil: none

	reader *reader.ParquetReader
	read   int64 // rows of the blocks so far
}

// Cells are the cells of a column in a block. Text has Texts; every other type has Ints: a decimal in its last decimal
// (cents), a date in days since 1970-01-01, a boolean as 0 or 1. Both hold the zero value where Nulls says so.
type Cells struct {
	Nulls []bool // nil unless the column is optional
	Ints  []int64
	Texts []string
}

// Open reads the footer of a file of so many bytes.
func Open(content io.ReaderAt, size int64) (f *File, err error) {
	defer recoverAs(&err)
	r, err := reader.NewParquetColumnReader(newSource(content, size), 1)
	if err != nil {
		return nil, fmt.Errorf("the second implementation can't read the file: %w", err)
	}
	f = &File{Footer: r.Footer, Rows: r.GetNumRows(), reader: r}
	for i, element := range r.Footer.Schema[1:] { // the first is the root
		if element.GetNumChildren() > 0 || element.GetRepetitionType() == parquet.FieldRepetitionType_REPEATED {
			return nil, fmt.Errorf("the file has nested columns")
		}
		f.Columns = append(f.Columns, newColumn(r.SchemaHandler.Infos[i+1].ExName, element)) // its own names start with a capital
	}
	f.Cells = make([]Cells, len(f.Columns))
	return f, f.checkRows()
}

// checkRows makes sure that the footer tells one number of rows everywhere.
func (f *File) checkRows() error {
	var rows int64
	for _, group := range f.Footer.RowGroups {
		rows += group.NumRows
		if group.NumRows < 0 || len(group.Columns) != len(f.Columns) {
			return fmt.Errorf("a row group does not have the columns of the file")
		}
		for i, chunk := range group.Columns {
			if chunk.MetaData.GetNumValues() != group.NumRows {
				return fmt.Errorf("column %s: %d cells in a row group of %d rows", f.Columns[i].Name, chunk.MetaData.GetNumValues(),
					group.NumRows)
			}
		}
	}
	if rows != f.Rows {
		return fmt.Errorf("the row groups hold %d rows, the file says %d", rows, f.Rows)
	}
	return nil
}

// Next reads the next rows, at most so many, into Cells. It gives 0 after the last row.
func (f *File) Next(most int) (rows int, err error) {
	defer recoverAs(&err)
	rows = int(min(int64(most), f.Rows-f.read))
	if rows == 0 {
		return 0, nil
	}
	for i := range f.Columns {
		if f.Skip != nil && f.Skip(f.Columns[i].Name) {
			continue
		}
		values, _, _, err := f.reader.ReadColumnByIndex(int64(i), int64(rows))
		if err != nil {
			return 0, fmt.Errorf("column %s: %w", f.Columns[i].Name, err)
		}
		if len(values) != rows {
			return 0, fmt.Errorf("column %s: %d cells for %d rows from row %d on", f.Columns[i].Name, len(values), rows, f.read+1)
		}
		if row, err := f.Cells[i].fill(&f.Columns[i], values); err != nil {
			return 0, fmt.Errorf("column %s, row %d: %w", f.Columns[i].Name, f.read+int64(row)+1, err)
		}
	}
	f.read += int64(rows)
	return rows, nil
}

// recoverAs turns a panic into an error: a damaged file can make this implementation panic.
func recoverAs(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("the second implementation can't read the file: %v", r)
	}
}

// contentSource is a file as the library wants it.
type contentSource struct {
	*io.SectionReader
	content io.ReaderAt
	size    int64
}

func newSource(content io.ReaderAt, size int64) contentSource {
	return contentSource{io.NewSectionReader(content, 0, size), content, size}
}

// Open gives the same file from its start: the library reads each column from its own place.
func (s contentSource) Open(string) (source.ParquetFile, error) {
	return newSource(s.content, s.size), nil
}
func (contentSource) Create(string) (source.ParquetFile, error) { return nil, io.ErrClosedPipe }
func (contentSource) Write([]byte) (int, error)                 { return 0, io.ErrClosedPipe }
func (contentSource) Close() error                              { return nil }
