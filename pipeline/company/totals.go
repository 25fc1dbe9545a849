package company

import (
	"fmt"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// Totals are the sums of a batch. Amounts in cents.
type Totals struct {
	Regularisations int64
	Notices         int64
	Entries         int64
	Outcomes        [pipeline.OutcomeCount]int64

	Definitive, Called, Paid                      money.Cents // Paid as the rows say
	Supplement, SurplusApplied, ToPay, Cancelled  money.Cents
	Refund, Arrears, Surcharge, Claim             money.Cents
	Debit, Credit                                 money.Cents
	receivable, contributions, surcharges, payout money.Cents // debit - credit of each role
}

func (t *Totals) add(r *Result) {
	t.Regularisations++
	if r.Notable() {
		t.Notices++
	}
	t.Outcomes[r.Outcome]++
	t.Definitive += r.Definitive
	t.Called += r.CalledBefore
	t.Paid += r.Paid
	t.Supplement += r.Supplement
	t.SurplusApplied += r.SurplusApplied
	t.ToPay += r.ToPay
	t.Cancelled += r.Cancelled
	t.Refund += r.Refund
	t.Arrears += r.Arrears
	t.Surcharge += r.Surcharge
	t.Claim += r.Claim()
	var room [MaxEntries]Entry
	for _, e := range AppendEntries(room[:0], r) {
		t.Entries++
		t.Debit += e.Debit
		t.Credit += e.Credit
		switch e.Role {
		case pipeline.ReceivableRole:
			t.receivable += e.Debit - e.Credit
		case pipeline.ContributionsRole:
			t.contributions += e.Debit - e.Credit
		case pipeline.SurchargesRole:
			t.surcharges += e.Debit - e.Credit
		case pipeline.RefundPayableRole:
			t.payout += e.Debit - e.Credit
		}
	}
}

// Balance holds the control totals of so many rows read: an error says which two sums differ, and nothing may be published.
func (d *Decisions) Balance(read int64) error {
	t := &d.Totals
	var counted int64
	for _, n := range d.Fates {
		counted += n
	}
	for _, sum := range []struct {
		name string
		a, b int64
	}{
		{"rows read, and their fates", read, counted},
		{"rows settled, and regularisations", d.Fates[rows.Settled], t.Regularisations},
		{"rows rejected, and rejects", d.Fates[rows.Rejected], int64(len(d.Rejects))},
		{"definitive - called, and supplement - cancelled", int64(t.Definitive - t.Called), int64(t.Supplement - t.Cancelled)},
		{"supplement, and surplus applied + to pay", int64(t.Supplement), int64(t.SurplusApplied + t.ToPay)},
		{"debit, and credit", int64(t.Debit), int64(t.Credit)},
		{"receivable, and supplement - cancelled + refund + surcharge", int64(t.receivable), int64(t.Supplement - t.Cancelled + t.Refund + t.Surcharge)},
		{"contributions, and cancelled - supplement", int64(t.contributions), int64(t.Cancelled - t.Supplement)},
		{"surcharges booked, and surcharges", int64(-t.surcharges), int64(t.Surcharge)},
		{"refunds booked, and refunds", int64(-t.payout), int64(t.Refund)},
	} {
		if sum.a != sum.b {
			return fmt.Errorf("control totals: %s differ: %d and %d", sum.name, sum.a, sum.b)
		}
	}
	return nil
}
