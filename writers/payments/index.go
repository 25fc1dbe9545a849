package payments

import (
	"io"

	"regul/writers/dictionary"
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

// IndexTable is the name of the index.
const IndexTable = "payments"

var indexAbout = dictionary.Table{
	Name: IndexTable, Path: IndexFile, InBatch: true,
	Meaning: "One row for each refund and claim of the batch, see [payments.md](payments.md).",
	Key:     []string{"batch", "niss", "contribution_year", "kind"},
	Columns: []dictionary.Column{
		{Column: parquet.Column{Name: "niss", Type: parquet.Text}, Meaning: "national number, 11 digits"},
		{Column: parquet.Column{Name: "dossier", Type: parquet.Text}, Meaning: "file number at the fund"},
		{Column: parquet.Column{Name: "contribution_year", Type: parquet.Integer}, Meaning: "the year refunded or claimed"},
		{Column: parquet.Column{Name: "kind", Type: parquet.Code, Codes: kinds}, Meaning: "direction of the money: out of the fund, or to it"},
		{Column: parquet.Column{Name: "amount", Type: parquet.Amount}, Meaning: "what is refunded or claimed, offsets and surcharge included"},
		{Column: parquet.Column{Name: "surcharge", Type: parquet.Amount},
			Meaning: "part of `amount` that is a surcharge (or one given back)", Article: "AR 38 art. 11bis"},
		{Column: parquet.Column{Name: "status", Type: parquet.Code, Codes: statuses}, Meaning: "only what is `sent` is in a payment file"},
		{Column: parquet.Column{Name: "file", Type: parquet.Text, Optional: true}, Meaning: "the payment file, its path in the batch"},
		{Column: parquet.Column{Name: "transaction", Type: parquet.Text, Optional: true}, Meaning: "`EndToEndId` in that file"},
		{Column: parquet.Column{Name: "reference", Type: parquet.Text}, Meaning: "structured communication of dossier and year, 12 digits"},
		{Column: parquet.Column{Name: "due_on", Type: parquet.Date, Optional: true},
			Meaning: "day of execution or collection of what is sent, due date of another claim; null for a refund that is not sent"},
		{Column: parquet.Column{Name: "reason", Type: parquet.Code, Codes: Reasons(), Optional: true},
			Meaning: "why it is `held`: what the register holds, or a limit of the configuration"},
	},
}

var indexSchema = indexAbout.Schema()

// Dictionary describes the index.
func Dictionary() []dictionary.Table { return []dictionary.Table{indexAbout} }

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
