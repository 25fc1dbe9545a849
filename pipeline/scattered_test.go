package pipeline

import (
	"slices"
	"testing"

	"regul/pipeline/rows"
)

// Who shares a dossier, a mandate or the identifier of a payment is found over all tasks, wherever each row was read, as in one run.
func TestConflictsAreFoundOverAllTasks(t *testing.T) {
	one, two := newScatters(t, 1), newScatters(t, 1)
	one[0].Affiliate(&Affiliate{NISS: 1, Dossier: Dossier{Number: 7, Digits: 1}, Contact: Contact{Mandate: "M"}})
	two[0].Affiliate(&Affiliate{NISS: 2, Dossier: Dossier{Number: 7, Digits: 1}, Contact: Contact{Mandate: "M"}})
	one[0].Payment(&Payment{NISS: 3, PaymentAdded: PaymentAdded{Identifier: "P"}})
	two[0].Payment(&Payment{NISS: 4, PaymentAdded: PaymentAdded{Identifier: "P"}})
	two[0].Payment(&Payment{NISS: 5, PaymentAdded: PaymentAdded{Identifier: "other"}})
	var names []Names
	for _, scatters := range [][]*Scatter{one, two} {
		_, found := Scattered(scatters)
		var e rows.Encoder
		found.Encode(&e)
		var read Names
		d := rows.Decoder{Bytes: e.Bytes}
		if read.Decode(&d); len(d.Bytes) > 0 {
			t.Fatalf("%d bytes are left over", len(d.Bytes))
		}
		names = append(names, read)
	}
	want := []Conflict{{NISS: 1, Kind: DossierShared}, {NISS: 1, Kind: MandateShared}, {NISS: 2, Kind: DossierShared},
		{NISS: 2, Kind: MandateShared}, {NISS: 3, Kind: PaymentShared, Payment: hashOf("P")},
		{NISS: 4, Kind: PaymentShared, Payment: hashOf("P")}}
	if got, _ := ConflictsOf(names); !slices.Equal(got, want) {
		t.Errorf("conflicts %+v, want %+v", got, want)
	}
}

// A mandate is one debtor's on one account: with another debtor it is shared, in whatever letters its reference is written, and with a
// second account too. A row that names no account says nothing of it.
func TestMandateIsOfOneDebtorAndAccount(t *testing.T) {
	s := newScatters(t, 1)
	for _, m := range []struct {
		reference string
		number    NISS
		account   string
	}{
		{"M1", 1, ""}, {"m1", 2, ""},
		{"M2", 3, "BE68539007547034"}, {"M2", 3, "BE71096123456769"},
		{"M3", 4, "BE68 5390 0754 7034"}, {"M3", 4, "be68539007547034"}, {"M3", 4, ""},
	} {
		s[0].Mandate(m.reference, m.number, m.account)
	}
	_, names := Scattered(s)
	want := []Conflict{{NISS: 1, Kind: MandateShared}, {NISS: 2, Kind: MandateShared}, {NISS: 3, Kind: MandateShared}}
	if got, _ := ConflictsOf([]Names{names}); !slices.Equal(got, want) {
		t.Errorf("conflicts %+v, want %+v", got, want)
	}
}

// A mandate by which a batch collected is that debtor's: who has it in the register and was not collected from shares it, and what another
// job collected by is told. The same debtor keeps it, also under the number that holds now. It is found alike whether the register was
// known when the ledger was read, or both were read by tasks.
func TestMandateStaysWithWhoWasCollectedFrom(t *testing.T) {
	for _, known := range []bool{true, false} {
		s := newScatters(t, 2)
		s[1].Renamed = Renamed{10: 1}
		s[0].Mandate("M1", 1, "")
		s[0].Mandate("m2", 2, "")
		s[0].Mandate("M3", 3, "")
		s[0].Mandate("Ä4", 4, "")
		s[0].Mandate("M5", 5, "")
		if known {
			KnowMandates(s)
		}
		for range 2 {
			s[1].PriorMandate([]byte("M1"), 10)
			s[1].PriorMandate([]byte("M2"), 7)
			s[1].PriorMandate([]byte("M5"), 5)
			s[1].PriorMandate(nil, 8)
			s[1].StrangersMandate([]byte("m3"))
			s[1].StrangersMandate([]byte("ä4"))
			s[1].StrangersMandate([]byte("M9"))
		}
		var conflicts []Conflict
		var strangers []uint64
		if known {
			of := &Subject{Conflict: func(_ *Scatter, c *Conflict) { conflicts = append(conflicts, *c) }}
			FindConflicts(of, s)
			FindConflicts(of, s) // of what was read since: nothing
			strangers = s[0].Strangers
		} else {
			_, names := Scattered(s)
			var e rows.Encoder
			names.Encode(&e)
			var read Names
			read.Decode(&rows.Decoder{Bytes: e.Bytes})
			conflicts, strangers = ConflictsOf([]Names{read})
		}
		want := []Conflict{{NISS: 2, Kind: MandateShared}, {NISS: 3, Kind: MandateShared}, {NISS: 4, Kind: MandateShared}}
		told := []uint64{MandateReference("M3"), MandateReference("Ä4")}
		slices.Sort(told)
		if !slices.Equal(conflicts, want) || !slices.Equal(strangers, told) {
			t.Errorf("the register is known: %t: %+v, %x", known, conflicts, strangers)
		}
	}
}
