package run

import (
	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/readers/table"
	"regul/writers/tables"
)

// MadeAgain is one regularisation as it was published, and as it was made again.
type MadeAgain struct {
	NISS      string                    `json:"niss"`
	Year      int                       `json:"year"`
	Published map[string]money.Cents    `json:"published"` // by column
	Made      map[string]money.Cents    `json:"made"`
	Different map[string][2]money.Cents `json:"different,omitempty"`
}

// rerunOf holds the years of one affiliate in two batches against each other.
func rerunOf(storage storage.Storage, m *batch.Manifest, again storage.Storage, made *batch.Manifest, niss pipeline.NISS) ([]MadeAgain, error) {
	var found []MadeAgain
	for _, year := range m.YearsOfTable(tables.RegularisationsTable) {
		published, err := batch.ReadPublished(storage, m, niss.String(), year)
		if err != nil {
			return nil, err
		}
		second, err := batch.ReadPublished(again, made, niss.String(), year)
		if err != nil {
			return nil, err
		}
		if published == nil && second == nil {
			continue
		}
		r := MadeAgain{NISS: niss.String(), Year: year, Published: amountsOf(published), Made: amountsOf(second), Different: map[string][2]money.Cents{}}
		for _, name := range AmountColumns() {
			if a, b := r.Published[name], r.Made[name]; a != b {
				r.Different[name] = [2]money.Cents{a, b}
			}
		}
		found = append(found, r)
	}
	if len(found) == 0 {
		return nil, jobs.UsageError("the batch %s has not settled a year of one of these affiliates", m.Batch)
	}
	return found, nil
}

// amountsOf are the amounts of a published row by column; none without a row.
func amountsOf(r *batch.PublishedRow) map[string]money.Cents {
	if r == nil {
		return nil
	}
	amounts := map[string]money.Cents{}
	for i := range batch.PublishedFields {
		if f := &batch.PublishedFields[i]; f.Kind == table.Amount {
			amounts[f.Name] = f.Value(r).(money.Cents)
		}
	}
	return amounts
}

// AmountColumns lists the columns of the amounts of a MadeAgain, in the order in which people read them.
func AmountColumns() []string {
	var names []string
	for _, f := range batch.PublishedFields {
		if f.Kind == table.Amount {
			names = append(names, f.Name)
		}
	}
	return names
}
