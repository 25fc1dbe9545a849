package diff

import (
	"regul/pipeline/money"
	"regul/readers/table"
)

// The columns of a regularisation that are compared: its amounts and its outcome. Its days, its communication and its
// version are not: they differ from batch to batch without a change for the affiliate.
var (
	comparedYear = []table.Column{
		{Name: "niss", Kind: table.Text}, {Name: "dossier", Kind: table.Text}, {Name: "outcome", Kind: table.Text},
		{Name: "subject_quarters", Kind: table.Integer}, {Name: "net_income", Kind: table.Amount}, {Name: "annual_income", Kind: table.Amount},
		{Name: "contribution", Kind: table.Amount}, {Name: "fee", Kind: table.Amount}, {Name: "definitive", Kind: table.Amount},
		{Name: "called", Kind: table.Amount}, {Name: "paid", Kind: table.Amount}, {Name: "supplement", Kind: table.Amount},
		{Name: "surplus_applied", Kind: table.Amount}, {Name: "to_pay", Kind: table.Amount}, {Name: "cancelled", Kind: table.Amount},
		{Name: "refund_gross", Kind: table.Amount}, {Name: "offset", Kind: table.Amount}, {Name: "refund", Kind: table.Amount},
		{Name: "offset_received", Kind: table.Amount}, {Name: "arrears", Kind: table.Amount}, {Name: "surcharge", Kind: table.Amount},
		{Name: "legal_provisional", Kind: table.Amount}, {Name: "reduced_provisional", Kind: table.Amount}, {Name: "surcharge_total", Kind: table.Amount}, {Name: "late_surcharge", Kind: table.Amount},
	}
	comparedQuarter = []table.Column{
		{Name: "niss", Kind: table.Text}, {Name: "category", Kind: table.Text}, {Name: "standing", Kind: table.Text},
		{Name: "quarter", Kind: table.Integer}, {Name: "starter_year", Kind: table.Integer}, {Name: "contribution", Kind: table.Amount},
		{Name: "fee", Kind: table.Amount}, {Name: "definitive", Kind: table.Amount}, {Name: "called", Kind: table.Amount},
	}
)

// comparedRow is a row of one of those tables: a cell for each of its columns, as a text or a number.
type comparedRow struct {
	texts   []string
	numbers []int64
}

func (r *comparedRow) niss() string { return r.texts[0] }

// Amount is an amount by the name of its column.
func (r *comparedRow) amount(columns []table.Column, name string) money.Cents {
	for i := range columns {
		if columns[i].Name == name {
			return money.Cents(r.numbers[i])
		}
	}
	panic("diff: there is no column " + name)
}

// value is a cell as JSON has it.
func (r *comparedRow) value(columns []table.Column, at int) any {
	switch columns[at].Kind {
	case table.Text:
		return r.texts[at]
	case table.Amount:
		return money.Cents(r.numbers[at])
	}
	return r.numbers[at]
}

// equal says whether a cell is the same in both rows.
func (r *comparedRow) equal(other *comparedRow, at int) bool {
	return r.texts[at] == other.texts[at] && r.numbers[at] == other.numbers[at]
}
