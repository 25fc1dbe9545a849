package pipeline

import (
	"testing"

	"regul/pipeline/money"
)

// What counts in a calendar year is what moved in it, whatever contribution year it is for.
func TestReceiptOfAYear(t *testing.T) {
	day := func(year, month, d int) Date { return DateOf(year, 1, 1) + Date((month-1)*28+d-1) }
	payment := func(on Date, amount money.Cents, added PaymentAdded) Payment {
		return Payment{NISS: 1, Year: 2020, PaidOn: on, Amount: amount, PaymentAdded: added}
	}
	c := &Case{NISS: 1, Affiliates: []Affiliate{{NISS: 1}}, Payments: []Payment{
		payment(day(2022, 12, 20), 1_00, PaymentAdded{}),                              // the year before
		payment(DateOf(2023, 1, 1), 1000_00, PaymentAdded{Identifier: "B"}),           // the first day
		payment(DateOf(2023, 1, 1), 1000_00, PaymentAdded{Identifier: "B"}),           // the same movement again
		payment(DateOf(2023, 12, 31), 500_00, PaymentAdded{}),                         // the last day
		payment(day(2023, 3, 1), -200_00, PaymentAdded{}),                             // a reversal
		payment(day(2023, 4, 1), 300_00, PaymentAdded{Purpose: PurposeRefund}),        // left, with the wrong sign
		payment(day(2023, 5, 1), 300_00, PaymentAdded{Purpose: PurposeReturned}),      // came back
		payment(day(2023, 6, 1), -100_00, PaymentAdded{Purpose: PurposeReturned}),     // a collection that came back
		payment(day(2023, 7, 1), 30_00, PaymentAdded{Purpose: PurposeSurcharge}),      // no contribution
		payment(day(2023, 8, 1), 40_00, PaymentAdded{Purpose: PurposeContribution}),   // said to be one
		payment(DateOf(2024, 1, 1), 7_00, PaymentAdded{Purpose: PurposeContribution}), // the year after
	}}
	r, any := receiptOf(c, 2023)
	want := Receipt{NISS: 1, Year: 2023, Payments: 8, Received: 1540_00, Returned: 300_00, Surcharges: 30_00}
	if !any || r != want || r.Deductible() != 1240_00 {
		t.Errorf("%+v (deductible %s), want %+v", r, r.Deductible(), want)
	}
	c.Payments[len(c.Payments)-1].Amount++ // sorted by identifier
	if r, _ := receiptOf(c, 2023); r.Status != PaymentsFaulty {
		t.Errorf("two contents of one identifier: %v", r.Status)
	}
	if _, any := receiptOf(&Case{NISS: 1}, 2023); any {
		t.Error("nobody paid, and there is a receipt")
	}
}
