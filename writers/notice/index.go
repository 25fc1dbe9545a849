package notice

import (
	"io"
	"path"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/parquet"
)

// Placed is a letter to an affiliate in its file.
type Placed struct {
	NISS    pipeline.NISS
	Dossier pipeline.Dossier
	Place
}

// Place is where a letter stands in its file, and what it asks and gives. Amounts in cents.
type Place struct {
	Language  pipeline.Language
	Postcode  string // as the register has it, may be empty
	FirstPage int    // from 1
	Pages     int
	Claim     money.Cents
	Payout    money.Cents

	NotPostable Reason
}

// IndexTable is the name of the index of the letters, IndexPart its path in the batch.
const IndexTable = "notices"

// IndexPart is the path of the index in the batch.
func IndexPart() string { return path.Join(IndexTable, "index.parquet") }

// The columns of the index.
const (
	indexNISS = iota
	indexDossier
	indexLanguage
	indexPostcode
	indexFile
	indexFirstPage
	indexPages
	indexClaim
	indexPayout
	indexNotPostable
)

var indexSchema = parquet.NewSchema(IndexTable, append([]parquet.Column{
	{Name: "niss", Type: parquet.Text},
	{Name: "dossier", Type: parquet.Text},
}, placeColumns...))

// placeColumns are the columns of a place: the same in the index of affiliates and that of companies, after two that say whose letter it is.
var placeColumns = []parquet.Column{
	{Name: "language", Type: parquet.Code, Codes: pipeline.Languages()},
	{Name: "postcode", Type: parquet.Text, Optional: true},
	{Name: "file", Type: parquet.Text},
	{Name: "first_page", Type: parquet.Integer},
	{Name: "pages", Type: parquet.Integer},
	{Name: "claim", Type: parquet.Amount},
	{Name: "payout", Type: parquet.Amount},
	{Name: "not_postable", Type: parquet.Code, Codes: Reasons(), Optional: true},
}

// IndexWriter writes the index: one row for each letter, in the order they are given.
type IndexWriter struct{ rows *parquet.Writer }

// NewIndexWriter starts the table.
func NewIndexWriter(file io.Writer) *IndexWriter { return &IndexWriter{indexSchema.NewWriter(file)} }

// Write writes the letter that stands in a file, named by its path in the batch.
func (w *IndexWriter) Write(file string, p *Placed) error {
	w.rows.Append(indexNISS, p.NISS.Append)
	w.rows.Append(indexDossier, p.Dossier.Append)
	return p.Place.write(w.rows, file)
}

// write completes the row of a letter in a file of that name.
func (p *Place) write(rows *parquet.Writer, file string) error {
	rows.Int(indexLanguage, int64(p.Language))
	rows.AppendOptional(indexPostcode, func(dst []byte) []byte { return append(dst, p.Postcode...) })
	rows.Text(indexFile, file)
	rows.Int(indexFirstPage, int64(p.FirstPage))
	rows.Int(indexPages, int64(p.Pages))
	rows.Int(indexClaim, int64(p.Claim))
	rows.Int(indexPayout, int64(p.Payout))
	if p.NotPostable == Posted {
		rows.Null(indexNotPostable)
	} else {
		rows.Present(indexNotPostable)
		rows.Int(indexNotPostable, int64(p.NotPostable))
	}
	return rows.EndRow()
}

// Close completes the table.
func (w *IndexWriter) Close() error { return w.rows.Close() }
