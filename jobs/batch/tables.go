package batch

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"

	"regul/jobs/storage"
	"regul/readers/parquet"
	"regul/readers/table"
)

// OpenVerified opens a file of a published batch after holding its bytes against the manifest: Parquet pages carry no
// checksum that a reader checks.
func OpenVerified(storage storage.Storage, m *Manifest, f *ManifestFile) (storage.ReadFile, error) {
	name := m.Folder() + "/" + f.Path
	file, err := storage.Open(name)
	if err != nil {
		return nil, err
	}
	sum, err := Digest(file)
	if err == nil && sum != f.SHA256 {
		err = fmt.Errorf("%s was changed since it was published: %w", name, ErrNotAsPublished)
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

// ErrNotAsPublished says that a file of a batch is not the one that was published.
var ErrNotAsPublished = errors.New("its SHA-256 is not the one of the manifest; restore it from a copy")

// ErrChanged says that a file of a derived table is not the one that was written.
var ErrChanged = errors.New("it was changed since it was written")

// OpenTable opens a Parquet file that is derived from batches after checking its bytes.
func OpenTable(storage storage.Storage, name, digest string) (*parquet.File, io.Closer, error) {
	file, err := storage.Open(name)
	if err != nil {
		return nil, nil, err
	}
	sum, err := Digest(file)
	if err == nil && sum != digest {
		err = fmt.Errorf("%s: %w", name, ErrChanged)
	}
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	f, err := parquet.Open(io.NewSectionReader(file, 0, file.Size()))
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("%s: %w", name, err), file.Close())
	}
	return f, file, nil
}

// Digest is the SHA-256 of a whole file, in hexadecimal.
func Digest(file interface {
	io.ReaderAt
	Size() int64
}) (string, error) {
	hash := sha256.New()
	buffer := make([]byte, max(1, min(FileBuffer, file.Size()))) // most files of a small fund are small
	if _, err := io.CopyBuffer(struct{ io.Writer }{hash}, io.NewSectionReader(file, 0, file.Size()), buffer); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// eachBlock reads some columns of a Parquet file.
func eachBlock(file storage.ReadFile, columns []table.Column, visit func(*table.Block) error) error {
	opened, err := parquet.Open(io.NewSectionReader(file, 0, file.Size()))
	if err != nil {
		return err
	}
	return opened.Blocks(columns, 0, opened.RowGroups(), visit)
}

// eachBlockOf reads some columns of the rows in which a column may hold a number.
func eachBlockOf(file storage.ReadFile, column, number string, columns []table.Column, visit func(*table.Block) error) error {
	opened, err := parquet.Open(io.NewSectionReader(file, 0, file.Size()))
	if err != nil {
		return err
	}
	for group := range opened.RowGroups() {
		first, end, err := rowsOf(opened, group, column, number)
		if err != nil {
			return err
		}
		if err := opened.BlocksOfRows(columns, group, first, end, visit); err != nil {
			return err
		}
	}
	return nil
}

// EachRowOfFile visits the rows of a file of a published batch with all the given columns: for who copies them. Typed rows have Fields.
func EachRowOfFile(storage storage.Storage, m *Manifest, f *ManifestFile, columns []table.Column,
	visit func(b *table.Block, row int) error) error {
	file, err := OpenVerified(storage, m, f)
	if err != nil {
		return err
	}
	defer file.Close()
	err = eachBlock(file, columns, func(b *table.Block) error {
		for row := range b.Rows {
			if err := visit(b, row); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("%s/%s: %w", m.Folder(), f.Path, err)
	}
	return nil
}

// EachRowAbout visits the rows of every table of a batch that has a column with the number of an affiliate or company, where a row holds
// that number. Tables are visited in the order of the manifest, with all their columns.
func EachRowAbout(storage storage.Storage, m *Manifest, column, number string,
	visit func(f *ManifestFile, columns []table.Column, b *table.Block, row int)) error {
	for i := range m.Files {
		f := &m.Files[i]
		if path.Ext(f.Path) != ".parquet" || !f.MayHold(column, number) {
			continue
		}
		file, err := OpenVerified(storage, m, f)
		if err != nil {
			return err
		}
		err = eachRowAbout(file, column, number, func(columns []table.Column, b *table.Block, row int) { visit(f, columns, b, row) })
		file.Close()
		if err != nil {
			return fmt.Errorf("%s/%s: %w", m.Folder(), f.Path, err)
		}
	}
	return nil
}

func eachRowAbout(file storage.ReadFile, column, number string, visit func([]table.Column, *table.Block, int)) error {
	opened, err := parquet.Open(io.NewSectionReader(file, 0, file.Size()))
	if err != nil {
		return err
	}
	columns := opened.Columns()
	key := slices.IndexFunc(columns, func(c table.Column) bool { return c.Name == column })
	if key < 0 {
		return nil
	}
	return eachBlockOf(file, column, number, columns, func(b *table.Block) error {
		for row := range b.Rows {
			if b.Columns[key].States[row] == table.Value && string(b.Columns[key].Texts[row]) == number {
				visit(columns, b, row)
			}
		}
		return nil
	})
}
