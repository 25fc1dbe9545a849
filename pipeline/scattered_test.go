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
	if got := ConflictsOf(names); !slices.Equal(got, want) {
		t.Errorf("conflicts %+v, want %+v", got, want)
	}
}
