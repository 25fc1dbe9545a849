package diff

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/readers/parquet"
	"regul/readers/table"
	"regul/writers/tables"
)

// diffBatch is one of the batches that are compared. Its tables are as they were published.
type diffBatch struct {
	storage  storage.Storage
	folder   string
	manifest *batch.Manifest
}

// openDiff finds a batch and holds the tables that are read against their digests.
func openDiff(side *Side) (*diffBatch, error) {
	folder, err := batch.FolderOf(side.Out, side.Batch)
	if err != nil {
		return nil, err
	}
	m, err := batch.ReadManifest(side.Out, folder)
	if err != nil {
		return nil, err
	}
	if err := m.OfRun(); err != nil {
		return nil, err
	}
	b := &diffBatch{side.Out, folder, m}
	for i := range m.Files {
		f := &m.Files[i]
		if table, _, _ := strings.Cut(f.Path, "/"); table == tables.RegularisationsTable || table == tables.QuartersTable {
			if err := b.check(f); err != nil {
				return nil, err
			}
		}
	}
	return b, nil
}

// Check holds a file against its digest.
func (b *diffBatch) check(f *batch.ManifestFile) error {
	file, err := b.storage.Open(b.folder + "/" + f.Path)
	if err != nil {
		return err
	}
	defer file.Close()
	sum, err := batch.Digest(file)
	if err == nil && sum != f.SHA256 {
		err = fmt.Errorf("%s/%s was changed since it was published: its SHA-256 is not the one of the manifest; restore it from a copy", b.folder, f.Path)
	}
	return err
}

// years lists the years of the regularisations.
func (b *diffBatch) years() []int {
	var years []int
	for i := range b.manifest.Files {
		rest, found := strings.CutPrefix(b.manifest.Files[i].Path, tables.RegularisationsTable+"/year=")
		text, _, _ := strings.Cut(rest, "/")
		if year, err := strconv.Atoi(text); found && err == nil {
			years = append(years, year)
		}
	}
	return years
}

// cursor goes through a table of a year.
func (b *diffBatch) cursor(name string, year int, columns []table.Column) *diffCursor {
	c := &diffCursor{batch: b, columns: columns, row: comparedRow{make([]string, len(columns)), make([]int64, len(columns))}}
	for i := range b.manifest.Files {
		if path := b.manifest.Files[i].Path; strings.HasPrefix(path, tables.Folder(name, year)+"/") {
			c.parts = append(c.parts, path)
		}
	}
	return c
}

// diffCursor goes through the rows of a table and year of one batch, over its parts in their order. It owns one open file and one block.
type diffCursor struct {
	batch   *diffBatch
	parts   []string
	columns []table.Column

	file   storage.ReadFile
	source table.Source
	block  table.Block
	at     int // of the row in the block
	row    comparedRow
	ended  bool
}

// next goes to the next row, or ends.
func (c *diffCursor) next() error {
	for c.at++; c.source == nil || c.at >= c.block.Rows; {
		if c.source != nil {
			more, err := c.source.Next(&c.block)
			if err != nil {
				return fmt.Errorf("%s/%s: %w", c.batch.folder, c.parts[0], err)
			}
			if c.at = 0; more {
				continue
			}
			c.close()
			c.parts = c.parts[1:]
		}
		if len(c.parts) == 0 {
			c.ended = true
			return nil
		}
		if err := c.open(); err != nil {
			return err
		}
	}
	for i := range c.columns {
		if c.columns[i].Kind == table.Text {
			c.row.texts[i] = string(c.block.Columns[i].Texts[c.at])
		} else {
			c.row.numbers[i] = c.block.Columns[i].Ints[c.at]
		}
	}
	return nil
}

// open opens the next part.
func (c *diffCursor) open() (err error) {
	if c.file, err = c.batch.storage.Open(c.batch.folder + "/" + c.parts[0]); err != nil {
		return err
	}
	opened, err := parquet.Open(io.NewSectionReader(c.file, 0, c.file.Size()))
	if err == nil {
		c.source, err = opened.Source(c.columns, 0, opened.RowGroups())
	}
	if err != nil {
		return fmt.Errorf("%s/%s: %w", c.batch.folder, c.parts[0], err)
	}
	c.block.Rows, c.at = 0, 0
	return nil
}

func (c *diffCursor) close() {
	if c.file != nil {
		c.file.Close()
	}
	c.file, c.source = nil, nil
}
