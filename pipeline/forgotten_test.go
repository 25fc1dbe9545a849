package pipeline

import "testing"

// A transfer that nobody has seen is not forgotten by a night that says nothing certain of its year.
func TestAnUnseenTransferIsNotForgotten(t *testing.T) {
	t.Parallel()
	dossier := Dossier{Number: 901, Digits: 3}
	registered := func(c *Case) { c.Affiliates = []Affiliate{{NISS: c.NISS, Dossier: dossier}} }
	waits := func(c *Case) { c.Flaws = []Flaw{{Input: Account, Year: 2023}} }
	for name, test := range map[string]struct {
		change []func(*Case)
		want   int
	}{
		"the register does not have him":  {nil, 1},
		"his year waits":                  {[]func(*Case){registered, waits}, 1},
		"a row that is rejected books it": {[]func(*Case){func(c *Case) { c.Payments = append(c.Payments, row(2023, 3, -1070_00)) }}, 0},
		"what came back is somebody else's": {[]func(*Case){func(c *Case) {
			c.Payments = append(c.Payments, row(2023, 3, 1070_00, PaymentAdded{EndToEnd: "2026-06-30-bada1d05-R0000099", Purpose: PurposeReturned}))
		}}, 1},
		"the bank has seen it":                    {[]func(*Case){func(c *Case) { c.Confirmations = []ConfirmedTransfer{seenByTheBank()} }}, 0},
		"the account does not have it: an orphan": {[]func(*Case){registered}, 0},
	} {
		c := told()
		c.NISS, c.PriorYears[0].Dossier = 85010112387, dossier
		for _, change := range test.change {
			change(c)
		}
		m := matcher{parameters: Parameters{AsOf: june30 + 60, Ordering: map[string]bool{"2026-06-30-bada1d05": true}}}
		found := m.match(c).Forgotten
		if len(found) != test.want {
			t.Errorf("%s: %d balances, want %d: %+v", name, len(found), test.want, found)
			continue
		}
		want := Balance{NISS: c.NISS, Dossier: dossier, Year: 2023, Refunded: 1000_00, Unseen: 1070_00, UnseenSince: june30}
		if test.want > 0 && found[0] != want {
			t.Errorf("%s: %+v, want %+v", name, found[0], want)
		}
	}
}

func seenByTheBank() ConfirmedTransfer {
	return ConfirmedTransfer{Year: 2023, Leaves: true, Confirmation: Confirmation{EndToEnd: transferID, Status: BankBooked, On: june30}}
}
