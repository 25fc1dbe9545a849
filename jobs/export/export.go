package export

import (
	"cmp"
	"context"
	"errors"
	"path"
	"slices"
	"strings"

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
	Storage   storage.Storage
	Batch     string
	KeyFile   string          // the secret from which the keys of the recipients come
	Recipient string          // who gets it: each has pseudonyms that no other has
	Least     int             // how many must be alike in all that is told of them
	To        storage.Storage // where the tables go; it must be empty
}

// The number of affiliates that must be alike.
const (
	DefaultLeast = 5
	minLeast     = 3
)

// Result is what came of an export. It lies beside the tables as well.
type Result struct {
	Batch     string           `json:"batch"`
	Recipient string           `json:"recipient"`
	Least     int              `json:"least"`   // of whom the same is told, at least so many
	Rows      map[string]int64 `json:"rows"`    // by table
	Persons   map[string]int64 `json:"persons"` // by detail: affiliates, or companies
	Dropped   []string         `json:"dropped"` // columns that say who somebody is
}

// ResultFile is the file of the result.
const ResultFile = "export.json"

// exportPass bounds the rows that an export sorts at a time.
const exportPass = 200_000

// Batch writes the tables of a batch for a recipient: pseudonyms in the place of national numbers, dossiers and communications, amounts in
// bands, days as months, and rows in the order of the pseudonyms. Of whom too few are alike, less is told, or nothing. The same key and
// recipient give the same pseudonyms, so that exports of several batches can be joined.
func Batch(ctx context.Context, o *Options) (*Result, error) {
	e, err := newExport(o)
	if err != nil {
		return nil, err
	}
	return e.run(ctx)
}

func (e *export) run(ctx context.Context) (*Result, error) {
	if there, err := e.To.List("."); err != nil || len(there) > 0 {
		return nil, errors.Join(err, jobs.UsageError("the folder of the export is not empty: name another one"))
	}
	result := &Result{Batch: e.manifest.Batch, Recipient: e.Recipient, Least: e.Least, Rows: map[string]int64{},
		Persons: map[string]int64{}, Dropped: identifying}
	if err := e.eachYear(ctx, e.count); err != nil {
		return nil, err
	}
	for d, persons := range e.crowd.choose(e.Least) {
		result.Persons[detail(d).String()] = persons
	}
	err := e.eachYear(ctx, func(name string, year int) error {
		rows, err := e.year(name, year)
		result.Rows[name] += rows
		return err
	})
	if err != nil {
		return nil, err
	}
	return result, e.tell(result)
}

// export is an export that is being made.
type export struct {
	*Options
	manifest *batch.Manifest
	key      pseudonymKey
	columns  map[string][]column // by table
	crowd    *crowd
}

// newExport checks what is asked for.
func newExport(o *Options) (*export, error) {
	m, err := batch.Find(o.Storage, o.Batch)
	if err != nil {
		return nil, err
	}
	if o.Recipient != strings.TrimSpace(o.Recipient) {
		return nil, jobs.UsageError("--for, who gets the export, begins or ends with a blank")
	}
	if o.Least < minLeast {
		return nil, jobs.UsageError("--least must be %d or more: of fewer, each can find out the others", minLeast)
	}
	secret, err := readKey(o.KeyFile)
	if err != nil {
		return nil, err
	}
	key, err := keyOf(secret, o.Recipient)
	if err != nil {
		return nil, err
	}
	l, err := law.Standard()
	if err != nil {
		return nil, err
	}
	e := &export{o, m, key, map[string][]column{}, newCrowd()}
	for _, name := range Tables() {
		e.columns[name] = exported(name, l)
	}
	return e, nil
}

// tell writes the result beside the tables.
func (e *export) tell(result *Result) error { return batch.WriteRecord(e.To, ResultFile, result) }

// eachYear visits the years of every table.
func (e *export) eachYear(ctx context.Context, visit func(name string, year int) error) error {
	for _, name := range Tables() {
		for _, year := range e.manifest.YearsOfTable(name) {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := visit(name, year); err != nil {
				return err
			}
		}
	}
	return nil
}

// exportRow is a row with its cells in the order of the columns, as they are exported.
type exportRow struct {
	numbers []int64
	texts   []string
	nulls   []bool
	detail  detail
}

// count takes the rows of a year into the crowd.
func (e *export) count(name string, year int) error {
	columns := e.columns[name]
	return e.each(name, year, func(b *table.Block, row int) {
		e.crowd.count(name, columns, b, row, rowOf(columns, b, row))
	})
}

// year writes a year of a table. The rows are taken in passes over the pseudonyms, so that few are sorted at a time.
func (e *export) year(name string, year int) (written int64, err error) {
	var rows int64
	for i := range e.manifest.Files {
		if f := &e.manifest.Files[i]; path.Dir(f.Path) == tables.Folder(name, year) {
			rows += f.Rows
		}
	}
	file, err := batch.CreateDurable(e.To, tables.Part(name, year, 0))
	if err != nil {
		return 0, err
	}
	columns := e.columns[name]
	plain := make([]parquet.Column, len(columns))
	for i := range columns {
		plain[i] = columns[i].Column
	}
	w := parquet.NewSchema(name, plain).NewWriter(file)
	passes := int(rows/exportPass) + 1
	for pass := 0; pass < passes && err == nil; pass++ {
		var kept []*exportRow
		if kept, err = e.pass(name, year, pass, passes); err == nil {
			written += int64(len(kept))
			err = write(w, columns, kept)
		}
	}
	return written, errors.Join(err, w.Close(), file.Close())
}

// pass reads the rows whose pseudonyms fall into one of the passes and of which something is told, and sorts them by pseudonym; rows of an
// affiliate keep their order.
func (e *export) pass(name string, year, pass, passes int) ([]*exportRow, error) {
	var kept []*exportRow
	columns := e.columns[name]
	err := e.each(name, year, func(b *table.Block, row int) {
		number := b.Columns[0].Texts[row]
		d := e.crowd.of(number)
		if _, inPass := e.key.of(columns[0].Name, number, pass, passes); !inPass || !rowsAt(name, d) {
			return
		}
		r := rowOf(columns, b, row)
		r.detail = d
		for i := range columns {
			if columns[i].pseudonym && !r.nulls[i] {
				r.texts[i] = e.key.pseudonym(columns[i].Name, b.Columns[i].Texts[row])
			}
		}
		kept = append(kept, r)
	})
	slices.SortStableFunc(kept, func(a, b *exportRow) int { return cmp.Compare(a.texts[0], b.texts[0]) })
	return kept, err
}

// each visits the rows of a year of a table.
func (e *export) each(name string, year int, visit func(b *table.Block, row int)) error {
	columns := e.columns[name]
	wanted := make([]table.Column, len(columns))
	for i := range columns {
		// earlier batches may lack it
		wanted[i] = table.Column{Name: columns[i].Name, Kind: columns[i].kind(), Optional: columns[i].Optional}
	}
	for i := range e.manifest.Files {
		f := &e.manifest.Files[i]
		if path.Dir(f.Path) != tables.Folder(name, year) {
			continue
		}
		err := batch.EachRowOfFile(e.Storage, e.manifest, f, wanted, func(b *table.Block, row int) error {
			visit(b, row)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// rowOf is a row as it is exported, without its pseudonyms.
func rowOf(columns []column, b *table.Block, row int) *exportRow {
	r := &exportRow{numbers: make([]int64, len(columns)), texts: make([]string, len(columns)), nulls: make([]bool, len(columns))}
	for i := range columns {
		v, c := &b.Columns[i], &columns[i]
		switch {
		case v.States[row] != table.Value:
			r.nulls[i] = true
		case c.Type != parquet.Text:
			r.numbers[i] = c.told(v.Ints[row])
		case !c.pseudonym:
			r.texts[i] = string(v.Texts[row])
		}
	}
	return r
}

// write writes what is told of the rows.
func write(w *parquet.Writer, columns []column, rows []*exportRow) error {
	for _, r := range rows {
		for i := range columns {
			c := &columns[i]
			if c.Optional && !r.tells(c, i, r.detail) {
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
