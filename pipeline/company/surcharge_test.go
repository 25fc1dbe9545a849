package company

import (
	"testing"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// What was paid late bears 1 % a month, each part until the month in which it was paid: the rows of payments say when.
func TestDatedPayments(t *testing.T) {
	unpaid := row(t, one, 1, 1)
	unpaid.Paid = 0
	for name, c := range map[string]struct {
		payments []Payment
		total    money.Cents
	}{
		"in time":      {[]Payment{paid(t, "2024-12-31", 387_34, "", 1)}, 0},
		"a month late": {[]Payment{paid(t, "2025-01-01", 387_34, "", 1)}, 3_87},
		"in parts": {[]Payment{paid(t, "2024-12-01", 187_34, "", 1), paid(t, "2025-02-10", 100_00, "", 2),
			paid(t, "2025-03-10", 100_00, "", 3)}, 5_00},
		"a part is still unpaid": {[]Payment{paid(t, "2025-01-10", 187_34, "", 1)}, 187_34/100 + 6_00},
		"more than is due":       {[]Payment{paid(t, "2025-01-10", 1000_00, "", 1)}, 3_87},
		// late in February and March
		"reversed":             {[]Payment{paid(t, "2024-12-10", 387_34, "", 1), paid(t, "2025-02-10", -387_34, "", 2)}, 7_75},
		"bounced in its month": {[]Payment{paid(t, "2025-02-03", 387_34, "", 1), paid(t, "2025-02-10", -387_34, "", 2)}, 11_62},
		"bounced, and paid": {[]Payment{paid(t, "2024-12-31", 387_34, "", 1), paid(t, "2025-01-05", -387_34, "", 2),
			paid(t, "2025-01-20", 387_34, "", 3)}, 3_87},
		"the last part bounced": {[]Payment{paid(t, "2024-12-31", 187_34, "", 1), paid(t, "2025-01-05", 200_00, "", 2),
			paid(t, "2025-03-05", -100_00, "", 3)}, 2_00 + 1_00},
		"a surcharge is no part": {[]Payment{paid(t, "2024-12-10", 387_34, "", 1),
			{Number: one, Year: 2024, PaidOn: day(t, "2025-02-10"), Amount: -5_00, Purpose: pipeline.PurposeSurcharge,
				Place: rows.Place{File: 1, Row: 2}}}, 0},
		"the same payment twice": {[]Payment{paid(t, "2025-01-01", 387_34, "M1", 1), paid(t, "2025-01-01", 387_34, "M1", 2)}, 3_87},
		"two payments without names": {[]Payment{paid(t, "2025-01-01", 100_00, "", 1), paid(t, "2025-01-01", 100_00, "", 2)},
			2_00 + 3*187_34/100},
	} {
		s := taken(t, nil, unpaid)
		for i := range c.payments {
			TakePayment(&s.Scatter, &c.payments[i])
		}
		d := s.run("2025-03-15")
		if len(d.settled) != 1 || d.settled[0].Years[0].SurchargeTotal != c.total {
			t.Errorf("%s: %+v, want a surcharge of %s", name, d.settled, c.total)
		}
	}
}
