package pipeline_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// lines writes entries as a bookkeeper reads them: year, version, line, role, debit, credit, and the year an offset comes from.
func lines(entries []pipeline.Entry) string {
	var text strings.Builder
	for _, e := range entries {
		fmt.Fprintf(&text, "%d v%d %d %s %s %s", e.Year, e.Version, e.Line, e.Role, e.Debit, e.Credit)
		if e.FromYear != 0 {
			fmt.Fprintf(&text, " from %d", e.FromYear)
		}
		text.WriteString("\n")
	}
	return text.String()
}

// year is a settled year without anything to book.
func year(year, version int) pipeline.SettledYear {
	return pipeline.SettledYear{Regularisation: pipeline.Regularisation{Year: year, Version: version, NISS: affiliate}}
}

// difference is a year with a difference between the definitive amount and what was called, each with its fee.
func difference(definitive, fee, called, calledFee money.Cents) pipeline.SettledYear {
	y := year(2023, 1)
	y.Definitive, y.Fee, y.Contribution, y.Called = definitive, fee, definitive-fee, called
	y.Supplement, y.Cancelled = max(0, definitive-called), max(0, called-definitive)
	y.Quarters = []pipeline.QuarterResult{{Called: called / 4, CalledFee: calledFee / 4},
		{Called: called - called/4, CalledFee: calledFee - calledFee/4}}
	return y
}

// What was called and what is definitive, split into contributions and fees.
func TestDifferenceIsBookedAsContributionsAndFees(t *testing.T) {
	for _, c := range []struct {
		name string
		year pipeline.SettledYear
		want string
	}{
		{"supplement", difference(6337_56, 187_56, 5070_08, 150_06),
			"2023 v1 1 receivable 1267.48 0.00\n2023 v1 2 contributions 0.00 1229.98\n2023 v1 3 fees 0.00 37.50\n"},
		{"cancelled", difference(5070_08, 150_06, 6337_56, 187_56),
			"2023 v1 1 receivable 0.00 1267.48\n2023 v1 2 contributions 1229.98 0.00\n2023 v1 3 fees 37.50 0.00\n"},
		{"without a fee", difference(100, 0, 0, 0), "2023 v1 1 receivable 1.00 0.00\n2023 v1 2 contributions 0.00 1.00\n"},
		{"more fee than supplement", difference(1000_00, 40_00, 990_00, 20_00),
			"2023 v1 1 receivable 10.00 0.00\n2023 v1 2 contributions 10.00 0.00\n2023 v1 3 fees 0.00 20.00\n"},
		{"less fee, more contribution", difference(1000_00, 20_00, 990_00, 40_00),
			"2023 v1 1 receivable 10.00 0.00\n2023 v1 2 contributions 0.00 30.00\n2023 v1 3 fees 20.00 0.00\n"},
		{"another fee of the same whole", difference(1000_00, 40_00, 1000_00, 30_00),
			"2023 v1 1 contributions 10.00 0.00\n2023 v1 2 fees 0.00 10.00\n"},
		{"only the fee", difference(1040_00, 40_00, 1000_00, 0), "2023 v1 1 receivable 40.00 0.00\n2023 v1 2 fees 0.00 40.00\n"},
		{"nothing", difference(1000_00, 40_00, 1000_00, 40_00), ""},
	} {
		if got := lines(pipeline.AppendEntries(nil,
			&pipeline.Settlement{Party: party, Years: []pipeline.SettledYear{c.year}})); got != c.want {
			t.Errorf("%s:\n%swant\n%s", c.name, got, c.want)
		}
	}
}

// A surcharge is claimed, or given back by a correction.
func TestSurchargeIsBookedOnItsOwn(t *testing.T) {
	for _, c := range []struct {
		surcharge, paid money.Cents // of 200.00 that were claimed
		want            string
	}{
		{500_00, 0, "2023 v2 1 receivable 500.00 0.00\n2023 v2 2 surcharges 0.00 500.00\n"},
		{-120_00, 200_00, "2023 v2 1 surcharges 120.00 0.00\n2023 v2 2 refund_payable 0.00 120.00\n"},
		{-120_00, 130_00, "2023 v2 1 surcharges 120.00 0.00\n2023 v2 2 refund_payable 0.00 50.00\n2023 v2 3 receivable 0.00 70.00\n"},
		{-120_00, 50_00, "2023 v2 1 surcharges 120.00 0.00\n2023 v2 2 receivable 0.00 120.00\n"},
		{0, 0, ""},
		{0, 230_00, "2023 v2 1 refund_payable 0.00 30.00\n2023 v2 2 receivable 30.00 0.00\n"},
		{10_00, 230_00, "2023 v2 1 receivable 10.00 0.00\n2023 v2 2 surcharges 0.00 10.00\n2023 v2 3 receivable 20.00 0.00\n2023 v2 4 refund_payable 0.00 20.00\n"},
	} {
		y := year(2023, 2)
		y.Surcharge, y.SurchargeTotal, y.PaidOfSurcharge = c.surcharge, 200_00+c.surcharge, c.paid
		if got := lines(pipeline.AppendEntries(nil, &pipeline.Settlement{Party: party, Years: []pipeline.SettledYear{y}})); got != c.want {
			t.Errorf("%s:\n%swant\n%s", c.surcharge, got, c.want)
		}
	}
}

// A refund of 1000 of 2021 pays arrears of 2019 and 2020, which the batch does not settle, the arrears of 2022 and the
// supplement of 2023; 100 are left. The refund of 2022 pays 2020 too.
func TestOffsetsAreBookedInBothYears(t *testing.T) {
	first, second, third := year(2021, 3), year(2022, 1), year(2023, 1)
	first.RefundGross, first.Offset, first.Refund = 1000_00, 900_00, 100_00
	second.RefundGross, second.Offset = 60_00, 60_00
	third.Supplement, third.Contribution, third.OffsetReceived = 400_00, 400_00, 400_00
	s := &pipeline.Settlement{Party: party, Years: []pipeline.SettledYear{first, second, third}, Offsets: []pipeline.Offset{
		{From: 2021, To: 2019, Arrears: true, Amount: 150_00}, {From: 2021, To: 2020, Arrears: true, Amount: 300_00},
		{From: 2021, To: 2022, Arrears: true, Amount: 50_00}, {From: 2021, To: 2023, Amount: 400_00},
		{From: 2022, To: 2020, Arrears: true, Amount: 60_00},
	}}
	const want = `2021 v3 1 receivable 1000.00 0.00
2021 v3 2 refund_payable 0.00 100.00
2021 v3 3 offset 0.00 900.00 from 2021
2022 v1 1 receivable 60.00 0.00
2022 v1 2 offset 0.00 60.00 from 2022
2022 v1 3 offset 50.00 0.00 from 2021
2022 v1 4 receivable 0.00 50.00 from 2021
2023 v1 1 receivable 400.00 0.00
2023 v1 2 contributions 0.00 400.00
2023 v1 3 offset 400.00 0.00 from 2021
2023 v1 4 receivable 0.00 400.00 from 2021
2019 v0 1 offset 150.00 0.00 from 2021
2019 v0 2 receivable 0.00 150.00 from 2021
2020 v0 1 offset 300.00 0.00 from 2021
2020 v0 2 receivable 0.00 300.00 from 2021
2020 v0 3 offset 60.00 0.00 from 2022
2020 v0 4 receivable 0.00 60.00 from 2022
`
	if got := lines(pipeline.AppendEntries(nil, s)); got != want {
		t.Errorf("%s", got)
	}
}

// party is whose entries are tested.
var party = &pipeline.Party{Number: int64(affiliate), Digits: 11, Dossier: pipeline.Dossier{Number: 12, Digits: 4}}

// Every line tells whose it is and the day of the batch, also of a year that the batch does not settle.
func TestEntriesTellWhose(t *testing.T) {
	y := year(2023, 1)
	y.NotifiedOn = day(t, "2026-06-30")
	y.RefundGross, y.Offset = 100, 100
	entries := pipeline.AppendEntries(nil, &pipeline.Settlement{Party: party, Years: []pipeline.SettledYear{y},
		Offsets: []pipeline.Offset{{From: 2023, To: 2024, Arrears: true, Amount: 100}}})
	for _, e := range entries {
		if e.Number != party.Number || e.Dossier != party.Dossier || e.BookedOn != y.NotifiedOn {
			t.Errorf("%+v", e)
		}
	}
	if len(entries) != 4 {
		t.Errorf("%d lines", len(entries))
	}
}

// A correction books its difference with the version before, not with the account: quarter 1537.50 before, now 2050.00.
func TestCorrectionBooksTheDifferenceWithTheVersionBefore(t *testing.T) {
	f := &file{asOf: "2026-06-30"}
	f.called(2023, 1000_00, 1, 2, 3, 4).paid(t, 2023, "2023-12-31", 6150_00).income(t, 2023, "2026-06-01", 40_000_00)
	f.prior = []pipeline.PriorYear{{NISS: affiliate, Year: 2023, Version: 1, Communication: "0", CommunicatedOn: day(t, "2025-01-01"),
		NotifiedOn: day(t, "2025-02-01")}}
	for quarter := uint8(1); quarter <= 4; quarter++ {
		f.quarters = append(f.quarters, pipeline.PriorQuarter{NISS: affiliate, Year: 2023, Version: 1, Quarter: quarter,
			Definitive: 1537_50, Fee: 37_50})
	}
	// 8200.00 - 6150.00 = 2050.00. The fee of 150.00 is no longer due: the parameters of the test have none.
	const want = "2023 v2 1 receivable 2050.00 0.00\n2023 v2 2 contributions 0.00 2200.00\n2023 v2 3 fees 150.00 0.00\n"
	if got := lines(f.settle(t).entries); got != want {
		t.Errorf("%swant\n%s", got, want)
	}
}

// Appending entries to what has room for them allocates nothing: a night has millions.
func TestEntriesDoNotAllocate(t *testing.T) {
	y := difference(6337_56, 187_56, 5070_08, 150_06)
	s := &pipeline.Settlement{Party: party, Years: []pipeline.SettledYear{y}}
	entries := make([]pipeline.Entry, 0, 8)
	if n := testing.AllocsPerRun(100, func() { entries = pipeline.AppendEntries(entries[:0], s) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkAppendEntries(b *testing.B) {
	y := difference(6337_56, 187_56, 5070_08, 150_06)
	s := &pipeline.Settlement{Party: party, Years: []pipeline.SettledYear{y}}
	entries := make([]pipeline.Entry, 0, 8)
	for b.Loop() {
		entries = pipeline.AppendEntries(entries[:0], s)
	}
}

// A wrong sum of the entries is an error of the run, whichever it is.
func TestBalanceHoldsTheEntries(t *testing.T) {
	balanced := func() *pipeline.Totals {
		t := &pipeline.Totals{ControlTotals: pipeline.ControlTotals{Supplement: 100, ToPay: 100, Definitive: 100, RefundGross: 50,
			// to pay 100 - 30 + a surcharge of 4; refund 20 + 7 given back
			Offset: 30, Refund: 20, OffsetReceived: 30, Surcharge: -3, Claim: 74, Payout: 27}}
		t.Debit, t.Credit = 191, 191
		t.Booked = [pipeline.RoleCount]pipeline.Sides{
			pipeline.ReceivableRole:    {Debit: 154, Credit: 30},
			pipeline.ContributionsRole: {Credit: 95},
			pipeline.FeesRole:          {Credit: 5},
			pipeline.SurchargesRole:    {Debit: 7, Credit: 4},
			pipeline.RefundPayableRole: {Credit: 27},
			pipeline.OffsetRole:        {Debit: 30, Credit: 30},
		}
		return t
	}
	balance := func(totals *pipeline.Totals) error {
		return totals.Balance(&[pipeline.InputCount]rows.Tally{}, &[pipeline.InputCount]rows.Fates{})
	}
	if err := balance(balanced()); err != nil {
		t.Fatal(err)
	}
	wrong := map[string]func(*pipeline.Totals){
		"debit = credit":                func(t *pipeline.Totals) { t.Debit++ },
		"receivable booked":             func(t *pipeline.Totals) { t.Booked[pipeline.ReceivableRole].Debit++ },
		"contributions and fees":        func(t *pipeline.Totals) { t.Booked[pipeline.FeesRole].Credit++ },
		"surcharges booked":             func(t *pipeline.Totals) { t.Booked[pipeline.SurchargesRole].Debit++ },
		"refund payable booked":         func(t *pipeline.Totals) { t.Booked[pipeline.RefundPayableRole].Credit++ },
		"offsets credited":              func(t *pipeline.Totals) { t.Booked[pipeline.OffsetRole].Credit++ },
		"offsets debited":               func(t *pipeline.Totals) { t.Booked[pipeline.OffsetRole].Debit++ },
		"receivable booked = supplem":   func(t *pipeline.Totals) { t.Surcharge++ },
		"surcharges + those given back": func(t *pipeline.Totals) { t.Payout++ },
	}
	for name, spoil := range wrong {
		totals := balanced()
		spoil(totals)
		if err := balance(totals); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Roles are told by their codes, each once.
func TestRolesHaveCodes(t *testing.T) {
	want := []string{"receivable", "contributions", "fees", "surcharges", "refund_payable", "offset"}
	if !slices.Equal(pipeline.Roles(), want) || len(want) != int(pipeline.RoleCount) {
		t.Errorf("%v", pipeline.Roles())
	}
	if got := pipeline.RefundPayableRole.String(); got != "refund_payable" {
		t.Error(got)
	}
}

// The lines of a withdrawn batch are taken back, after those that are new: the same with the sides changed.
func TestEntriesOfAWithdrawnBatchAreReversed(t *testing.T) {
	f := &file{asOf: "2026-06-30"}
	f.called(2023, 1000_00, 1, 2, 3, 4).paid(t, 2023, "2023-12-31", 4000_00).income(t, 2023, "2026-06-01", 40_000_00)
	before := f.settle(t).entries
	var again pipeline.Settlement
	again.Party, again.AsOf = &pipeline.Party{Number: int64(affiliate), Dossier: pipeline.Dossier{Number: 1, Digits: 1}},
		day(t, "2026-07-06")
	for _, e := range before {
		again.Entries = append(again.Entries,
			pipeline.PriorEntry{NISS: pipeline.NISS(e.Number), Year: int16(e.Year), Version: int32(e.Version), Line: int32(e.Line),
				BookedOn: e.BookedOn, Role: e.Role, Debit: e.Debit, Credit: e.Credit, FromYear: int16(e.FromYear)})
	}
	reversed := pipeline.AppendEntries(nil, &again)
	if len(reversed) != len(before) || len(before) == 0 {
		t.Fatalf("%d lines reverse %d", len(reversed), len(before))
	}
	for i, e := range reversed {
		want := before[i]
		want.Debit, want.Credit, want.Reverses, want.BookedOn = want.Credit, want.Debit, want.BookedOn, again.AsOf
		if e != want {
			t.Errorf("%+v, want %+v", e, want)
		}
	}
}
