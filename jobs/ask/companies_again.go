package ask

import (
	"fmt"
	"slices"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/jobs/storage"
	"regul/pipeline/company"
	"regul/pipeline/law"
)

// again computes a version anew from its facts and the versions before it.
func again(l *law.CompanyLaw, versions []company.Prior) (*company.Result, error) {
	last := &versions[len(versions)-1]
	y, known := l.Year(int(last.Year))
	if !known {
		return nil, fmt.Errorf("the law of %d is not there any more", last.Year)
	}
	row := company.Row{Facts: last.Facts, Number: last.Number, Year: last.Year}
	r := company.Settle(&row, nil, &y, versions[:len(versions)-1], last.NotifiedOn)
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
	number, err := parseEnterprise(enterprise)
	if err != nil {
		return nil, err
	}
	history, err := ledger.OpenOf(storage, batch.CompaniesJob)
	if err != nil {
		return nil, err
	}
	versions, err := ledger.PriorCompanies(history, number)
	if err != nil {
		return nil, err
	}
	versions = slices.DeleteFunc(versions, func(p company.Prior) bool { return int(p.Year) != year })
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
