package run

import (
	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline/money"
	"regul/readers/table"
)

// MadeAgain is one settled year as it was published, and as it was made again: of an affiliate or a company.
type MadeAgain struct {
	batch.Named
	Year      int                       `json:"year"`
	Published map[string]money.Cents    `json:"published"` // by column
	Made      map[string]money.Cents    `json:"made"`
	Different map[string][2]money.Cents `json:"different,omitempty"`

	about *batch.About
}

// Columns lists the columns of its amounts, in the order in which people read them.
func (r *MadeAgain) Columns() (names []string) {
	for _, f := range amounts[r.about][1:] {
		names = append(names, f.Name)
	}
	return names
}

// amountsRow is the amounts of a settled year, in the order of the fields.
type amountsRow [32]money.Cents

// amounts are those that are told side by side, behind the number that was asked for.
var amounts = map[*batch.About]batch.Fields[amountsRow]{
	batch.AboutPeople: amountsFields(batch.AboutPeople, publishedAmounts()),
	batch.AboutCompanies: amountsFields(batch.AboutCompanies, columnsNamed("contribution", "definitive", "called_reported", "called", "paid",
		"refunded_before", "supplement", "surplus_applied", "to_pay", "cancelled", "refund", "arrears", "late_principal", "surcharge_total",
		"surcharge")),
}

// publishedAmounts are the amounts of a regularisation.
func publishedAmounts() (columns []table.Column) {
	for _, f := range batch.PublishedFields {
		if f.Kind == table.Amount {
			columns = append(columns, f.Column)
		}
	}
	return columns
}

// columnsNamed are columns that every batch has.
func columnsNamed(names ...string) (columns []table.Column) {
	for _, name := range names {
		columns = append(columns, table.Column{Name: name})
	}
	return columns
}

func amountsFields(about *batch.About, columns []table.Column) batch.Fields[amountsRow] {
	fields := batch.Fields[amountsRow]{batch.CodeField(about.Number, func(*amountsRow, []byte) bool { return true })}
	for i, c := range columns {
		f := batch.AmountField(c.Name, func(r *amountsRow) *money.Cents { return &r[i] })
		f.Optional = c.Optional
		fields = append(fields, f)
	}
	return fields
}

// rerunOf holds the years of one affiliate or company in two batches against each other.
func rerunOf(store storage.Storage, m *batch.Manifest, again storage.Storage, made *batch.Manifest, number string) ([]MadeAgain, error) {
	var found []MadeAgain
	about := m.About()
	fields := amounts[about]
	for _, year := range m.YearsOfTable(about.Settled) {
		published, err := fields.Of(store, m, m.PartsOf(about.Settled, year), number)
		if err != nil {
			return nil, err
		}
		second, err := fields.Of(again, made, made.PartsOf(about.Settled, year), number)
		if err != nil {
			return nil, err
		}
		if len(published) == 0 && len(second) == 0 {
			continue
		}
		r := MadeAgain{Named: about.Named(number), Year: year, Published: amountsOf(fields, published), Made: amountsOf(fields, second),
			Different: map[string][2]money.Cents{}, about: about}
		for _, name := range r.Columns() {
			if a, b := r.Published[name], r.Made[name]; a != b {
				r.Different[name] = [2]money.Cents{a, b}
			}
		}
		found = append(found, r)
	}
	if len(found) == 0 {
		return nil, jobs.UsageError("the batch %s has not settled a year of one of these %s", m.Batch, about.Several)
	}
	return found, nil
}

// amountsOf are the amounts of a settled year by column; none without a row.
func amountsOf(fields batch.Fields[amountsRow], rows []amountsRow) map[string]money.Cents {
	if len(rows) == 0 {
		return nil
	}
	amounts := map[string]money.Cents{}
	for i, f := range fields[1:] {
		amounts[f.Name] = rows[0][i]
	}
	return amounts
}

// numbers are the numbers asked for, as the tables of a batch write them. A message never repeats one.
func (s *RerunSettings) numbers(m *batch.Manifest) (numbers []string, err error) {
	about := m.About()
	numbers, ok := about.ParseNumbers(s.Only)
	if !ok {
		return nil, jobs.UsageError("--only must be numbers of %s: %d digits whose check digits are right, separated by commas",
			about.Several, about.Digits)
	}
	return numbers, nil
}
