package company

import (
	"reflect"
	"testing"

	"regul/fixtures/filled"
	"regul/pipeline"
	"regul/pipeline/rows"
)

// What waits of a company for its shard waits with every field.
func TestEveryFieldOfWhatWaitsIsKept(t *testing.T) {
	s := taken(t, nil)
	row, payment, prior, recorded := filled.Row[Row](), filled.Row[Payment](), filled.Row[Prior](), filled.Row[Recorded]()
	row.Place, payment.Place = rows.Place{Row: 1}, rows.Place{Row: 2}
	row.Contact.MandateShared, row.Contact.Former = false, false // which the run finds out
	TakeRow(&s.Scatter, row)
	TakePayment(&s.Scatter, payment)
	TakePrior(&s.Scatter, prior)
	TakeRecorded(&s.Scatter, recorded)
	plan := pipeline.NewPlan(Subject, []*pipeline.Scatter{&s.Scatter}, 1000)
	shard := plan.NewShard()
	if err := plan.Load(0, shard); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ got, want any }{
		{companyRows.Of(shard, rows.Ungrouped), []Row{*row}}, {paymentRows.Of(shard, rows.Ungrouped), []Payment{*payment}},
		{priorRows.Of(shard, rows.Ungrouped), []Prior{*prior}}, {recordedRows.Of(shard, rows.Ungrouped), []Recorded{*recorded}},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("%#v was kept of %#v", c.got, c.want)
		}
	}
}
