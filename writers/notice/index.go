package notice

import (
	"io"
	"path"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/dictionary"
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

var indexAbout = dictionary.Table{
	Name: IndexTable, Path: IndexPart(), InBatch: true,
	Meaning: "One row for each letter to an affiliate, see [notices.md](notices.md).",
	Key:     []string{"batch", "niss"},
	Columns: append([]dictionary.Column{
		{Column: parquet.Column{Name: "niss", Type: parquet.Text}, Meaning: "national number, 11 digits"},
		{Column: parquet.Column{Name: "dossier", Type: parquet.Text}, Meaning: "file number at the fund"},
	}, placeColumns...),
}

// placeColumns are the columns of a place: the same in the index of affiliates and that of companies, after two that say whose letter it is.
var placeColumns = []dictionary.Column{
	{Column: parquet.Column{Name: "language", Type: parquet.Code, Codes: pipeline.Languages()}, Meaning: "of the letter"},
	{Column: parquet.Column{Name: "postcode", Type: parquet.Text, Optional: true}, Meaning: "as the register has it; null where it has none"},
	{Column: parquet.Column{Name: "file", Type: parquet.Text}, Meaning: "the file of letters, its path in the batch"},
	{Column: parquet.Column{Name: "first_page", Type: parquet.Integer}, Meaning: "where the letter begins in it, from 1"},
	{Column: parquet.Column{Name: "pages", Type: parquet.Integer}, Meaning: "how many pages it has"},
	{Column: parquet.Column{Name: "claim", Type: parquet.Amount}, Meaning: "what the letter asks to be paid, over all its years"},
	{Column: parquet.Column{Name: "payout", Type: parquet.Amount}, Meaning: "what the letter promises, over all its years"},
	{Column: parquet.Column{Name: "not_postable", Type: parquet.Code, Codes: Reasons(), Optional: true},
		Meaning: "why the letter can't be posted; null where it can"},
}

var indexSchema = indexAbout.Schema()

// Dictionary describes the indexes of the letters to affiliates and to companies.
func Dictionary() []dictionary.Table { return []dictionary.Table{indexAbout, companyIndexAbout} }

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
