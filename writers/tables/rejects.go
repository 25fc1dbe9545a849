package tables

import (
	"io"
	"path"

	"regul/pipeline"
	"regul/pipeline/company"
	"regul/writers/dictionary"
	"regul/writers/parquet"
)

// Reject is a rejected row as published.
type Reject struct {
	Source  string // the file
	Row     int64  // the first data row is 1
	Number  string // as read: national, or of an enterprise
	Year    int    // 0: unreadable or without meaning
	Code    pipeline.Code
	Message string
	Content string // the row as read
}

// The columns of the rejects.
const (
	rejectSource = iota
	rejectRow
	rejectNumber
	rejectYear
	rejectCode
	rejectMessage
	rejectContent
)

// Rejects is the table of the rejects of a subject.
type Rejects struct {
	Table  string
	Number string // the column of the number to which a row belongs
	about  dictionary.Table
	schema *parquet.Schema
}

// The tables of rejects, by subject.
var (
	PeopleRejects  = newRejects(RejectsTable, "niss", "an input", pipeline.People, "[rejects](reference/rejects.md)")
	CompanyRejects = newRejects(CompanyRejectsTable, "enterprise", "an input of companies", company.Subject, "[companies.md](companies.md)")
)

func newRejects(table, number, of string, subject *pipeline.Subject, reasons string) *Rejects {
	describe := func(codes []string) dictionary.Table {
		return dictionary.Table{
			Name: table, Path: onePart(table), InBatch: true, Meaning: "One row for each rejected row of " + of + ".",
			Key: []string{"batch", "source", "row", "code"},
			Columns: []dictionary.Column{
				{Column: parquet.Column{Name: "source", Type: parquet.Text},
					Meaning: "file, by its last name (by its path where two files have the same)"},
				{Column: parquet.Column{Name: "row", Type: parquet.Long}, Meaning: "data row in it, from 1"},
				{Column: parquet.Column{Name: number, Type: parquet.Text, Optional: true}, Meaning: "as the row has it, right or wrong"},
				{Column: parquet.Column{Name: "year", Type: parquet.Integer, Optional: true},
					Meaning: "contribution year, where it could be read"},
				{Column: parquet.Column{Name: "code", Type: parquet.Code, Codes: codes}, Meaning: "why, see " + reasons},
				{Column: parquet.Column{Name: "message", Type: parquet.Text}, Meaning: "what is wrong and what to do"},
				{Column: parquet.Column{Name: "content", Type: parquet.Text},
					Meaning: "the row as it came, at most 4 096 bytes; of a Parquet file as CSV in the order of the columns"},
			},
		}
	}
	stored := describe(pipeline.CodeNames()) // by their number; those of the subject are the ones that occur
	return &Rejects{table, number, describe(subject.CodeNames()), stored.Schema()}
}

// Part is the path of the table in the batch.
func (r *Rejects) Part() string { return path.Join(r.Table, "part-00000.parquet") }

// CSV is the path of the rejects of one input as CSV.
func (r *Rejects) CSV(input pipeline.Input) string { return path.Join(r.Table, input.String()+".csv") }

// RejectsWriter writes the rejects, in the order they are given.
type RejectsWriter struct{ rows *parquet.Writer }

// NewWriter starts the table, whose file says the facts of itself.
func (r *Rejects) NewWriter(file io.Writer, facts ...parquet.Fact) *RejectsWriter {
	return &RejectsWriter{r.schema.NewWriter(file, facts...)}
}

// Write writes one reject.
func (w *RejectsWriter) Write(r *Reject) error {
	w.rows.Text(rejectSource, r.Source)
	w.rows.Int(rejectRow, r.Row)
	if r.Number == "" {
		w.rows.Null(rejectNumber)
	} else {
		w.rows.Present(rejectNumber)
		w.rows.Text(rejectNumber, r.Number)
	}
	if r.Year == 0 {
		w.rows.Null(rejectYear)
	} else {
		w.rows.Present(rejectYear)
		w.rows.Int(rejectYear, int64(r.Year))
	}
	w.rows.Int(rejectCode, int64(r.Code))
	w.rows.Text(rejectMessage, r.Message)
	w.rows.Text(rejectContent, r.Content)
	return w.rows.EndRow()
}

// Close completes the table.
func (w *RejectsWriter) Close() error { return w.rows.Close() }
