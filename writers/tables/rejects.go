package tables

import (
	"io"
	"path"

	"regul/pipeline"
	"regul/writers/dictionary"
	"regul/writers/parquet"
)

// Reject is a rejected row as published.
type Reject struct {
	Source  string // the file
	Row     int64  // the first data row is 1
	NISS    string // as read
	Year    int    // 0: unreadable or without meaning
	Code    pipeline.Code
	Message string
	Content string // the row as read
}

// The columns of the rejects.
const (
	rejectSource = iota
	rejectRow
	rejectNISS
	rejectYear
	rejectCode
	rejectMessage
	rejectContent
)

var rejectsAbout = dictionary.Table{
	Name: RejectsTable, Path: onePart(RejectsTable), InBatch: true,
	Meaning: "One row for each rejected row of an input.",
	Key:     []string{"batch", "source", "row", "code"},
	Columns: []dictionary.Column{
		{Column: parquet.Column{Name: "source", Type: parquet.Text}, Meaning: sourceMeaning},
		{Column: parquet.Column{Name: "row", Type: parquet.Long}, Meaning: rowMeaning},
		{Column: parquet.Column{Name: "niss", Type: parquet.Text, Optional: true}, Meaning: "as the row has it, right or wrong"},
		{Column: parquet.Column{Name: "year", Type: parquet.Integer, Optional: true}, Meaning: yearMeaning},
		{Column: parquet.Column{Name: "code", Type: parquet.Code, Codes: pipeline.CodeNames()}, Meaning: "why, see [operators.md](operators.md#rejects)"},
		{Column: parquet.Column{Name: "message", Type: parquet.Text}, Meaning: messageMeaning},
		{Column: parquet.Column{Name: "content", Type: parquet.Text}, Meaning: contentMeaning},
	},
}

// What the columns of both tables of rejects hold.
const (
	sourceMeaning  = "file, by its last name (by its path where two files have the same)"
	rowMeaning     = "data row in it, from 1"
	yearMeaning    = "contribution year, where it could be read"
	messageMeaning = "what is wrong and what to do"
	contentMeaning = "the row as it came, at most 4 096 bytes; of a Parquet file as CSV in the order of the columns"
)

var rejectsSchema = rejectsAbout.Schema()

// RejectsPart is the path of the rejects in the batch.
func RejectsPart() string { return path.Join(RejectsTable, "part-00000.parquet") }

// RejectsWriter writes the rejects, in the order they are given.
type RejectsWriter struct{ rows *parquet.Writer }

// NewRejectsWriter starts the table, whose file says the facts of itself.
func NewRejectsWriter(file io.Writer, facts ...parquet.Fact) *RejectsWriter {
	return &RejectsWriter{rejectsSchema.NewWriter(file, facts...)}
}

// Write writes one reject.
func (w *RejectsWriter) Write(r *Reject) error {
	w.rows.Text(rejectSource, r.Source)
	w.rows.Int(rejectRow, r.Row)
	if r.NISS == "" {
		w.rows.Null(rejectNISS)
	} else {
		w.rows.Present(rejectNISS)
		w.rows.Text(rejectNISS, r.NISS)
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
