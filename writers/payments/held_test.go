package payments_test

import (
	"slices"
	"strings"
	"testing"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/fund"
	"regul/writers/payments"
)

// held lists kind, amount, status and reason of every row of the index.
func held(t *testing.T, limits payments.Limits, settlements ...pipeline.Settlement) string {
	t.Helper()
	files, totals := write(t, 0, func(s *payments.Settings) { s.Limits = limits }, settlements...)
	valid(t, files)
	agree(t, files, totals, settlements)
	var lines []string
	table := index(t, files)
	for i := range table.Rows {
		r := table.Map(i)
		lines = append(lines, strings.Join([]string{r["kind"], r["amount"], r["status"], r["reason"]}, " "))
	}
	return strings.Join(lines, "\n")
}

// No money leaves or is collected for whom the register holds.
func TestTheRegisterHolds(t *testing.T) {
	for hold := pipeline.HoldDeceased; int(hold) < len(pipeline.Holds()); hold++ {
		a := person(1)
		a.Hold = hold
		want := "refund 1.00 held " + hold.String() + "\nclaim 2.00 held " + hold.String()
		if got := held(t, payments.Limits{}, settle(a, refund(2022, 1_00), claim(2023, 2_00))); got != want {
			t.Errorf("%s\nwant\n%s", got, want)
		}
	}
}

// A refund above a limit is held, a claim is not; what is held does not count for the night.
func TestLimitsHoldRefunds(t *testing.T) {
	people := func(amounts ...money.Cents) (all []pipeline.Settlement) {
		for i, amount := range amounts {
			all = append(all, settle(person(i), refund(2022, amount), claim(2023, 900_00)))
		}
		return all
	}
	const claimed = "claim 900.00 sent "
	want := strings.Join([]string{"refund 500.00 sent ", claimed, "refund 500.01 held max_transfer", claimed, "refund 400.00 sent ",
		claimed, "refund 200.00 held max_night", claimed, "refund 100.00 sent ", claimed}, "\n")
	if got := held(t, payments.Limits{Transfer: 500_00, Night: 1000_00}, people(500_00, 500_01, 400_00, 200_00, 100_00)...); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// What batches of the same day sent is part of the limit of the night.
func TestTheLimitOfTheNightIsOfTheDay(t *testing.T) {
	limits := payments.Limits{Night: 1000_00, Sent: 700_00}
	want := "refund 300.01 held max_night\nrefund 300.00 sent \nrefund 0.01 held max_night"
	if got := held(t, limits, settle(person(0), refund(2022, 300_01)), settle(person(1), refund(2022, 300_00)),
		settle(person(2), refund(2022, 1))); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	waits := pipeline.FreedTransfer{Amount: 300_01, Held: uint8(payments.AboveNight), Limit: 900_00}
	if a := person(3); payments.CanFree(fund.Specimen(), &limits, a, &waits, 0) {
		t.Error("more leaves than is left of the day")
	} else if waits.Amount--; !payments.CanFree(fund.Specimen(), &limits, a, &waits, 0) {
		t.Error("what is left of the day does not leave")
	}
}

// What is said of a refund before the files are written is so in them.
func TestSendingSaysWhatTheLimitsHold(t *testing.T) {
	limits := payments.Limits{Transfer: 500_00, Night: 1000_00}
	sending := payments.Sending{Fund: fund.Specimen(), Limits: limits}
	dead, without := person(5), person(6)
	dead.Hold, without.Contact.IBAN = pipeline.HoldDeceased, ""
	var settlements []pipeline.Settlement
	var want []string
	for i, amount := range []money.Cents{500_00, 500_01, 400_00, 200_00, 100_00, 100_00, 100_00, 1_00} {
		a := person(i)
		switch i {
		case 5:
			a = dead
		case 6:
			a = without
		}
		settlements = append(settlements, settle(a, refund(2022, amount)))
		if sending.Holds(settlements[i].Party, amount) {
			want = append(want, amount.String())
		}
	}
	var got []string
	for line := range strings.Lines(held(t, limits, settlements...)) {
		if f := strings.Fields(line); len(f) == 4 && strings.HasPrefix(f[3], "max_") {
			got = append(got, f[1])
		}
	}
	if len(got) != 3 || !slices.Equal(got, want) {
		t.Errorf("held %v, said %v", got, want)
	}
}
