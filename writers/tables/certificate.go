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
		text("niss", func(r *row, b []byte) []byte { return r.NISS.Append(b) }),
		text("dossier", func(r *row, b []byte) []byte { return r.Dossier.Append(b) }),
		number("calendar_year", parquet.Integer, func(r *row) int64 { return int64(r.Year) }),
		number("payments", parquet.Integer, func(r *row) int64 { return r.Payments }),
		amount("received", func(r *row) money.Cents { return r.Received }),
		amount("returned", func(r *row) money.Cents { return r.Returned }),
		amount("deductible", func(r *row) money.Cents { return r.Deductible() }),
		amount("surcharges", func(r *row) money.Cents { return r.Surcharges }),
		code("status", pipeline.ReceiptStatuses(), func(r *row) int64 { return int64(r.Status) }),
	})
}

// WriteCertificates writes the receipts, by national number, as certificate.parquet.
func WriteCertificates(create Create, receipts []pipeline.Receipt) error {
	return fill(create, certificateTable(), CertificateTable+".parquet", each(receipts), nil)
}
