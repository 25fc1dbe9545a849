package current

import (
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"regul/jobs"
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
	var columns []table.Column
	yearColumn := -1
	for i, c := range all[at].Columns {
		columns = append(columns, table.Column{Name: c.Name, Kind: compact.KindOf(c.Type)})
		if c.Name == "contribution_year" || c.Name == "year" {
			yearColumn = i
		}
	}
	if year != 0 && yearColumn < 0 {
		return 0, jobs.UsageError("the table %s has no contribution year: leave --year out", name)
	}
	var w sheet.Writer
	if xlsx {
		w, err = sheet.NewXLSX(to, name, columns)
	} else {
		w, err = sheet.NewCSV(to, columns)
	}
	if err != nil {
		return 0, err
	}
	for _, f := range s.Files { // by path: in the order of the numbers
		if path.Dir(f.Path) != Folder+"/"+name {
			continue
		}
		file, closer, err := opened(storage, f.Path, f.SHA256)
		if err != nil {
			return 0, fmt.Errorf("%w: regul current makes it again", err)
		}
		err = file.Blocks(columns, 0, file.RowGroups(), func(b *table.Block) error {
			for row := range b.Rows {
				if year == 0 || b.Columns[yearColumn].Ints[row] == int64(year) {
					if err := w.Write(b, row); err != nil {
						return err
					}
					rows++
				}
			}
			return nil
		})
		if err := errors.Join(err, closer.Close()); err != nil {
			return 0, err
		}
	}
	return rows, w.Close()
}
