package pipeline

import (
	"slices"
	"testing"
)

// Whoever shares an identifier with somebody else is told, wherever the rows were read; the same one twice of one person is his alone.
func TestSharedPaymentsAreFound(t *testing.T) {
	one, other, third := NISS(85010112387), NISS(70052004188), NISS(90083025515)
	scatters := []*Scatter{{}, {}}
	for i, p := range []Payment{{NISS: one, PaymentAdded: PaymentAdded{Identifier: "P-1"}},
		{NISS: other, PaymentAdded: PaymentAdded{Identifier: "P-1"}}, {NISS: one, PaymentAdded: PaymentAdded{Identifier: "P-2"}},
		{NISS: one, PaymentAdded: PaymentAdded{Identifier: "P-2"}}, {NISS: other}, {NISS: third},
		{NISS: third, PaymentAdded: PaymentAdded{Identifier: "P-3"}}} {
		scatters[i%2].Payment(&p)
	}
	FindConflicts(People, scatters)
	defer scatters[0].Close()
	defer scatters[1].Close()
	all, err := Everything(NewPlan(People, scatters, 1000), 0)
	if err != nil {
		t.Fatal(err)
	}
	hash := hashOf("P-1")
	want := []Conflict{{other, PaymentShared, hash}, {one, PaymentShared, hash}}
	if !slices.Equal(all.Conflicts, want) {
		t.Errorf("%v, want %v", all.Conflicts, want)
	}
}
