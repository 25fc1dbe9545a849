package pipeline

import (
	"testing"

	"regul/pipeline/money"
)

// What counts in a calendar year is what moved in it, for any contribution year.
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
	r, any := receiptOf(c, &movements{}, 2023, june30)
	want := Receipt{NISS: 1, Year: 2023, Payments: 8, Received: 1540_00, Returned: 300_00, Surcharges: 30_00}
	if !any || r != want || r.Deductible() != 1240_00 {
		t.Errorf("%+v (deductible %s), want %+v", r, r.Deductible(), want)
	}
	c.Payments = append(c.Payments, payment(DateOf(2023, 1, 1), 1000_01, PaymentAdded{Identifier: "B"}))
	if r, _ := receiptOf(c, &movements{}, 2023, june30); r.Status != PaymentsFaulty {
		t.Errorf("two contents of one identifier: %v", r.Status)
	}
	if _, any := receiptOf(&Case{NISS: 1}, &movements{}, 2023, june30); any {
		t.Error("nobody paid, and there is a receipt")
	}
}

// received is the receipt of 2026 of a case, without how many rows there are.
func received(c *Case) Receipt {
	c.Affiliates = []Affiliate{{}}
	r, _ := receiptOf(c, &movements{}, 2026, june30+120)
	r.Payments = 0
	return r
}

// A refund left when a batch ordered it: booked at once, late, in parts or never, the certificate says the same. The surcharge that went
// back with it is no contribution.
func TestAReceiptKnowsWhatBatchesOrdered(t *testing.T) {
	for name, rows := range map[string][]Payment{
		"not booked":         nil,
		"at once":            {row(2023, 0, -1070_00)},
		"in parts":           {row(2023, 1, -400_00), row(2023, 9, -670_00)},
		"in the next year":   {row(2023, 200, -1070_00)},
		"by its transaction": {row(2022, 9, -1070_00, named(transferID))},
	} {
		if r := received(told(rows...)); r != (Receipt{Year: 2026, Returned: 1000_00, Surcharges: -70_00}) {
			t.Errorf("%s: %+v", name, r)
		}
	}
	c := told(row(2023, 3, 250_00), row(2023, 4, -30_00))
	c.PriorYears[0].Refund, c.PriorYears[0].Back = 0, 0
	c.Offsets = []PriorOffset{{From: 2023, To: 2022, On: june30, Amount: 300_00}}
	if r := received(c); r != (Receipt{Year: 2026, Received: 250_00, Returned: 30_00}) {
		t.Errorf("an offset is neither paid nor refunded: %+v", r)
	}
}

// One transfer that pays a supplement and its surcharge is two things in the certificate.
func TestAReceiptPartsPrincipalAndSurcharge(t *testing.T) {
	c := &Case{PriorYears: []PriorYear{{Year: 2023, Version: 1, NotifiedOn: june30, Claim: 445_61, Surcharge: 31_19, Asked: 31_19}},
		Payments: []Payment{row(2023, 20, 476_80)}}
	if r := received(c); r != (Receipt{Year: 2026, Received: 445_61, Surcharges: 31_19}) {
		t.Errorf("%+v", r)
	}
}

// What a batch held, or could not send, has not left; it leaves on the day of the batch that sends it, or of the payment that books it.
func TestAReceiptWaitsForAHeldRefund(t *testing.T) {
	c := told()
	c.PriorYears[0].NotifiedOn = DateOf(2025, 12, 30)
	c.Transfers = []PriorTransfer{{Year: 2023, Leaves: true, Held: 1, Holder: "2025-12-30-bada1d05"}}
	if r := received(c); r != (Receipt{Year: 2026}) {
		t.Errorf("held: %+v", r)
	}
	c.Payments = append(c.Payments, row(2023, 2, -1000_00))
	if r := received(c); r != (Receipt{Year: 2026, Returned: 1000_00}) {
		t.Errorf("transferred by hand: %+v", r)
	}
	c.Payments = c.Payments[:1]
	c.Transfers = append(c.Transfers, PriorTransfer{Year: 2023, Leaves: true, Sent: true, Freed: true, Holder: "2025-12-30-bada1d05",
		EndToEnd: transferID, Amount: 1070_00})
	if r := received(c); r != (Receipt{Year: 2026, Returned: 1000_00, Surcharges: -70_00}) {
		t.Errorf("sent: %+v", r)
	}
}

// Nobody certifies a sum of which a payment may be the booking of a refund with the wrong sign.
func TestAReceiptWithAnUnclearPaymentIsHeld(t *testing.T) {
	if r := received(told(row(2023, 2, 1000_00))); r.Status != PaymentsUnclear {
		t.Errorf("%+v", r)
	}
}

// A quarter is paid by what refunds of other years paid of it, and not by what left.
func TestACareerKnowsWhatBatchesOrdered(t *testing.T) {
	c := told()
	c.Offsets = []PriorOffset{{From: 2023, To: 2022, On: june30, Amount: 300_00}}
	c.PriorYears = append(c.PriorYears, PriorYear{Year: 2022, Version: 1, NotifiedOn: june30})
	c.PriorQuarters = []PriorQuarter{{Year: 2022, Version: 1, Quarter: 1, Definitive: 300_00},
		{Year: 2023, Version: 1, Quarter: 1, Definitive: 3800_00}}
	paid := map[int]money.Cents{}
	careerOf(c, &movements{}, june30+1, func(q *CareerQuarter) { paid[q.Year] = q.Paid })
	if paid[2022] != 300_00 || paid[2023] != 3700_00 {
		t.Errorf("%v", paid)
	}
}
