package diff

import (
	"regul/jobs/batch"
	"regul/pipeline"
	"regul/pipeline/company"
	"regul/pipeline/money"
	"regul/writers/tables"
)

// subject is what batches of a job are compared by: the amounts and the outcome of a year. Its days, its communication and its version
// are not: they differ from batch to batch without a change for whom it is about.
type subject struct {
	about    *batch.About
	codes    []string                  // of rejects
	whose    batch.Fields[comparedRow] // not compared
	year     batch.Fields[comparedRow]
	parts    string // the table of the parts of a year; "" if it has none
	quarters batch.Fields[comparedRow]
}

// maxAmounts is how many amounts a row may have.
const maxAmounts = 24

// comparedRow is a row of one of those tables.
type comparedRow struct {
	number, dossier, outcome string
	quarter                  int64
	toPay, refund            money.Cents
	texts                    [3]string
	wholes                   [1]int64
	amounts                  [maxAmounts]money.Cents
}

var (
	dossierField = batch.TextField("dossier", func(r *comparedRow) *string { return &r.dossier })
	outcomeField = batch.TextField("outcome", func(r *comparedRow) *string { return &r.outcome })
	quarterField = batch.WholeField("quarter", func(r *comparedRow) *int64 { return &r.quarter })
)

func numberField(of *batch.About) batch.Field[comparedRow] {
	return batch.TextField(of.Number, func(r *comparedRow) *string { return &r.number })
}

// fields are the columns that are compared: texts, then whole numbers, then amounts, each after those of its kind before.
func fields(texts, wholes, amounts []string) (list batch.Fields[comparedRow]) {
	var row comparedRow
	if len(texts) > len(row.texts) || len(wholes) > len(row.wholes) || len(amounts) > len(row.amounts) {
		panic("diff: a compared row has no room for so many columns")
	}
	for i, name := range texts {
		list = append(list, batch.TextField(name, func(r *comparedRow) *string { return &r.texts[i] }))
	}
	for i, name := range wholes {
		list = append(list, batch.WholeField(name, func(r *comparedRow) *int64 { return &r.wholes[i] }))
	}
	for i, name := range amounts {
		to := func(r *comparedRow) *money.Cents { return &r.amounts[i] }
		switch name {
		case "to_pay":
			to = func(r *comparedRow) *money.Cents { return &r.toPay }
		case "refund":
			to = func(r *comparedRow) *money.Cents { return &r.refund }
		}
		list = append(list, batch.MaybeAmountField(name, to))
	}
	return list
}

// The subjects.
var (
	people = &subject{
		about: batch.AboutPeople, codes: pipeline.CodeNames(),
		whose: batch.Fields[comparedRow]{numberField(batch.AboutPeople), dossierField},
		year: append(batch.Fields[comparedRow]{outcomeField}, fields(nil, []string{"subject_quarters"}, []string{
			"net_income", "annual_income", "contribution", "fee", "definitive", "called", "paid", "supplement", "surplus_applied", "to_pay",
			"cancelled", "refund_gross", "offset", "refund", "offset_received", "arrears", "surcharge", "legal_provisional",
			"reduced_provisional", "surcharge_total", "late_surcharge"})...),
		parts: tables.QuartersTable,
		quarters: fields([]string{"category", "standing"}, []string{"starter_year"},
			[]string{"contribution", "fee", "definitive", "called"}),
	}
	companies = &subject{
		about: batch.AboutCompanies, codes: company.Subject.CodeNames(),
		whose: batch.Fields[comparedRow]{numberField(batch.AboutCompanies)},
		year: append(batch.Fields[comparedRow]{outcomeField}, fields([]string{"size", "ground", "exemption"}, []string{"late_months"},
			[]string{"balance_total", "contribution", "definitive", "called_reported", "called", "paid", "refunded_before", "supplement",
				"surplus_applied", "to_pay", "cancelled", "refund", "arrears", "late_principal", "surcharge_total", "surcharge"})...),
	}
)

// subjectOf is the subject of a batch.
func subjectOf(m *batch.Manifest) *subject {
	for _, s := range []*subject{people, companies} {
		if s.about == m.About() {
			return s
		}
	}
	return nil
}
