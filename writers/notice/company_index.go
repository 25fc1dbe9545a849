package notice

import (
	"io"

	"regul/pipeline/company"
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

var companyIndexSchema = parquet.NewSchema(CompanyIndexTable, append([]parquet.Column{
	{Name: "enterprise", Type: parquet.Text},
	{Name: "contribution_year", Type: parquet.Integer},
}, placeColumns...))

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
