package payments_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"regul/fixtures/readback"
	"regul/pipeline"
	"regul/writers/payments"
)

// The columns of the index: name, what analysts see, and ? where it may be null. None may be renamed, moved or change its type.
func TestColumnsOfTheIndex(t *testing.T) {
	files, _ := write(t, 0, nil, small()...)
	footer, err := readback.Footer(files[payments.PeopleIndex.File].Bytes())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range footer.Schema[1:] { // this reader capitalises names
		column := strings.ToLower(e.GetName()) + " " + e.GetType().String()
		if e.IsSetConvertedType() {
			column += " " + e.GetConvertedType().String()
		}
		if e.IsSetPrecision() {
			column += fmt.Sprintf("(%d,%d)", e.GetPrecision(), e.GetScale())
		}
		if e.GetRepetitionType().String() == "OPTIONAL" {
			column += "?"
		}
		got = append(got, column)
	}
	want := []string{"niss BYTE_ARRAY UTF8", "dossier BYTE_ARRAY UTF8", "contribution_year INT32 INT_32", "kind BYTE_ARRAY UTF8",
		"amount INT64 DECIMAL(12,2)", "surcharge INT64 DECIMAL(12,2)", "status BYTE_ARRAY UTF8", "file BYTE_ARRAY UTF8?",
		"transaction BYTE_ARRAY UTF8?", "reference BYTE_ARRAY UTF8", "due_on INT32 DATE?", "reason BYTE_ARRAY UTF8?",
		"name BYTE_ARRAY UTF8?", "iban BYTE_ARRAY UTF8?", "mandate BYTE_ARRAY UTF8?", "mandate_signed_on INT32 DATE?"}
	if !slices.Equal(got, want) {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// What there is not is null in the index, not an empty text.
func TestUnsentIsNullInTheIndex(t *testing.T) {
	files, _ := write(t, 0, nil, settle(of(3, func(c *pipeline.Contact) { c.IBAN = "" }), refund(2023, 1)))
	footer, err := readback.Footer(files[payments.PeopleIndex.File].Bytes())
	if err != nil {
		t.Fatal(err)
	}
	var nulls []string
	for _, column := range footer.RowGroups[0].Columns {
		if column.MetaData.Statistics.GetNullCount() == 1 {
			nulls = append(nulls, strings.ToLower(column.MetaData.PathInSchema[0]))
		}
	}
	if want := []string{"file", "transaction", "due_on", "reason", "name", "iban", "mandate", "mandate_signed_on"}; !slices.Equal(nulls,
		want) {
		t.Errorf("null are %v, want %v", nulls, want)
	}
}

// The part that is a surcharge stands apart: booked as a payment of contributions it would be refunded.
func TestSurchargesStandApart(t *testing.T) {
	more, less, kept := claim(2022, 300), refund(2023, 500), refund(2024, 500)
	more.Surcharge, more.SurchargeTotal = 20, 20
	less.Surcharge, less.PaidOfSurcharge = -70, 70
	kept.Surcharge = -70 // what was never paid is taken back and not transferred: no part of the refund
	files, _ := write(t, 0, nil, settle(person(1), more, less, kept))
	table := index(t, files)
	for i, want := range []string{"claim 3.20 0.20", "refund 5.70 0.70", "refund 5.00 0.00"} {
		if r := table.Map(i); r["kind"]+" "+r["amount"]+" "+r["surcharge"] != want {
			t.Errorf("%v, want %s", r, want)
		}
	}
}
