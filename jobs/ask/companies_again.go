package ask

import (
	"cmp"
	"fmt"
	"slices"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/jobs/storage"
	"regul/pipeline/company"
	"regul/pipeline/law"
)

// again computes a version once more from its facts and the versions before it.
func again(l *law.CompanyLaw, versions []company.Prior) (*company.Result, error) {
	last := &versions[len(versions)-1]
	y, known := l.Year(int(last.Year))
	if !known {
		return nil, fmt.Errorf("the law of %d is not there any more", last.Year)
	}
	back := -last.Refunded // of what the versions before gave back, what came back until then
	for i := range versions[:len(versions)-1] {
		back += versions[i].Refund
	}
	row := company.Row{Facts: last.Facts, Number: last.Number, Year: last.Year}
	r := company.Settle(&row, nil, &y, versions[:len(versions)-1], back, last.NotifiedOn)
	r.SurchargePaid = last.SurchargePaid
	return &r, nil
}

// ExplainedCompany is how the amounts of a company's year came about.
type ExplainedCompany struct {
	Batch      string     `json:"batch"`
	Standing              // of the batch
	Enterprise string     `json:"enterprise"`
	Year       int        `json:"year"`
	Version    int        `json:"version"`
	Outcome    string     `json:"outcome"`
	Reference  string     `json:"reference"`
	NotifiedOn string     `json:"notified_on"`
	DueDate    string     `json:"due_date,omitempty"`
	Steps      []law.Step `json:"steps"`
}

// ExplainCompany explains the last version of a company's year, or that of the named batch or draft, line by line, and makes sure that it
// gives what was published.
func ExplainCompany(storage storage.Storage, enterprise string, year int, name string) (*ExplainedCompany, error) {
	number, err := parseEnterprise(enterprise)
	if err != nil {
		return nil, err
	}
	if year == 0 {
		return nil, jobs.UsageError("missing: --year, the contribution year")
	}
	versions, holder, err := companyVersions(storage, number, year, name)
	if err != nil {
		return nil, err
	}
	if holder == nil {
		return nil, jobs.UsageError("no published batch has settled the year %d of this company", year)
	}
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
		return nil, fmt.Errorf("the calculation gives %s, the batch of %s published %s: it was made by another version of the "+
			"program or the law",
			r.Definitive, last.NotifiedOn, last.Definitive)
	}
	standing, err := standingOf(storage, holder, number.String())
	if err != nil {
		return nil, err
	}
	e := &ExplainedCompany{Batch: holder.Batch, Standing: standing, Enterprise: number.String(), Year: year, Version: r.Version,
		Outcome: r.Outcome.String(), Reference: string(number.Dossier().AppendReference(nil, year)), NotifiedOn: last.NotifiedOn.String(),
		Steps: company.Steps(r)}
	if due := r.Settlement().Years[0].DueDate; due != 0 {
		e.DueDate = due.String()
	}
	return e, nil
}

// companyVersions are the versions of a company's year, in their order, and the batch that holds the last one: over all batches that count,
// or of the named batch and those on which it was made. The batch is nil where it, or none, has settled the year.
func companyVersions(storage storage.Storage, number company.Number, year int, name string) (versions []company.Prior,
	holder *batch.Manifest, err error) {
	batches, err := companyBatches(storage, name)
	if err != nil {
		return nil, nil, err
	}
	last := int32(0)
	for at, m := range batches {
		of, err := ledger.CompanyVersions(storage, m, number)
		if err != nil {
			return nil, nil, err
		}
		for i := range of {
			if int(of[i].Year) != year {
				continue
			}
			versions = append(versions, of[i])
			if named := name == "" || at == len(batches)-1; named && of[i].Version > last {
				holder, last = m, of[i].Version
			}
		}
	}
	slices.SortFunc(versions, func(a, b company.Prior) int { return cmp.Compare(a.Version, b.Version) })
	return versions, holder, nil
}

// companyBatches are the batches of companies that count; of a named batch or draft those on which it was made, and the named one last.
func companyBatches(storage storage.Storage, name string) ([]*batch.Manifest, error) {
	if name == "" {
		history, err := ledger.OpenOf(storage, batch.CompaniesJob)
		if err != nil {
			return nil, err
		}
		return history.Batches, nil
	}
	m, err := batch.FindAny(storage, name)
	if err != nil {
		return nil, err
	}
	if m.Job != batch.CompaniesJob {
		return nil, jobs.UsageError("%s settles no company: it is a batch of another kind", m.Batch)
	}
	history, err := ledger.HistoryOf(storage, m)
	if err != nil {
		return nil, err
	}
	return append(slices.Clone(history.Batches), m), nil
}
