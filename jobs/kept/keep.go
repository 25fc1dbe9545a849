package kept

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"

	"golang.org/x/sync/errgroup"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/readers"
	"regul/readers/table"
	columnar "regul/writers/parquet"
)

// Batches is how many batches a small segment holds. So many small ones make way for a large one, and so on.
const Batches, growth = 64, 16

// wanted is a segment that there is to be.
type wanted struct {
	name    string
	batches []*batch.Manifest
}

// isKeptIn says whether a record is of the batches as they are.
func (w *wanted) isKeptIn(r *record) bool {
	return r != nil && slices.EqualFunc(r.Batches, w.batches, func(of member, m *batch.Manifest) bool { return of == memberOf(m) })
}

// cover is the segments that there are to be of batches that count, the earliest first: a batch lies in a segment by how many came before
// it, which never changes, so that a withdrawal moves no other batch. A segment is made once all its batches have come.
func cover(counting []*batch.Manifest, size int) (segments []wanted) {
	if len(counting) == 0 {
		return nil
	}
	come := counting[len(counting)-1].Earlier + 1
	width := size
	for width*growth <= come {
		width *= growth
	}
	for from := 0; width >= size; width /= growth {
		for ; from+width <= come; from += width {
			w := wanted{name: fmt.Sprintf("%08d-%d", from, width)}
			for _, m := range counting {
				if m.Earlier >= from && m.Earlier < from+width {
					w.batches = append(w.batches, m)
				}
			}
			segments = append(segments, w)
		}
	}
	return segments
}

// Keep brings the segments of a job up to the batches that count, the earliest first, and removes those that are not needed any more.
// size is how many batches a small one holds. The ledger is locked.
func Keep(s storage.Storage, job batch.Job, tables []Table, counting []*batch.Manifest, size, workers int) error {
	names, err := s.List(batch.DerivedOf(job))
	if err != nil {
		return err
	}
	columns := columnsOf(tables)
	var group errgroup.Group
	group.SetLimit(workers)
	for _, w := range cover(counting, size) {
		folder := batch.DerivedOf(job) + "/" + w.name
		names = slices.DeleteFunc(names, func(name string) bool { return name == w.name })
		r, err := readRecord(s, folder, columns)
		if err != nil {
			return errors.Join(err, group.Wait())
		}
		if !w.isKeptIn(r) {
			group.Go(func() error { return w.write(s, folder, columns, tables) })
			continue
		}
		group.Go(func() error { return w.mend(s, folder, r) })
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for i, name := range names {
		names[i] = batch.DerivedOf(job) + "/" + name
	}
	return s.Remove(names...)
}

// write writes a segment in the place of an earlier one. Until its record is there it is none.
func (w *wanted) write(s storage.Storage, folder, columns string, tables []Table) error {
	if err := s.Remove(folder); err != nil {
		return err
	}
	r := record{Format: recordFormat, Columns: columns}
	for _, m := range w.batches {
		r.Batches = append(r.Batches, memberOf(m))
	}
	for i := range tables {
		f, err := w.writeTable(s, folder, &tables[i])
		if err != nil {
			return fmt.Errorf("%s: %s: %w", folder, tables[i].Name, err)
		}
		r.Files = append(r.Files, f)
	}
	holders, err := w.writeHolders(s, folder)
	if err != nil {
		return err
	}
	r.Files = append(r.Files, holders)
	sum, err := r.sum()
	if err != nil {
		return err
	}
	r.SHA256 = sum
	if err := w.writeManifests(s, folder); err != nil {
		return err
	}
	return batch.PutRecord(s, folder+"/"+recordName, &r)
}

// mend writes again what a night does not read, where it is damaged or gone: the same bytes.
func (w *wanted) mend(s storage.Storage, folder string, r *record) error {
	if slices.ContainsFunc(w.batches, func(m *batch.Manifest) bool { return !m.IsKnown }) {
		if err := w.writeManifests(s, folder); err != nil {
			return err
		}
	}
	_, err := r.holders(s, folder)
	if errors.Is(err, ErrDamaged) {
		_, err = w.writeHolders(s, folder)
	}
	return err
}

// writeManifests writes what the manifests of the batches say.
func (w *wanted) writeManifests(s storage.Storage, folder string) error {
	content, err := batch.PackKnown(s, w.batches)
	if err != nil {
		return err
	}
	return batch.PutBytes(s, folder+"/"+batch.KnownName, content)
}

// writeTable writes what the batches hold of a table; no file where that is nothing.
func (w *wanted) writeTable(s storage.Storage, folder string, t *Table) (f batch.ManifestFile, err error) {
	f.Path = fileOf(t.Name)
	var object storage.Object
	hash := sha256.New()
	var to *tableWriter
	for at, m := range w.batches {
		for _, part := range t.Files(m) {
			if to == nil {
				if object, err = s.Put(folder + "/" + f.Path); err != nil {
					return f, err
				}
				to = newTableWriter(t, io.MultiWriter(object, hash))
			}
			if err := to.add(s, at, m, part); err != nil {
				return f, errors.Join(fmt.Errorf("%s/%s: %w", m.Folder(), part.Path, err), object.Abandon())
			}
		}
	}
	if to == nil {
		return f, nil
	}
	if err := to.Close(); err != nil {
		return f, errors.Join(err, object.Abandon())
	}
	f.Rows, f.Size, f.SHA256 = to.rows, to.size, hex.EncodeToString(hash.Sum(nil))
	return f, object.Commit()
}

// tableWriter writes the file of a table, row after row as they come.
type tableWriter struct {
	*columnar.Writer
	of      *Table
	columns []table.Column // of the file
	rows    int64
	size    int64
	to      io.Writer
}

// types are how a column is written, by what it is read as.
var types = [...]columnar.Type{table.Text: columnar.Text, table.Integer: columnar.Long, table.Amount: columnar.Income,
	table.Date: columnar.Date, table.Boolean: columnar.Boolean}

func newTableWriter(t *Table, to io.Writer) *tableWriter {
	w := &tableWriter{of: t, columns: t.Columns(nil), to: to}
	described := []columnar.Column{{Name: BatchColumn, Type: columnar.Integer}}
	for _, c := range w.columns {
		described = append(described, columnar.Column{Name: c.Name, Type: types[c.Kind], Optional: true})
	}
	w.Writer = columnar.NewSchema(t.Name, described).NewWriter(w.counting())
	return w
}

// counting is the file, with its size counted.
func (w *tableWriter) counting() io.Writer { return countingWriter{w} }

type countingWriter struct{ of *tableWriter }

func (c countingWriter) Write(p []byte) (int, error) {
	n, err := c.of.to.Write(p)
	c.of.size += int64(n)
	return n, err
}

// add adds the rows of a file of the batch at a position.
func (w *tableWriter) add(s storage.Storage, at int, m *batch.Manifest, part *batch.ManifestFile) error {
	return w.of.read(s, m, part, func(b *table.Block, position []int) error {
		for first := 0; first < b.Rows; {
			end := min(b.Rows, first+columnar.RowGroup-int(w.rows%columnar.RowGroup))
			w.take(at, b, position, first, end)
			if err := w.EndRows(end - first); err != nil {
				return err
			}
			w.rows += int64(end - first)
			first = end
		}
		return nil
	})
}

// read reads a file of a batch, block by block: position says where each column that is kept stands among those of the block; -1 where the
// batch has none.
func (t *Table) read(s storage.Storage, m *batch.Manifest, part *batch.ManifestFile, take func(b *table.Block, position []int) error) error {
	file, err := batch.OpenVerified(s, m, part)
	if err != nil {
		return err
	}
	defer file.Close()
	columns := t.Columns(m)
	var position []int
	for _, c := range t.Columns(nil) {
		position = append(position, slices.IndexFunc(columns, func(of table.Column) bool { return of.Name == c.Name }))
	}
	return readers.Cells(&readers.File{Name: part.Path, Content: file, Size: part.Size}, columns, func(b *table.Block) error {
		return take(b, position)
	})
}

// take writes rows of a block, column by column. A cell that can't be read counts as null, as for who reads the batch.
func (w *tableWriter) take(at int, b *table.Block, position []int, first, end int) {
	for i, to := 0, w.Ints(0, end-first); i < len(to); i++ {
		to[i] = int64(at)
	}
	var present []int
	for column, from := range position {
		levels := w.Levels(column+1, end-first)
		present = present[:0]
		for i := range levels {
			if levels[i] = 0; from >= 0 && b.Columns[from].Is(first+i) {
				levels[i] = 1
				present = append(present, first+i)
			}
		}
		if w.columns[column].Kind == table.Text {
			w.Texts(column+1, len(present), func(i int, dst []byte) []byte { return append(dst, b.Columns[from].Texts[present[i]]...) })
			continue
		}
		for i, to := 0, w.Ints(column+1, len(present)); i < len(to); i++ {
			to[i] = b.Columns[from].Ints[present[i]]
		}
	}
}
