package compact

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"regul/readers/parquet"
	"regul/readers/table"
)

// update is an update of a table by the rows of some files.
type update struct {
	table   *Table
	store   Store
	before  map[span]int64 // rows of the parts, by their range
	added   []source
	loose   *rows          // of the files that are read once, since the last run
	runs    int            // that were written
	ranks   map[string]int // of the batches that are added
	cells   [1 << cellDepth]int64
	workers int

	mutex sync.Mutex
	after map[span]int64
	free  []*rows // whose memory serves the next range
	moved []Row
	gone  map[Row]bool // rows to leave out
}

// source is a file that is added.
type source struct {
	origin
	file  *parquet.File
	close io.Closer
	marks marks
}

// marks are the numbers of some rows of a file that is sorted by number, by row group: of every markRows.
type marks [][]mark

// markRows is how many rows lie between two marks: of each run a range reads so many too many at both ends.
const markRows = 256

type mark struct{ row, number int64 } // the row counted from 0 within its row group

// of is where the rows of a span lie in a row group of so many rows: from the first up to, not including, the end, with some more at both
// sides.
func (m marks) of(group int, in span, rows int64) (first, end int64) {
	end = rows
	if group >= len(m) {
		return 0, end
	}
	for _, at := range m[group] {
		if at.number < in.first() {
			first = at.row
		}
		if at.number >= in.end() {
			return first, at.row
		}
	}
	return first, end
}

// looseRows is how many rows a file may have to be read once and kept, rather than range by range: its batch has few
// rows, from all over.
const looseRows = 1 << 14

// Update adds the files of batches, the earliest first, to the parts of a table, which may be none. It returns the parts that there
// are then, and the rows that came as a later version where the table has no earlier one of their number. What is not among the parts is
// to be removed by the caller.
//
// It keeps the rows of small files in memory up to those of a run, and two parts for each worker.
func (t *Table) Update(store Store, parts []Part, added []File, workers int) (after []Part, moved []Row, err error) {
	u := newUpdate(t, store, workers)
	defer func() {
		for _, s := range u.added {
			err = errors.Join(err, s.close.Close())
		}
	}()
	after, err = u.run(parts, added)
	return after, u.moved, err
}

func newUpdate(t *Table, store Store, workers int) *update {
	return &update{table: t, store: store, before: map[span]int64{}, loose: newRows(t), workers: workers,
		ranks: map[string]int{}, after: map[span]int64{}}
}

// run makes the parts, by the rows of files that are added.
func (u *update) run(parts []Part, added []File) (after []Part, err error) {
	for _, p := range parts {
		s, err := parseSpan(p.Name)
		if err != nil {
			return nil, err
		}
		u.before[s] = p.Rows
	}
	if err := u.open(added); err != nil {
		return nil, err
	}
	var group errgroup.Group
	group.SetLimit(u.workers)
	u.plan(all, &group)
	if err := group.Wait(); err != nil {
		return nil, err
	}
	if err := u.join(); err != nil {
		return nil, err
	}
	for s, n := range u.after {
		after = append(after, Part{s.String(), n})
	}
	slices.SortFunc(after, func(a, b Part) int { return cmp.Compare(a.Name, b.Name) })
	return after, nil
}

// open opens the files, reads the small ones, and counts where the rows of all of them lie.
func (u *update) open(files []File) error {
	rank, batches := 0, batchesOf(files)
	for i, f := range files {
		if i > 0 && files[i-1].Batch != f.Batch {
			rank++
		}
		file, closer, err := f.Open()
		if err != nil {
			return err
		}
		u.ranks[f.Batch] = rank
		s := source{origin: origin{batch: f.Batch, rank: rank, counts: f.Counts}, file: file, close: closer}
		if !u.table.readOnce(file.Rows(), batches) {
			if err := u.addSource(&s); err != nil {
				return err
			}
			continue
		}
		if err := errors.Join(u.loose.read(file, all, s.origin, nil), closer.Close()); err != nil {
			return fmt.Errorf("%s of %s: %w", u.table.Name, f.Batch, err)
		}
		if int64(u.loose.len()) >= u.table.runRows && i+1 < len(files) {
			if err := u.spill(); err != nil {
				return err
			}
		}
	}
	if u.runs > 0 { // the rest too: what the rows took is free for the ranges
		if err := u.spill(); err != nil {
			return err
		}
		u.loose = newRows(u.table)
	}
	for _, n := range u.loose.numbers {
		u.cells[cellOf(n)]++
	}
	return nil
}

// count counts the rows of a file by cell, and marks where they lie.
func (u *update) count(s *source) error {
	column := []table.Column{{Name: u.table.Number, Kind: table.Text}}
	for group := range s.file.RowGroups() {
		var found []mark
		row, last, sorted := int64(0), int64(0), true
		err := s.file.Blocks(column, group, group+1, func(b *table.Block) error {
			return eachNumber(b, 0, func(n int64) {
				if row%markRows == 0 {
					found = append(found, mark{row, n})
				}
				row++
				sorted, last = sorted && n >= last, n
				u.cells[cellOf(n)]++
			})
		})
		if !sorted {
			found = nil
		}
		s.marks = append(s.marks, found)
		if err != nil {
			return err
		}
	}
	return nil
}

// plan goes through the numbers, keeps the parts to which nothing is added, and starts the making of the others, in ranges that
// fit into memory.
func (u *update) plan(s span, group *errgroup.Group) {
	added := int64(0)
	first, end := s.cells()
	for _, rows := range u.cells[first:end] {
		added += rows
	}
	within, strictly, above := u.parts(s)
	switch {
	case added == 0 && above == nil:
		for _, part := range within {
			u.note(part, u.before[part])
		}
	case s.depth < cellDepth && (strictly || added > u.table.partRows):
		for _, half := range s.halves() {
			u.plan(half, group)
		}
	default:
		if above != nil {
			within = append(within, *above)
		}
		group.Go(func() error { return u.make(s, within) })
	}
}

// parts are those of before within a range, whether one is smaller than the range, and the one that is greater.
func (u *update) parts(s span) (within []span, strictly bool, above *span) {
	for part := range u.before {
		switch {
		case s.holds(part):
			within = append(within, part)
			strictly = strictly || part != s
		case part.holds(s):
			above = &part
		}
	}
	return within, strictly, above
}

func (u *update) note(s span, rows int64) {
	u.mutex.Lock()
	defer u.mutex.Unlock()
	u.after[s] = rows
}

// make writes what a range holds now: the rows of its part, and those that are added.
func (u *update) make(s span, parts []span) error {
	r := u.takeRows()
	defer u.giveRows(r)
	for _, part := range parts {
		if err := u.readPart(r, part, s); err != nil {
			return err
		}
	}
	for i := range u.added {
		if err := r.read(u.added[i].file, s, u.added[i].origin, u.added[i].marks); err != nil {
			return fmt.Errorf("%s of %s: %w", u.table.Name, u.added[i].batch, err)
		}
	}
	r.copy(u.loose, s)
	return u.write(r, s, u.found(r, r.sorted()))
}

// takeRows gives no rows, in memory that another range may have left.
func (u *update) takeRows() *rows {
	u.mutex.Lock()
	defer u.mutex.Unlock()
	last := len(u.free) - 1
	if last < 0 {
		return newRows(u.table)
	}
	r := u.free[last]
	u.free = u.free[:last]
	return r
}

func (u *update) giveRows(r *rows) {
	r.reset()
	u.mutex.Lock()
	defer u.mutex.Unlock()
	u.free = append(u.free, r)
}

func (u *update) readPart(r *rows, part, s span) error {
	file, closer, err := u.store.Open(part.String())
	if err != nil {
		return err
	}
	if err := errors.Join(r.read(file, s, ofPart, nil), closer.Close()); err != nil {
		return fmt.Errorf("%s, part %s: %w", u.table.Name, part, err)
	}
	return nil
}

// write writes the rows of a range, in halves as long as they are more than a part may hold.
func (u *update) write(r *rows, s span, order []int) error {
	if int64(len(order)) > u.table.partRows && s.depth < cellDepth {
		lower := s.halves()[0]
		cut, _ := slices.BinarySearchFunc(order, lower.end(), func(row int, n int64) int { return cmp.Compare(r.numbers[row], n) })
		return errors.Join(u.write(r, lower, order[:cut]), u.write(r, s.halves()[1], order[cut:]))
	}
	if len(order) == 0 {
		return nil
	}
	file, err := u.store.Create(s.String())
	if err != nil {
		return err
	}
	if err := errors.Join(r.write(file, order), file.Close()); err != nil {
		return fmt.Errorf("%s, part %s: %w", u.table.Name, s, err)
	}
	u.note(s, int64(len(order)))
	return nil
}

// join joins ranges that fit into one part: they were cut for more rows than are left, or rows have gone.
func (u *update) join() error {
	for depth := cellDepth; depth > 0; depth-- {
		parents := map[span]bool{}
		for s := range u.after {
			if s.depth == depth {
				parents[s.parent()] = true
			}
		}
		for parent := range parents {
			if err := u.joinHalves(parent); err != nil {
				return err
			}
		}
	}
	return nil
}

// joinHalves makes one part of the two halves of a range, if they fit; what is left of a range may be one half, or smaller.
func (u *update) joinHalves(parent span) error {
	var parts []span
	rows := int64(0)
	for s, n := range u.after {
		if parent.holds(s) {
			parts = append(parts, s)
			rows += n
		}
	}
	if rows > u.table.partRows {
		return nil
	}
	r := u.takeRows()
	defer u.giveRows(r)
	for _, part := range parts {
		if err := u.readPart(r, part, parent); err != nil {
			return err
		}
		delete(u.after, part)
	}
	return u.write(r, parent, r.sorted())
}
