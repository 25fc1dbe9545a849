package readers_test

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/sync/errgroup"

	"regul/pipeline"
	"regul/pipeline/rows"
	"regul/readers"
)

// untidy is a text of revenue with rows of every fate: quoted over line ends, torn, with bad cells, in Windows-1252, and blank lines.
func untidy(n int) []byte {
	var text bytes.Buffer
	text.WriteString(header(pipeline.Revenue) + "\n")
	for i := range n {
		switch i % 500 {
		case 7:
			text.WriteString("85010112387,2023,\"torn,2026-06-18,profession,1.00,x,\n")
		case 100:
			text.WriteString(with(pipeline.Revenue, "income_year", "year") + "\n\n,,,\n")
		case 230:
			fmt.Fprintf(&text, "85010112387,2023,\"in\n%d lines\",2026-06-18,profession,1.00,x,\n", i)
		case 350:
			text.WriteString(with(pipeline.Revenue, "communication", "\xe9t\xe9") + "\r\n")
		case 351:
			text.WriteString(with(pipeline.Revenue, "assessment", strings.Repeat("x", 300)) + "\n")
		default:
			fmt.Fprintf(&text, "%s\n", with(pipeline.Revenue, "communication", fmt.Sprint("C-", i)))
		}
	}
	return text.Bytes()
}

// taken is what so many goroutines took that read a part together: the rejects and the rows in the order of their places. After the first
// block each waits for the others, so that all of them take some.
func taken(t *testing.T, part readers.Part, goroutines int) (all pipeline.Taken, components []pipeline.Component) {
	t.Helper()
	scatters := make([]*pipeline.Scatter, goroutines)
	var group errgroup.Group
	var started sync.WaitGroup
	started.Add(goroutines)
	for i := range scatters {
		scatters[i] = &pipeline.Scatter{}
		t.Cleanup(func() { scatters[i].Close() })
		group.Go(func() error {
			begun := sync.OnceFunc(func() { started.Done(); started.Wait() })
			_, err := part.Read(context.Background(), scatters[i], standardLaw().Category, func(int) { begun() })
			return err
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	all = pipeline.TakenBy(scatters)
	slices.SortFunc(all.Rejects, func(a, b pipeline.Reject) int { return rows.ComparePlaces(a.Place, b.Place) })
	shard, err := pipeline.Everything(pipeline.NewPlan(pipeline.People, scatters, 1<<30), 0)
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(shard.Components, func(a, b pipeline.Component) int { return cmp.Compare(a.Place.Row, b.Place.Row) })
	return all, shard.Components
}

// Whoever reads a row, it has its number, its fate and its digest; none is read twice and none left out.
func TestTogetherAFileIsReadAsByOne(t *testing.T) {
	content := untidy(60_000)
	for _, f := range []format{{file: ".csv"}, {file: ".csv.gz"}} {
		packed := content
		if f.file == ".csv.gz" {
			packed = gzipped(content)
		}
		open := func() readers.Part {
			opened, err := parts(pipeline.Revenue, "revenue"+f.file, packed)
			if err != nil || len(opened) != 1 || !opened[0].Together() {
				t.Fatal(len(opened), err)
			}
			return opened[0]
		}
		want, wantRows := taken(t, open(), 1)
		if len(want.Rejects) < 100 || len(wantRows) < 50_000 {
			t.Fatalf("%d rejects, %d rows", len(want.Rejects), len(wantRows))
		}
		for _, goroutines := range []int{2, 5} {
			got, gotRows := taken(t, open(), goroutines)
			if !reflect.DeepEqual(got, want) || !slices.Equal(gotRows, wantRows) {
				t.Errorf("%s: %d goroutines took %d rows and %d rejects, one %d and %d", f.file, goroutines, len(gotRows), len(got.Rejects),
					len(wantRows), len(want.Rejects))
			}
		}
	}
}

// Who comes when all was read takes nothing.
func TestWhoComesLateReadsNothing(t *testing.T) {
	opened, err := parts(pipeline.Revenue, "revenue.csv", untidy(10))
	if err != nil {
		t.Fatal(err)
	}
	if all, _ := taken(t, opened[0], 1); all.Read[pipeline.Revenue].Rows == 0 {
		t.Error("the first one read nothing")
	}
	if all, _ := taken(t, opened[0], 1); all.Read[pipeline.Revenue].Rows != 0 {
		t.Errorf("the second one read %d rows once more", all.Read[pipeline.Revenue].Rows)
	}
}

// All who read a damaged file say the same of it.
func TestTogetherADamagedFileIsRefusedAsByOne(t *testing.T) {
	packed := gzipped(untidy(60_000))
	opened, err := parts(pipeline.Revenue, "revenue.csv.gz", packed[:len(packed)-100])
	if err != nil {
		t.Fatal(err)
	}
	_, alone := tryRead(t, pipeline.Revenue, "revenue.csv.gz", packed[:len(packed)-100])
	var said [3]error
	var group errgroup.Group
	for i := range said {
		group.Go(func() error {
			scatter := &pipeline.Scatter{}
			defer scatter.Close()
			_, said[i] = opened[0].Read(context.Background(), scatter, standardLaw().Category, func(int) {})
			return nil
		})
	}
	group.Wait()
	for _, err := range said {
		if err != nil && (alone == nil || err.Error() != alone.Error()) {
			t.Errorf("it said %v, alone %v", err, alone)
		}
	}
	if said == [3]error{} {
		t.Error("nobody refused it")
	}
}
