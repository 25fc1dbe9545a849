package notice

import (
	"io"
	"path"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/parquet"
)

// Placed is where a letter stands in its file, and what it asks and gives. Amounts in cents.
type Placed struct {
	NISS      pipeline.NISS
	Dossier   pipeline.Dossier
	Language  pipeline.Language
	Postcode  string // as the register has it, may be empty
	FirstPage int    // from 1
	Pages     int
	Claim     money.Cents
	Payout    money.Cents
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
)

var indexSchema = parquet.NewSchema(IndexTable, []parquet.Column{
	{Name: "niss", Type: parquet.Text},
	{Name: "dossier", Type: parquet.Text},
	{Name: "language", Type: parquet.Code, Codes: pipeline.Languages()},
	{Name: "postcode", Type: parquet.Text, Optional: true},
	{Name: "file", Type: parquet.Text},
	{Name: "first_page", Type: parquet.Integer},
	{Name: "pages", Type: parquet.Integer},
	{Name: "claim", Type: parquet.Amount},
	{Name: "payout", Type: parquet.Amount},
})

// IndexWriter writes the index: one row for each letter, in the order they are given.
type IndexWriter struct{ rows *parquet.Writer }

// NewIndexWriter starts the table.
func NewIndexWriter(file io.Writer) *IndexWriter { return &IndexWriter{indexSchema.NewWriter(file)} }

// Write writes the letter that stands in a file, named by its path in the batch.
func (w *IndexWriter) Write(file string, p *Placed) error {
	w.rows.Append(indexNISS, p.NISS.Append)
	w.rows.Append(indexDossier, p.Dossier.Append)
	w.rows.Int(indexLanguage, int64(p.Language))
	if p.Postcode == "" {
		w.rows.Null(indexPostcode)
	} else {
		w.rows.Present(indexPostcode)
		w.rows.Text(indexPostcode, p.Postcode)
	}
	w.rows.Text(indexFile, file)
	w.rows.Int(indexFirstPage, int64(p.FirstPage))
	w.rows.Int(indexPages, int64(p.Pages))
	w.rows.Int(indexClaim, int64(p.Claim))
	w.rows.Int(indexPayout, int64(p.Payout))
	return w.rows.EndRow()
}

// Close completes the table.
func (w *IndexWriter) Close() error { return w.rows.Close() }
