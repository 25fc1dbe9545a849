package parquet

import (
	"math"
	"slices"
	"testing"
)

// Numbers come back as they were, however far they lie apart.
func TestNumbersPutAsideComeBack(t *testing.T) {
	var a aside
	var want []int64
	for _, numbers := range [][]int64{
		{7, 7, 7}, {-3, 252}, {0, 256, 65_535}, {5}, {-1, 65_535}, {1 << 40, 1<<40 + 1<<32 - 1}, {0, 1 << 32},
		{math.MinInt64, math.MaxInt64, 0, -1}, {},
	} {
		if len(numbers) > 0 {
			a.put(numbers)
		}
		want = append(want, numbers...)
	}
	if got := a.appendTo(nil); !slices.Equal(got, want) || a.cells != len(want) {
		t.Errorf("%d, want %d", got, want)
	}
	if size := 2 + 3*2 + 2*4 + 2*4 + 2*8 + 4*8; len(a.bytes) != size {
		t.Errorf("they take %d bytes, want %d", len(a.bytes), size)
	}
	if a.reset(); len(a.appendTo(nil)) != 0 {
		t.Error("they stay after a reset")
	}
}
