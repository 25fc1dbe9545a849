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
		base := NISS(b) * bucketWidth
		for _, s := range p.scatters {
			shard.Affiliates = load(shard.Affiliates, s.release(affiliateTable, b), func(d *decoder, a *Affiliate) {
				a.NISS = base + NISS(d.unsigned())
				d.affiliate(a)
				a.Place = d.place()
			})
			shard.Account = load(shard.Account, s.release(accountTable, b), func(d *decoder, a *AccountQuarter) {
				a.NISS = base + NISS(d.unsigned())
				d.account(a)
				a.Place = d.place()
			})
			shard.Payments = load(shard.Payments, s.release(paymentTable, b), func(d *decoder, y *Payment) {
				y.NISS = base + NISS(d.unsigned())
				d.payment(y)
				y.Place = d.place()
			})
			shard.Components = load(shard.Components, s.release(componentTable, b), func(d *decoder, c *Component) {
				c.NISS = base + NISS(d.unsigned())
				d.component(c)
				c.Place = d.place()
			})
			shard.Flaws = load(shard.Flaws, s.release(flawTable, b), func(d *decoder, f *Flaw) {
				f.NISS = base + NISS(d.unsigned())
				d.flaw(f)
			})
			shard.Interruptions = load(shard.Interruptions, s.release(interruptionTable, b), func(d *decoder, i *Interruption) {
				i.NISS = base + NISS(d.unsigned())
				d.interruption(i)
				i.Place = d.place()
			})
			shard.PriorYears = load(shard.PriorYears, s.release(priorYearTable, b), func(d *decoder, y *PriorYear) {
				y.NISS = base + NISS(d.unsigned())
				d.priorYear(y)
			})
			shard.PriorQuarters = load(shard.PriorQuarters, s.release(priorQuarterTable, b), func(d *decoder, q *PriorQuarter) {
				q.NISS = base + NISS(d.unsigned())
				d.priorQuarter(q)
			})
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
func load[Row any](rows []Row, b bucket, decode func(*decoder, *Row)) []Row {
	start := len(rows)
	for _, chunk := range b.chunks {
		d := decoder{chunk}
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
