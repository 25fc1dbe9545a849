package reference_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"regul/pipeline/law/reference"
)

// D = 8200 against what was called (C) and paid (P).
func TestClaimOnWhatWasCalledRefundOnWhatWasPaid(t *testing.T) {
	for _, c := range []struct {
		called, paid                                                string
		supplement, surplus, toPay, cancelled, refundGross, arrears string
		outcome                                                     string
	}{
		{"4000", "4000", "4200", "0", "4200", "0", "0", "0", "supplement"},
		{"4000", "3000", "4200", "0", "4200", "0", "0", "1000", "supplement"},
		{"4000", "5000", "4200", "1000", "3200", "0", "0", "0", "supplement"},
		{"4000", "8200", "4200", "4200", "0", "0", "0", "0", "settled"},
		{"4000", "9000", "4200", "4200", "0", "0", "800", "0", "refund"},
		{"8200", "8200", "0", "0", "0", "0", "0", "0", "unchanged"},
		{"8200", "8000", "0", "0", "0", "0", "0", "200", "unchanged"},
		{"10000", "10000", "0", "0", "0", "1800", "1800", "0", "refund"},
		{"10000", "8200", "0", "0", "0", "1800", "0", "0", "cancelled"},
		{"10000", "6000", "0", "0", "0", "1800", "0", "2200", "cancelled"},
	} {
		t.Run(c.called+" called "+c.paid+" paid", func(t *testing.T) {
			b := reference.Settle(eur("8200"), eur(c.called), eur(c.paid))
			wantEUR(t, "supplement", b.Supplement, c.supplement)
			wantEUR(t, "surplus applied", b.SurplusApplied, c.surplus)
			wantEUR(t, "to pay", b.ToPay, c.toPay)
			wantEUR(t, "cancelled", b.Cancelled, c.cancelled)
			wantEUR(t, "refund gross", b.RefundGross, c.refundGross)
			wantEUR(t, "arrears", b.Arrears, c.arrears)
			if b.Outcome() != c.outcome {
				t.Errorf("outcome is %s, want %s", b.Outcome(), c.outcome)
			}
		})
	}
}

func TestStandings(t *testing.T) {
	for standing, want := range map[string][3]bool{ // counts, known, owes
		reference.Due: {true, true, true}, reference.NotDue: {true, true, false}, reference.Dispensed: {true, true, false},
		reference.SupplementDispensed: {true, true, true}, reference.Assimilated: {false, true, false}, "resting": {false, false, false},
	} {
		counts, known := reference.CountsAsSubject(standing)
		if got := [3]bool{counts, known, reference.Owes(standing)}; got != want {
			t.Errorf("%s: %v, want %v", standing, got, want)
		}
	}
}

// What was called of a dispensed quarter is no debt, unless an earlier version claimed the quarter: that is cancelled.
func TestCalled(t *testing.T) {
	last := eur("900")
	wantEUR(t, "due", reference.Called(reference.Due, eur("800"), nil), "800")
	wantEUR(t, "dispensed", reference.Called(reference.Dispensed, eur("800"), nil), "0")
	wantEUR(t, "regularised before", reference.Called(reference.Dispensed, eur("800"), &last), "900")
}

func checkDates(t *testing.T, compute func(time.Time) time.Time, want [][2]string) {
	t.Helper()
	for _, c := range want {
		if got := compute(day(c[0])).Format(time.DateOnly); got != c[1] {
			t.Errorf("from %s: %s, want %s", c[0], got, c[1])
		}
	}
}

func TestDueDateIsTheEndOfTheNextQuarter(t *testing.T) {
	checkDates(t, reference.DueDate, [][2]string{
		{"2026-06-30", "2026-09-30"}, {"2026-07-01", "2026-12-31"}, {"2026-11-15", "2027-03-31"},
		{"2026-01-01", "2026-06-30"}, {"2026-12-31", "2027-03-31"},
	})
}

func TestSevenPercentOnTheFirstOfJanuary(t *testing.T) {
	checkDates(t, reference.SevenPercentOn, [][2]string{
		{"2026-01-01", "2027-01-01"}, {"2026-09-30", "2027-01-01"}, {"2026-10-01", "2028-01-01"}, {"2026-12-31", "2028-01-01"},
	})
}

func TestStatementDeadlineIsTheEndOfTheNextMonth(t *testing.T) {
	checkDates(t, reference.StatementDeadline, [][2]string{
		{"2026-01-31", "2026-02-28"}, {"2024-01-15", "2024-02-29"}, {"2026-11-30", "2026-12-31"}, {"2026-12-01", "2027-01-31"},
	})
}

func TestPaymentReferenceCarriesItsCheck(t *testing.T) {
	for _, c := range []struct {
		dossier string
		year    int
		want    string
	}{
		{"1", 2024, "000000012427"},        // 124 mod 97 = 27
		{"12345678", 2024, "123456782433"}, // 1234567824 mod 97 = 33
		{"97", 2000, "000000970097"},       // 9700 mod 97 = 0, written 97
		{"123456789", 2024, ""}, {"", 2024, ""}, {"A1", 2024, ""},
	} {
		if got, ok := reference.PaymentReference(c.dossier, c.year); got != c.want || ok != (c.want != "") {
			t.Errorf("%s of %d: %s, want %s", c.dossier, c.year, got, c.want)
		}
	}
}

// Of 2000.00 of arrears of 2018, called 3000.00, provisional 2500.00, paid 1000.00: 1500.00 are barred in 2024, all in 2026.
func TestBarredArrears(t *testing.T) {
	ofProvisional := reference.ProvisionalArrears(eur("3000"), eur("2500"), eur("1000"))
	for _, c := range []struct {
		on          string
		interrupted bool
		want        string
	}{{"2023-12-31", false, "0"}, {"2024-01-01", false, "1500"}, {"2025-12-31", false, "1500"}, {"2026-01-01", false, "2000"},
		{"2026-01-01", true, "0"}} {
		got := reference.BarredArrears(2018, eur("2000"), ofProvisional, c.interrupted, day(c.on))
		wantEUR(t, "barred on "+c.on, got, c.want)
	}
	// A definitive amount below the provisional one: no more is barred than there is.
	all := reference.ProvisionalArrears(eur("3000"), eur("3000"), eur("1000"))
	wantEUR(t, "lowered", reference.BarredArrears(2018, eur("400"), all, false, day("2024-01-01")), "400")
}

// The last day of a quarter still belongs to it.
func TestEnded(t *testing.T) {
	if reference.Ended(2026, 1, day("2026-03-31")) || !reference.Ended(2026, 1, day("2026-04-01")) {
		t.Error("the first quarter ends on 31 March")
	}
}

// year is one of an affiliate: what is to refund, to pay, and in arrears.
func year(number int, settled bool, refund, toPay, arrears string) reference.SettledYear {
	return reference.SettledYear{Year: number, Settled: settled, Refund: eur(refund), ToPay: eur(toPay), Arrears: eur(arrears)}
}

// A refund pays arrears of other years first, the oldest first, then what is to pay; the earlier year's refund goes first.
func TestOffsets(t *testing.T) {
	years := []reference.SettledYear{
		year(2019, false, "0", "0", "100"), year(2020, true, "300", "0", "0"), year(2021, true, "0", "250", "50"),
		year(2022, true, "500", "0", "20"), year(2023, true, "0", "400", "0"),
	}
	reference.Offset(years)
	for i, want := range []struct{ refund, given, received string }{
		{"0", "0", "0"},
		{"0", "300", "0"}, // 100 of 2019, 50 of 2021, 20 of 2022, 130 of what 2021 has to pay
		{"0", "0", "250"}, // 130 and 120
		{"0", "500", "0"}, // 120 for 2021, 380 for 2023
		{"0", "0", "380"},
	} {
		wantEUR(t, "refund", years[i].Refund, want.refund)
		wantEUR(t, "given", years[i].Given, want.given)
		wantEUR(t, "received", years[i].Received, want.received)
	}
}

// A year does not pay itself, and one that the batch does not settle neither gives nor receives.
func TestOffsetsOfOtherYearsOnly(t *testing.T) {
	years := []reference.SettledYear{year(2020, false, "70", "80", "0"), year(2021, true, "300", "0", "90")}
	reference.Offset(years)
	wantEUR(t, "refund", years[1].Refund, "300")
	wantEUR(t, "received", years[0].Received, "0")
}

// Published bases: what is unpaid of a reduction that turned out to be unjustified.
func TestPublishedSurchargeBases(t *testing.T) {
	for _, c := range []struct{ legal, reduced, definitive, base string }{
		{"8000", "6000", "9000", "2000"}, {"9000", "6000", "7000", "1000"}, {"9000", "6000", "6000", "0"},
	} {
		r := reference.Reduction{Definitive: eur(c.definitive), Legal: eur(c.legal), Reduced: eur(c.reduced)}
		wantEUR(t, "base", r.Unpaid(decimal.Zero), c.base)
	}
}

// First notified in the second quarter of N+2: 7 % and six terms of 3 %. The quarter of the notification does not count.
func TestSurchargeCountsQuarterEndsBeforeTheNotification(t *testing.T) {
	for notified, want := range map[string]string{
		"2023-01-01": "200", "2023-03-31": "200", "2023-04-01": "260", "2023-12-31": "380", "2024-01-01": "440", "2024-05-15": "500",
	} {
		r := reference.Reduction{Definitive: eur("9000"), Legal: eur("8000"), Reduced: eur("6000")}
		got, terms := r.Surcharge(2022, nil, day(notified))
		wantEUR(t, "notified "+notified, got, want)
		if len(terms) < 2 || terms[0].Percent != 7 || terms[1].Percent != 3 || terms[0].On != day("2022-12-31") {
			t.Errorf("terms %+v", terms)
		}
	}
}

// Paid 7500 on 31 December: 500 unpaid at that day (35.00 and 15.00); 200 more on 30 June: 500 on
// 31 March (15.00), 300 on 30 June (9.00).
func TestSurchargeFollowsPayments(t *testing.T) {
	payments := []reference.Payment{{PaidOn: day("2022-12-31"), Amount: eur("7500")}, {PaidOn: day("2023-06-30"), Amount: eur("200")}}
	r := reference.Reduction{Definitive: eur("9000"), Legal: eur("8000"), Reduced: eur("6000")}
	got, _ := r.Surcharge(2022, payments, day("2023-09-30"))
	wantEUR(t, "surcharge", got, "74.00")
}

// 0.50 x 7 % = 0.035 and 0.50 x 3 % = 0.015: each term is rounded half up for itself.
func TestSurchargeRoundsEachTerm(t *testing.T) {
	r := reference.Reduction{Definitive: eur("100.50"), Legal: eur("200"), Reduced: eur("100")}
	got, _ := r.Surcharge(2022, nil, day("2023-05-01"))
	wantEUR(t, "surcharge", got, "0.08")
}
