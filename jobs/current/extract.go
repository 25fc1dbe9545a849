package current

import (
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/compact"
	"regul/jobs/storage"
	"regul/pipeline/law"
	"regul/readers/table"
	"regul/writers/dictionary"
	"regul/writers/sheet"
)

// Tables lists the compacted tables by their folder.
func Tables(l *law.Law) []string {
	var names []string
	for _, t := range Dictionary(l) {
		if name, found := strings.CutPrefix(t.Name, Folder+"/"); found {
			names = append(names, name)
		}
	}
	return names
}

// Extract writes the rows of a compacted table, of one contribution year or (0) of all, to a file for a spreadsheet; xlsx says in which
// format. It says how many rows those are.
func Extract(storage storage.Storage, name string, year int, xlsx bool, to io.Writer) (rows int64, err error) {
	l, err := law.Standard()
	if err != nil {
		return 0, err
	}
	all := Dictionary(l)
	at := slices.IndexFunc(all, func(t dictionary.Table) bool { return t.Name == Folder+"/"+name })
	if at < 0 {
		return 0, jobs.UsageError("there is no table %q: the tables are %s", name, strings.Join(Tables(l), ", "))
	}
	s, err := readState(storage)
	if err != nil {
		return 0, err
	}
	if s.Format == 0 {
		return 0, jobs.UsageError("there is no %s: regul current makes it", Folder)
	}
	e := extract{storage: storage, year: year, yearColumn: -1}
	for i, c := range all[at].Columns {
		e.columns = append(e.columns, table.Column{Name: c.Name, Kind: compact.KindOf(c.Type)})
		if c.Name == "contribution_year" || c.Name == "year" {
			e.yearColumn = i
		}
	}
	if year != 0 && e.yearColumn < 0 {
		return 0, jobs.UsageError("the table %s has no contribution year: leave --year out", name)
	}
	if xlsx {
		e.to, err = sheet.NewXLSX(to, name, e.columns)
	} else {
		e.to, err = sheet.NewCSV(to, e.columns)
	}
	if err != nil {
		return 0, err
	}
	for i := range s.Files { // by path: in the order of the numbers
		if path.Dir(s.Files[i].Path) != Folder+"/"+name {
			continue
		}
		if err := e.file(&s.Files[i]); err != nil {
			return 0, err
		}
	}
	return e.rows, e.to.Close()
}

// extract is rows of a table on their way to a file for a spreadsheet.
type extract struct {
	storage    storage.Storage
	columns    []table.Column
	year       int // 0: all
	yearColumn int
	to         sheet.Writer
	rows       int64
}

// file writes the rows of a file of the table.
func (e *extract) file(f *batch.ManifestFile) error {
	file, closer, err := opened(e.storage, f.Path, f.SHA256)
	if err != nil {
		return fmt.Errorf("%w: regul current makes it again", err)
	}
	err = file.Blocks(e.columns, 0, file.RowGroups(), func(b *table.Block) error {
		for row := range b.Rows {
			if e.year != 0 && b.Columns[e.yearColumn].Ints[row] != int64(e.year) {
				continue
			}
			if err := e.to.Write(b, row); err != nil {
				return err
			}
			e.rows++
		}
		return nil
	})
	return errors.Join(err, closer.Close())
}
