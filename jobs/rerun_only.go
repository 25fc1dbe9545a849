package jobs

import (
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
func rerunOf(storage Storage, m *Manifest, again Storage, made *Manifest, niss pipeline.NISS) ([]MadeAgain, error) {
	var found []MadeAgain
	for _, year := range m.yearsOfTable(tables.RegularisationsTable) {
		published, err := readPublished(storage, m, niss.String(), year)
		if err != nil {
			return nil, err
		}
		second, err := readPublished(again, made, niss.String(), year)
		if err != nil {
			return nil, err
		}
		if published == nil && second == nil {
			continue
		}
		r := MadeAgain{NISS: niss.String(), Year: year, Published: amountsOf(published), Made: amountsOf(second), Different: map[string][2]money.Cents{}}
		for _, column := range publicColumns {
			if a, b := r.Published[column.Name], r.Made[column.Name]; a != b {
				r.Different[column.Name] = [2]money.Cents{a, b}
			}
		}
		found = append(found, r)
	}
	if len(found) == 0 {
		return nil, UsageError("the batch %s has not settled a year of one of these affiliates", m.Batch)
	}
	return found, nil
}

// amountsOf are the amounts of a published row by column; none without a row.
func amountsOf(r *publicRow) map[string]money.Cents {
	if r == nil {
		return nil
	}
	amounts := map[string]money.Cents{}
	for _, name := range AmountColumns() {
		amounts[name] = r.amount(name)
	}
	return amounts
}

// AmountColumns lists the columns of the amounts of a MadeAgain, in the order in which people read them.
func AmountColumns() []string {
	var names []string
	for _, column := range publicColumns {
		if column.Kind == table.Amount {
			names = append(names, column.Name)
		}
	}
	return names
}
