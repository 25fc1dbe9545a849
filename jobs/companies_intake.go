package jobs

import (
	"context"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"regul/pipeline"
	"regul/pipeline/company"
	"regul/pipeline/money"
	"regul/readers"
	"regul/readers/table"
	"regul/writers/tables"
)

// openCompanies opens the files of companies and finds their formats. A missing file is an error of usage.
func openCompanies(paths []string) (*intake, error) {
	in := &intake{unknown: map[string][]string{}}
	for _, path := range paths {
		f, err := openFile(CompaniesInput, path, len(in.files))
		if err != nil {
			in.close()
			return nil, err
		}
		in.files = append(in.files, f)
	}
	return in.cut(readers.CompanyParts)
}

// readCompanies reads all files, several parts at a time, and digests them. The rows of a part stay together; the order of the
// parts is that of the files.
func readCompanies(ctx context.Context, in *intake, workers int, progress readers.Progress) (*readers.Companies, error) {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	var read []*readers.Companies
	for _, f := range in.files {
		for _, part := range f.parts {
			at := len(read)
			read = append(read, nil)
			group.Go(func() (err error) {
				found, err := part.ReadCompanies(ctx, func(rows int) {
					f.rows.Add(int64(rows))
					progress(rows)
				})
				if err == nil && len(found.Unknown) > 0 {
					in.mutex.Lock()
					in.unknown[f.Name] = found.Unknown
					in.mutex.Unlock()
				}
				in.mutex.Lock()
				defer in.mutex.Unlock()
				read[at] = found
				return err
			})
		}
		group.Go(func() (err error) {
			f.sha256, err = digest(f.file)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	all := &readers.Companies{}
	for _, c := range read {
		all.Rows = append(all.Rows, c.Rows...)
		all.Rejects = append(all.Rejects, c.Rejects...)
		all.Unread = append(all.Unread, c.Unread...)
	}
	return all, nil
}

// priorColumns are what the ledger needs of the table of companies.
var priorColumns = []table.Column{
	{Name: "enterprise", Kind: table.Text}, {Name: "contribution_year", Kind: table.Integer}, {Name: "version", Kind: table.Integer},
	{Name: "balance_total", Kind: table.Amount}, {Name: "created_on", Kind: table.Date}, {Name: "exemption", Kind: table.Text},
	{Name: "called_reported", Kind: table.Amount}, {Name: "paid", Kind: table.Amount}, {Name: "definitive", Kind: table.Amount},
	{Name: "refund", Kind: table.Amount}, {Name: "surcharge", Kind: table.Amount}, {Name: "late_months", Kind: table.Integer},
	{Name: "notified_on", Kind: table.Date},
}

// priorCompanies reads the versions that published batches hold.
func priorCompanies(history *ledger) ([]company.Prior, error) {
	var found []company.Prior
	for _, m := range history.batches {
		for i := range m.Files {
			if !m.Files[i].isPartOf(tables.CompaniesTable) {
				continue
			}
			err := eachOf(history.storage, m, &m.Files[i], priorColumns, func(b *table.Block, row int) error {
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

// eachOf visits the rows of a file of a published batch.
func eachOf(storage Storage, m *Manifest, f *ManifestFile, columns []table.Column, visit func(b *table.Block, row int) error) error {
	file, err := verified(storage, m, f)
	if err != nil {
		return err
	}
	defer file.Close()
	err = eachBlock(file, columns, func(b *table.Block) error {
		for row := range b.Rows {
			if err := visit(b, row); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("%s/%s: %w", m.Folder(), f.Path, err)
	}
	return nil
}
