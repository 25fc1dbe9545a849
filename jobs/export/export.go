package export

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"slices"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline/law"
	"regul/readers/table"
	"regul/writers/parquet"
	"regul/writers/tables"
)

// Options are what an export works with.
type Options struct {
	Storage storage.Storage
	Batch   string
	KeyFile string          // of the pseudonyms
	To      storage.Storage // where the tables go; it must be empty
}

// Result is what came of an export.
type Result struct {
	Batch   string           `json:"batch"`
	Rows    map[string]int64 `json:"rows"`    // by table
	Dropped []string         `json:"dropped"` // columns that say who somebody is
}

// The columns that say who somebody is: those that become pseudonyms, so that rows can still be joined, and those that go.
var (
	pseudonymous = []string{"niss", "enterprise", "dossier", "communication"}
	identifying  = []string{"reference"}
)

// Tables lists the tables of an export.
func Tables() []string {
	return []string{tables.RegularisationsTable, tables.QuartersTable, tables.SurchargesTable, tables.EntriesTable, tables.BalancesTable,
		tables.CompaniesTable, tables.CompanyEntriesTable}
}

// exportPass bounds the rows that an export sorts at a time.
const exportPass = 200_000

// Export writes the tables of a batch with pseudonyms in the place of national numbers, dossiers and communications, in the
// order of the pseudonyms: neither a value nor the order of rows says who somebody is. The same key gives the same
// pseudonyms, so that exports of several batches can be joined.
func Batch(ctx context.Context, o *Options) (*Result, error) {
	m, err := batch.Find(o.Storage, o.Batch)
	if err != nil {
		return nil, err
	}
	key, err := readKey(o.KeyFile)
	if err != nil {
		return nil, err
	}
	l, err := law.Standard()
	if err != nil {
		return nil, err
	}
	if there, err := o.To.List("."); err != nil || len(there) > 0 {
		return nil, errors.Join(err, jobs.UsageError("the folder of the export is not empty: name another one"))
	}
	result := &Result{Batch: m.Batch, Rows: map[string]int64{}, Dropped: identifying}
	for _, name := range Tables() {
		columns := exported(tables.Columns(name, l))
		for _, year := range m.YearsOfTable(name) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			rows, err := (&export{o, m, key, columns}).year(name, year)
			if err != nil {
				return nil, err
			}
			result.Rows[name] += rows
		}
	}
	return result, nil
}

// exported are the columns of a table without those that say who somebody is. Codes become texts: their lists are those of
// the batch.
func exported(columns []parquet.Column) []parquet.Column {
	kept := slices.DeleteFunc(slices.Clone(columns), func(c parquet.Column) bool { return slices.Contains(identifying, c.Name) })
	for i := range kept {
		if kept[i].Type == parquet.Code {
			kept[i].Type, kept[i].Codes = parquet.Text, nil
		}
	}
	return kept
}

// export is the export of one table.
type export struct {
	*Options
	manifest *batch.Manifest
	key      pseudonymKey
	columns  []parquet.Column
}

// exportRow is a row with its cells in the order of the columns.
type exportRow struct {
	numbers []int64
	texts   []string
	nulls   []bool
}

// year writes a year of a table. The rows are taken in passes over the pseudonyms, so that memory stays bounded.
func (e *export) year(name string, year int) (written int64, err error) {
	var rows int64
	for i := range e.manifest.Files {
		if f := &e.manifest.Files[i]; path.Dir(f.Path) == tables.Folder(name, year) {
			rows += f.Rows
		}
	}
	target := tables.Part(name, year, 0)
	file, err := batch.CreateDurable(e.To, target)
	if err != nil {
		return 0, err
	}
	w := parquet.NewSchema(name, e.columns).NewWriter(file)
	passes := int(rows/exportPass) + 1
	for pass := 0; pass < passes && err == nil; pass++ {
		var kept []exportRow
		if kept, err = e.pass(name, year, pass, passes); err == nil {
			written += int64(len(kept))
			err = e.write(w, kept)
		}
	}
	err = errors.Join(err, w.Close(), file.Close())
	if err == nil && written != rows {
		err = fmt.Errorf("%s of %d: %d rows were exported of %d", name, year, written, rows)
	}
	return written, err
}

// pass reads the rows whose pseudonyms fall into one of the passes, and sorts them by pseudonym; rows of an affiliate keep
// their order.
func (e *export) pass(name string, year, pass, passes int) ([]exportRow, error) {
	var kept []exportRow
	wanted := make([]table.Column, len(e.columns))
	for i, c := range e.columns {
		wanted[i] = table.Column{Name: c.Name, Kind: kindOf(c.Type), Optional: c.Optional} // earlier batches may lack it
	}
	for i := range e.manifest.Files {
		f := &e.manifest.Files[i]
		if path.Dir(f.Path) != tables.Folder(name, year) {
			continue
		}
		file, err := batch.OpenVerified(e.Storage, e.manifest, f)
		if err != nil {
			return nil, err
		}
		err = batch.EachBlock(file, wanted, func(b *table.Block) error {
			for row := range b.Rows {
				if pseudonym, inPass := e.key.of(b.Columns[0].Texts[row], pass, passes); inPass {
					kept = append(kept, e.row(b, row, pseudonym))
				}
			}
			return nil
		})
		file.Close()
		if err != nil {
			return nil, fmt.Errorf("%s/%s: %w", e.manifest.Folder(), f.Path, err)
		}
	}
	slices.SortStableFunc(kept, func(a, b exportRow) int { return cmp.Compare(a.texts[0], b.texts[0]) })
	return kept, nil
}

func (e *export) row(b *table.Block, row int, pseudonym string) exportRow {
	r := exportRow{make([]int64, len(e.columns)), make([]string, len(e.columns)), make([]bool, len(e.columns))}
	for i, c := range e.columns {
		v := &b.Columns[i]
		switch {
		case i == 0:
			r.texts[i] = pseudonym
		case v.States[row] != table.Value:
			r.nulls[i] = c.Optional
		case c.Type != parquet.Text:
			r.numbers[i] = v.Ints[row]
		case slices.Contains(pseudonymous, c.Name):
			r.texts[i] = e.key.pseudonym(v.Texts[row])
		default:
			r.texts[i] = string(v.Texts[row])
		}
	}
	return r
}

func (e *export) write(w *parquet.Writer, rows []exportRow) error {
	for _, r := range rows {
		for i, c := range e.columns {
			if c.Optional && r.nulls[i] {
				w.Null(i)
				continue
			}
			if c.Optional {
				w.Present(i)
			}
			if c.Type == parquet.Text {
				w.Text(i, r.texts[i])
			} else {
				w.Int(i, r.numbers[i])
			}
		}
		if err := w.EndRow(); err != nil {
			return err
		}
	}
	return nil
}

// kindOf is how a column is read.
func kindOf(t parquet.Type) table.Kind {
	switch t {
	case parquet.Text, parquet.Code:
		return table.Text
	case parquet.Amount, parquet.Income:
		return table.Amount
	case parquet.Date:
		return table.Date
	case parquet.Boolean:
		return table.Boolean
	}
	return table.Integer
}

// readKey reads the key of the pseudonyms.
func readKey(path string) (pseudonymKey, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, jobs.UsageError("the key file can't be read: %w", jobs.Cause(err))
	}
	if len(text) < minKey {
		return nil, jobs.UsageError("the key file holds %d bytes: a key needs at least %d, such as openssl rand 32 makes", len(text), minKey)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, jobs.UsageError("the key file can be read by others: chmod 600 it; who has the key can find out who somebody is")
	}
	return text, nil
}
