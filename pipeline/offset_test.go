package pipeline_test

import (
	"testing"

	"regul/pipeline"
	"regul/pipeline/money"
)

// wantOffsets holds offset, refund and offset received of a year, in this order.
func wantOffsets(t *testing.T, r *pipeline.Regularisation, offset, refund, received money.Cents) {
	t.Helper()
	if r.Offset != offset || r.Refund != refund || r.OffsetReceived != received || r.RefundGross != offset+refund {
		t.Errorf("%d: offset %s, refund %s of %s, received %s; want %s, %s, %s", r.Year, r.Offset, r.Refund, r.RefundGross,
			r.OffsetReceived, offset, refund, received)
	}
}

// Each settled year has the income 40 000.00: definitive 8200.00. A refund pays arrears first, the oldest year first, then
// supplements.
func TestRefundPaysArrearsBeforeSupplements(t *testing.T) {
	f := &file{asOf: "2026-06-30"}
	f.called(2024, 100_00, 1).called(2025, 300_00, 1, 2).called(2026, 50_00, 1) // not settled, nothing paid: 100 + 600 + 50
	f.called(2021, 2050_00, 1, 2, 3, 4).paid(t, 2021, "2021-12-31", 9200_00).income(t, 2021, "2026-06-01", 40_000_00)
	f.called(2022, 2000_00, 1, 2, 3, 4).paid(t, 2022, "2022-12-31", 8000_00).income(t, 2022, "2026-06-01", 40_000_00)
	f.called(2023, 2025_00, 1, 2, 3, 4).paid(t, 2023, "2023-12-31", 8100_00).income(t, 2023, "2026-06-01", 40_000_00)
	out := f.settle(t)
	// 1000 paid too much in 2021: 100 of 2024, 600 of 2025, 50 of 2026, 200 of 2022; 50 of the 100 of 2023 are left to it.
	wantOffsets(t, out.year(2021), 1000_00, 0, 0)
	wantOffsets(t, out.year(2022), 0, 0, 200_00)
	wantOffsets(t, out.year(2023), 0, 0, 50_00)
	if r := out.year(2023); r.ToPay != 100_00 {
		t.Errorf("to pay is told before offsets: %s", r.ToPay)
	}
}

// Of two refunds the earlier year goes first; what is left of each is refunded.
func TestEarlierRefundGoesFirst(t *testing.T) {
	f := &file{asOf: "2026-06-30"}
	f.called(2024, 400_00, 1)
	f.called(2021, 2050_00, 1, 2, 3, 4).paid(t, 2021, "2021-12-31", 8500_00).income(t, 2021, "2026-06-01", 40_000_00)
	f.called(2022, 2050_00, 1, 2, 3, 4).paid(t, 2022, "2022-12-31", 8700_00).income(t, 2022, "2026-06-01", 40_000_00)
	out := f.settle(t)
	wantOffsets(t, out.year(2021), 300_00, 0, 0)
	wantOffsets(t, out.year(2022), 100_00, 400_00, 0)
}

// The arrears of a settled year are paid too, but a year's refund never pays the year itself.
func TestRefundPaysArrearsOfASettledYear(t *testing.T) {
	f := &file{asOf: "2026-06-30"}
	f.called(2021, 2050_00, 1, 2, 3, 4).paid(t, 2021, "2021-12-31", 8900_00).income(t, 2021, "2026-06-01", 40_000_00)
	f.called(2022, 2050_00, 1, 2, 3, 4).paid(t, 2022, "2022-12-31", 8000_00).income(t, 2022, "2026-06-01", 40_000_00)
	out := f.settle(t)
	wantOffsets(t, out.year(2021), 200_00, 500_00, 0)
	wantOffsets(t, out.year(2022), 0, 0, 0)
	if r := out.year(2022); r.Arrears != 200_00 {
		t.Errorf("arrears are told before offsets: %s", r.Arrears)
	}
}

// Arrears of a year that the batch does not settle: what was called of the quarters that have ended, less what was
// paid. The last day of a quarter still belongs to it (reading).
func TestArrearsOfAnUnsettledYear(t *testing.T) {
	for _, c := range []struct {
		asOf string
		paid money.Cents
		want money.Cents // the offset
	}{
		{"2026-03-31", 0, 0}, {"2026-04-01", 0, 100_00}, {"2026-06-30", 0, 100_00}, {"2026-07-01", 0, 200_00},
		{"2027-01-01", 0, 400_00}, {"2027-01-01", 150_00, 250_00}, {"2027-01-01", 500_00, 0}, {"2027-01-01", -30_00, 430_00},
	} {
		f := &file{asOf: c.asOf}
		f.called(2026, 100_00, 1, 2, 3, 4).paid(t, 2026, "2026-02-01", c.paid)
		f.called(2023, 2050_00, 1, 2, 3, 4).paid(t, 2023, "2023-12-31", 9200_00).income(t, 2023, "2026-02-01", 40_000_00)
		wantOffsets(t, f.settle(t).year(2023), c.want, 1000_00-c.want, 0)
	}
}

// Once a year was regularised its definitive amounts are what was called of it.
func TestArrearsOfAYearThatWasRegularised(t *testing.T) {
	f := &file{asOf: "2026-06-30"}
	f.called(2022, 100_00, 1, 2).paid(t, 2022, "2022-12-31", 150_00)
	f.prior = []pipeline.PriorYear{{NISS: affiliate, Year: 2022, Version: 1, Communication: "Z", CommunicatedOn: day(t, "2025-01-01"),
		NotifiedOn: day(t, "2025-02-01")}}
	f.quarters = []pipeline.PriorQuarter{
		{NISS: affiliate, Year: 2022, Version: 1, Quarter: 1, Definitive: 120_00},
		{NISS: affiliate, Year: 2022, Version: 1, Quarter: 2, Definitive: 130_00},
	}
	f.called(2023, 2050_00, 1, 2, 3, 4).paid(t, 2023, "2023-12-31", 9200_00).income(t, 2023, "2026-02-01", 40_000_00)
	wantOffsets(t, f.settle(t).year(2023), 100_00, 900_00, 0)
}

// Provisional contributions are barred from 1 January of the sixth year after: they take no refund any more (AR 38 art. 16 §2 al. 1).
func TestBarredArrearsTakeNoRefund(t *testing.T) {
	for asOf, want := range map[string]money.Cents{"2025-12-31": 400_00, "2026-01-01": 0} {
		f := &file{asOf: asOf}
		f.called(2020, 400_00, 1)
		f.called(2022, 2050_00, 1, 2, 3, 4).paid(t, 2022, "2022-12-31", 8700_00).income(t, 2022, "2025-06-01", 40_000_00)
		wantOffsets(t, f.settle(t).year(2022), want, 500_00-want, 0)
	}
}
