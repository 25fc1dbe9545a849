package company

import (
	"testing"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// late is the row of a company of 2024 that owes the large amount, or the small one.
func late(t *testing.T, balance, called, paid money.Cents) Row {
	r := row(t, 401123605, balance, 1)
	r.Called, r.Paid = called, paid
	return r
}

// wantPaid makes sure that all that letters asked for was paid: no contribution is left, and no surcharge comes back.
func wantPaid(t *testing.T, d *decided, contribution, surcharges money.Cents) {
	t.Helper()
	if len(d.settled) != 1 || len(d.balances) != 1 {
		t.Fatalf("%d are settled, %d balances", len(d.settled), len(d.balances))
	}
	y, b := &d.settled[0].Years[0], &d.balances[0]
	if y.Paid != contribution || y.Refund != 0 || y.ToPay != 0 || y.Arrears != 0 || y.Surcharge != 0 {
		t.Errorf("paid %s, refund %s, to pay %s, arrears %s, surcharge %s", y.Paid, y.Refund, y.ToPay, y.Arrears, y.Surcharge)
	}
	if b.SurchargesPaid != surcharges || b.Credit != 0 || b.Open != 0 {
		t.Errorf("surcharges paid %s, want %s; credit %s, open %s", b.SurchargesPaid, surcharges, b.Credit, b.Open)
	}
}

// What one transfer pays of all that a letter asks for divides as the letter does: what it claims, what was called before, and the
// surcharge, which is no contribution and does not come back. It makes no difference whether the transfer is a payment, or part of what
// the row says was paid, with its day or without one.
func TestOneTransferPaysAllThatALetterAsks(t *testing.T) {
	const all, surcharge = 977_20, 9_68 // 967.52 and 1 % of it
	for _, called := range []money.Cents{0, 387_34, 967_52} {
		before := late(t, 900_000_00, called, 0)
		letter := history(decide(t, "2025-01-15", nil, before))
		transfer := func() *scatter {
			s := taken(t, letter, before)
			p := Payment{Number: before.Number, Year: 2024, PaidOn: day(t, "2025-01-20"), Amount: all, Place: rows.Place{Row: 1}}
			TakePayment(&s.Scatter, &p)
			return s
		}
		wantPaid(t, transfer().run("2025-02-10"), 967_52, surcharge)
		for _, on := range []pipeline.OptionalDate{0, day(t, "2025-01-20").Some()} {
			after := late(t, 900_000_00, called, all)
			after.PaidOn = on
			d := decide(t, "2025-02-10", letter, after)
			wantPaid(t, d, 967_52, surcharge)
			fates(t, decide(t, "2025-03-10", append(letter, history(d)...), after), 0, 0, 1, 0, 0)
		}
		early := late(t, 900_000_00, called, all) // which no letter had asked for
		early.PaidOn = day(t, "2025-01-10").Some()
		if y := decide(t, "2025-02-10", letter, early).settled[0].Years[0]; y.Refund != surcharge {
			t.Errorf("paid before the letter: %s is refunded", y.Refund)
		}
	}
}

// A second letter is paid as the first was: the surcharges of both stay what they are.
func TestALaterLetterIsPaidToo(t *testing.T) {
	first := decide(t, "2025-01-15", nil, late(t, 100_00, 0, 0))
	ledger := history(first)
	sum := ledger[0].Claim + ledger[0].Surcharge // 387.34, 3.87
	second := decide(t, "2025-02-10", ledger, late(t, 900_000_00, 0, sum))
	asks := history(second)[0]
	if asks.Claim != 580_18 || asks.Owing != 0 || asks.Surcharge <= 0 || asks.Paid != 387_34 {
		t.Fatalf("the second letter asks for %s, %s and %s, after %s", asks.Claim, asks.Owing, asks.Surcharge, asks.Paid)
	}
	ledger = append(ledger, asks)
	fates(t, decide(t, "2025-02-20", ledger, late(t, 900_000_00, 0, sum)), 0, 0, 1, 0, 0)
	both := sum + asks.Claim + asks.Surcharge
	d := decide(t, "2025-02-20", ledger, late(t, 900_000_00, 0, both))
	wantPaid(t, d, 967_52, 3_87+asks.Surcharge)
	fates(t, decide(t, "2025-03-10", append(ledger, history(d)...), late(t, 900_000_00, 0, both)), 0, 0, 1, 0, 0)
}

// A surcharge that was paid and is no longer due goes back with the refund, once; due again, it is claimed again. One that was paid and stays
// due is not asked for a second time, also where it was paid before any letter asked for it.
func TestAPaidSurchargeIsNeverLostNorAskedTwice(t *testing.T) {
	const lateOn = "2025-01-15"
	letter := decide(t, lateOn, nil, late(t, 900_000_00, 387_34, 387_34))
	ledger := history(letter) // asks for 580.18 and 5.80
	small, large := late(t, 100_00, 387_34, 973_32), late(t, 950_000_00, 387_34, 973_32)
	lowered := decide(t, "2025-02-10", ledger, small)
	y, b := &lowered.settled[0].Years[0], &lowered.balances[0]
	if y.Refund != 580_18 || y.SurchargeRefund() != 5_80 || y.Payout() != 585_98 || b.Unseen != 585_98 || b.SurchargesPaid != 0 {
		t.Errorf("lowered: refund %s, back %s, unseen %s, surcharges paid %s", y.Refund, y.SurchargeRefund(), b.Unseen, b.SurchargesPaid)
	}
	ledger = append(ledger, history(lowered)...)
	fates(t, decide(t, "2025-02-20", ledger, small), 0, 0, 1, 0, 0)
	again := &decide(t, "2025-02-25", ledger, large).settled[0].Years[0]
	if again.ToPay != 580_18 || again.SurchargeToPay() != again.SurchargeTotal || again.Payout() != 0 {
		t.Errorf("raised again: to pay %s and %s of %s", again.ToPay, again.SurchargeToPay(), again.SurchargeTotal)
	}

	row := late(t, 900_000_00, 387_34, 0)
	pay := func(versions []Prior, on string) *pipeline.SettledYear {
		s := taken(t, versions, row)
		for i, p := range []Payment{{Amount: 387_34, PaidOn: day(t, "2024-12-15")}, {Amount: 580_18, PaidOn: day(t, "2025-01-10")},
			{Amount: 5_80, PaidOn: day(t, "2025-01-10"), Purpose: pipeline.PurposeSurcharge}} {
			p.Number, p.Year, p.Place = row.Number, row.Year, rows.Place{Row: int64(i + 1)}
			TakePayment(&s.Scatter, &p)
		}
		return &s.run(on).settled[0].Years[0]
	}
	for _, versions := range [][]Prior{nil, history(letter)} {
		if y := pay(versions, "2025-01-20"); y.SurchargeTotal != 5_80 || y.Claim() != 0 || y.Payout() != 0 {
			t.Errorf("paid in time with its surcharge: %s in all, claim %s, payout %s", y.SurchargeTotal, y.Claim(), y.Payout())
		}
	}
}
