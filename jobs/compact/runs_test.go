package compact

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
)

// Rows that do not fit into memory are written twice, as a run and in their part, however many runs there are.
func TestManyRunsWriteEachPartOnce(t *testing.T) {
	for _, latest := range []bool{true, false} {
		all, files := history(t, rand.New(rand.NewPCG(9, 9)), 40)
		table := newTestTable(latest, 500)
		want, _ := compacted(t, table, [][]File{files}, 2)
		table.runRows = 100
		m := &memory{parts: map[string][]byte{}, created: map[string]bool{}, writes: map[string]int{}}
		parts, _, err := table.Update(m, nil, files, 2)
		if err != nil {
			t.Fatal(err)
		}
		if len(parts) != len(want) {
			t.Errorf("latest %v: %d parts, want %d", latest, len(parts), len(want))
		}
		for _, p := range parts {
			if !bytes.Equal(m.parts[p.Name], want[p.Name]) {
				t.Errorf("latest %v: part %s differs when rows come by runs", latest, p.Name)
			}
			delete(m.parts, p.Name)
		}
		runs := 0
		for name, writes := range m.writes {
			if writes > 1 {
				t.Errorf("latest %v: %s was written %d times", latest, name, writes)
			}
			if strings.HasPrefix(name, "run-") {
				runs++
			}
		}
		if runs < 8 || runs > 1+len(all)/100 {
			t.Errorf("latest %v: %d runs of %d rows", latest, runs, len(all))
		}
	}
}

// Files of a middling size are read by range where few batches are added, and once where many are.
func TestFilesOfManyBatchesAreReadOnce(t *testing.T) {
	table := newTestTable(true, 100)
	for _, c := range []struct {
		rows    int64
		batches int
		once    bool
	}{
		{looseRows, 1, true}, {looseRows + 1, fewBatches, false}, {looseRows + 1, fewBatches + 1, true},
		{runRows, 1000, true}, {runRows + 1, 1000, false},
	} {
		if got := table.readOnce(c.rows, c.batches); got != c.once {
			t.Errorf("a file of %d rows, of %d batches: read once %v, want %v", c.rows, c.batches, got, c.once)
		}
	}
	if got := batchesOf([]File{{Batch: "a"}, {Batch: "a"}, {Batch: "b"}}); got != 2 {
		t.Errorf("%d batches, want 2", got)
	}
}
