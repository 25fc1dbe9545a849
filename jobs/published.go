package jobs

import (
	"strings"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/readers/table"
	"regul/writers/tables"
)

// publicRow is one regularisation as a batch published it, with its quarters and surcharge terms.
type publicRow struct {
	manifest *Manifest
	numbers  map[string]int64 // by column; a null is left out
	texts    map[string]string
	quarters []publicQuarter
	terms    []publicTerm
}

type publicQuarter struct {
	quarter, starter     int
	category, standing   string
	legal, legalComputed money.Cents // provisional; computed is pipeline.Unsaid where it is unknown
	declared, reason     string      // the category of the account, and why it is not the one that applies; "" otherwise
	definitive, called   money.Cents
}

// what is the category and the standing.
func (q publicQuarter) what() string {
	if q.reason != "" {
		return q.category + " (declared " + q.declared + "), " + q.standing
	}
	return q.category + ", " + q.standing
}

type publicTerm struct {
	basis                string // the article
	on                   pipeline.Date
	rate                 money.Rate
	paid, unpaid, amount money.Cents
}

func (r *publicRow) amount(column string) money.Cents { return money.Cents(r.numbers[column]) }
func (r *publicRow) date(column string) string        { return pipeline.Date(r.numbers[column]).String() }

var (
	publicColumns = []table.Column{
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
	}
	publicQuarterColumns = []table.Column{
		{Name: "niss", Kind: table.Text}, {Name: "category", Kind: table.Text}, {Name: "standing", Kind: table.Text},
		{Name: "quarter", Kind: table.Integer}, {Name: "starter_year", Kind: table.Integer},
		{Name: "definitive", Kind: table.Amount}, {Name: "called", Kind: table.Amount},
		{Name: "category_declared", Kind: table.Text}, {Name: "reason", Kind: table.Text},
		{Name: "legal_provisional", Kind: table.Amount}, {Name: "legal_provisional_computed", Kind: table.Amount},
	}
	publicTermColumns = []table.Column{
		{Name: "niss", Kind: table.Text}, {Name: "unpaid_on", Kind: table.Date}, {Name: "percent", Kind: table.Amount},
		{Name: "paid", Kind: table.Amount}, {Name: "unpaid", Kind: table.Amount}, {Name: "amount", Kind: table.Amount}, {Name: "basis", Kind: table.Text},
	}
)

// findPublished finds the last regularisation of an affiliate's year, or the one of the given batch.
func findPublished(storage Storage, niss pipeline.NISS, year int, batch string) (*publicRow, error) {
	var batches []*Manifest
	if batch != "" {
		m, err := runBatch(storage, batch)
		if err != nil {
			return nil, err
		}
		batches = []*Manifest{m}
	} else if history, err := openLedger(storage); err != nil {
		return nil, err
	} else {
		batches = history.batches
	}
	var last *publicRow
	for _, m := range batches {
		row, err := readPublished(storage, m, niss.String(), year)
		if err != nil {
			return nil, err
		}
		if row != nil && (last == nil || row.numbers["version"] > last.numbers["version"]) {
			last = row
		}
	}
	if last == nil {
		return nil, UsageError("no published batch has settled the year %d of this affiliate", year)
	}
	return last, nil
}

// readPublished reads an affiliate's year from a batch; nil when the batch has not settled it.
func readPublished(storage Storage, m *Manifest, niss string, year int) (*publicRow, error) {
	row := &publicRow{manifest: m, numbers: map[string]int64{}, texts: map[string]string{}}
	found := false
	err := eachRowOf(storage, m, tables.RegularisationsTable, year, niss, publicColumns, func(b *table.Block, at int) {
		found = true
		for i, c := range publicColumns {
			switch {
			case b.Columns[i].States[at] != table.Value:
			case c.Kind == table.Text:
				row.texts[c.Name] = string(b.Columns[i].Texts[at])
			default:
				row.numbers[c.Name] = b.Columns[i].Ints[at]
			}
		}
	})
	if err != nil || !found {
		return nil, err
	}
	err = eachRowOf(storage, m, tables.QuartersTable, year, niss, publicQuarterColumns, func(b *table.Block, at int) {
		q := publicQuarter{
			category: string(b.Columns[1].Texts[at]), standing: string(b.Columns[2].Texts[at]),
			quarter: int(b.Columns[3].Ints[at]), starter: int(b.Columns[4].Ints[at]),
			definitive: money.Cents(b.Columns[5].Ints[at]), called: money.Cents(b.Columns[6].Ints[at]),
			declared: string(b.Columns[7].Texts[at]), legal: money.Cents(b.Columns[9].Ints[at]), legalComputed: pipeline.Unsaid,
		}
		if b.Columns[10].States[at] == table.Value {
			q.legalComputed = money.Cents(b.Columns[10].Ints[at])
		}
		if b.Columns[8].States[at] == table.Value {
			q.reason = string(b.Columns[8].Texts[at])
		}
		row.quarters = append(row.quarters, q)
	})
	if err != nil {
		return nil, err
	}
	err = eachRowOf(storage, m, tables.SurchargesTable, year, niss, publicTermColumns, func(b *table.Block, at int) {
		row.terms = append(row.terms, publicTerm{
			on: pipeline.Date(b.Columns[1].Ints[at]), rate: money.Rate(b.Columns[2].Ints[at]) * tables.PercentUnits,
			paid: money.Cents(b.Columns[3].Ints[at]), unpaid: money.Cents(b.Columns[4].Ints[at]), amount: money.Cents(b.Columns[5].Ints[at]), basis: string(b.Columns[6].Texts[at]),
		})
	})
	return row, err
}

// eachRowOf visits the rows of an affiliate in a table and year of a batch; the first column is the national number.
func eachRowOf(storage Storage, m *Manifest, name string, year int, niss string, columns []table.Column, visit func(*table.Block, int)) error {
	for i := range m.Files {
		f := &m.Files[i]
		if !strings.HasPrefix(f.Path, tables.Folder(name, year)+"/") {
			continue
		}
		file, err := verified(storage, m, f)
		if err != nil {
			return err
		}
		err = eachBlockOf(file, niss, columns, func(b *table.Block) error {
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
