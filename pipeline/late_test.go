package pipeline

import (
	"math/rand/v2"
	"testing"
	"time"

	"regul/pipeline/law"
	"regul/pipeline/money"
)

// lateYear is a year of which so much was called each quarter.
func lateYear(called money.Cents, payments ...Payment) *MatchedYear {
	y := &MatchedYear{Year: 2023, Payments: payments}
	for quarter := range uint8(4) {
		y.Quarters = append(y.Quarters, AccountQuarter{Year: 2023, Quarter: quarter + 1, Standing: Due, Provisional: called})
	}
	return y
}

func lateTermsOf(y *MatchedYear, start law.Quarter, owed money.Cents, on Date) (terms []SurchargeTerm, total money.Cents) {
	var debt yearDebt
	debt.of(y, []law.Quarter{start}, nil, owed)
	debt.terms(on, func(t SurchargeTerm) {
		terms = append(terms, t)
		total += t.Amount
	})
	return terms, total
}

var december = Payment{Year: 2023, PaidOn: DateOf(2023, time.December, 15), Amount: 6000_00}

// Published: 8 000 a year called, 6 000 paid in December: 60 + 120 + 180 by the third quarter end.
func TestThePublishedLatePayment(t *testing.T) {
	if _, total := lateTermsOf(lateYear(2000_00, december), 0, Unsaid, QuarterEnd(2023, 3)); total != 360_00 {
		t.Errorf("%s, want 360.00", total)
	}
}

// It is kept when the definitive amount turns out to be 6 000 and the last 2 000 are cancelled; those bear nothing.
func TestLatePaymentKeepsItsSurchargeWhenTheRestIsCancelled(t *testing.T) {
	if _, total := lateTermsOf(lateYear(2000_00, december), 0, 6000_00, DateOf(2026, time.June, 30)); total != 360_00 {
		t.Errorf("%s, want 360.00", total)
	}
}

// What was paid late keeps its surcharge also where part of it is refunded.
func TestLatePaymentKeepsItsSurchargeWhenItIsRefunded(t *testing.T) {
	if _, total := lateTermsOf(lateYear(2000_00, december), 0, 1000_00, DateOf(2026, time.June, 30)); total != 360_00 {
		t.Errorf("%s, want 360.00", total)
	}
}

// 7 % falls once, on the 1 January, on what was called in the year and is unpaid.
func TestSevenPercentFallsOnce(t *testing.T) {
	terms, _ := lateTermsOf(lateYear(2000_00), 0, Unsaid, DateOf(2026, time.June, 30))
	sevens := 0
	for _, term := range terms {
		if term.IsYearly() {
			sevens++
			if term.On != DateOf(2024, time.January, 1) || term.Amount != 560_00 {
				t.Errorf("7 %% on %s: %s, want 560.00 on 2024-01-01", term.On, term.Amount)
			}
		}
	}
	if sevens != 1 {
		t.Errorf("7 %% falls %d times", sevens)
	}
}

// The first two quarters of a starter count from the end of the following quarter.
func TestStartersHaveAQuarterMore(t *testing.T) {
	y := lateYear(1000_00)
	start := law.QuarterOf(2023, 1)
	for _, c := range []struct {
		on   Date
		want money.Cents
	}{
		{QuarterEnd(2023, 1), 0},
		{QuarterEnd(2023, 2), 30_00},            // the first quarter
		{QuarterEnd(2023, 3), 30_00 + 90_00},    // the second and the third as well
		{QuarterEnd(2023, 4), 120_00 + 120_00},  // all
		{DateOf(2024, time.January, 1), 520_00}, // 7 % of all four
	} {
		if _, total := lateTermsOf(y, start, Unsaid, c.on); total != c.want {
			t.Errorf("up to %s: %s, want %s", c.on, total, c.want)
		}
	}
}

// A supplement of an earlier notice is due on its day, and takes 7 % on the 1 January that the notice named.
func TestSupplementOfAnEarlierNoticeBearsSurcharges(t *testing.T) {
	y := lateYear(1000_00, Payment{Year: 2023, PaidOn: DateOf(2023, time.January, 2), Amount: 4000_00})
	y.Versions = []PriorYear{{Year: 2023, Version: 1, NotifiedOn: DateOf(2025, time.November, 15), Definitive: 5000_00, Called: 4000_00}}
	for on, want := range map[Date]money.Cents{
		QuarterEnd(2025, 4): 0, QuarterEnd(2026, 1): 30_00, QuarterEnd(2026, 4): 120_00, DateOf(2027, time.January, 1): 190_00,
	} {
		if _, total := lateTermsOf(y, 0, 5000_00, on); total != want {
			t.Errorf("up to %s: %s, want %s", on, total, want)
		}
	}
}

// No euro bears both surcharges: what the two call unpaid on a day is together no more than what is unpaid of the higher of D and R.
func TestNoEuroBearsBothSurcharges(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 0))
	amount := func() money.Cents { return money.Cents(rng.IntN(300_000)) }
	for range 20_000 {
		y := lateYear(amount())
		for i := range y.Quarters {
			y.Quarters[i].LegalProvisional = y.Quarters[i].Provisional + amount()
			y.Quarters[i].Reduction = ReductionGranted
			y.Payments = append(y.Payments, Payment{Year: 2023, PaidOn: DateOf(2023, time.January, 1+rng.IntN(300)+i*300),
				Amount: amount()})
		}
		r := Regularisation{Year: 2023, NotifiedOn: DateOf(2026, time.June, 30), Definitive: 8 * amount()}
		r.LegalProvisional, r.Reduced = y.reduction()
		unpaid := map[Date]money.Cents{}
		var paid = map[Date]money.Cents{}
		collect := func(term SurchargeTerm) {
			if !term.IsYearly() {
				unpaid[term.On] += term.Unpaid
				paid[term.On] = term.Paid
			}
		}
		surchargeTerms(y, &r, collect)
		var debt yearDebt
		debt.of(y, nil, nil, r.Definitive)
		debt.terms(r.NotifiedOn, collect)
		for on, sum := range unpaid {
			if most := max(min(r.Definitive, r.LegalProvisional), r.Reduced) - paid[on]; sum > most {
				t.Fatalf("on %s %s bears a surcharge, but only %s is unpaid", on, sum, most)
			}
		}
	}
}
