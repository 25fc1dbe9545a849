package jobs

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"regul/readers/parquet"
	"regul/readers/table"
)

// verified opens a file of a published batch after holding its bytes against the manifest: Parquet pages carry no
// checksum that a reader checks.
func verified(storage Storage, m *Manifest, f *ManifestFile) (ReadFile, error) {
	name := m.Folder() + "/" + f.Path
	file, err := storage.Open(name)
	if err != nil {
		return nil, err
	}
	sum, err := digest(file)
	if err == nil && sum != f.SHA256 {
		err = fmt.Errorf("%s was changed since it was published: its SHA-256 is not the one of the manifest; restore it from a copy", name)
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

// digest is the SHA-256 of a whole file, in hexadecimal.
func digest(file ReadFile) (string, error) {
	hash := sha256.New()
	if _, err := io.CopyBuffer(struct{ io.Writer }{hash}, io.NewSectionReader(file, 0, file.Size()), make([]byte, fileBuffer)); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// eachBlock reads some columns of a Parquet file.
func eachBlock(file ReadFile, columns []table.Column, visit func(*table.Block) error) error {
	opened, err := parquet.Open(io.NewSectionReader(file, 0, file.Size()))
	if err != nil {
		return err
	}
	return blocks(opened, columns, 0, opened.RowGroups(), visit)
}

// eachBlockOf reads some columns of the row groups that may hold a national number, by their statistics.
func eachBlockOf(file ReadFile, niss string, columns []table.Column, visit func(*table.Block) error) error {
	opened, err := parquet.Open(io.NewSectionReader(file, 0, file.Size()))
	if err != nil {
		return err
	}
	for group := range opened.RowGroups() {
		may, err := opened.MayHold(group, "niss", niss)
		if err != nil {
			return err
		}
		if may {
			if err := blocks(opened, columns, group, group+1, visit); err != nil {
				return err
			}
		}
	}
	return nil
}

func blocks(opened *parquet.File, columns []table.Column, first, end int, visit func(*table.Block) error) error {
	source, err := opened.Source(columns, first, end)
	if err != nil {
		return err
	}
	var block table.Block
	for {
		more, err := source.Next(&block)
		if err != nil || !more {
			return err
		}
		if err := visit(&block); err != nil {
			return err
		}
	}
}
