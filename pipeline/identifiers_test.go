package pipeline

import (
	"cmp"
	"slices"
	"testing"
)

func TestIdentifiersAreOrderedByTheValueOfTheirNumbers(t *testing.T) {
	ordered := []string{"", "0", "00", "09", "9", "10", "99999999999999999998", "99999999999999999999", "A", "A-09", "A-9", "A-10",
		"A-10-2", "A-10-10", "A10", "AB", "é1"}
	for i, a := range ordered {
		for j, b := range ordered {
			if got := compareIdentifiers(a, b); got != cmp.Compare(i, j) {
				t.Errorf("%q and %q: %d", a, b, got)
			}
		}
	}
}

// Any identifiers have one order, in any order that they come in.
func FuzzIdentifiersHaveOneOrder(f *testing.F) {
	f.Add("9", "10", "1x")
	f.Add("A-09", "A-9", "A-")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		want := []string{a, b, c}
		slices.SortFunc(want, compareIdentifiers)
		got := []string{c, a, b}
		slices.SortFunc(got, compareIdentifiers)
		if !slices.Equal(got, want) || compareIdentifiers(a, b) != -compareIdentifiers(b, a) || compareIdentifiers(a, b) == 0 && a != b {
			t.Errorf("%q, %q", want, got)
		}
	})
}
