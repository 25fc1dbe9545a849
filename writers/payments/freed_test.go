package payments_test

import (
	"strings"
	"testing"

	"regul/fixtures/readback"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/payments"
)

// freeing writes a batch that orders a refund of 400.00 and may send what earlier batches held, and gives number, amount, transaction and
// reason of what it sends of that.
func freeing(t *testing.T, limits payments.Limits, held ...pipeline.Settlement) string {
	t.Helper()
	files := store{}
	with := settings(files)
	with.Limits = limits
	w, err := payments.NewWriter(with)
	if err != nil {
		t.Fatal(err)
	}
	own := settle(person(9), refund(2022, 400_00))
	if err := w.Settlement(&own); err != nil {
		t.Fatal(err)
	}
	for i := range held {
		if err := w.Free(&held[i]); err != nil {
			t.Fatal(err)
		}
	}
	totals, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	if of := totals.Of(payments.Refund); of != (payments.Sum{Count: 1, Amount: 400_00}) {
		t.Errorf("the batch itself orders %+v", of)
	}
	table, there := files[payments.PeopleIndex.Freed]
	if !there {
		return ""
	}
	valid(t, files)
	rows, err := readback.Read(table.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	var sum money.Cents
	for reason := range payments.ReasonCount {
		sum += w.Freed(reason).Amount
	}
	for i := range rows.Rows {
		r := rows.Map(i)
		lines = append(lines, strings.Join([]string{r["niss"], r["amount"], r["transaction"][len(r["transaction"])-8:], r["reason"]}, " "))
		amount, _ := money.Parse(r["amount"])
		sum -= amount
	}
	if sum != 0 {
		t.Errorf("the table and what is told differ by %s", sum)
	}
	return strings.Join(lines, "\n")
}

func heldOf(a *pipeline.Party, reason payments.Reason, amount, limit money.Cents) pipeline.Settlement {
	s := settle(a)
	s.Freed = []pipeline.FreedTransfer{{Year: 2021, Holder: "2026-06-01-aaaaaaaa", Held: uint8(reason), Limit: limit, Amount: amount}}
	return s
}

// What an earlier batch held goes once nothing holds it: no hold, an account that can be paid, the limits of this batch, of which its own
// refunds take their part first.
func TestHeldRefundsAreFreed(t *testing.T) {
	held := person(1)
	held.Hold = pipeline.HoldOther
	registered := heldOf(person(2), payments.OfTheRegister, 500_00, 0)
	for name, c := range map[string]struct {
		limits payments.Limits
		held   []pipeline.Settlement
		want   string
	}{
		"no hold": {held: []pipeline.Settlement{registered}, want: "80010100002 500.00 R0000002 deceased"},
		"a hold":  {held: []pipeline.Settlement{heldOf(held, payments.OfTheRegister, 500_00, 0)}},
		"no account": {held: []pipeline.Settlement{heldOf(of(1, func(c *pipeline.Contact) { c.IBAN = "" }), payments.OfTheRegister,
			500_00, 0)}},
		"a wrong account": {held: []pipeline.Settlement{heldOf(of(1, func(c *pipeline.Contact) { c.IBAN = "BE00" }),
			payments.OfTheRegister, 500_00, 0)}},
		"a limit of tonight": {limits: payments.Limits{Transfer: 499_99}, held: []pipeline.Settlement{registered}},
		"the room of tonight": {limits: payments.Limits{Night: 900_00},
			held: []pipeline.Settlement{registered, heldOf(person(3), payments.OfTheRegister, 1_00, 0)},
			want: "80010100002 500.00 R0000002 deceased"},
		"the same limit": {limits: payments.Limits{Night: 1000_00},
			held: []pipeline.Settlement{heldOf(person(2), payments.AboveNight, 500_00, 1000_00)}},
		"a higher limit": {limits: payments.Limits{Night: 1000_01},
			held: []pipeline.Settlement{heldOf(person(2), payments.AboveNight, 500_00, 1000_00)},
			want: "80010100002 500.00 R0000002 max_night"},
		"no limit any more": {held: []pipeline.Settlement{heldOf(person(2), payments.AboveTransfer, 500_00, 400_00),
			heldOf(person(3), payments.AboveNight, 1_00, 1000_00)},
			want: "80010100002 500.00 R0000002 max_transfer\n80010100003 1.00 R0000003 max_night"},
	} {
		if got := freeing(t, c.limits, c.held...); got != c.want {
			t.Errorf("%s: %s\nwant\n%s", name, got, c.want)
		}
	}
}
