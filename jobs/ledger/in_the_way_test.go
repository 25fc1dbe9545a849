package ledger

import (
	"slices"
	"testing"

	"regul/jobs/batch"
)

// Numbers that share a dossier are withdrawn together: where one stands in the way, so does the other, and none is named alone.
func TestNumbersOfOneDossierGoTogether(t *testing.T) {
	t.Parallel()
	d := &decided{numbers: map[string]int{"1": -1, "2": -1, "3": -1, "4": 0}, together: map[string][]string{}}
	d.join("1", "2")
	d.join("2", "3")
	if got := d.group("1"); !slices.Equal(got, []string{"1", "2", "3"}) || !slices.Equal(d.group("4"), []string{"4"}) {
		t.Errorf("together with 1: %v", got)
	}
	way := &InTheWay{Of: 4, Later: []string{"B"}, Affiliates: []BuiltUpon{{Named: batch.Named{NISS: "4"}, Batches: []string{"B"}}}}
	if got := way.ofSome([]string{"1", "2"}, d); !got.refuses() || !slices.Equal(got.Together, []string{"1", "2"}) || len(got.Later) != 0 {
		t.Errorf("two of three: %+v", got)
	}
	if got := way.ofSome([]string{"1", "2", "3"}, d); got.refuses() {
		t.Errorf("all three: %+v", got)
	}
	got := way.ofSome([]string{"4", "5"}, d)
	if len(got.Affiliates) != 1 || !slices.Equal(got.NotIn, []string{"5"}) || !slices.Equal(got.Later, []string{"B"}) {
		t.Errorf("one in the way and one unknown: %+v", got)
	}
}
