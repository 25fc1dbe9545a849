package notice

import (
	"io"

	"regul/pipeline/company"
	"regul/writers/dictionary"
	"regul/writers/parquet"
)

// CompanyPlaced is a letter to a company in its file.
type CompanyPlaced struct {
	Number company.Number
	Year   int
	Place
}

// CompanyIndexTable is the name of the index of the letters to companies: the folder of their files.
const CompanyIndexTable = "company_notices"

// CompanyIndexPart is the path of the index in the batch.
func CompanyIndexPart() string { return CompanyIndexTable + "/index.parquet" }

var companyIndexAbout = dictionary.Table{
	Name: CompanyIndexTable, Path: CompanyIndexPart(), InBatch: true,
	Meaning: "One row for each letter to a company, see [notices.md](notices.md).",
	Key:     []string{"batch", "enterprise", "contribution_year"},
	Columns: append([]dictionary.Column{
		{Column: parquet.Column{Name: "enterprise", Type: parquet.Text}, Meaning: "enterprise number, 10 digits"},
		{Column: parquet.Column{Name: "contribution_year", Type: parquet.Integer}, Meaning: "the year of the contribution"},
	}, placeColumns...),
}

var companyIndexSchema = companyIndexAbout.Schema()

// CompanyIndexWriter writes the index: one row for each letter, in the order they are given.
type CompanyIndexWriter struct{ rows *parquet.Writer }

// NewCompanyIndexWriter starts the table.
func NewCompanyIndexWriter(file io.Writer) *CompanyIndexWriter {
	return &CompanyIndexWriter{companyIndexSchema.NewWriter(file)}
}

// Write writes the letter that stands in a file, named by its path in the batch.
func (w *CompanyIndexWriter) Write(file string, p *CompanyPlaced) error {
	w.rows.Append(0, p.Number.Append)
	w.rows.Int(1, int64(p.Year))
	return p.Place.write(w.rows, file)
}

// Close completes the table.
func (w *CompanyIndexWriter) Close() error { return w.rows.Close() }
