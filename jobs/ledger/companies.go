package ledger

import (
	"fmt"
	"slices"

	"regul/jobs/batch"
	"regul/pipeline"
	"regul/pipeline/company"
	"regul/pipeline/money"
	"regul/readers/table"
	"regul/writers/tables"
)

// priorColumns are what the ledger needs of the table of companies.
var priorColumns = []table.Column{
	{Name: "enterprise", Kind: table.Text}, {Name: "contribution_year", Kind: table.Integer}, {Name: "version", Kind: table.Integer},
	{Name: "balance_total", Kind: table.Amount}, {Name: "created_on", Kind: table.Date}, {Name: "exemption", Kind: table.Text},
	{Name: "called_reported", Kind: table.Amount}, {Name: "paid", Kind: table.Amount}, {Name: "definitive", Kind: table.Amount},
	{Name: "refund", Kind: table.Amount}, {Name: "surcharge", Kind: table.Amount}, {Name: "late_months", Kind: table.Integer},
	{Name: "notified_on", Kind: table.Date},
}

// PriorCompanies reads the versions that published batches hold.
func PriorCompanies(history *History) ([]company.Prior, error) {
	var found []company.Prior
	for _, m := range history.Batches {
		for i := range m.Files {
			if !m.Files[i].IsPartOf(tables.CompaniesTable) {
				continue
			}
			err := batch.EachRowOfFile(history.Storage, m, &m.Files[i], priorColumns, func(b *table.Block, row int) error {
				p, ok := priorOf(b, row)
				if !ok {
					return fmt.Errorf("row %d is no company's", b.First+int64(row))
				}
				found = append(found, p)
				return nil
			})
			if err != nil {
				return nil, err
			}
		}
	}
	return found, nil
}

func priorOf(b *table.Block, row int) (p company.Prior, ok bool) {
	cents := func(column int) money.Cents { return money.Cents(b.Columns[column].Ints[row]) }
	p.Number, ok = company.ParseNumber(b.Columns[0].Texts[row])
	p.Year, p.Version = int16(cents(1)), int32(cents(2))
	p.Balance, p.CreatedOn = company.NoBalance, company.NoDay
	if b.Columns[3].States[row] == table.Value {
		p.Balance = cents(3)
	}
	if b.Columns[4].States[row] == table.Value {
		p.CreatedOn = pipeline.Date(b.Columns[4].Ints[row])
	}
	if b.Columns[5].States[row] == table.Value {
		at := slices.Index(company.Exemptions(), string(b.Columns[5].Texts[row]))
		ok = ok && at > 0
		p.Exemption = company.Exemption(max(0, at))
	}
	p.Called, p.Paid, p.Definitive, p.Refund, p.Surcharge = cents(6), cents(7), cents(8), cents(9), cents(10)
	p.Months, p.NotifiedOn = int64(cents(11)), pipeline.Date(b.Columns[12].Ints[row])
	return p, ok
}

// HeldCompanyRejects are the rejects of every batch of companies, by their key.
func HeldCompanyRejects(history *History) (map[batch.RejectKey]bool, error) {
	held := map[batch.RejectKey]bool{}
	columns := []table.Column{{Name: "code", Kind: table.Text}, {Name: "content", Kind: table.Text}}
	for _, m := range history.Batches {
		for i := range m.Files {
			if f := &m.Files[i]; f.Path == tables.CompanyRejectsPart() {
				err := batch.EachRowOfFile(history.Storage, m, f, columns, func(b *table.Block, row int) error {
					held[batch.RejectKeyOf(string(b.Columns[0].Texts[row]), string(b.Columns[1].Texts[row]))] = true
					return nil
				})
				if err != nil {
					return nil, err
				}
			}
		}
	}
	return held, nil
}
