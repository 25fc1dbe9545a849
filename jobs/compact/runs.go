package compact

import (
	"errors"
	"fmt"
)

// runRows is how many rows of files that are read once are kept in memory: more of them become a run.
const runRows = 150_000

// AtOnce is how many rows one Update should add, more or less: it reads each range of numbers out of as many runs as they fill.
const AtOnce = 64 * runRows

// fewBatches are those whose files are read by range though they would fit into a run: a night adds one, and needs no run then.
const fewBatches = 16

// readOnce says whether a file of so many rows, out of those of so many batches, is read once.
func (t *Table) readOnce(rows int64, batches int) bool {
	return rows <= looseRows || batches > fewBatches && rows <= t.runRows
}

// batchesOf counts the batches of files: those of a batch follow each other.
func batchesOf(files []File) (batches int) {
	for i, f := range files {
		if i == 0 || files[i-1].Batch != f.Batch {
			batches++
		}
	}
	return batches
}

// spill writes the loose rows as a run, a file that is read by range like a large one of a batch, and forgets them. It holds every version:
// which one is the last, and whether an earlier one came, is only seen beside the rows of all files.
//
// So each row is written twice. To add the rows to the parts instead would write all parts again each time.
func (u *update) spill() error {
	u.runs++
	name := fmt.Sprintf("run-%d", u.runs)
	file, err := u.store.Create(name)
	if err != nil {
		return err
	}
	if err := errors.Join(u.loose.write(file, u.loose.ordered()), file.Close()); err != nil {
		return fmt.Errorf("%s, %s: %w", u.table.Name, name, err)
	}
	u.loose.reset()
	s := source{origin: origin{batch: name, ranks: u.ranks}}
	if s.file, s.close, err = u.store.Open(name); err != nil {
		return err
	}
	return u.addSource(&s)
}

// addSource takes a file that is read range by range.
func (u *update) addSource(s *source) error {
	err := u.count(s)
	if u.added = append(u.added, *s); err != nil {
		return fmt.Errorf("%s of %s: %w", u.table.Name, s.batch, err)
	}
	return nil
}

// takeRanks gives rows of a run, which were taken just now, the ranks of the batches that they name.
func (r *rows) takeRanks(n int, ranks map[string]int) {
	batches := &r.columns[len(r.columns)-1]
	last, rank := int64(-1), 0
	for _, code := range batches.ints[batches.len()-n:] {
		if code != last {
			last, rank = code, ranks[batches.codes.names[code]]
		}
		r.ranks = append(r.ranks, rank)
	}
}
