package ask

import (
	"fmt"
	"slices"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/jobs/outgoing"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/pipeline/company"
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/readers/table"
	"regul/writers/tables"
)

// publishedColumns are what a company's row is held against when it is computed again: the first are the key.
var publishedColumns = []table.Column{
	{Name: "enterprise", Kind: table.Text}, {Name: "contribution_year", Kind: table.Integer}, {Name: "version", Kind: table.Integer},
	{Name: "due_date", Kind: table.Date}, {Name: "pay_by", Kind: table.Date}, {Name: "size", Kind: table.Text}, {Name: "contribution", Kind: table.Amount},
	{Name: "definitive", Kind: table.Amount}, {Name: "called", Kind: table.Amount}, {Name: "supplement", Kind: table.Amount},
	{Name: "surplus_applied", Kind: table.Amount}, {Name: "to_pay", Kind: table.Amount}, {Name: "cancelled", Kind: table.Amount},
	{Name: "refund", Kind: table.Amount}, {Name: "arrears", Kind: table.Amount}, {Name: "late_principal", Kind: table.Amount},
	{Name: "surcharge_total", Kind: table.Amount}, {Name: "surcharge", Kind: table.Amount},
}

// publishedValues are the amounts and days of a result, in the order of publishedColumns from the day on, without the size.
func publishedValues(r *company.Result) []money.Cents {
	return []money.Cents{money.Cents(r.Due), money.Cents(r.PayBy), r.Amount, r.Definitive, r.CalledBefore, r.Supplement, r.SurplusApplied, r.ToPay, r.Cancelled,
		r.Refund, r.Arrears, r.Late, r.SurchargeTotal, r.Surcharge}
}

// again computes a version anew from its facts and the versions before it.
func again(l *law.CompanyLaw, versions []company.Prior) (*company.Result, error) {
	last := &versions[len(versions)-1]
	y, known := l.Year(int(last.Year))
	if !known {
		return nil, fmt.Errorf("the law of %d is not there any more", last.Year)
	}
	row := company.Row{Facts: last.Facts, Number: last.Number, Year: last.Year}
	r := company.Settle(&row, &y, versions[:len(versions)-1], last.NotifiedOn)
	return &r, nil
}

// ExplainedCompany is how the amounts of a company's year came about.
type ExplainedCompany struct {
	Enterprise string     `json:"enterprise"`
	Year       int        `json:"year"`
	Version    int        `json:"version"`
	NotifiedOn string     `json:"notified_on"`
	Steps      []law.Step `json:"steps"`
}

// ExplainCompany explains the last version of a company's year, line by line, and makes sure that it gives what was published.
func ExplainCompany(storage storage.Storage, enterprise string, year int) (*ExplainedCompany, error) {
	number, ok := company.ParseNumber([]byte(jobs.Digits(enterprise)))
	if !ok {
		return nil, jobs.UsageError("--enterprise must be an enterprise number of 10 digits that begins with 0 or 1 and whose check digits are right")
	}
	history, err := ledger.OpenOf(storage, batch.CompaniesJob)
	if err != nil {
		return nil, err
	}
	versions, err := ledger.PriorCompanies(history)
	if err != nil {
		return nil, err
	}
	versions = slices.DeleteFunc(versions, func(p company.Prior) bool { return p.Number != number || int(p.Year) != year })
	if len(versions) == 0 {
		return nil, jobs.UsageError("no published batch has settled the year %d of this company", year)
	}
	slices.SortFunc(versions, func(a, b company.Prior) int { return int(a.Version - b.Version) })
	l, err := law.Companies()
	if err != nil {
		return nil, err
	}
	r, err := again(l, versions)
	if err != nil {
		return nil, err
	}
	last := &versions[len(versions)-1]
	if r.Definitive != last.Definitive || r.Refund != last.Refund || r.Surcharge != last.Surcharge || r.Version != int(last.Version) {
		return nil, fmt.Errorf("the calculation gives %s, the batch of %s published %s: it was made by another version of the program or the law", r.Definitive, last.NotifiedOn, last.Definitive)
	}
	return &ExplainedCompany{Enterprise: number.String(), Year: year, Version: r.Version, NotifiedOn: last.NotifiedOn.String(), Steps: company.Steps(r)}, nil
}

// VerifyCompanies holds a published batch of companies against itself, from its files alone: the digest of every file, the order
// and the sums of the tables, and every row computed anew. It returns how many rows that were.
func VerifyCompanies(storage storage.Storage, m *batch.Manifest) (rows int64, err error) {
	var s run.CompanySums
	printed := !slices.Contains(m.Parameters.Without, outgoing.WithoutNotices)
	for i := range m.Files {
		f := m.Files[i]
		if err := s.Read(storage, m.Folder(), &f); err != nil {
			return 0, fmt.Errorf("%s: %w", f.Path, err)
		}
	}
	if err := s.Agree(m, printed); err != nil {
		return 0, err
	}
	l, err := law.Companies()
	if err != nil {
		return 0, err
	}
	if l.Version() != m.LawVersion {
		return 0, fmt.Errorf("the batch was made under the law %s, this program holds %s: its rows can't be computed anew", m.LawVersion, l.Version())
	}
	batches, err := batch.All(storage)
	if err != nil {
		return 0, err
	}
	past := &ledger.History{Storage: storage, Batches: slices.DeleteFunc(batches, func(b *batch.Manifest) bool { return b.Batch != m.Batch && !slices.Contains(m.Ledger, b.Batch) })}
	versions, err := ledger.PriorCompanies(past)
	if err != nil {
		return 0, err
	}
	return s.Rows, recomputed(storage, m, l, versions)
}

// recomputed holds the rows of a batch against what they give when they are computed anew.
func recomputed(storage storage.Storage, m *batch.Manifest, l *law.CompanyLaw, versions []company.Prior) error {
	type key struct {
		number company.Number
		year   int16
	}
	slices.SortStableFunc(versions, func(a, b company.Prior) int { return int(a.Version - b.Version) })
	byKey := map[key][]company.Prior{}
	for _, v := range versions {
		byKey[key{v.Number, v.Year}] = append(byKey[key{v.Number, v.Year}], v)
	}
	for i := range m.Files {
		f := &m.Files[i]
		if !f.IsPartOf(tables.CompaniesTable) {
			continue
		}
		err := batch.EachRowOfFile(storage, m, f, publishedColumns, func(b *table.Block, row int) error {
			number, _ := company.ParseNumber(b.Columns[0].Texts[row])
			version := int(b.Columns[2].Ints[row])
			known := byKey[key{number, int16(b.Columns[1].Ints[row])}]
			if version < 1 || version > len(known) {
				return fmt.Errorf("row %d: its earlier versions are not in the ledger", b.First+int64(row))
			}
			r, err := again(l, known[:version])
			if err != nil {
				return err
			}
			if string(b.Columns[5].Texts[row]) != r.Size.String() {
				return fmt.Errorf("row %d: size is not what the rules give", b.First+int64(row))
			}
			for at, value := range publishedValues(r) {
				column := at + 3
				if column >= 5 { // past the size
					column++
				}
				if published := b.Columns[column].Ints[row]; published != int64(value) {
					return fmt.Errorf("row %d: %s is not what the rules give", b.First+int64(row), publishedColumns[column].Name)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
