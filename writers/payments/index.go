package payments

import (
	"io"

	"regul/writers/parquet"
)

// The columns of the index.
const (
	indexNISS = iota
	indexDossier
	indexYear
	indexKind
	indexAmount
	indexSurcharge
	indexStatus
	indexFile
	indexTransaction
	indexReference
	indexDueOn
	indexReason
)

var indexSchema = parquet.NewSchema("payments", []parquet.Column{
	{Name: "niss", Type: parquet.Text},
	{Name: "dossier", Type: parquet.Text},
	{Name: "contribution_year", Type: parquet.Integer},
	{Name: "kind", Type: parquet.Code, Codes: kinds},
	{Name: "amount", Type: parquet.Amount},
	{Name: "surcharge", Type: parquet.Amount},
	{Name: "status", Type: parquet.Code, Codes: statuses},
	{Name: "file", Type: parquet.Text, Optional: true},
	{Name: "transaction", Type: parquet.Text, Optional: true},
	{Name: "reference", Type: parquet.Text},
	{Name: "due_on", Type: parquet.Date, Optional: true},
	{Name: "reason", Type: parquet.Code, Codes: Reasons(), Optional: true},
})

// index writes the index, in the order in which rows are added.
type index struct {
	file io.WriteCloser
	rows *parquet.Writer
}

func newIndex(create func(string) (io.WriteCloser, error)) (*index, error) {
	file, err := create(IndexFile)
	if err != nil {
		return nil, err
	}
	return &index{file, indexSchema.NewWriter(file)}, nil
}

func (x *index) add(r *row) error {
	x.rows.Append(indexNISS, r.affiliate.NISS.Append)
	x.rows.Append(indexDossier, r.affiliate.Dossier.Append)
	x.rows.Int(indexYear, int64(r.year))
	x.rows.Int(indexKind, int64(r.kind))
	x.rows.Int(indexAmount, int64(r.amount))
	x.rows.Int(indexSurcharge, int64(r.surcharge))
	x.rows.Int(indexStatus, int64(r.status))
	x.optional(indexFile, r.file)
	x.optional(indexTransaction, string(r.transaction))
	x.rows.Text(indexReference, string(r.reference))
	if r.dueOn == 0 {
		x.rows.Null(indexDueOn)
	} else {
		x.rows.Present(indexDueOn)
		x.rows.Int(indexDueOn, int64(r.dueOn))
	}
	if r.status != Held {
		x.rows.Null(indexReason)
	} else {
		x.rows.Present(indexReason)
		x.rows.Int(indexReason, int64(r.reason))
	}
	return x.rows.EndRow()
}

func (x *index) optional(column int, text string) {
	if text == "" {
		x.rows.Null(column)
		return
	}
	x.rows.Present(column)
	x.rows.Text(column, text)
}

// close completes the index, or lets it go.
func (x *index) close(complete bool) error {
	var err error
	if complete {
		err = x.rows.Close()
	}
	if closing := x.file.Close(); err == nil {
		err = closing
	}
	return err
}
