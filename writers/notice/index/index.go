package index

import (
	"io"
	"path"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/dictionary"
	"regul/writers/parquet"
)

// Placed is a letter in its file, and whose it is.
type Placed struct {
	Number  int64 // of the party
	Digits  uint8
	Dossier pipeline.Dossier
	Year    int // the first of the letter
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
	Copy        bool // for the solidary debtor
}

// Index is the table that says where each letter is. Its name is the folder of the letters; its first columns say whose each is.
type Index struct {
	Table  string
	about  dictionary.Table
	schema *parquet.Schema
	whose  func(rows *parquet.Writer, p *Placed)
}

// The tables of the letters, by subject.
const (
	PeopleTable  = "notices"
	CompanyTable = "company_notices"

	CertificateTable = "certificates"
)

var (
	People = newIndex(dictionary.Table{
		Name: PeopleTable, Meaning: "One row for each letter to an affiliate, see [notices.md](notices.md).",
		Key: []string{"batch", "file", "first_page"}, Columns: []dictionary.Column{
			{Column: parquet.Column{Name: "niss", Type: parquet.Text}, Meaning: "national number, 11 digits"},
			{Column: parquet.Column{Name: "dossier", Type: parquet.Text}, Meaning: "file number at the fund"},
		},
	}, func(rows *parquet.Writer, p *Placed) { rows.Append(indexDossier, p.Dossier.Append) })
	Companies = newIndex(dictionary.Table{
		Name: CompanyTable, Meaning: "One row for each letter to a company, see [notices.md](notices.md).",
		Key: []string{"batch", "enterprise", "contribution_year"},
		Columns: []dictionary.Column{
			{Column: parquet.Column{Name: "enterprise", Type: parquet.Text}, Meaning: "enterprise number, 10 digits"},
			{Column: parquet.Column{Name: "contribution_year", Type: parquet.Integer}, Meaning: "the year of the contribution"},
		},
	}, func(rows *parquet.Writer, p *Placed) { rows.Int(indexYear, int64(p.Year)) })
)

// Certificates is in no batch: it stands beside the certificates.
var Certificates = newIndex(dictionary.Table{
	Name: CertificateTable, Meaning: "One row for each fiscal certificate.", Key: []string{"niss"},
	Columns: []dictionary.Column{
		{Column: parquet.Column{Name: "niss", Type: parquet.Text}, Meaning: "national number, 11 digits"},
		{Column: parquet.Column{Name: "dossier", Type: parquet.Text}, Meaning: "file number at the fund"},
	},
}, func(rows *parquet.Writer, p *Placed) { rows.Append(indexDossier, p.Dossier.Append) })

// newIndex completes an index that has the columns that say whose a letter is.
func newIndex(about dictionary.Table, whose func(*parquet.Writer, *Placed)) *Index {
	about.Path, about.InBatch, about.Columns = Part(about.Name), true, append(about.Columns, placeColumns...)
	if about.Name == PeopleTable { // others have no copies
		about.Columns = append(about.Columns, copyColumn)
	}
	return &Index{about.Name, about, about.Schema(), whose}
}

// Dictionary describes the indexes of the letters to affiliates and to companies.
func Dictionary() []dictionary.Table {
	return []dictionary.Table{People.about, Companies.about}
}

// Part is the path of an index in the batch.
func Part(table string) string { return path.Join(table, "index.parquet") }

// The columns of the index: the second is one or the other.
const (
	indexNumber = iota
	indexDossier
	indexLanguage
	indexPostcode
	indexFile
	indexFirstPage
	indexPages
	indexClaim
	indexPayout
	indexNotPostable
	indexCopy // of letters to affiliates alone

	indexYear = indexDossier
)

// placeColumns are the columns of a place: the same in the index of affiliates and that of companies, after two that say whose letter it
// is.
var placeColumns = []dictionary.Column{
	{Column: parquet.Column{Name: "language", Type: parquet.Code, Codes: pipeline.Languages()}, Meaning: "of the letter"},
	{Column: parquet.Column{Name: "postcode", Type: parquet.Text, Optional: true},
		Meaning: "as the register has it; null where it has none"},
	{Column: parquet.Column{Name: "file", Type: parquet.Text}, Meaning: "the file of letters, its path in the batch"},
	{Column: parquet.Column{Name: "first_page", Type: parquet.Integer}, Meaning: "where the letter begins in it, from 1"},
	{Column: parquet.Column{Name: "pages", Type: parquet.Integer}, Meaning: "how many pages it has"},
	{Column: parquet.Column{Name: "claim", Type: parquet.Amount}, Meaning: "what the letter asks to be paid, over all its years"},
	{Column: parquet.Column{Name: "payout", Type: parquet.Amount}, Meaning: "what the letter promises, over all its years"},
	{Column: parquet.Column{Name: "not_postable", Type: parquet.Code, Codes: Reasons(), Optional: true},
		Meaning: "why the letter can't be posted; null where it can"},
}

// copyColumn is the last column of an index that may have copies for solidary debtors.
var copyColumn = dictionary.Column{Column: parquet.Column{Name: "copy", Type: parquet.Boolean, Optional: true},
	Meaning: "true: [a copy](notices.md#copies) for the solidary debtor (AR 38 art. 15 §1), whose claim and payout are 0; else null"}

// Writer writes the index: one row for each letter, in the order they are given.
type Writer struct {
	index *Index
	rows  *parquet.Writer
}

// NewWriter starts the table.
func (x *Index) NewWriter(file io.Writer) *Writer {
	return &Writer{x, x.schema.NewWriter(file)}
}

// Write writes the letter that stands in a file, named by its path in the batch.
func (w *Writer) Write(file string, p *Placed) error {
	w.rows.Append(indexNumber, func(dst []byte) []byte { return pipeline.AppendNumber(dst, p.Number, p.Digits) })
	w.index.whose(w.rows, p)
	p.Place.write(w.rows, file)
	switch {
	case w.index.Table != PeopleTable:
	case p.Copy:
		w.rows.Present(indexCopy)
		w.rows.Int(indexCopy, 1)
	default:
		w.rows.Null(indexCopy)
	}
	return w.rows.EndRow()
}

// write writes where a letter is, in a file of that name.
func (p *Place) write(rows *parquet.Writer, file string) {
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
}

// Close completes the table.
func (w *Writer) Close() error { return w.rows.Close() }
