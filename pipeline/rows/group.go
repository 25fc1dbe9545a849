package rows

import "slices"

// grouper sorts the rows of a shard by number: by counting, since all rows of a number
// only have to come together. Its memory is used again for the next shard.
type grouper struct {
	numbers []int64 // distinct, in order of first sight; sorted by rank
	slots   []int32
}

// Group brings the rows of each number together and gives the numbers, ascending; the rank of a number is its position.
func (s *Shard) Group() []int64 {
	g := &s.grouper
	g.numbers = g.numbers[:0]
	g.resize(1 << 10)
	for _, h := range s.held {
		h.count(g)
	}
	ranks := g.rank()
	for _, h := range s.held {
		h.gather(ranks)
	}
	return g.numbers
}

// count gives every row the ordinal of its number: its position in order of first sight.
func (h *heldRows[Row]) count(g *grouper) {
	h.ordinals = h.ordinals[:0]
	rows, number := h.rows, h.table.Number
	previous, ordinal := int64(-1), int32(0)
	for i := range rows {
		if n := number(&rows[i]); n != previous {
			previous, ordinal = n, g.ordinal(n)
		}
		h.ordinals = append(h.ordinals, ordinal)
	}
}

// ordinal looks a number up by open addressing, and adds it when it is new.
func (g *grouper) ordinal(n int64) int32 {
	if len(g.numbers)*2 >= len(g.slots) {
		g.resize(len(g.slots) * 2)
	}
	slot := g.slot(n)
	if g.slots[slot] == 0 {
		g.numbers = append(g.numbers, n)
		g.slots[slot] = int32(len(g.numbers))
	}
	return g.slots[slot] - 1
}

// slot is the slot of a number, or the free one where it belongs.
func (g *grouper) slot(n int64) int {
	const golden = 0x9E3779B97F4A7C15 // 2^64 / golden ratio: spreads neighbouring numbers
	mask := len(g.slots) - 1
	slot := int(uint64(n)*golden>>32) & mask
	for g.slots[slot] != 0 && g.numbers[g.slots[slot]-1] != n {
		slot = (slot + 1) & mask
	}
	return slot
}

// resize empties the slots, makes at least so many, a power of two, and puts the numbers back.
func (g *grouper) resize(size int) {
	if size > len(g.slots) {
		g.slots = make([]int32, size)
	} else {
		clear(g.slots)
	}
	for i, n := range g.numbers {
		g.slots[g.slot(n)] = int32(i + 1)
	}
}

// rank sorts the numbers and says the rank of each ordinal.
func (g *grouper) rank() []int32 {
	sorted := slices.Clone(g.numbers)
	slices.Sort(sorted)
	ranks := make([]int32, len(sorted))
	for rank, n := range sorted {
		ranks[g.slots[g.slot(n)]-1] = int32(rank)
	}
	g.numbers = sorted
	return ranks
}

// gather brings the rows of each rank together, in their order: a counting sort that needs no second place for the rows, which are most of
// a shard. Rows of a file that is sorted stay where they are.
func (h *heldRows[Row]) gather(ranks []int32) {
	h.starts = append(h.starts[:0], make([]int32, len(ranks)+1)...)
	for _, ordinal := range h.ordinals {
		h.starts[ranks[ordinal]+1]++
	}
	for rank := range ranks {
		h.starts[rank+1] += h.starts[rank]
	}
	next, places := slices.Clone(h.starts), h.ordinals
	for i, ordinal := range h.ordinals {
		rank := ranks[ordinal]
		places[i] = next[rank]
		next[rank]++
	}
	for i := range h.rows {
		for to := places[i]; int(to) != i; to = places[i] {
			h.rows[i], h.rows[to] = h.rows[to], h.rows[i]
			places[i], places[to] = places[to], to
		}
	}
}
