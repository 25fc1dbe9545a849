package reference_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"regul/pipeline/law/reference"
)

// called is a year of four quarters of which so much was called and is definitive, each.
func called(year int, provisional, definitive string) reference.Debt {
	d := reference.Debt{Year: year}
	for quarter := 1; quarter <= 4; quarter++ {
		d.Quarters = append(d.Quarters, reference.CalledQuarter{Quarter: quarter, Standing: reference.Due, Provisional: eur(provisional),
			Definitive: eur(definitive)})
	}
	return d
}

func late(t *testing.T, what string, d reference.Debt, upTo, want string) []reference.SurchargeTerm {
	t.Helper()
	total, terms := d.LateSurcharges(day(upTo))
	sum := decimal.Zero
	for _, term := range terms {
		sum = sum.Add(term.Amount)
	}
	if !sum.Equal(total) {
		t.Errorf("%s: the terms add up to %s, in all %s", what, sum, total)
	}
	wantEUR(t, what, total, want)
	return terms
}

// Published: 8000 a year called, 6000 paid in December: 60 + 120 + 180 by the third quarter end, kept when the definitive amount
// turns out to be 6000 and the last 2000 are cancelled.
func TestPublishedLateSurcharge(t *testing.T) {
	d := called(2023, "2000", "1500")
	d.Payments = []reference.Payment{{PaidOn: day("2023-12-15"), Amount: eur("6000")}}
	late(t, "cancelled", d, "2025-05-20", "360")
	d = called(2023, "2000", "2000")
	d.Payments = []reference.Payment{{PaidOn: day("2023-12-15"), Amount: eur("6000")}}
	late(t, "by the third quarter end", d, "2023-09-30", "360")
	late(t, "by the fourth: 3 % of 2000 more", d, "2023-12-31", "420")
}

// Worked out in LAW.md: 1000 a quarter of 2023 called, nothing paid, to 31-03-2024 included.
func TestWorkedLateSurcharges(t *testing.T) {
	terms := late(t, "nothing paid", called(2023, "1000", "1000"), "2024-03-31", "700")
	if len(terms) != 6 || terms[4].Percent != 7 || terms[4].On != day("2024-01-01") {
		t.Errorf("terms %+v", terms)
	}
	d := called(2023, "1000", "1000")
	d.Quarters[0].FirstTwo, d.Quarters[1].FirstTwo = true, true
	late(t, "starter in time", d, "2024-03-31", "640")
	d = called(2023, "1000", "1000")
	d.Quarters[1].RecoveredOn = day("2023-11-20")
	late(t, "summons for the second quarter", d, "2024-03-31", "570")
}

// A starter whose first quarter is the fourth: due on 31-03, the 7 % one year later.
func TestStartersFourthQuarter(t *testing.T) {
	d := reference.Debt{Year: 2023, Quarters: []reference.CalledQuarter{{Quarter: 4, Standing: reference.Due, Provisional: eur("1000"),
		Definitive: eur("1000"), FirstTwo: true}}}
	late(t, "to the end of 2024", d, "2024-12-31", "120")
	late(t, "with the 7 % of 2025", d, "2025-01-01", "190")
}

// The supplement of a notice of 20-05-2025 is due on 30-09-2025, its 7 % falls on 01-01-2026.
func TestSupplementIsLateFromItsOwnDay(t *testing.T) {
	d := called(2023, "1000", "1500")
	d.Payments = []reference.Payment{{PaidOn: day("2023-03-31"), Amount: eur("4000")}}
	d.Notices = []reference.Notice{allQuarters("2025-05-20", "1000", "1500", "0")}
	late(t, "before it is due", d, "2025-09-29", "0")
	late(t, "on the day", d, "2025-09-30", "60")
	late(t, "with the 7 %", d, "2026-01-01", "260") // 60 + 60 + 140
}

// A version lowered the debt by what the fund paid back: that was never late. When the debt rises again, the difference is a
// supplement, which is not due yet.
func TestWhatTheFundPaidBackWasNeverLate(t *testing.T) {
	d := called(2023, "1000", "1000")
	d.Payments = []reference.Payment{{PaidOn: day("2023-03-31"), Amount: eur("4000")}, {PaidOn: day("2025-05-20"), Amount: eur("-800")}}
	d.Notices = []reference.Notice{allQuarters("2025-05-20", "1000", "800", "800")}
	late(t, "raised again", d, "2026-02-10", "0")
}

// What was paid late keeps its surcharge, also when it was refunded: 1000 a quarter paid on 15-05 (30.00 on 31-03); of 4000 paid the
// version of 2025 gave 2800 back.
func TestPaidLateAndRefundedKeepsItsSurcharge(t *testing.T) {
	d := called(2023, "1000", "300")
	d.Payments = []reference.Payment{{PaidOn: day("2023-05-15"), Amount: eur("4000")}, {PaidOn: day("2025-05-20"), Amount: eur("-2800")}}
	late(t, "with the notice that refunds", d, "2025-05-20", "30")
	d.Notices = []reference.Notice{allQuarters("2025-05-20", "1000", "300", "2800")}
	late(t, "in a later version", d, "2025-11-20", "30")
}

// allQuarters is a notice that says the same of four quarters, and what it ordered to leave the year.
func allQuarters(on, called, definitive, left string) reference.Notice {
	n := reference.Notice{On: day(on), Quarters: map[int]reference.NoticeQuarter{}, Left: eur(left)}
	for quarter := 1; quarter <= 4; quarter++ {
		n.Quarters[quarter] = reference.NoticeQuarter{Called: eur(called), Definitive: eur(definitive)}
	}
	return n
}

// 30.00 on 31-03 and 60.00 on 30-06; all was paid on 15-07. The version of 2025 gave 2800.00 back, a later one changes nothing.
func TestSurchargeOfWhatWasRefundedStaysInALaterVersion(t *testing.T) {
	d := called(2023, "1000", "300")
	d.Payments = []reference.Payment{{PaidOn: day("2023-07-15"), Amount: eur("4000")}, {PaidOn: day("2025-05-20"), Amount: eur("-2800")}}
	d.Notices = []reference.Notice{allQuarters("2025-05-20", "1000", "300", "2800")}
	late(t, "in a later version", d, "2025-11-20", "90")
}

// 4000 called and never paid, 2000 of it cancelled in 2024, claimed again in June: the 2000 that stayed bear all, the
// others begin with their own day.
func TestWhatWasCancelledAndClaimedAgainWasNotLateBefore(t *testing.T) {
	d := called(2023, "1000", "1000")
	d.Notices = []reference.Notice{allQuarters("2024-05-20", "1000", "500", "0")}
	late(t, "claimed again", d, "2024-06-30", "470") // 30 + 3 x 60 + 140 + 2 x 60
}

// Joined late: the whole definitive amount was due at each quarter's own end; the starters' delay does not hold.
func TestLateAffiliation(t *testing.T) {
	d := called(2023, "0", "1000")
	for i := range d.Quarters {
		d.Quarters[i].LateAffiliation, d.Quarters[i].FirstTwo = true, i < 2
	}
	late(t, "nothing paid", d, "2024-03-31", "700")
	d.Notices = []reference.Notice{allQuarters("2024-02-01", "0", "1000", "0")}
	late(t, "a notice makes no second step", d, "2024-12-31", "1060") // 700 + 3 x 120
}

// Joined late, more was called of the first quarter than it owes in the end: the 400 that were cancelled bear nothing while they are
// unpaid, and what they bore where they were paid late. The second quarter is an ordinary one.
func TestLateAffiliationThatWasCalledTooMuch(t *testing.T) {
	quarter := func(number int, provisional, definitive string, whole bool) reference.CalledQuarter {
		return reference.CalledQuarter{Quarter: number, Standing: reference.Due, Provisional: eur(provisional), Definitive: eur(definitive),
			LateAffiliation: whole}
	}
	d := reference.Debt{Year: 2023, Quarters: []reference.CalledQuarter{quarter(1, "1000", "600", true), quarter(2, "500", "500", false)}}
	late(t, "never paid", d, "2023-06-30", "51") // 18 + 33
	d.Payments = []reference.Payment{{PaidOn: day("2023-07-10"), Amount: eur("1500")}}
	late(t, "paid late", d, "2023-09-30", "75") // 30 + 45
}

// The first quarter was deferred to 15-12-2021: 3 % from 31-12-2021 on, 7 % on 01-01-2022.
func TestDeferral(t *testing.T) {
	d := reference.Debt{Year: 2020, Quarters: []reference.CalledQuarter{{Quarter: 1, Standing: reference.Due, Provisional: eur("1000"),
		Definitive: eur("1000"), DeferredTo: day("2021-12-15")}}}
	late(t, "before", d, "2021-12-30", "0")
	late(t, "from its quarter on", d, "2022-03-31", "130") // 30 + 70 + 30
}

// A waived quarter bears nothing, and payments still go to it in its turn: of 1000 paid the first quarter takes all.
func TestWaivedQuarter(t *testing.T) {
	d := called(2023, "1000", "1000")
	d.Quarters[0].Waived = true
	late(t, "nothing paid", d, "2023-12-31", "180") // 30 + 60 + 90
	d.Payments = []reference.Payment{{PaidOn: day("2023-03-01"), Amount: eur("1000")}}
	late(t, "the first quarter is paid", d, "2023-12-31", "180")
	d.Payments[0].Amount = eur("1500")
	late(t, "and half of the second", d, "2023-12-31", "135") // 15 + 45 + 75
}

func TestDispensedQuarterIsNoDebt(t *testing.T) {
	d := called(2023, "1000", "1000")
	d.Quarters[0].Standing, d.Quarters[0].Definitive = reference.Dispensed, eur("0")
	late(t, "nothing paid", d, "2023-12-31", "180")
}

// The summons stops the 3 % with the quarter before, and the 7 % only in the year of the claim.
func TestSummonsOfALaterYear(t *testing.T) {
	d := reference.Debt{Year: 2023, Quarters: []reference.CalledQuarter{{Quarter: 1, Standing: reference.Due, Provisional: eur("1000"),
		Definitive: eur("1000"), RecoveredOn: day("2024-02-10")}}}
	late(t, "3 % to 31-12-2023 and the 7 %", d, "2025-01-01", "190") // 4 x 30 + 70
}
