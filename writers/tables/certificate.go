package tables

import (
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/dictionary"
	"regul/writers/parquet"
)

// CertificateTable is the name of the table of contributions paid in a calendar year; it is in no batch.
const CertificateTable = "certificate"

func certificateTable() *table[pipeline.Receipt] {
	type row = pipeline.Receipt
	return newTable(dictionary.Table{Name: CertificateTable}, []column[row]{
		text("niss", func(r *row, b []byte) []byte { return r.NISS.Append(b) }).means("national number, 11 digits"),
		text("dossier", func(r *row, b []byte) []byte { return r.Dossier.Append(b) }).means("file number at the fund"),
		number("calendar_year", parquet.Integer, func(r *row) int64 { return int64(r.Year) }).
			means("when it was paid, for any contribution year"),
		number("payments", parquet.Integer, func(r *row) int64 { return r.Payments }).means("rows of the payments"),
		amount("received", func(r *row) money.Cents { return r.Received }).means("contributions that came in").signed(),
		amount("returned", func(r *row) money.Cents { return r.Returned }).
			means("what was reversed or refunded, less refunds that came back").signed(),
		amount("deductible", func(r *row) money.Cents { return r.Deductible() }).means("`received` − `returned`").signed(),
		amount("surcharges", func(r *row) money.Cents { return r.Surcharges }).
			means("surcharges that were paid, which are no contributions").signed(),
		code("status", pipeline.ReceiptStatuses(), func(r *row) int64 { return int64(r.Status) }).
			means("only the sums of `certified` may be told"),
	})
}

// Certificates describes the table.
func Certificates() dictionary.Table { return certificateTable().about }

// WriteCertificates writes the receipts, by national number, as certificate.parquet.
func WriteCertificates(create Create, receipts []pipeline.Receipt) error {
	return fill(create, certificateTable(), CertificateTable+".parquet", each(receipts), nil)
}
