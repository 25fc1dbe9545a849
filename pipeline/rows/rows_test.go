package rows_test

import (
	"bytes"
	"io"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"regul/pipeline/rows"
)

// Two kinds of rows, of which the second does not count for the size of a shard.
type (
	sale struct {
		customer int64
		amount   int64
		place    rows.Place
	}
	remark struct {
		customer int64
		text     string
	}
)

const limit = 10_000_000_000

var (
	sales = &rows.Table[sale]{Weighs: true, Number: func(s *sale) int64 { return s.customer }, Decode: func(s *sale, d *rows.Decoder) {
		*s = sale{d.Number(), d.Signed(), d.Place()}
	}}
	remarks = &rows.Table[remark]{Number: func(r *remark) int64 { return r.customer }, Decode: func(r *remark, d *rows.Decoder) {
		*r = remark{d.Number(), d.Text()}
	}}
	tables = rows.NewTables(limit, sales, remarks)
)

func (a sale) encode(e *rows.Encoder)   { e.Signed(a.amount) }
func (r remark) encode(e *rows.Encoder) { e.Text(r.text) }

func take(s *rows.Scatter, a sale) {
	sales.Begin(s, a.customer, a.encode)
	s.Place(a.place)
	s.End()
}

func takeRemark(s *rows.Scatter, r remark) {
	remarks.Begin(s, r.customer, r.encode)
	s.End()
}

// disk keeps what waits there in memory.
type disk [][]byte

type file struct {
	bytes.Buffer
	d *disk
}

func (f *file) Close() error { *f.d = append(*f.d, f.Bytes()); return nil }

type run struct{ *bytes.Reader }

func (run) Close() error { return nil }

func (d *disk) Create(int) (io.WriteCloser, error)    { return &file{d: d}, nil }
func (d *disk) Open(number int) (rows.DiskRun, error) { return run{bytes.NewReader((*d)[number])}, nil }

// Rows come back by number, ascending, all of a number in one shard, wherever they waited and whoever took them.
func TestRowsComeBackByNumber(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 0))
	customers := []int64{1, limit - 1}
	for range 60 {
		customers = append(customers, 1+rng.Int64N(limit-1))
	}
	wantSales, wantRemarks := map[int64][]sale{}, map[int64][]remark{}
	scatters, onDisk := []*rows.Scatter{{}, {}, {}}, &disk{} // the last one takes nothing
	scatters[1].Limit(20<<10, onDisk)
	for i := range 4000 {
		customer, s := customers[rng.IntN(len(customers))], scatters[rng.IntN(2)]
		a := sale{customer, rng.Int64() - rng.Int64(), rows.Place{File: int32(rng.IntN(9)), Row: int64(i + 1)}}
		take(s, a)
		wantSales[customer] = append(wantSales[customer], a)
		if i%7 == 0 {
			r := remark{customer, string(make([]byte, rng.IntN(300)))}
			takeRemark(s, r)
			wantRemarks[customer] = append(wantRemarks[customer], r)
		}
	}
	if len(*onDisk) < 2 {
		t.Fatalf("rows went to disk %d times", len(*onDisk))
	}

	plan := rows.NewPlan(tables, scatters, 300)
	shard := rows.NewShard(tables)
	var seen []int64
	for number := range plan.Shards() {
		if err := plan.Load(number, shard); err != nil {
			t.Fatal(err)
		}
		if weight := len(sales.Of(shard, rows.Ungrouped)); weight < 300 && number < plan.Shards()-1 {
			t.Errorf("shard %d of %d has %d sales", number, plan.Shards(), weight)
		}
		for rank, customer := range shard.Group() {
			seen = append(seen, customer)
			byPlace := func(a, b sale) int {
				return rows.ComparePlaces(rows.Place{Row: a.place.Row}, rows.Place{Row: b.place.Row})
			}
			got := slices.SortedFunc(slices.Values(sales.Of(shard, rank)), byPlace)
			if !slices.Equal(got, wantSales[customer]) {
				t.Errorf("%d has %d sales, want %d", customer, len(got), len(wantSales[customer]))
			}
			if got := remarks.Of(shard, rank); len(got) != len(wantRemarks[customer]) {
				t.Errorf("%d has %d remarks, want %d", customer, len(got), len(wantRemarks[customer]))
			}
		}
	}
	if want := slices.Sorted(maps.Keys(wantSales)); !slices.Equal(seen, want) {
		t.Errorf("the numbers are %v, want %v", seen, want)
	}
	for _, s := range scatters {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// Without a row there is one shard, with nothing in it.
func TestPlanOfNothingIsOneEmptyShard(t *testing.T) {
	plan, shard := rows.NewPlan(tables, []*rows.Scatter{{}}, 1), rows.NewShard(tables)
	if err := plan.Load(0, shard); err != nil || plan.Shards() != 1 || len(shard.Group()) != 0 {
		t.Errorf("%d shards, %v in the first: %v", plan.Shards(), shard.Group(), err)
	}
}

// The digest of the row that was begun is that of what is written of it so far, and tells ranges apart.
func TestDigestOfTheRowThatWasBegun(t *testing.T) {
	digest := func(number, amount int64, place rows.Place) (d rows.Digest) {
		var s rows.Scatter
		sales.Begin(&s, number, sale{amount: amount}.encode)
		s.AddTo(&d)
		s.Place(place)
		return d
	}
	one := digest(7, 5, rows.Place{})
	if digest(7, 5, rows.Place{File: 1, Row: 8}) != one {
		t.Error("the place is in the digest")
	}
	for _, other := range []rows.Digest{digest(7, 6, rows.Place{}), digest(8, 5, rows.Place{}), digest(7+limit/2, 5, rows.Place{})} {
		if other == one {
			t.Error("another row has the same digest")
		}
	}
}

// A scatter has room for the ranges of a table only around its rows: a small fund has rows in few of them.
func TestRangesWithoutRowsTakeNoRoom(t *testing.T) {
	taken := func(fill func(*rows.Scatter)) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		var s rows.Scatter
		fill(&s)
		runtime.ReadMemStats(&after)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		return after.TotalAlloc - before.TotalAlloc
	}
	one := taken(func(s *rows.Scatter) { take(s, sale{customer: 1}) })
	two := taken(func(s *rows.Scatter) {
		take(s, sale{customer: 1})
		takeRemark(s, remark{customer: 1})
	})
	spread := taken(func(s *rows.Scatter) {
		for number := range 64 {
			take(s, sale{customer: int64(number) * limit / 64})
		}
	})
	if (two-one)*20 > spread-one {
		t.Errorf("a row takes %d bytes, one of another table %d more, and rows in 64 places %d more", one, two-one, spread-one)
	}
}
