package rows_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"regul/pipeline/rows"
)

// A range that holds more than a shard should is cut: no shard is much larger than asked, each number is in one, in order, and shards that
// travel are cut as those that are loaded. Whoever takes the rows, and whether they wait on disk, changes no cut.
func TestALargeRangeIsCut(t *testing.T) {
	const shardRows, numbers = 200, 4000
	var want []int64
	var before [][]int64
	for attempt := range 2 {
		rng := rand.New(rand.NewPCG(8, uint64(attempt)))
		scatters, onDisk := []*rows.Scatter{{}, {}}, &disk{}
		scatters[1].Limit(8<<10, onDisk)
		want = want[:0]
		for i := range numbers {
			customer := 5_000_000_000 + int64(i)*400 // two ranges of 1 220 704 numbers, about
			want = append(want, customer)
			take(scatters[rng.IntN(2)], sale{customer, 1, rows.Place{Row: int64(i + 1)}})
		}
		want = append(want, limit-1)
		take(scatters[0], sale{limit - 1, 1, rows.Place{Row: 1}})
		plan := rows.NewPlan(tables, scatters, shardRows)
		loaded, read := rows.NewShard(tables), rows.NewShard(tables)
		var seen []int64
		var cuts [][]int64
		for number := range plan.Shards() {
			framed, err := plan.Append(nil, number)
			if err == nil {
				err = read.Read(tables, framed)
			}
			if err == nil {
				err = plan.Load(number, loaded)
			}
			if err != nil {
				t.Fatal(err)
			}
			got := slices.Clone(loaded.Group())
			if travelled := read.Group(); !slices.Equal(got, travelled) {
				t.Errorf("shard %d: %d numbers are loaded, %d travelled", number, len(got), len(travelled))
			}
			if eighth := numbers / 8; len(got) > shardRows+eighth {
				t.Errorf("shard %d holds %d numbers, more than %d and a slice", number, len(got), shardRows)
			}
			seen, cuts = append(seen, got...), append(cuts, got)
		}
		if !slices.Equal(seen, want) {
			t.Errorf("%d numbers come back, want %d in their order", len(seen), len(want))
		}
		if plan.Shards() < numbers/(shardRows+numbers/8) {
			t.Errorf("only %d shards", plan.Shards())
		}
		if before != nil && !slices.EqualFunc(before, cuts, slices.Equal) {
			t.Error("the cuts are others when other scatters take the rows")
		}
		before = cuts
	}
}

// Ranges that hold less than two shards are never cut, so that the files of a fund stay as they were.
func TestSmallRangesStayWhole(t *testing.T) {
	weights := make([]int, rows.Slices)
	perRange := rows.Slices / rows.Ranges
	for i := range weights {
		weights[i] = 199 / perRange // 192 in a range, of shards of 100
	}
	ends := rows.Cut(weights, 100)
	if len(ends) != rows.Ranges || slices.ContainsFunc(ends, func(end int) bool { return end%perRange != 0 }) {
		t.Errorf("%d shards of %d ranges, some within one", len(ends), rows.Ranges)
	}
}
