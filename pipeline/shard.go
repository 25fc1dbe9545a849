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
	Evidence      []Evidence
	PriorYears    []PriorYear
	PriorQuarters []PriorQuarter
	Withdrawn     []WithdrawnNotice

	fetched [][]byte // rows that waited on disk
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
			for _, t := range []table{affiliateTable, accountTable, paymentTable, componentTable, evidenceTable} {
				rows += s.rows(t, b)
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
// its bytes are let go. An error is one of the disk.
func (p *Plan) Load(number int, shard *Shard) error {
	*shard = Shard{
		Number:        number,
		Affiliates:    shard.Affiliates[:0],
		Account:       shard.Account[:0],
		Payments:      shard.Payments[:0],
		Components:    shard.Components[:0],
		Flaws:         shard.Flaws[:0],
		Interruptions: shard.Interruptions[:0],
		Evidence:      shard.Evidence[:0],
		PriorYears:    shard.PriorYears[:0],
		PriorQuarters: shard.PriorQuarters[:0],
		Withdrawn:     shard.Withdrawn[:0],
		fetched:       shard.fetched,
	}
	first := 0
	if number > 0 {
		first = p.ends[number-1]
	}
	end, next := p.ends[number], 0
	for _, s := range p.scatters {
		for b := first; b < end; b++ {
			shard.take(s, b)
		}
		for _, r := range s.runs {
			if next == len(shard.fetched) {
				shard.fetched = append(shard.fetched, nil)
			}
			bytes, err := r.fetch(first, end, shard.fetched[next])
			if err != nil {
				return err
			}
			shard.fetched[next] = bytes
			shard.takeRun(r, first, end, bytes)
			next++
		}
	}
	return nil
}

// take decodes the rows of a bucket that wait in memory, and lets them go.
func (s *Shard) take(from *Scatter, number int) {
	for t := range tableCount {
		b := from.buckets[t][number]
		from.buckets[t][number] = bucket{}
		s.decode(t, number, b.rows, b.chunks...)
	}
}

// takeRun decodes the rows of some buckets that waited on disk.
func (s *Shard) takeRun(r *spilled, first, end int, bytes []byte) {
	for number := first; number < end; number++ {
		for t := range tableCount {
			p := r.pieces[number][t]
			s.decode(t, number, int(p.rows), bytes[:p.bytes:p.bytes])
			bytes = bytes[p.bytes:]
		}
	}
}

// decode appends the rows of one table and bucket.
func (s *Shard) decode(t table, number, rows int, chunks ...[]byte) {
	if rows == 0 {
		return
	}
	d := decoder{base: NISS(number) * bucketWidth}
	switch t {
	case affiliateTable:
		s.Affiliates = decodeRows(s.Affiliates, &d, rows, chunks, (*decoder).affiliate)
	case accountTable:
		s.Account = decodeRows(s.Account, &d, rows, chunks, (*decoder).account)
	case paymentTable:
		s.Payments = decodeRows(s.Payments, &d, rows, chunks, (*decoder).payment)
	case componentTable:
		s.Components = decodeRows(s.Components, &d, rows, chunks, (*decoder).component)
	case flawTable:
		s.Flaws = decodeRows(s.Flaws, &d, rows, chunks, (*decoder).flaw)
	case interruptionTable:
		s.Interruptions = decodeRows(s.Interruptions, &d, rows, chunks, (*decoder).interruption)
	case evidenceTable:
		s.Evidence = decodeRows(s.Evidence, &d, rows, chunks, (*decoder).evidence)
	case priorYearTable:
		s.PriorYears = decodeRows(s.PriorYears, &d, rows, chunks, (*decoder).priorYear)
	case priorQuarterTable:
		s.PriorQuarters = decodeRows(s.PriorQuarters, &d, rows, chunks, (*decoder).priorQuarter)
	case withdrawnNoticeTable:
		s.Withdrawn = decodeRows(s.Withdrawn, &d, rows, chunks, (*decoder).withdrawnNotice)
	}
}

// decodeRows appends so many rows.
func decodeRows[Row any](rows []Row, d *decoder, number int, chunks [][]byte, decode func(*decoder, *Row)) []Row {
	start := len(rows)
	for _, chunk := range chunks {
		d.bytes = chunk
		for len(d.bytes) > 0 {
			if len(rows) < cap(rows) {
				rows = rows[:len(rows)+1]
			} else {
				var zero Row
				rows = append(rows, zero)
			}
			decode(d, &rows[len(rows)-1])
		}
	}
	if len(rows)-start != number {
		panic("pipeline: a bucket does not hold the rows it counted")
	}
	return rows
}
