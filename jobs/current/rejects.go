package current

import (
	"cmp"
	"fmt"
	"slices"

	"regul/jobs/batch"
	"regul/jobs/views"
	"regul/pipeline"
	"regul/readers/parquet"
	"regul/writers/dictionary"
	columnar "regul/writers/parquet"
)

// openTable is the table of the rejects of a job that are open.
type openTable struct {
	from  *batch.About
	about dictionary.Table
}

var openTables = []*openTable{
	{batch.AboutPeople, aboutOpen(views.RejectsOpen, "niss", "an affiliate's year")},
	{batch.AboutCompanies, aboutOpen(views.CompanyRejectsOpen, "enterprise", "a company's year")},
}

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

// reject is an open reject: as the last batch that rejected it has it, and since when.
type reject struct {
	batch.RejectedRow
	batch string
	since pipeline.Date
}

// rejectKey tells rejects apart: the same row comes again with every delivery.
type rejectKey struct{ code, content string }

func (r *reject) key() rejectKey { return rejectKey{r.Code, r.Content} }

// openRejects are the rejects that are open, as batch follows batch.
type openRejects struct {
	of   *openTable
	open map[rejectKey]*reject
}

// fields are those of the table.
func (o *openTable) fields() batch.Fields[reject] {
	fields := batch.Fields[reject]{
		batch.TextField("batch", func(r *reject) *string { return &r.batch }),
		batch.DayField("since", func(r *reject) *pipeline.Date { return &r.since }),
	}
	return append(fields, batch.FieldsIn(o.from.RejectFields(), func(r *reject) *batch.RejectedRow { return &r.RejectedRow })...)
}

// read takes the open rejects of an earlier state.
func (o *openRejects) read(f *parquet.File) error {
	return o.of.fields().EachIn(f, func(r *reject) error {
		kept := *r
		o.open[r.key()] = &kept
		return nil
	})
}

// add takes a batch, the next one that counts: it closes what it corrects and what it settles, and opens what it rejects.
func (o *openRejects) add(m *batch.Manifest, open opener) error {
	if m.Corrects != nil {
		o.correct(m)
	}
	if err := o.settle(m, open); err != nil {
		return err
	}
	on, known := pipeline.ParseDate([]byte(m.AsOf))
	if !known {
		return fmt.Errorf("%s has no day", m.Folder())
	}
	return eachRowOf(m, o.of.from.Rejects, o.of.from.RejectFields(), open, func(row *batch.RejectedRow) error {
		r := &reject{RejectedRow: *row, batch: m.Batch, since: on}
		if earlier := o.open[r.key()]; earlier != nil {
			if earlier.batch == m.Batch {
				return nil // twice in one delivery: the first is kept
			}
			r.since = earlier.since
		}
		o.open[r.key()] = r
		return nil
	})
}

// correct closes the rejects whose rows came corrected.
func (o *openRejects) correct(m *batch.Manifest) {
	c := m.Corrects
	corrected := map[batch.RejectPlace]bool{}
	for _, place := range c.Rows {
		corrected[place] = true
	}
	for key, r := range o.open {
		if r.batch == c.Batch && corrected[r.Place()] && m.CountsForText(r.Number) {
			delete(o.open, key)
		}
	}
}

// settle closes the rejects of the years that a batch settles.
func (o *openRejects) settle(m *batch.Manifest, open opener) error {
	if len(o.open) == 0 {
		return nil
	}
	of := map[batch.SettledYear][]rejectKey{}
	for key, r := range o.open {
		year := batch.SettledYear{Number: r.Number, Year: r.Year}
		of[year] = append(of[year], key)
	}
	return eachRowOf(m, o.of.from.Settled, o.of.from.SettledFields(), open, func(settled *batch.SettledYear) error {
		for _, key := range of[*settled] {
			delete(o.open, key)
		}
		return nil
	})
}

// sorted are the open rejects by number, year, code and content.
func (o *openRejects) sorted() []*reject {
	all := make([]*reject, 0, len(o.open))
	for _, r := range o.open {
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b *reject) int {
		return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(a.Year, b.Year), cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Content, b.Content))
	})
	return all
}

// write writes the open rejects.
func (o *openRejects) write(w *columnar.Writer) error {
	for _, r := range o.sorted() {
		optional := func(column int, text string) {
			w.AppendOptional(column, func(dst []byte) []byte { return append(dst, text...) })
		}
		optional(openNumber, r.Number)
		if r.Year == 0 {
			w.Null(openYear)
		} else {
			w.Present(openYear)
			w.Int(openYear, r.Year)
		}
		w.Text(openCode, r.Code)
		w.Int(openSince, int64(r.since))
		w.Text(openBatch, r.batch)
		w.Text(openSource, r.Source)
		w.Int(openRow, r.Row)
		w.Text(openMessage, r.Message)
		optional(openContent, r.Content)
		if err := w.EndRow(); err != nil {
			return err
		}
	}
	return w.Close()
}
