package current

import (
	"cmp"
	"fmt"
	"slices"

	"regul/jobs/batch"
	"regul/pipeline"
	"regul/readers/parquet"
	"regul/readers/table"
	"regul/writers/dictionary"
	columnar "regul/writers/parquet"
	"regul/writers/tables"
)

// openTable is the table of the rejects of a job that are open.
type openTable struct {
	job              batch.Job
	number           string // the column of the number
	rejects, settled string // the tables of the batches
	about            dictionary.Table
}

var (
	rejectsOpen = openTable{batch.RunJob, "niss", tables.RejectsTable, tables.RegularisationsTable,
		aboutOpen(rejectsOpenTable, "niss", "an affiliate's year")}
	companyRejectsOpen = openTable{batch.CompaniesJob, "enterprise", tables.CompanyRejectsTable, tables.CompaniesTable,
		aboutOpen(companyRejectsOpenTable, "enterprise", "a company's year")}
)

// The columns of the open rejects.
const (
	openNumber = iota
	openYear
	openCode
	openSince
	openBatch
	openSource
	openRow
	openMessage
	openContent
)

func aboutOpen(name, number, of string) dictionary.Table {
	column := func(name string, t columnar.Type, optional bool, meaning string) dictionary.Column {
		return dictionary.Column{Column: columnar.Column{Name: name, Type: t, Optional: optional}, Meaning: meaning}
	}
	return dictionary.Table{
		Name: Folder + "/" + name, Path: glob(name),
		Meaning: "The rejects that no later batch has closed, each once: a corrected row closes one, and so does a later batch that settles " + of + ".",
		Key:     []string{"code", "content"},
		Columns: []dictionary.Column{
			openNumber:  column(number, columnar.Text, true, "as the row has it, right or wrong"),
			openYear:    column("year", columnar.Integer, true, "contribution year, where it could be read"),
			openCode:    column("code", columnar.Text, false, "why it was rejected"),
			openSince:   column("since", columnar.Date, false, "day of the first batch that rejected it"),
			openBatch:   column("batch", columnar.Text, false, "the last batch that rejected it"),
			openSource:  column("source", columnar.Text, false, "the file in that batch"),
			openRow:     column("row", columnar.Long, false, "data row in it, from 1"),
			openMessage: column("message", columnar.Text, false, "what is wrong and what to do"),
			openContent: column("content", columnar.Text, true, "the row as it came"),
		},
	}
}

// reject is an open reject.
type reject struct {
	number, code, batch, source, message, content string
	year, since, row                              int64
}

// rejectKey tells rejects apart: the same row comes again with every delivery.
type rejectKey struct{ code, content string }

// numberYear is a year of an affiliate or a company, as the tables write it.
type numberYear struct {
	number string
	year   int64
}

// openRejects are the rejects that are open, as batch follows batch.
type openRejects struct {
	of   *openTable
	open map[rejectKey]*reject
}

var openColumns = []table.Column{openNumber: {Kind: table.Text}, openYear: {Name: "year", Kind: table.Integer}, openCode: {Name: "code", Kind: table.Text},
	openSince: {Name: "since", Kind: table.Date}, openBatch: {Name: "batch", Kind: table.Text}, openSource: {Name: "source", Kind: table.Text},
	openRow: {Name: "row", Kind: table.Integer}, openMessage: {Name: "message", Kind: table.Text}, openContent: {Name: "content", Kind: table.Text}}

// read takes the open rejects of an earlier state.
func (o *openRejects) read(f *parquet.File) error {
	columns := slices.Clone(openColumns)
	columns[openNumber].Name = o.of.number
	return eachRow(f, columns, func(b *table.Block, row int) {
		text := func(column int) string { return string(b.Columns[column].Texts[row]) }
		r := &reject{number: text(openNumber), code: text(openCode), batch: text(openBatch), source: text(openSource), message: text(openMessage),
			content: text(openContent), year: b.Columns[openYear].Ints[row], since: b.Columns[openSince].Ints[row], row: b.Columns[openRow].Ints[row]}
		o.open[rejectKey{r.code, r.content}] = r
	})
}

// add takes a batch, the next one that counts: it closes what it corrects and what it settles, and opens what it rejects.
func (o *openRejects) add(m *batch.Manifest, open opener) error {
	if m.Corrects != nil {
		o.correct(m.Corrects)
	}
	if err := o.settle(m, open); err != nil {
		return err
	}
	on, known := pipeline.ParseDate([]byte(m.AsOf))
	if !known {
		return fmt.Errorf("%s has no day", m.Folder())
	}
	columns := []table.Column{{Name: o.of.number, Kind: table.Text}, {Name: "year", Kind: table.Integer}, {Name: "code", Kind: table.Text},
		{Name: "source", Kind: table.Text}, {Name: "row", Kind: table.Integer}, {Name: "message", Kind: table.Text}, {Name: "content", Kind: table.Text}}
	return eachRowOf(m, o.of.rejects, columns, open, func(b *table.Block, row int) {
		text := func(column int) string { return string(b.Columns[column].Texts[row]) }
		r := &reject{number: text(0), year: b.Columns[1].Ints[row], code: text(2), source: text(3), row: b.Columns[4].Ints[row], message: text(5),
			content: text(6), batch: m.Batch, since: int64(on)}
		key := rejectKey{r.code, r.content}
		if earlier := o.open[key]; earlier != nil {
			if earlier.batch == m.Batch {
				return // twice in one delivery: the first is kept
			}
			r.since = earlier.since
		}
		o.open[key] = r
	})
}

// correct closes the rejects whose rows came corrected.
func (o *openRejects) correct(c *batch.Correction) {
	corrected := map[batch.RejectPlace]bool{}
	for _, place := range c.Rows {
		corrected[place] = true
	}
	for key, r := range o.open {
		if r.batch == c.Batch && corrected[batch.RejectPlace{Source: r.source, Row: r.row}] {
			delete(o.open, key)
		}
	}
}

// settle closes the rejects of the years that a batch settles.
func (o *openRejects) settle(m *batch.Manifest, open opener) error {
	if len(o.open) == 0 {
		return nil
	}
	of := map[numberYear][]rejectKey{}
	for key, r := range o.open {
		year := numberYear{r.number, r.year}
		of[year] = append(of[year], key)
	}
	columns := []table.Column{{Name: o.of.number, Kind: table.Text}, {Name: "contribution_year", Kind: table.Integer}}
	return eachRowOf(m, o.of.settled, columns, open, func(b *table.Block, row int) {
		for _, key := range of[numberYear{string(b.Columns[0].Texts[row]), b.Columns[1].Ints[row]}] {
			delete(o.open, key)
		}
	})
}

// sorted are the open rejects by number, year, code and content.
func (o *openRejects) sorted() []*reject {
	all := make([]*reject, 0, len(o.open))
	for _, r := range o.open {
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b *reject) int {
		return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.year, b.year), cmp.Compare(a.code, b.code), cmp.Compare(a.content, b.content))
	})
	return all
}

// write writes the open rejects.
func (o *openRejects) write(w *columnar.Writer) error {
	for _, r := range o.sorted() {
		optional := func(column int, text string) {
			w.AppendOptional(column, func(dst []byte) []byte { return append(dst, text...) })
		}
		optional(openNumber, r.number)
		if r.year == 0 {
			w.Null(openYear)
		} else {
			w.Present(openYear)
			w.Int(openYear, r.year)
		}
		w.Text(openCode, r.code)
		w.Int(openSince, r.since)
		w.Text(openBatch, r.batch)
		w.Text(openSource, r.source)
		w.Int(openRow, r.row)
		w.Text(openMessage, r.message)
		optional(openContent, r.content)
		if err := w.EndRow(); err != nil {
			return err
		}
	}
	return w.Close()
}
