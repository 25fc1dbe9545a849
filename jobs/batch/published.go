package batch

import (
	"strings"

	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/readers/table"
	"regul/writers/tables"
)

// PublishedRow is one regularisation as a batch published it, with its quarters and surcharge terms.
type PublishedRow struct {
	Manifest *Manifest
	Numbers  map[string]int64 // by column; a null is left out
	Texts    map[string]string
	Quarters []PublishedQuarter
	Terms    []PublishedTerm
}

type PublishedQuarter struct {
	Quarter, Starter     int
	Category, Standing   string
	Legal, LegalComputed money.Cents // provisional; computed is pipeline.Unsaid where it is unknown
	declared, Reason     string      // the category of the account, and why it is not the one that applies; "" otherwise
	Definitive, Called   money.Cents
	ToConfirm            bool // main, though the account does not show whether a primostarter's minimum applies
}

// What is the category and the standing.
func (q PublishedQuarter) What() string {
	if q.Reason != "" {
		return q.Category + " (declared " + q.declared + "), " + q.Standing
	}
	return q.Category + ", " + q.Standing
}

type PublishedTerm struct {
	Basis                string // the article
	On                   pipeline.Date
	Rate                 money.Rate
	Paid, Unpaid, Amount money.Cents
}

func (r *PublishedRow) Amount(column string) money.Cents { return money.Cents(r.Numbers[column]) }

// CountedIncome is what counts of the income: what is admitted of a contested one. Cents of EUR.
func (r *PublishedRow) CountedIncome() money.Cents {
	if r.Numbers["contested"] != 0 {
		return r.Amount("counted_income")
	}
	return r.Amount("net_income")
}

func (r *PublishedRow) Date(column string) string { return pipeline.Date(r.Numbers[column]).String() }

var (
	PublishedColumns = []table.Column{
		{Name: "niss", Kind: table.Text}, {Name: "communication", Kind: table.Text}, {Name: "outcome", Kind: table.Text},
		{Name: "reference", Kind: table.Text}, {Name: "version", Kind: table.Integer}, {Name: "subject_quarters", Kind: table.Integer},
		{Name: "communicated_on", Kind: table.Date}, {Name: "notified_on", Kind: table.Date}, {Name: "due_date", Kind: table.Date},
		{Name: "seven_percent_on", Kind: table.Date}, {Name: "net_income", Kind: table.Amount}, {Name: "annual_income", Kind: table.Amount},
		{Name: "definitive", Kind: table.Amount}, {Name: "called", Kind: table.Amount}, {Name: "paid", Kind: table.Amount},
		{Name: "supplement", Kind: table.Amount}, {Name: "surplus_applied", Kind: table.Amount}, {Name: "to_pay", Kind: table.Amount},
		{Name: "offset_received", Kind: table.Amount}, {Name: "cancelled", Kind: table.Amount}, {Name: "refund_gross", Kind: table.Amount},
		{Name: "offset", Kind: table.Amount}, {Name: "refund", Kind: table.Amount}, {Name: "arrears", Kind: table.Amount},
		{Name: "surcharge", Kind: table.Amount}, {Name: "surcharge_total", Kind: table.Amount},
		{Name: "legal_provisional", Kind: table.Amount}, {Name: "reduced_provisional", Kind: table.Amount},
		{Name: "income_year", Kind: table.Integer}, {Name: "late_surcharge", Kind: table.Amount},
		{Name: "contested", Kind: table.Boolean, Optional: true}, {Name: "counted_income", Kind: table.Amount, Optional: true},
		{Name: "arrears_barred", Kind: table.Amount, Optional: true},
	}
	publishedQuarterColumns = []table.Column{
		{Name: "niss", Kind: table.Text}, {Name: "category", Kind: table.Text}, {Name: "standing", Kind: table.Text},
		{Name: "quarter", Kind: table.Integer}, {Name: "starter_year", Kind: table.Integer},
		{Name: "definitive", Kind: table.Amount}, {Name: "called", Kind: table.Amount},
		{Name: "category_declared", Kind: table.Text}, {Name: "reason", Kind: table.Text},
		{Name: "legal_provisional", Kind: table.Amount}, {Name: "legal_provisional_computed", Kind: table.Amount},
		{Name: "to_confirm", Kind: table.Boolean, Optional: true},
	}
	publishedTermColumns = []table.Column{
		{Name: "niss", Kind: table.Text}, {Name: "unpaid_on", Kind: table.Date}, {Name: "percent", Kind: table.Amount},
		{Name: "paid", Kind: table.Amount}, {Name: "unpaid", Kind: table.Amount}, {Name: "amount", Kind: table.Amount}, {Name: "basis", Kind: table.Text},
	}
)

// ReadPublished reads an affiliate's year from a batch; nil when the batch has not settled it.
func ReadPublished(storage storage.Storage, m *Manifest, niss string, year int) (*PublishedRow, error) {
	row := &PublishedRow{Manifest: m, Numbers: map[string]int64{}, Texts: map[string]string{}}
	found := false
	err := eachRowOf(storage, m, tables.RegularisationsTable, year, niss, PublishedColumns, func(b *table.Block, at int) {
		found = true
		for i, c := range PublishedColumns {
			switch {
			case b.Columns[i].States[at] != table.Value:
			case c.Kind == table.Text:
				row.Texts[c.Name] = string(b.Columns[i].Texts[at])
			default:
				row.Numbers[c.Name] = b.Columns[i].Ints[at]
			}
		}
	})
	if err != nil || !found {
		return nil, err
	}
	err = eachRowOf(storage, m, tables.QuartersTable, year, niss, publishedQuarterColumns, func(b *table.Block, at int) {
		q := PublishedQuarter{
			Category: string(b.Columns[1].Texts[at]), Standing: string(b.Columns[2].Texts[at]),
			Quarter: int(b.Columns[3].Ints[at]), Starter: int(b.Columns[4].Ints[at]),
			Definitive: money.Cents(b.Columns[5].Ints[at]), Called: money.Cents(b.Columns[6].Ints[at]),
			declared: string(b.Columns[7].Texts[at]), Legal: money.Cents(b.Columns[9].Ints[at]), LegalComputed: pipeline.Unsaid,
		}
		if b.Columns[10].States[at] == table.Value {
			q.LegalComputed = money.Cents(b.Columns[10].Ints[at])
		}
		if b.Columns[8].States[at] == table.Value {
			q.Reason = string(b.Columns[8].Texts[at])
		}
		q.ToConfirm = b.Columns[11].Is(at) && b.Columns[11].Ints[at] != 0
		row.Quarters = append(row.Quarters, q)
	})
	if err != nil {
		return nil, err
	}
	err = eachRowOf(storage, m, tables.SurchargesTable, year, niss, publishedTermColumns, func(b *table.Block, at int) {
		row.Terms = append(row.Terms, PublishedTerm{
			On: pipeline.Date(b.Columns[1].Ints[at]), Rate: money.Rate(b.Columns[2].Ints[at]) * tables.PercentUnits,
			Paid: money.Cents(b.Columns[3].Ints[at]), Unpaid: money.Cents(b.Columns[4].Ints[at]), Amount: money.Cents(b.Columns[5].Ints[at]), Basis: string(b.Columns[6].Texts[at]),
		})
	})
	return row, err
}

// eachRowOf visits the rows of an affiliate in a table and year of a batch; the first column is the national number.
func eachRowOf(storage storage.Storage, m *Manifest, name string, year int, niss string, columns []table.Column, visit func(*table.Block, int)) error {
	for i := range m.Files {
		f := &m.Files[i]
		if !strings.HasPrefix(f.Path, tables.Folder(name, year)+"/") {
			continue
		}
		file, err := OpenVerified(storage, m, f)
		if err != nil {
			return err
		}
		err = eachBlockOf(file, "niss", niss, columns, func(b *table.Block) error {
			for at := range b.Rows {
				if string(b.Columns[0].Texts[at]) == niss {
					visit(b, at)
				}
			}
			return nil
		})
		file.Close()
		if err != nil {
			return err
		}
	}
	return nil
}
