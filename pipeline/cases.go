package pipeline

import "slices"

// Case is everything a shard holds of one national number. The slices belong to the shard.
type Case struct {
	NISS          NISS
	Affiliates    []Affiliate // usually one
	Account       []AccountQuarter
	Payments      []Payment
	Components    []Component
	Flaws         []Flaw
	Interruptions []Interruption
	Evidence      []Evidence
	PriorYears    []PriorYear
	PriorQuarters []PriorQuarter
	Withdrawn     []WithdrawnNotice
}

// grouper sorts the rows of a shard by national number: by counting, since all rows of a number
// only have to come together. Its memory is used again for the next shard.
type grouper struct {
	numbers       []NISS // distinct, in order of first sight; sorted by rank
	slots         []int32
	affiliates    grouped[Affiliate]
	account       grouped[AccountQuarter]
	payments      grouped[Payment]
	components    grouped[Component]
	flaws         grouped[Flaw]
	interruptions grouped[Interruption]
	evidence      grouped[Evidence]
	priorYears    grouped[PriorYear]
	priorQuarters grouped[PriorQuarter]
	withdrawn     grouped[WithdrawnNotice]
}

// grouped is one table with its rows together by national number.
type grouped[Row any] struct {
	ordinals []int32 // of each row, in the shard's order
	starts   []int32 // of each rank, and the end of the last
	rows     []Row
}

// Cases calls visit with every national number of the shard, ascending.
func (g *grouper) cases(s *Shard, visit func(*Case)) {
	g.numbers = g.numbers[:0]
	g.resize(1 << 10)
	number(g, &g.affiliates, s.Affiliates, func(r *Affiliate) NISS { return r.NISS })
	number(g, &g.account, s.Account, func(r *AccountQuarter) NISS { return r.NISS })
	number(g, &g.payments, s.Payments, func(r *Payment) NISS { return r.NISS })
	number(g, &g.components, s.Components, func(r *Component) NISS { return r.NISS })
	number(g, &g.flaws, s.Flaws, func(r *Flaw) NISS { return r.NISS })
	number(g, &g.interruptions, s.Interruptions, func(r *Interruption) NISS { return r.NISS })
	number(g, &g.evidence, s.Evidence, func(r *Evidence) NISS { return r.NISS })
	number(g, &g.priorYears, s.PriorYears, func(r *PriorYear) NISS { return r.NISS })
	number(g, &g.priorQuarters, s.PriorQuarters, func(r *PriorQuarter) NISS { return r.NISS })
	number(g, &g.withdrawn, s.Withdrawn, func(r *WithdrawnNotice) NISS { return r.NISS })

	ranks := g.rank()
	gather(&g.affiliates, s.Affiliates, ranks)
	gather(&g.account, s.Account, ranks)
	gather(&g.payments, s.Payments, ranks)
	gather(&g.components, s.Components, ranks)
	gather(&g.flaws, s.Flaws, ranks)
	gather(&g.interruptions, s.Interruptions, ranks)
	gather(&g.evidence, s.Evidence, ranks)
	gather(&g.priorYears, s.PriorYears, ranks)
	gather(&g.priorQuarters, s.PriorQuarters, ranks)
	gather(&g.withdrawn, s.Withdrawn, ranks)

	var c Case
	for rank, niss := range g.numbers {
		c = Case{
			NISS:          niss,
			Affiliates:    g.affiliates.of(rank),
			Account:       g.account.of(rank),
			Payments:      g.payments.of(rank),
			Components:    g.components.of(rank),
			Flaws:         g.flaws.of(rank),
			Interruptions: g.interruptions.of(rank),
			Evidence:      g.evidence.of(rank),
			PriorYears:    g.priorYears.of(rank),
			PriorQuarters: g.priorQuarters.of(rank),
			Withdrawn:     g.withdrawn.of(rank),
		}
		visit(&c)
	}
}

// number gives every row the ordinal of its national number: its position in order of first sight.
func number[Row any](g *grouper, t *grouped[Row], rows []Row, niss func(*Row) NISS) {
	t.ordinals = t.ordinals[:0]
	previous, ordinal := NISS(-1), int32(0)
	for i := range rows {
		if n := niss(&rows[i]); n != previous {
			previous, ordinal = n, g.ordinal(n)
		}
		t.ordinals = append(t.ordinals, ordinal)
	}
}

// ordinal looks a number up by open addressing, and adds it when it is new.
func (g *grouper) ordinal(n NISS) int32 {
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
func (g *grouper) slot(n NISS) int {
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

// gather brings the rows of each rank together, in their order (a counting sort).
func gather[Row any](t *grouped[Row], rows []Row, ranks []int32) {
	t.starts = append(t.starts[:0], make([]int32, len(ranks)+1)...)
	for _, ordinal := range t.ordinals {
		t.starts[ranks[ordinal]+1]++
	}
	for rank := range ranks {
		t.starts[rank+1] += t.starts[rank]
	}
	if cap(t.rows) < len(rows) {
		t.rows = make([]Row, len(rows))
	}
	t.rows = t.rows[:len(rows)]
	next := slices.Clone(t.starts)
	for i, ordinal := range t.ordinals {
		rank := ranks[ordinal]
		t.rows[next[rank]] = rows[i]
		next[rank]++
	}
}

func (t *grouped[Row]) of(rank int) []Row { return t.rows[t.starts[rank]:t.starts[rank+1]] }
