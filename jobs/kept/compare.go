package kept

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"slices"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/readers"
	"regul/readers/table"
)

// Compared is how many files of segments were compared with the batches, and which of them say something else.
type Compared struct {
	Files     int64
	Differing []string // paths, below the directory of the batches
}

// Compare compares what a night would believe of what is kept with the batches: cell by cell, so that another way to write the same cells is
// no difference. What a night would pass over is passed over. The manifests are those of the batches themselves, the earliest first.
func Compare(ctx context.Context, s storage.Storage, job batch.Job, tables []Table, counting []*batch.Manifest, size int) (*Compared, error) {
	c := &Compared{}
	columns := columnsOf(tables)
	for _, w := range cover(counting, size) {
		folder := batch.DerivedOf(job) + "/" + w.name
		r, err := readRecord(s, folder, columns)
		if err != nil {
			return nil, err
		}
		if !w.isKeptIn(r) {
			continue
		}
		for i := range tables {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			same, err := w.isTable(s, folder, r, &tables[i])
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", folder, tables[i].Name, err)
			}
			c.count(same, folder+"/"+fileOf(tables[i].Name))
		}
		f, _, err := w.holders(s, folder)
		if err != nil {
			return nil, err
		}
		c.count(slices.Contains(r.Files, f), folder+"/"+holdersName)
		same, err := w.isKnown(s, folder+"/"+batch.KnownName)
		if err != nil {
			return nil, err
		}
		c.count(same, folder+"/"+batch.KnownName)
	}
	return c, nil
}

// count counts a file.
func (c *Compared) count(same bool, path string) {
	if c.Files++; !same {
		c.Differing = append(c.Differing, path)
	}
}

// isTable says whether the file of a table holds the cells that the batches hold. One that is not the file of the record is as they are: a
// night does not read it.
func (w *wanted) isTable(s storage.Storage, folder string, r *record, t *Table) (bool, error) {
	kept, published := newCells(t), newCells(t)
	if read, err := kept.addKept(s, folder, r); err != nil || !read {
		return !read, err
	}
	for at, m := range w.batches {
		for _, part := range t.Files(m) {
			err := t.read(s, m, part, func(b *table.Block, position []int) error {
				published.add(b, position, func(int) int64 { return int64(at) })
				return nil
			})
			if err != nil {
				return false, err
			}
		}
	}
	return bytes.Equal(kept.digest.Sum(nil), published.digest.Sum(nil)), nil
}

// isKnown says whether what is kept of the manifests is what they say; a file of another program is read by nobody.
func (w *wanted) isKnown(s storage.Storage, name string) (bool, error) {
	kept, err := batch.ReadBytes(s, name)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	want, err := batch.PackKnown(s, w.batches)
	return bytes.Equal(kept, want) || !batch.PackedAlike(kept, want), err
}

// cells are the cells of a table, row after row, as a digest.
type cells struct {
	of     *Table
	digest hash.Hash
	row    []byte
}

func newCells(of *Table) *cells { return &cells{of: of, digest: sha256.New()} }

// addKept adds the cells of a segment; not read: its file is not the one of the record, or gone.
func (c *cells) addKept(s storage.Storage, folder string, r *record) (read bool, err error) {
	name := fileOf(c.of.Name)
	at := slices.IndexFunc(r.Files, func(f batch.ManifestFile) bool { return f.Path == name })
	if at < 0 || r.Files[at].Rows == 0 {
		return at >= 0, nil
	}
	file, err := s.Open(folder + "/" + name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer file.Close()
	if sum, err := batch.Digest(file); err != nil || sum != r.Files[at].SHA256 {
		return false, err
	}
	columns := append([]table.Column{{Name: BatchColumn, Kind: table.Integer}}, c.of.Columns(nil)...)
	position := make([]int, len(columns)-1)
	for i := range position {
		position[i] = i + 1
	}
	return true, readers.Cells(&readers.File{Name: name, Content: file, Size: file.Size()}, columns, func(b *table.Block) error {
		c.add(b, position, b.Columns[0].Int)
		return nil
	})
}

// add adds the rows of a block: of each row its batch, and the cells at the positions; -1 is a cell that the batch does not have.
func (c *cells) add(b *table.Block, position []int, batch func(row int) int64) {
	columns := c.of.Columns(nil)
	for row := range b.Rows {
		c.row = binary.AppendVarint(c.row[:0], batch(row))
		for i, at := range position {
			switch {
			case at < 0 || !b.Columns[at].Is(row):
				c.row = append(c.row, 0)
			case columns[i].Kind == table.Text:
				text := b.Columns[at].Texts[row]
				c.row = append(binary.AppendUvarint(append(c.row, 1), uint64(len(text))), text...)
			default:
				c.row = binary.AppendVarint(append(c.row, 1), b.Columns[at].Ints[row])
			}
		}
		c.digest.Write(c.row)
	}
}
