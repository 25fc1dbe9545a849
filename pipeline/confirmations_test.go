package pipeline

import (
	"slices"
	"testing"

	"regul/pipeline/money"
	"regul/pipeline/rows"
)

func says(id string, status ConfirmationStatus, days int, amount money.Cents) ConfirmedTransfer {
	return ConfirmedTransfer{Year: 2023, Confirmation: Confirmation{EndToEnd: id, Status: status, On: june30 + Date(days), Amount: amount}}
}

// A refund that the bank rejected or returned is with the fund again, once, whether or not the books and further confirmations tell of it.
func TestARefundThatTheBankSaysFailed(t *testing.T) {
	rejected, returned := says(transferID, BankRejected, 2, 0), says(transferID, BankReturned, 9, 1070_00)
	booked := row(2023, 1, -1070_00, named(transferID))
	for name, c := range map[string]struct {
		says []ConfirmedTransfer
		rows []Payment
		want money.Cents
	}{
		"rejected":                  {[]ConfirmedTransfer{rejected}, nil, 5070_00},
		"accepted and rejected":     {[]ConfirmedTransfer{says(transferID, BankAccepted, 1, 0), rejected}, nil, 5070_00},
		"booked and returned":       {[]ConfirmedTransfer{says(transferID, BankBooked, 1, 0), returned}, []Payment{booked}, 5070_00},
		"returned, told twice":      {[]ConfirmedTransfer{rejected, returned}, nil, 5070_00},
		"booked alone":              {[]ConfirmedTransfer{says(transferID, BankBooked, 1, 0)}, nil, 4000_00},
		"returned in part":          {[]ConfirmedTransfer{says(transferID, BankReturned, 9, 560_00)}, nil, 4560_00},
		"returned beyond the whole": {[]ConfirmedTransfer{says(transferID, BankReturned, 9, 9999_00)}, nil, 5070_00},
		"another transaction":       {[]ConfirmedTransfer{says("2026-06-30-bada1d05-R0000018", BankReturned, 9, 0)}, nil, 4000_00},
		"booked by its amount":      {[]ConfirmedTransfer{returned}, []Payment{row(2023, 1, -1070_00)}, 5070_00},
		"the return is booked too": {[]ConfirmedTransfer{returned},
			[]Payment{booked, row(2023, 12, 1070_00, PaymentAdded{PurposeReturned, "", transferID})}, 5070_00},
		"the return, without transaction": {[]ConfirmedTransfer{returned},
			[]Payment{booked, row(2023, 12, 1070_00, purpose(PurposeReturned))}, 5070_00},
		"the return, without purpose": {[]ConfirmedTransfer{returned}, []Payment{booked, row(2023, 12, 1070_00)}, 5070_00},
		"and a contribution": {[]ConfirmedTransfer{returned},
			[]Payment{booked, row(2023, 12, 1070_00, purpose(PurposeContribution))}, 6140_00},
	} {
		told := told(c.rows...)
		told.Confirmations = c.says
		if paid := paidOf(told, 2023); paid != c.want {
			t.Errorf("%s: P is %s, want %s", name, paid, c.want)
		}
	}
}

// What the bank took or executed is seen, and moves nothing; what it rejected is not waited for.
func TestAConfirmedRefundIsSeen(t *testing.T) {
	for status, want := range map[ConfirmationStatus]money.Cents{NoConfirmation: 1070_00, BankAccepted: 0, BankBooked: 0, BankRejected: 0,
		BankReturned: 0} {
		c, v := told(), movements{}
		if status != NoConfirmation {
			c.Confirmations = []ConfirmedTransfer{says(transferID, status, 1, 0)}
		}
		v.of(c, june30+60)
		if l := v.ledger(2023); l.Unseen != want {
			t.Errorf("%s: unseen %s, want %s", status, l.Unseen, want)
		}
	}
}

// A collection that came in and that the bank then took back is not paid, once.
func TestACollectionThatTheBankSaysFailed(t *testing.T) {
	returned := says(collectionID, BankReturned, 30, 0)
	for name, c := range map[string]struct {
		rows []Payment
		want money.Cents
	}{
		"never booked":              {nil, 0},
		"booked by its transaction": {[]Payment{row(2023, 20, 476_80, named(collectionID))}, 0},
		"booked by its amount":      {[]Payment{row(2023, 20, 476_80)}, 0},
		"the return is booked too": {[]Payment{row(2023, 20, 476_80, named(collectionID)), row(2023, 31, -476_80, named(collectionID))},
			0},
		"the return, with purpose":    {[]Payment{row(2023, 20, 476_80), row(2023, 31, -476_80, purpose(PurposeReturned))}, 0},
		"the return, without purpose": {[]Payment{row(2023, 20, 476_80), row(2023, 31, -476_80)}, 0},
		"another was taken back before": {[]Payment{row(2023, 20, 476_80, named(collectionID)),
			row(2023, 3, -100_00, purpose(PurposeReturned))}, -100_00},
		"the same amount was taken back before": {[]Payment{row(2023, 20, 476_80, named(collectionID)),
			row(2023, 19, -476_80, purpose(PurposeReturned))}, -476_80},
		"paid since": {[]Payment{row(2023, 20, 476_80, named(collectionID)), row(2023, 40, 400_00)}, 400_00},
	} {
		told := &Case{PriorYears: []PriorYear{{Year: 2023, Version: 1, NotifiedOn: june30, Claim: 445_61, Surcharge: 31_19, Asked: 31_19}},
			Transfers: []PriorTransfer{{Year: 2023, Sent: true, EndToEnd: collectionID}}, Payments: c.rows,
			Confirmations: []ConfirmedTransfer{returned}}
		if paid := paidOf(told, 2023); paid != c.want {
			t.Errorf("%s: P is %s, want %s", name, paid, c.want)
		}
	}
}

// Who pays the very amount by transfer has paid, where the bank did not make the collection or had taken it back before.
func TestATransferBesideACollectionThatFailedIsPaid(t *testing.T) {
	for name, c := range map[string]struct {
		says ConfirmedTransfer
		rows []Payment
		want money.Cents
	}{
		"after the return":         {says(collectionID, BankReturned, 30, 0), []Payment{row(2023, 31, 476_80)}, 445_61},
		"on the day of the return": {says(collectionID, BankReturned, 30, 0), []Payment{row(2023, 30, 476_80)}, 0},
		"after the rejection":      {says(collectionID, BankRejected, 30, 0), []Payment{row(2023, 31, 476_80)}, 445_61},
		"before the rejection":     {says(collectionID, BankRejected, 30, 0), []Payment{row(2023, 20, 476_80)}, 445_61},
		"it names the collection that is rejected": {says(collectionID, BankRejected, 30, 0),
			[]Payment{row(2023, 20, 476_80, named(collectionID))}, 0},
	} {
		told := &Case{PriorYears: []PriorYear{{Year: 2023, Version: 1, NotifiedOn: june30, Claim: 445_61, Surcharge: 31_19, Asked: 31_19}},
			Transfers: []PriorTransfer{{Year: 2023, Sent: true, EndToEnd: collectionID}}, Payments: c.rows,
			Confirmations: []ConfirmedTransfer{c.says}}
		if paid := paidOf(told, 2023); paid != c.want {
			t.Errorf("%s: P is %s, want %s", name, paid, c.want)
		}
	}
}

// A collection that came back and that the fund presents again under the same name is paid as often as it came in and stayed, whoever tells
// of the returns. Without a return in between, what is booked a second time is the same money.
func TestACollectionThatIsPresentedAgain(t *testing.T) {
	in := func(day int) Payment { return row(2023, day, 476_80, named(collectionID)) }
	out := func(day int) Payment { return row(2023, day, -476_80, PaymentAdded{PurposeReturned, "", collectionID}) }
	unnamed := func(day int) Payment { return row(2023, day, -476_80, purpose(PurposeReturned)) }
	part := func(day int, amount money.Cents) Payment { return row(2023, day, amount, named(collectionID)) }
	returned := func(day int) ConfirmedTransfer { return says(collectionID, BankReturned, day, 0) }
	rejected := says(collectionID, BankRejected, 10, 0)
	for name, c := range map[string]struct {
		rows         []Payment
		says         []ConfirmedTransfer
		paid, beside money.Cents
	}{
		"the books tell":                    {[]Payment{in(20), out(25), in(40)}, nil, 445_61, 31_19},
		"and it came back again":            {[]Payment{in(20), out(25), in(40), out(45)}, nil, 0, 0},
		"and on the same day":               {[]Payment{in(20), out(25), in(40), out(40)}, nil, 0, 0},
		"a third time":                      {[]Payment{in(20), out(25), in(40), out(45), in(60)}, nil, 445_61, 31_19},
		"the bank tells":                    {[]Payment{in(20), in(40)}, []ConfirmedTransfer{returned(25)}, 445_61, 31_19},
		"twice":                             {[]Payment{in(20), in(40)}, []ConfirmedTransfer{returned(25), returned(26)}, 445_61, 31_19},
		"of both returns":                   {[]Payment{in(20), in(40)}, []ConfirmedTransfer{returned(25), returned(45)}, 0, 0},
		"both tell":                         {[]Payment{in(20), out(25), in(40)}, []ConfirmedTransfer{returned(25)}, 445_61, 31_19},
		"the bank of one, the books of one": {[]Payment{in(20), in(40), out(45)}, []ConfirmedTransfer{returned(25)}, 0, 0},
		"both tell of both": {[]Payment{in(20), out(25), in(40), out(45)}, []ConfirmedTransfer{returned(25),
			returned(45)}, 0, 0},
		"the return has no name":             {[]Payment{in(20), unnamed(25), in(40)}, nil, 445_61, 31_19},
		"nor the one that the bank told":     {[]Payment{in(20), unnamed(25), in(40)}, []ConfirmedTransfer{returned(25)}, 445_61, 31_19},
		"it had been rejected":               {[]Payment{in(40)}, []ConfirmedTransfer{rejected}, 445_61, 31_19},
		"rejected, and then returned":        {[]Payment{in(40)}, []ConfirmedTransfer{rejected, returned(45)}, 0, 0},
		"booked after the day of its return": {[]Payment{in(40)}, []ConfirmedTransfer{returned(25)}, 0, 0},
		"booked twice":                       {[]Payment{in(20), in(21)}, nil, 445_61, 31_19},
		"booked twice, and it came back":     {[]Payment{in(20), in(20), out(25)}, nil, 0, 0},
		"the return is booked twice":         {[]Payment{in(20), out(25), out(26), in(40)}, nil, 445_61, 31_19},
		"the return alone is booked":         {[]Payment{out(25)}, nil, -445_61, 0},
		"in parts":                           {[]Payment{part(20, 400_00), part(21, 76_80), out(25), in(40)}, nil, 445_61, 31_19},
		"less is collected, both times":      {[]Payment{part(20, 300_00), part(25, -300_00), part(40, 300_00)}, nil, 300_00, 0},
		"then it is paid by its slip":        {[]Payment{in(20), out(25), in(40), out(45), row(2023, 50, 476_80)}, nil, 445_61, 31_19},
		"it came in without its name":        {[]Payment{row(2023, 20, 476_80), out(25)}, nil, 0, 0},
		"without its name, and again":        {[]Payment{row(2023, 20, 476_80), out(25), in(40)}, nil, 445_61, 31_19},
		"without its name, and the slip": {[]Payment{row(2023, 20, 476_80), out(25), row(2023, 30, 476_80)}, nil,
			445_61, 31_19},
		"without its name, the bank tells, and again": {[]Payment{row(2023, 20, 476_80), in(40)},
			[]ConfirmedTransfer{returned(25)}, 445_61, 31_19},
		"without its name at last": {[]Payment{in(20), out(25), row(2023, 40, 476_80), out(45)}, nil, 0, 0},
		"without its name, of two returns the second": {[]Payment{row(2023, 40, 476_80)},
			[]ConfirmedTransfer{returned(25), returned(45)}, 0, 0},
		"the slip before it came back":       {[]Payment{row(2023, 15, 476_80), in(20), unnamed(25)}, nil, 445_61, 31_19},
		"told without its name, and with it": {[]Payment{in(20), unnamed(24), out(25)}, nil, 0, 0},
		"the bank of one, a row without name of one": {[]Payment{in(20), in(40), unnamed(45)}, []ConfirmedTransfer{returned(25)},
			0, 0},
		"a return dated before it came in": {[]Payment{in(70)}, []ConfirmedTransfer{returned(25)}, 0, 0},
		"the slip is taken back, and it pays": {[]Payment{in(20), out(25), row(2023, 50, 476_80), unnamed(55), row(2023, 60, 476_80)}, nil,
			445_61, 31_19},
	} {
		v, k := movements{}, &Case{Transfers: []PriorTransfer{{Year: 2023, Sent: true, EndToEnd: collectionID}}, Confirmations: c.says,
			PriorYears: []PriorYear{{Year: 2023, Version: 1, NotifiedOn: june30, Claim: 445_61, Surcharge: 31_19, Asked: 31_19}}, Payments: c.rows}
		slices.SortFunc(k.Payments, comparePayments)
		if paid := movedOn(v.of(k, june30+60), 2023); paid != c.paid || v.surchargesPaid(2023) != c.beside {
			t.Errorf("%s: P is %s, want %s; of surcharges %s, want %s", name, paid, c.paid, v.surchargesPaid(2023), c.beside)
		}
	}
}

// Two letters of a year ask for the same. The first is paid by its slip; the second is collected, and the bank takes that back: the payment
// that books it, without its name, takes nothing back of the first.
func TestAReturnThatTheBankToldIsOfThatCollection(t *testing.T) {
	const second = "2026-07-08-bada1d05-C0000004"
	k := &Case{Transfers: []PriorTransfer{{Year: 2023, Sent: true, EndToEnd: collectionID},
		{Year: 2023, Batch: 1, Sent: true, EndToEnd: second}},
		PriorYears: []PriorYear{{Year: 2023, Version: 1, NotifiedOn: june30, Claim: 445_61, Surcharge: 31_19, Asked: 31_19},
			{Year: 2023, Version: 2, NotifiedOn: june30 + 8, Batch: 1, Claim: 445_61, Surcharge: 31_19, Asked: 31_19}},
		Payments:      []Payment{row(2023, 3, 476_80), row(2023, 20, 476_80, named(second)), row(2023, 30, -476_80, purpose(PurposeReturned))},
		Confirmations: []ConfirmedTransfer{says(collectionID, BankRejected, 1, 0), says(second, BankReturned, 30, 0)}}
	v := movements{}
	if paid := movedOn(v.of(k, june30+60), 2023); paid != 445_61 || v.surchargesPaid(2023) != 31_19 {
		t.Errorf("P is %s, want 445.61; of surcharges %s, want 31.19", paid, v.surchargesPaid(2023))
	}
}

// The bank took one collection back, and no payment shows it; a payment takes another one back, whose very amount it is: it is no part of
// the first.
func TestAReturnOfTheVeryAmountIsNoPartOfAnother(t *testing.T) {
	const second = "2026-07-08-bada1d05-C0000004"
	k := &Case{Transfers: []PriorTransfer{{Year: 2023, Sent: true, EndToEnd: collectionID},
		{Year: 2023, Batch: 1, Sent: true, EndToEnd: second}},
		PriorYears: []PriorYear{{Year: 2023, Version: 1, NotifiedOn: june30, Claim: 908_94},
			{Year: 2023, Version: 2, NotifiedOn: june30 + 8, Batch: 1, Claim: 52_16}},
		Payments: []Payment{row(2023, 10, 908_94, named(collectionID)), row(2023, 20, 52_16, named(second)),
			row(2023, 30, -52_16, purpose(PurposeReturned)), row(2023, 40, 908_94, named(collectionID))},
		Confirmations: []ConfirmedTransfer{says(collectionID, BankReturned, 15, 0)}}
	if paid := paidOf(k, 2023); paid != 908_94 {
		t.Errorf("P is %s, want 908.94", paid)
	}
}

// The bank took one collection back. What says without a name that more than that came back is about something else.
func TestAReturnOfMoreThanWasToldIsAnother(t *testing.T) {
	k := &Case{Transfers: []PriorTransfer{{Year: 2023, Sent: true, EndToEnd: collectionID}},
		PriorYears:    []PriorYear{{Year: 2023, Version: 1, NotifiedOn: june30, Claim: 52_16}},
		Payments:      []Payment{row(2023, 10, 52_16, named(collectionID)), row(2023, 30, -908_94, purpose(PurposeReturned))},
		Confirmations: []ConfirmedTransfer{says(collectionID, BankReturned, 15, 0)}}
	if paid := paidOf(k, 2023); paid != -908_94 {
		t.Errorf("P is %s, want -908.94", paid)
	}
}

// Two letters ask for the same, and the bank took the collection of the second back: the one payment of that amount is how it came in.
func TestAPaymentIsOfTheCollectionThatTheBankTookBack(t *testing.T) {
	const second = "2026-07-08-bada1d05-C0000004"
	k := &Case{Transfers: []PriorTransfer{{Year: 2023, Batch: 1, Sent: true, EndToEnd: second}},
		PriorYears: []PriorYear{{Year: 2023, Version: 1, NotifiedOn: june30, Claim: 445_61},
			{Year: 2023, Version: 2, NotifiedOn: june30 + 8, Batch: 1, Claim: 445_61}},
		Payments: []Payment{row(2023, 20, 445_61)}, Confirmations: []ConfirmedTransfer{says(second, BankReturned, 30, 0)}}
	if paid := paidOf(k, 2023); paid != 0 {
		t.Errorf("P is %s, want 0.00", paid)
	}
}

// A confirmation finds its transfer by EndToEndId or by the file, is known once a batch holds it, and repeated where it came twice.
func TestTheFatesOfConfirmations(t *testing.T) {
	s := &Scatter{}
	defer s.Close()
	for _, c := range []Confirmation{
		{EndToEnd: transferID, Status: BankBooked, On: june30}, {EndToEnd: transferID, Status: BankBooked, On: june30},
		{EndToEnd: transferID, Status: BankReturned, On: june30 + 5},
		{EndToEnd: "2026-06-30-bada1d05-C00001", Status: BankRejected, On: june30 + 1},
		{EndToEnd: "2026-06-30-00000000-R0000001", Status: BankBooked, On: june30},
	} {
		s.Confirmation(&c)
	}
	s.Confirming = s.FindConfirming()
	s.PriorTransfer(&PriorTransfer{NISS: 85010112387, Year: 2023, Leaves: true, EndToEnd: transferID,
		Message: "2026-06-30-bada1d05-R00001"})
	for _, id := range []string{collectionID, "2026-06-30-bada1d05-C0000004"} {
		s.PriorTransfer(&PriorTransfer{NISS: 85010112387, Year: 2022, EndToEnd: id, Message: "2026-06-30-bada1d05-C00001"})
	}
	s.PriorConfirmation(&ConfirmedTransfer{NISS: 85010112387, Year: 2023, Leaves: true,
		Confirmation: Confirmation{EndToEnd: transferID, Status: BankBooked, On: june30}})
	all, err := Everything(NewPlan(People, []*Scatter{s}, 1000), 0)
	if err != nil {
		t.Fatal(err)
	}
	m := matcher{}
	m.confirmed = AppendNews(m.confirmed, all.Confirmations)
	if len(m.confirmed) != 3 || m.confirmed[0].EndToEnd != collectionID || m.confirmed[1].Status != BankRejected ||
		m.confirmed[2].Status != BankReturned {
		t.Errorf("new are %+v", m.confirmed)
	}
	fates, unknown := s.Confirming.Fates(m.confirmed)
	fates.Add(&s.Fates[ConfirmationsInput])
	want := rows.Fates{rows.Settled: {Rows: 2}, rows.Superseded: {Rows: 1}, rows.AlreadySettled: {Rows: 1}, rows.Repeated: {Rows: 1}}
	if fates != want || unknown != 1 || fates.Sum().Rows != s.Read[ConfirmationsInput].Rows {
		t.Errorf("fates %v, unknown %d, want %v", fates, unknown, want)
	}
}

// A collection that the bank will not make, or has made, is not pending: no batch cancels it.
func TestADecidedCollectionIsNotPending(t *testing.T) {
	for status, want := range map[ConfirmationStatus]int{BankAccepted: 1, BankBooked: 0, BankRejected: 0, BankReturned: 0} {
		m := matcher{parameters: Parameters{AsOf: june30}}
		m.matchPending(&Case{Transfers: []PriorTransfer{{Year: 2023, Sent: true, EndToEnd: collectionID, DueOn: june30 + 60}},
			Confirmations: []ConfirmedTransfer{says(collectionID, status, 1, 0)}})
		if len(m.matched.Pending) != want {
			t.Errorf("%s: %d pending, want %d", status, len(m.matched.Pending), want)
		}
	}
	for day, want := range map[int]bool{4: true, 6: false} { // on which the bank took it: before it rejected it, or presented again
		list := []ConfirmedTransfer{says(collectionID, BankAccepted, day, 0), says(collectionID, BankRejected, 5, 0)}
		if decided(list, collectionID) != want {
			t.Errorf("taken on day %d: decided is %t", day, !want)
		}
	}
}
