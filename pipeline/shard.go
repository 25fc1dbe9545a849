package pipeline

// Shard is the rows of a range of national numbers: what one worker holds at a time.
type Shard struct {
	Number        int // position of the range, from 0
	Affiliates    []Affiliate
	Account       []AccountQuarter
	Payments      []Payment
	Components    []Component
	Flaws         []Flaw
	Interruptions []Interruption
	PriorYears    []PriorYear
	PriorQuarters []PriorQuarter
}

// ShardRows is how many rows of the inputs a shard holds, about: 30 000 affiliates of one year.
const ShardRows = 300_000

// Plan is how the scattered rows are cut into shards.
type Plan struct {
	scatters []*Scatter
	ends     []int // the first bucket after each shard
}

// NewPlan cuts the ranges where so many rows of the inputs have come together. The cuts follow
// from the content alone, so that the files of a batch do not depend on the workers, on the order of
// rows or on their split into files.
func NewPlan(scatters []*Scatter, shardRows int) *Plan {
	p := &Plan{scatters: scatters}
	rows := 0
	for b := range bucketCount {
		for _, s := range scatters {
			for _, t := range []table{affiliateTable, accountTable, paymentTable, componentTable} {
				rows += s.buckets[t][b].rows
			}
		}
		if rows >= shardRows || b == bucketCount-1 {
			p.ends = append(p.ends, b+1)
			rows = 0
		}
	}
	return p
}

// Shards is the number of shards, at least 1.
func (p *Plan) Shards() int { return len(p.ends) }

// Load decodes a shard into the given one, whose memory is used again. A shard can be loaded once:
// its bytes are let go.
func (p *Plan) Load(number int, shard *Shard) {
	*shard = Shard{
		Number:        number,
		Affiliates:    shard.Affiliates[:0],
		Account:       shard.Account[:0],
		Payments:      shard.Payments[:0],
		Components:    shard.Components[:0],
		Flaws:         shard.Flaws[:0],
		Interruptions: shard.Interruptions[:0],
		PriorYears:    shard.PriorYears[:0],
		PriorQuarters: shard.PriorQuarters[:0],
	}
	first := 0
	if number > 0 {
		first = p.ends[number-1]
	}
	for b := first; b < p.ends[number]; b++ {
		for _, s := range p.scatters {
			shard.Affiliates = load(shard.Affiliates, s, affiliateTable, b, (*decoder).affiliate)
			shard.Account = load(shard.Account, s, accountTable, b, (*decoder).account)
			shard.Payments = load(shard.Payments, s, paymentTable, b, (*decoder).payment)
			shard.Components = load(shard.Components, s, componentTable, b, (*decoder).component)
			shard.Flaws = load(shard.Flaws, s, flawTable, b, (*decoder).flaw)
			shard.Interruptions = load(shard.Interruptions, s, interruptionTable, b, (*decoder).interruption)
			shard.PriorYears = load(shard.PriorYears, s, priorYearTable, b, (*decoder).priorYear)
			shard.PriorQuarters = load(shard.PriorQuarters, s, priorQuarterTable, b, (*decoder).priorQuarter)
		}
	}
}

// release hands over a bucket and forgets it.
func (s *Scatter) release(t table, number int) bucket {
	b := s.buckets[t][number]
	s.buckets[t][number] = bucket{}
	return b
}

// load appends the rows of a bucket.
func load[Row any](rows []Row, s *Scatter, t table, number int, decode func(*decoder, *Row)) []Row {
	b := s.release(t, number)
	start := len(rows)
	d := decoder{base: NISS(number) * bucketWidth}
	for _, chunk := range b.chunks {
		d.bytes = chunk
		for len(d.bytes) > 0 {
			if len(rows) < cap(rows) {
				rows = rows[:len(rows)+1]
			} else {
				var zero Row
				rows = append(rows, zero)
			}
			decode(&d, &rows[len(rows)-1])
		}
	}
	if len(rows)-start != b.rows {
		panic("pipeline: a bucket does not hold the rows it counted")
	}
	return rows
}
