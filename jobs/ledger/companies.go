package ledger

import (
	"context"
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
	{Name: "notified_on", Kind: table.Date}, {Name: "paid_on", Kind: table.Date, Optional: true},
	{Name: "paid_late_months", Kind: table.Amount, Optional: true},
}

// CompanySources are the reads that bring the versions of published batches into scatters, one for each file.
func (l *History) CompanySources() []pipeline.Source {
	var sources []pipeline.Source
	l.eachCompanyFile(func(m *batch.Manifest, f *batch.ManifestFile) error {
		sources = append(sources, func(ctx context.Context, into *pipeline.Scatter) error {
			return l.eachPrior(m, f, func(p *company.Prior) { company.TakePrior(into, p) })
		})
		return nil
	})
	return sources
}

// PriorCompanies reads the versions that published batches hold.
func PriorCompanies(history *History) (found []company.Prior, err error) {
	err = history.eachCompanyFile(func(m *batch.Manifest, f *batch.ManifestFile) error {
		return history.eachPrior(m, f, func(p *company.Prior) { found = append(found, *p) })
	})
	return found, err
}

func (l *History) eachCompanyFile(visit func(*batch.Manifest, *batch.ManifestFile) error) error {
	for _, m := range l.Batches {
		for i := range m.Files {
			if f := &m.Files[i]; f.IsPartOf(tables.CompaniesTable) {
				if err := visit(m, f); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// eachPrior goes through the versions of a file.
func (l *History) eachPrior(m *batch.Manifest, f *batch.ManifestFile, visit func(*company.Prior)) error {
	return batch.EachRowOfFile(l.Storage, m, f, priorColumns, func(b *table.Block, row int) error {
		p, ok := priorOf(b, row)
		if !ok {
			return fmt.Errorf("row %d is no company's", b.First+int64(row))
		}
		visit(&p)
		return nil
	})
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
	if b.Columns[13].States[row] == table.Value { // batches from before these columns knew no day of payment
		p.PaidOn = pipeline.Date(b.Columns[13].Ints[row]).Some()
	}
	if b.Columns[14].States[row] == table.Value {
		p.PaidLate = cents(14)
	}
	return p, ok
}
