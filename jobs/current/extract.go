package current

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/jobs/views"
	"regul/pipeline/law"
	"regul/readers/parquet"
	"regul/readers/table"
	"regul/writers/sheet"
	"regul/writers/tables"
)

// Extracts lists what can be extracted: the views, and the compacted tables.
func Extracts() []string { return views.Names() }

// Extract writes the rows of a view or of a compacted table, of one year or (0) of all, to a file for a spreadsheet; xlsx says in which
// format. It says how many rows those are.
func Extract(storage storage.Storage, name string, year int, xlsx bool, to io.Writer) (rows int64, err error) {
	l, err := law.Standard()
	if err != nil {
		return 0, err
	}
	s, err := readState(storage)
	if err != nil {
		return 0, err
	}
	if s.Format == 0 {
		return 0, jobs.UsageError("there is no %s: regul current makes it", Folder)
	}
	return views.Write(&source{storage, s.Files}, Dictionary(l), name, year, func(columns []table.Column) (sheet.Writer, error) {
		if xlsx {
			return sheet.NewXLSX(to, name, columns)
		}
		return sheet.NewCSV(to, columns)
	})
}

// source is the files of the compacted tables, and the certificates beside the batches. It implements views.Source.
type source struct {
	storage storage.Storage
	files   []batch.ManifestFile
}

// Each gives the rows of a table. Files lie by path: in the order of the numbers.
func (s *source) Each(name string, columns []table.Column, visit func(*table.Block) error) error {
	if name == tables.CertificateTable {
		return s.certificates(columns, visit)
	}
	for i := range s.files {
		f := &s.files[i]
		if path.Dir(f.Path) != name {
			continue
		}
		file, closer, err := opened(s.storage, f.Path, f.SHA256)
		if err != nil {
			return fmt.Errorf("%w: regul current makes it again", err)
		}
		if err := errors.Join(file.Blocks(columns, 0, file.RowGroups(), visit), closer.Close()); err != nil {
			return err
		}
	}
	return nil
}

// certificatesFolder is where the certificates of each year lie, in a folder of the year.
const certificatesFolder = "certificates"

// certificates gives the certificates that were written, year by year. No list has their digests.
func (s *source) certificates(columns []table.Column, visit func(*table.Block) error) error {
	years, err := s.storage.List(certificatesFolder)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(years) == 0 {
		return jobs.UsageError("there are no certificates beside the batches: regul certificate --year YEAR --to OUT/%s/YEAR writes "+
			"those of a year", certificatesFolder)
	}
	if err != nil {
		return err
	}
	for _, year := range years {
		file, err := s.storage.Open(path.Join(certificatesFolder, year, tables.CertificateTable+".parquet"))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		read, err := parquet.Open(io.NewSectionReader(file, 0, file.Size()))
		if err == nil {
			err = read.Blocks(columns, 0, read.RowGroups(), visit)
		}
		if err := errors.Join(err, file.Close()); err != nil {
			return fmt.Errorf("the certificates of %s: %w", year, err)
		}
	}
	return nil
}
