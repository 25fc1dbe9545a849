package rows_test

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"regul/pipeline/rows"
)

// travelling is a plan over rows that wait in memory and on disk, of two scatters.
func travelling(t *testing.T) *rows.Plan {
	t.Helper()
	rng := rand.New(rand.NewPCG(6, 0))
	scatters, onDisk := []*rows.Scatter{{}, {}, {}}, &disk{}
	scatters[1].Limit(20<<10, onDisk)
	for i := range 3000 {
		s, customer := scatters[rng.IntN(2)], 1+rng.Int64N(limit-1)
		take(s, sale{customer, rng.Int64() - rng.Int64(), rows.Place{File: int32(rng.IntN(9)), Row: int64(i + 1)}})
		if i%7 == 0 {
			takeRemark(s, remark{customer, string(make([]byte, rng.IntN(300)))})
		}
	}
	if len(*onDisk) < 2 {
		t.Fatalf("rows went to disk %d times", len(*onDisk))
	}
	return rows.NewPlan(tables, scatters, 400)
}

// A shard that travelled holds what a shard that was loaded holds, in the same order, and can be loaded and appended again.
func TestShardsTravel(t *testing.T) {
	plan := travelling(t)
	loaded, read := rows.NewShard(tables), rows.NewShard(tables)
	for number := range plan.Shards() {
		var framed []byte
		for range 2 {
			again, err := plan.Append([]byte("before"), number)
			if err != nil {
				t.Fatal(err)
			}
			again = again[len("before"):]
			if framed != nil && !bytes.Equal(again, framed) {
				t.Fatalf("shard %d has other bytes the second time", number)
			}
			framed = again
			if err := plan.Load(number, loaded); err != nil {
				t.Fatal(err)
			}
			if err := read.Read(tables, framed); err != nil {
				t.Fatal(err)
			}
			byPlace := func(a, b sale) int { return rows.ComparePlaces(a.place, b.place) }
			a, b := slices.Clone(sales.Of(loaded, rows.Ungrouped)), slices.Clone(sales.Of(read, rows.Ungrouped))
			slices.SortFunc(a, byPlace)
			slices.SortFunc(b, byPlace)
			if read.Number != number || len(a) == 0 || !slices.Equal(a, b) {
				t.Fatalf("shard %d: %d sales came back as %d of shard %d", number, len(a), len(b), read.Number)
			}
			if x, y := remarks.Of(loaded, rows.Ungrouped), remarks.Of(read, rows.Ungrouped); len(x) != len(y) {
				t.Fatalf("shard %d: %d remarks came back as %d", number, len(x), len(y))
			}
			if !reflect.DeepEqual(loaded.Group(), read.Group()) {
				t.Fatalf("shard %d holds other numbers", number)
			}
		}
	}
}

// Whatever is cut off, changed or put in front: no shard is read of it.
func TestDamagedShardIsAnError(t *testing.T) {
	framed, err := travelling(t).Append(nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	read := rows.NewShard(tables)
	for n := 0; n < len(framed); n += 1 + len(framed)/300 {
		if err := read.Read(tables, framed[:n:n]); err == nil {
			t.Errorf("%d of %d bytes are read", n, len(framed))
		}
		flipped := bytes.Clone(framed)
		flipped[n] ^= 4
		if err := read.Read(tables, flipped); err == nil {
			t.Errorf("byte %d changed, and the shard is read", n)
		}
	}
	for _, other := range []rows.Frame{{Kind: "shard", Version: 99}, {Kind: "result", Version: 1}} {
		if err := read.Read(tables, other.Seal(append(other.Begin(nil), framed[len("regul shard 1\n"):len(framed)-8]...))); err == nil {
			t.Errorf("bytes of %+v are read as a shard", other)
		}
	}
	unknown := rows.Encoder{Bytes: rows.BeginShard(nil, 0, rows.Span{End: rows.Slices})}
	for _, n := range []uint64{9, 0, 1, 0} { // of a table that is not there
		unknown.Unsigned(n)
	}
	if err := read.Read(tables, rows.SealShard(unknown.Bytes)); err == nil {
		t.Error("rows of an unknown table are read")
	}
}
