package tables

import (
	"io"
	"path"

	"regul/pipeline"
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

var rejectsSchema = parquet.NewSchema(RejectsTable, []parquet.Column{
	{Name: "source", Type: parquet.Text},
	{Name: "row", Type: parquet.Long},
	{Name: "niss", Type: parquet.Text, Optional: true},
	{Name: "year", Type: parquet.Integer, Optional: true},
	{Name: "code", Type: parquet.Code, Codes: pipeline.CodeNames()},
	{Name: "message", Type: parquet.Text},
	{Name: "content", Type: parquet.Text},
})

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
