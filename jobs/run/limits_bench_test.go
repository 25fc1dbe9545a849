package run_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"regul/jobs/compact"
	"regul/jobs/jobstest"
	"regul/readers/parquet"
	"regul/readers/table"
	"regul/writers/dictionary"
	columnar "regul/writers/parquet"
	results "regul/writers/tables"
)

// decoded are the cells of a column in the rows of a block, as a writer takes them.
type decoded struct {
	texts  [][]byte
	ints   []int64
	levels []byte // nil: the column may not be null
}

// writeAlone writes the files of a table again from decoded cells: what the table costs when nothing is computed.
func (s *stages) writeAlone(b *testing.B, name string) {
	tables := results.Dictionary(s.law)
	described := tables[slices.IndexFunc(tables, func(t dictionary.Table) bool { return t.Name == name })]
	schema, files := described.Schema(), [][][]decoded{}
	paths, size := s.written(b, name)
	rows := 0
	for _, path := range paths {
		content := jobstest.Must[[]byte](b)(os.ReadFile(filepath.Join(s.out, path.Path)))
		blocks, read := decode(b, content, schema.Columns)
		files, rows = append(files, blocks), rows+read
	}
	b.ResetTimer()
	for b.Loop() {
		for _, blocks := range files {
			w := schema.NewWriter(io.Discard)
			for _, block := range blocks {
				for column := range block {
					block[column].write(w, column)
				}
				if err := w.EndRows(block[0].rows()); err != nil {
					b.Fatal(err)
				}
			}
			if err := w.Close(); err != nil {
				b.Fatal(err)
			}
		}
	}
	rate(b, rows, size)
}

// decode reads the columns of a file into memory.
func decode(b *testing.B, content []byte, columns []columnar.Column) (blocks [][]decoded, rows int) {
	asked := make([]table.Column, len(columns))
	for i, c := range columns {
		asked[i] = table.Column{Name: c.Name, Kind: compact.KindOf(c.Type)}
	}
	file := jobstest.Must[*parquet.File](b)(parquet.Open(bytes.NewReader(content)))
	err := file.Blocks(asked, 0, file.RowGroups(), func(block *table.Block) error {
		cells := make([]decoded, len(columns))
		for i := range columns {
			cells[i] = cellsOf(&columns[i], &block.Columns[i], block.Rows)
		}
		blocks, rows = append(blocks, cells), rows+block.Rows
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return blocks, rows
}

func cellsOf(c *columnar.Column, v *table.Vector, rows int) (d decoded) {
	for row := range rows {
		if c.Optional {
			if !v.Is(row) {
				d.levels = append(d.levels, 0)
				continue
			}
			d.levels = append(d.levels, 1)
		}
		switch c.Type {
		case columnar.Text:
			d.texts = append(d.texts, []byte(v.Text(row)))
		case columnar.Code:
			d.ints = append(d.ints, int64(slices.Index(c.Codes, v.Text(row))))
		default:
			d.ints = append(d.ints, v.Int(row))
		}
	}
	return d
}

// rows is how many cells there are, nulls too.
func (d *decoded) rows() int { return max(len(d.levels), len(d.texts), len(d.ints)) }

func (d *decoded) write(w *columnar.Writer, column int) {
	if d.levels != nil {
		copy(w.Levels(column, len(d.levels)), d.levels)
	}
	w.Texts(column, len(d.texts), func(cell int, dst []byte) []byte { return append(dst, d.texts[cell]...) })
	if len(d.ints) > 0 {
		copy(w.Ints(column, len(d.ints)), d.ints)
	}
}
