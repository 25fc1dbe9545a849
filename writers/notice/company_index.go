package notice

import (
	"io"

	"regul/pipeline"
	"regul/pipeline/company"
	"regul/pipeline/money"
	"regul/writers/parquet"
)

// CompanyPlaced is where a letter to a company stands in its file, and what it asks and gives. Amounts in cents.
type CompanyPlaced struct {
	Number    company.Number
	Year      int
	Language  pipeline.Language
	Postcode  string // as the input has it, may be empty
	FirstPage int    // from 1
	Pages     int
	Claim     money.Cents
	Payout    money.Cents
}

// CompanyIndexTable is the name of the index of the letters to companies: the folder of their files.
const CompanyIndexTable = "company_notices"

// CompanyIndexPart is the path of the index in the batch.
func CompanyIndexPart() string { return CompanyIndexTable + "/index.parquet" }

var companyIndexSchema = parquet.NewSchema(CompanyIndexTable, []parquet.Column{
	{Name: "enterprise", Type: parquet.Text},
	{Name: "contribution_year", Type: parquet.Integer},
	{Name: "language", Type: parquet.Code, Codes: pipeline.Languages()},
	{Name: "postcode", Type: parquet.Text, Optional: true},
	{Name: "file", Type: parquet.Text},
	{Name: "first_page", Type: parquet.Integer},
	{Name: "pages", Type: parquet.Integer},
	{Name: "claim", Type: parquet.Amount},
	{Name: "payout", Type: parquet.Amount},
})

// CompanyIndexWriter writes the index: one row for each letter, in the order they are given.
type CompanyIndexWriter struct{ rows *parquet.Writer }

// NewCompanyIndexWriter starts the table.
func NewCompanyIndexWriter(file io.Writer) *CompanyIndexWriter {
	return &CompanyIndexWriter{companyIndexSchema.NewWriter(file)}
}

// Write writes the letter that stands in a file, named by its path in the batch.
func (w *CompanyIndexWriter) Write(file string, p *CompanyPlaced) error {
	w.rows.Append(0, p.Number.Append)
	w.rows.AppendOptional(3, func(dst []byte) []byte { return append(dst, p.Postcode...) })
	w.rows.Text(4, file)
	for column, value := range map[int]int64{1: int64(p.Year), 2: int64(p.Language), 5: int64(p.FirstPage), 6: int64(p.Pages), 7: int64(p.Claim), 8: int64(p.Payout)} {
		w.rows.Int(column, value)
	}
	return w.rows.EndRow()
}

// Close completes the table.
func (w *CompanyIndexWriter) Close() error { return w.rows.Close() }
