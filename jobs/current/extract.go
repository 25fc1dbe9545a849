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
	"regul/writers/payments"
	"regul/writers/sheet"
)

// list is a view of views.sql that lists rows of a compacted table as they are: all of them, or those with a word in a column.
type list struct{ name, of, column, word string }

var lists = []list{
	{name: "open_rejects", of: rejectsOpenTable},
	{name: "open_company_rejects", of: companyRejectsOpenTable},
	{name: "late_statements", of: versionsTable, column: "late_statement", word: "true"},
	{name: "refunds_without_account", of: payments.IndexTable, column: "status", word: payments.RefundWithoutAccount.String()},
}

// Extracts lists what can be extracted: the compacted tables by their folder, then the views that list rows of one.
func Extracts(l *law.Law) (names []string) {
	for _, t := range Dictionary(l) {
		if name, found := strings.CutPrefix(t.Name, Folder+"/"); found {
			names = append(names, name)
		}
	}
	for i := range lists {
		names = append(names, lists[i].name)
	}
	return names
}

// Extract writes the rows of a compacted table, or of a view that lists rows of one, of one contribution year or (0) of all, to a file for a
// spreadsheet; xlsx says in which format. It says how many rows those are.
func Extract(storage storage.Storage, name string, year int, xlsx bool, to io.Writer) (rows int64, err error) {
	l, err := law.Standard()
	if err != nil {
		return 0, err
	}
	of := list{name: name, of: name}
	if i := slices.IndexFunc(lists, func(l list) bool { return l.name == name }); i >= 0 {
		of = lists[i]
	}
	all := Dictionary(l)
	at := slices.IndexFunc(all, func(t dictionary.Table) bool { return t.Name == Folder+"/"+of.of })
	if at < 0 {
		return 0, jobs.UsageError("there is no table %q: the tables are %s", name, strings.Join(Extracts(l), ", "))
	}
	s, err := readState(storage)
	if err != nil {
		return 0, err
	}
	if s.Format == 0 {
		return 0, jobs.UsageError("there is no %s: regul current makes it", Folder)
	}
	e := extract{storage: storage, year: year, yearColumn: -1, wordColumn: -1, word: of.word}
	for i, c := range all[at].Columns {
		if of.column == c.Name {
			e.wordColumn = i
		}
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
		if path.Dir(s.Files[i].Path) != Folder+"/"+of.of {
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
	wordColumn int // -1: rows with any word
	word       string
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
			if !e.wants(b, row) {
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

// wants says whether a row is of the year and has the word.
func (e *extract) wants(b *table.Block, row int) bool {
	if e.year != 0 && b.Columns[e.yearColumn].Ints[row] != int64(e.year) {
		return false
	}
	at := e.wordColumn
	return at < 0 || string(table.AppendCell(nil, e.columns[at].Kind, &b.Columns[at], row)) == e.word
}
