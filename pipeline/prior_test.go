package pipeline

import "testing"

// The notice that counts again is the last one before the withdrawn one of which somebody was told.
func TestNoticeThatCountsAgain(t *testing.T) {
	told := PriorYear{Year: 2023, Version: 1, NotifiedOn: 100, Called: 5000, Definitive: 6000}
	silent := PriorYear{Year: 2023, Version: 2, NotifiedOn: 200, Called: 6000, Definitive: 6000}
	refunded := PriorYear{Year: 2023, Version: 2, NotifiedOn: 200, Called: 6000, Definitive: 6000, Refund: 100}
	for name, c := range map[string]struct {
		versions  []PriorYear
		withdrawn Date
		want      Date
	}{
		"none": {nil, 300, 0}, "the last": {[]PriorYear{told, refunded}, 300, 200}, "one of which nobody was told": {[]PriorYear{told, silent}, 300, 100},
		"a later one": {[]PriorYear{told, refunded}, 150, 100},
	} {
		if got := countsAgain(c.versions, c.withdrawn); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}
