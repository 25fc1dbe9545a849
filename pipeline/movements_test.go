package pipeline

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"regul/pipeline/money"
)

// told is a year of 2023 with 5 000.00 paid, of which version 1 refunded 1 000.00 (and gave back a surcharge of 70.00) on 30 June 2026.
func told(payments ...Payment) *Case {
	c := &Case{
		PriorYears: []PriorYear{{Year: 2023, Version: 1, NotifiedOn: june30, Refund: 1000_00, Surcharge: -70_00, Back: 70_00}},
		Transfers:  []PriorTransfer{{Year: 2023, Leaves: true, Sent: true, EndToEnd: transferID}},
		Payments:   append([]Payment{{Year: 2023, PaidOn: DateOf(2023, time.June, 1), Amount: 5000_00}}, payments...),
	}
	slices.SortFunc(c.Payments, comparePayments)
	return c
}

const (
	transferID   = "2026-06-30-bada1d05-R0000017"
	collectionID = "2026-06-30-bada1d05-C0000003"
)

var june30 = DateOf(2026, time.June, 30)

func row(year int16, days int, amount money.Cents, added ...PaymentAdded) Payment {
	p := Payment{Year: year, PaidOn: june30 + Date(days), Amount: amount}
	for _, a := range added {
		p.PaymentAdded = a
	}
	return p
}

func named(id string) PaymentAdded   { return PaymentAdded{EndToEnd: id} }
func purpose(p Purpose) PaymentAdded { return PaymentAdded{Purpose: p} }
func paidOf(c *Case, year int16) money.Cents {
	v := movements{}
	return movedOn(v.of(c, june30+60), year)
}

// Nothing of the books changes what truly moved: 5 000.00 came in, 1 000.00 left.
func TestABookingIsNoMovement(t *testing.T) {
	for name, rows := range map[string][]Payment{
		"nothing is booked":             nil,
		"on the day of the order":       {row(2023, 0, -1000_00)},
		"on the day after a weekend":    {row(2023, 3, -1000_00)},
		"with the surcharge given back": {row(2023, 3, -1070_00)},
		"in parts":                      {row(2023, 1, -400_00), row(2023, 9, -600_00)},
		"in parts, with the surcharge":  {row(2023, 1, -400_00), row(2023, 9, -670_00)},
		"by its transaction":            {row(2023, 1, -1070_00, named(transferID))},
		"on another year":               {row(2022, 1, -1070_00, named(transferID))},
		"with the wrong sign":           {row(2023, 1, 1070_00, named(transferID))},
		"as money that left":            {row(2023, 1, 1000_00, purpose(PurposeRefund))},
		"twice by its transaction":      {row(2023, 1, -1070_00, named(transferID)), row(2023, 2, -1070_00, named(transferID))},
		"the surcharge apart":           {row(2023, 1, -1000_00), row(2023, 1, -70_00, purpose(PurposeSurcharge))},
		"a surcharge that was paid":     {row(2023, 1, 35_00, purpose(PurposeSurcharge))},
	} {
		if paid := paidOf(told(rows...), 2023); paid != 4000_00 {
			t.Errorf("%s: P is %s, want 4000.00", name, paid)
		}
		if paid := paidOf(told(rows...), 2022); paid != 0 {
			t.Errorf("%s: P of 2022 is %s", name, paid)
		}
	}
}

// What no order explains is a movement.
func TestWhatNoOrderExplainsMoves(t *testing.T) {
	for name, c := range map[string]struct {
		rows []Payment
		want money.Cents
	}{
		"a reversal before the order":       {[]Payment{row(2023, -1, -50_00)}, 3950_00},
		"more than was ordered":             {[]Payment{row(2023, 1, -1000_00), row(2023, 2, -50_00)}, 3950_00},
		"booked twice, without identifiers": {[]Payment{row(2023, 1, -1000_00), row(2023, 1, -1000_00)}, 3000_00},
		"a collection that came back":       {[]Payment{row(2023, 1, -50_00, purpose(PurposeReturned))}, 3950_00},
		"the transfer came back":            {[]Payment{row(2023, 1, 1070_00, PaymentAdded{PurposeReturned, "", transferID})}, 5070_00},
		"booked, and came back": {[]Payment{row(2023, 1, -1070_00, named(transferID)),
			row(2023, 5, 1070_00, named(transferID))}, 5070_00},
		"came back, told twice": {[]Payment{row(2023, 1, 1070_00, PaymentAdded{PurposeReturned, "", transferID}),
			row(2023, 2, 1070_00, PaymentAdded{PurposeReturned, "", transferID})}, 5070_00},
		"a transfer of a batch withdrawn":   {[]Payment{row(2023, 1, -200_00, named("2026-06-30-00000000-R0000001"))}, 3800_00},
		"a contribution":                    {[]Payment{row(2023, 1, 123_45)}, 4123_45},
		"a contribution of the very amount": {[]Payment{row(2023, 1, 1000_00, purpose(PurposeContribution))}, 5000_00},
		"paid after it was booked":          {[]Payment{row(2023, 1, -1000_00), row(2023, 8, 1000_00)}, 5000_00},
	} {
		if paid := paidOf(told(c.rows...), 2023); paid != c.want {
			t.Errorf("%s: P is %s, want %s", name, paid, c.want)
		}
	}
}

// A positive payment of the very amount of a refund that nobody booked does not count, and is told.
func TestAWrongSignIsUnclear(t *testing.T) {
	v, c := movements{}, told(row(2023, 2, 1000_00))
	if paid := movedOn(v.of(c, june30+60), 2023); paid != 4000_00 || movedOn(v.unclear, 2023) != 1000_00 {
		t.Errorf("P is %s, unclear %s", paid, movedOn(v.unclear, 2023))
	}
}

// A payment of the day of the batch that the batch knew books nothing of what it ordered then.
func TestAReversalThatTheOrderKnewIsNoBooking(t *testing.T) {
	before, rows := movements{}, []Payment{row(2023, 0, -300_00)}
	before.of(&Case{Payments: rows}, june30)
	known := -movedOn(before.reversals, 2023)
	c := told(append(rows, row(2023, 4, -1000_00))...)
	if c.PriorYears[0].Reversed = known; known != 300_00 {
		t.Errorf("reversed %s, want 300.00", known)
	}
	if paid := paidOf(c, 2023); paid != 3700_00 {
		t.Errorf("P is %s, want 3700.00", paid)
	}
}

// One transfer of what the letter asked for pays principal and surcharge: the surcharge is no contribution.
func TestATransferForPrincipalAndSurcharge(t *testing.T) {
	for name, added := range map[string]PaymentAdded{"by its amount": {}, "by its transaction": named(collectionID)} {
		c := &Case{PriorYears: []PriorYear{{Year: 2023, Version: 1, NotifiedOn: june30, Claim: 445_61, Surcharge: 31_19, Asked: 31_19}},
			Transfers: []PriorTransfer{{Year: 2023, Sent: true, EndToEnd: collectionID}}, Payments: []Payment{row(2023, 20, 476_80, added)}}
		if paid := paidOf(c, 2023); paid != 445_61 {
			t.Errorf("%s: P is %s, want 445.61", name, paid)
		}
	}
}

// Of what the bank collected and took back, or never collected, its debtor pays the very amount by the letter's slip: that divides it as the
// letter does, whoever tells that it came back. A second such payment is a contribution.
func TestATransferAfterACollectionThatCameBack(t *testing.T) {
	in, again := row(2023, 20, 476_80, named(collectionID)), row(2023, 40, 476_80)
	back := row(2023, 30, -476_80, PaymentAdded{PurposeReturned, "", collectionID})
	told := func(status ConfirmationStatus) []ConfirmedTransfer {
		return []ConfirmedTransfer{{Confirmation: Confirmation{EndToEnd: collectionID, Status: status, On: june30 + 30}}}
	}
	for name, c := range map[string]struct {
		paid []Payment
		bank []ConfirmedTransfer
		want money.Cents
	}{
		"the books say so":             {[]Payment{in, back, again}, nil, 445_61},
		"the bank says so":             {[]Payment{in, again}, told(BankReturned), 445_61},
		"both":                         {[]Payment{in, back, again}, told(BankReturned), 445_61},
		"it was never collected":       {[]Payment{again}, told(BankRejected), 445_61},
		"the books name nothing":       {[]Payment{in, row(2023, 30, -476_80, purpose(PurposeReturned)), again}, nil, 445_61},
		"nor was it paid again":        {[]Payment{in, row(2023, 30, -476_80, purpose(PurposeReturned))}, nil, 0},
		"a transfer came back":         {[]Payment{row(2023, 20, 476_80), row(2023, 30, -476_80, purpose(PurposeReturned))}, nil, 0},
		"not paid again":               {[]Payment{in, back}, nil, 0},
		"twice":                        {[]Payment{in, back, again, row(2023, 41, 476_80)}, nil, 445_61 + 476_80},
		"paid though it was collected": {[]Payment{in, again}, nil, 445_61 + 476_80},
		"another amount":               {[]Payment{in, back, row(2023, 40, 476_81)}, nil, 476_81},
	} {
		k := &Case{PriorYears: []PriorYear{{Year: 2023, Version: 1, NotifiedOn: june30, Claim: 445_61, Surcharge: 31_19, Asked: 31_19}},
			Transfers: []PriorTransfer{{Year: 2023, Sent: true, EndToEnd: collectionID}}, Payments: c.paid, Confirmations: c.bank}
		slices.SortFunc(k.Payments, comparePayments)
		if paid := paidOf(k, 2023); paid != c.want {
			t.Errorf("%s: P is %s, want %s", name, paid, c.want)
		}
	}
}

// One transfer of all that a letter asks for, where nothing runs on what was called before: the surcharge of its claim is no contribution.
func TestATransferForClaimAndArrearsWithoutLateSurcharge(t *testing.T) {
	for name, c := range map[string]struct{ paid, want, beside money.Cents }{
		"all in one":    {1476_80, 1445_61, 31_19},
		"the slip":      {1000_00, 1000_00, 0},
		"another":       {1476_81, 1476_81, 0},
		"the surcharge": {31_19, 31_19, 0},
	} {
		v, k := movements{}, &Case{PriorYears: []PriorYear{{Year: 2023, Version: 1, NotifiedOn: june30, Claim: 445_61, Surcharge: 31_19,
			Asked: 31_19, Owing: 1000_00}}, Payments: []Payment{row(2023, 20, c.paid)}}
		if paid := movedOn(v.of(k, june30+60), 2023); paid != c.want || v.surchargesPaid(2023) != c.beside {
			t.Errorf("%s: P is %s, want %s; surcharges %s, want %s", name, paid, c.want, v.surchargesPaid(2023), c.beside)
		}
	}
}

// The slip for what was called before asks for it with the surcharges for late payment that run on it: one transfer of both pays them as the
// slip divides them, alone or with what else the letter asks for. Another amount is a contribution.
func TestATransferForArrearsAndTheirSurcharge(t *testing.T) {
	for name, c := range map[string]struct {
		paid   []Payment
		offset money.Cents
		want   money.Cents
		beside money.Cents
	}{
		"the slip":               {[]Payment{row(2023, 20, 1120_00)}, 0, 1000_00, 120_00},
		"the slip and the claim": {[]Payment{row(2023, 20, 1120_00), row(2023, 20, 476_80)}, 0, 1445_61, 151_19},
		"all in one":             {[]Payment{row(2023, 20, 1596_80)}, 0, 1445_61, 151_19},
		"twice":                  {[]Payment{row(2023, 20, 1120_00), row(2023, 21, 1120_00)}, 0, 2120_00, 120_00},
		"another amount":         {[]Payment{row(2023, 20, 1100_00)}, 0, 1100_00, 0},
		"before the letter":      {[]Payment{row(2023, -5, 1120_00)}, 0, 1120_00, 0},
		"taken back":             {[]Payment{row(2023, 20, 1120_00), row(2023, 25, -1120_00, purpose(PurposeReturned))}, 0, 0, 0},
		"taken back, and paid": {[]Payment{row(2023, 20, 1120_00), row(2023, 25, -1120_00, purpose(PurposeReturned)),
			row(2023, 30, 1120_00)}, 0, 1000_00, 120_00},
		"all taken back":            {[]Payment{row(2023, 20, 1596_80), row(2023, 25, -1596_80, purpose(PurposeReturned))}, 0, 0, 0},
		"it says contribution":      {[]Payment{row(2023, 20, 1120_00, PaymentAdded{Purpose: PurposeContribution})}, 0, 1120_00, 0},
		"after an offset":           {[]Payment{row(2023, 20, 920_00)}, 200_00, 1000_00, 120_00},
		"the slip before an offset": {[]Payment{row(2023, 20, 1120_00)}, 200_00, 1320_00, 0},
	} {
		k := &Case{PriorYears: []PriorYear{{Year: 2023, Version: 1, NotifiedOn: june30, Claim: 445_61, Surcharge: 31_19, Asked: 31_19, Owing: 1000_00,
			Late: 120_00}}, Payments: c.paid}
		if c.offset > 0 {
			k.Offsets = []PriorOffset{{From: 2022, To: 2023, On: june30, Amount: c.offset}}
		}
		if paid := paidOf(k, 2023); paid != c.want {
			t.Errorf("%s: P is %s, want %s", name, paid, c.want)
		}
		var v movements
		v.of(k, june30+60)
		if paid := v.ledger(2023).SurchargesPaid; paid != c.beside {
			t.Errorf("%s: of surcharges %s was paid, want %s", name, paid, c.beside)
		}
	}
}

// One transfer pays all that a letter asks for, and another one is of the amount of its claim, which has no surcharge: that is a contribution.
func TestATransferForAllBesideOneOfTheClaim(t *testing.T) {
	for _, days := range [][2]int{{20, 40}, {40, 20}} {
		v, k := movements{}, &Case{PriorYears: []PriorYear{{Year: 2023, Version: 1, NotifiedOn: june30, Claim: 1688_41, Late: 61_57}},
			Payments: []Payment{row(2023, days[0], 1749_98), row(2023, days[1], 1688_41)}}
		slices.SortFunc(k.Payments, comparePayments)
		if paid := movedOn(v.of(k, june30+60), 2023); paid != 2*1688_41 || v.surchargesPaid(2023) != 61_57 {
			t.Errorf("%v: P is %s, want 3376.82; of surcharges %s was paid, want 61.57", days, paid, v.surchargesPaid(2023))
		}
	}
}

// A letter is paid with what was called before it, in one transfer; a later letter of its very claim and surcharge is paid by one of these. Each
// pays the surcharge of its letter, in any order.
func TestALetterPaidWholeAndALaterOneOfItsClaim(t *testing.T) {
	for _, days := range [][2]int{{20, 40}, {40, 20}} {
		v, k := movements{}, &Case{PriorYears: []PriorYear{
			{Year: 2023, Version: 1, NotifiedOn: june30, Claim: 21_12, Surcharge: 9_67, Asked: 9_67, Owing: 535_82},
			{Year: 2023, Version: 2, NotifiedOn: june30 + 10, Claim: 21_12, Surcharge: 9_67, Asked: 9_67}},
			Payments: []Payment{row(2023, days[0], 566_61), row(2023, days[1], 30_79)}}
		slices.SortFunc(k.Payments, comparePayments)
		if paid := movedOn(v.of(k, june30+60), 2023); paid != 535_82+2*21_12 || v.surchargesPaid(2023) != 2*9_67 {
			t.Errorf("%v: P is %s, want 578.06; of surcharges %s was paid, want 19.34", days, paid, v.surchargesPaid(2023))
		}
	}
}

// The slip of a later letter may ask for all that an earlier one asked for, or for the same: each payment pays by a letter whose sum it is, so
// that as many as can be pay surcharges, in any order.
func TestSlipsOfLettersThatAskForTheSame(t *testing.T) {
	first := PriorYear{Year: 2023, Version: 1, NotifiedOn: june30, Claim: 3532_45, Owing: 1922_19, Late: 235_21}
	for name, c := range map[string]struct {
		second       PriorYear
		paid         [2]money.Cents
		want, beside money.Cents
	}{
		"the second asks for all of the first": {PriorYear{Claim: 546_24, Owing: 5454_64, Late: 235_21}, [2]money.Cents{2157_40, 5689_85},
			1922_19 + 5454_64, 2 * 235_21},
		"both for the same, and one for all": {PriorYear{Claim: 546_24, Owing: 1922_19, Late: 235_21}, [2]money.Cents{2157_40, 2157_40 + 546_24},
			2*1922_19 + 546_24, 2 * 235_21},
		"one pays all, the other the claim": {PriorYear{Claim: 3532_45, Owing: 1922_19, Late: 235_21}, [2]money.Cents{5689_85, 3532_45},
			1922_19 + 2*3532_45, 235_21},
		"both for the same, paid once": {PriorYear{Owing: 1922_19, Late: 235_21}, [2]money.Cents{2157_40, 1_00}, 1922_19 + 1_00, 235_21},
	} {
		for _, days := range [][2]int{{30, 40}, {40, 30}} {
			second := c.second
			second.Year, second.Version, second.NotifiedOn = 2023, 2, june30+10
			k := &Case{PriorYears: []PriorYear{first, second}, Payments: []Payment{row(2023, days[0], c.paid[0]), row(2023, days[1], c.paid[1])}}
			slices.SortFunc(k.Payments, comparePayments)
			var v movements
			if paid := movedOn(v.of(k, june30+60), 2023); paid != c.want || v.surchargesPaid(2023) != c.beside {
				t.Errorf("%s, %v: P is %s, of surcharges %s was paid", name, days, paid, v.surchargesPaid(2023))
			}
		}
	}
}

// An offset is the ledger's: booked as two rows, as one with the refund, or not at all.
func TestOffsetsAreTheLedgers(t *testing.T) {
	for name, rows := range map[string][]Payment{
		"not booked":                       nil,
		"booked":                           {row(2023, 1, -200_00), row(2021, 1, 120_00), row(2022, 1, 80_00)},
		"each by its own":                  {row(2023, 1, -120_00), row(2021, 1, 120_00), row(2023, 2, -80_00), row(2022, 2, 80_00)},
		"with the refund":                  {row(2023, 1, -1200_00), row(2021, 1, 120_00), row(2022, 1, 80_00)},
		"and the surcharge":                {row(2023, 1, -1270_00), row(2021, 1, 120_00), row(2022, 1, 80_00)},
		"on several days":                  {row(2023, 1, -200_00), row(2021, 2, 120_00), row(2022, 5, 80_00)},
		"received first":                   {row(2021, 0, 120_00), row(2023, 3, -120_00), row(2023, 3, -80_00), row(2022, 4, 80_00)},
		"with the refund, on several days": {row(2023, 1, -1200_00), row(2021, 2, 120_00), row(2022, 2, 80_00)},
	} {
		c := told(rows...)
		c.Offsets = []PriorOffset{{From: 2023, To: 2021, On: june30, Amount: 120_00}, {From: 2023, To: 2022, On: june30, Amount: 80_00}}
		for year, want := range map[int16]money.Cents{2021: 120_00, 2022: 80_00, 2023: 3800_00} {
			if paid := paidOf(c, year); paid != want {
				t.Errorf("%s: P of %d is %s, want %s", name, year, paid, want)
			}
		}
	}
}

// A row of the amount of a refund books the refund, and not an offset of that amount with somebody's payment of another day.
func TestARefundIsNoOffsetOfAnotherDay(t *testing.T) {
	c := told(row(2023, 1, -1000_00), row(2022, 4, 1000_00))
	c.Offsets = []PriorOffset{{From: 2023, To: 2022, On: june30, Amount: 1000_00}}
	for year, want := range map[int16]money.Cents{2022: 2000_00, 2023: 3000_00} {
		if paid := paidOf(c, year); paid != want {
			t.Errorf("P of %d is %s, want %s", year, paid, want)
		}
	}
}

// A batch of the program of before, which could not send a refund, ordered it again with the next version.
func TestARefundThatWaitedAndWasOrderedAgain(t *testing.T) {
	c := told()
	c.Transfers[0].Sent = false
	c.PriorYears = append(c.PriorYears, PriorYear{Year: 2023, Version: 2, NotifiedOn: june30 + 7, Refund: 1100_00, Batch: 1,
		Trusting: true})
	if paid := paidOf(c, 2023); paid != 3900_00 {
		t.Errorf("P is %s, want 3900.00", paid)
	}
	c.PriorYears[1].Trusting = false
	if paid := paidOf(c, 2023); paid != 2900_00 {
		t.Errorf("P is %s, want 2900.00", paid)
	}
}

// An order counts though the operator insists on a day before it.
func TestAnOrderOfALaterDayCounts(t *testing.T) {
	v := movements{}
	if paid := paidUpTo(v.of(told(), june30-20), june30-20); paid != 4000_00 {
		t.Errorf("P is %s, want 4000.00", paid)
	}
}

// The order of rows decides nothing.
func TestMovementsDoNotDependOnTheOrderOfRows(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	rows := []Payment{row(2023, 1, -400_00), row(2023, 1, -600_00), row(2023, 1, -1000_00), row(2023, 1, 1000_00),
		row(2023, 1, 1000_00, purpose(PurposeRefund)), row(2023, 1, 1070_00, named(transferID)), row(2022, 1, 30_00), row(2023, 1, -30_00),
		row(2023, 0, -30_00)}
	var want []Payment
	for range 200 {
		random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		c, v := told(rows...), movements{}
		c.Offsets = []PriorOffset{{From: 2023, To: 2022, On: june30, Amount: 30_00}}
		got := v.of(c, june30+60)
		if want != nil && !reflect.DeepEqual(got, want) {
			t.Fatalf("%v\nwant\n%v", got, want)
		}
		want = slices.Clone(got)
	}
}

// What names a transaction of somebody else, of a batch that counts, moves nothing here and is told: also of whom no batch settled yet. Of a
// batch that is not known to count for everybody, it may be of this affiliate.
func TestATransactionOfSomebodyElseIsUnclear(t *testing.T) {
	const others = "2026-06-30-bada1d05-R0000099"
	first := func(payments ...Payment) *Case {
		return &Case{Payments: append([]Payment{{Year: 2023, PaidOn: june30 - 900, Amount: 4000_00}}, payments...)}
	}
	for _, of := range []func(...Payment) *Case{told, first} {
		for _, amount := range []money.Cents{-300_00, 300_00} {
			for _, added := range []PaymentAdded{named(others), {EndToEnd: others, Purpose: PurposeRefund},
				{EndToEnd: others, Purpose: PurposeReturned}} {
				v := movements{ordering: map[string]bool{"2026-06-30-bada1d05": true}}
				paid := movedOn(v.of(of(row(2023, 2, amount, added)), june30+60), 2023)
				if l := v.ledger(2023); paid != 4000_00 || l.Unclear != 300_00 {
					t.Errorf("%s with %v: paid %s, unclear %s", amount, added, paid, l.Unclear)
				}
			}
			v := movements{ordering: map[string]bool{"2026-05-31-bada1d05": true}}
			if paid := movedOn(v.of(of(row(2023, 2, amount, named(others))), june30+60), 2023); paid != 4000_00+amount {
				t.Errorf("%s of a batch that does not count: paid %s", amount, paid)
			}
		}
	}
}
