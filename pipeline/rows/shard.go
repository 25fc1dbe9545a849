package rows

// Shard is the rows of a range of numbers: what one worker holds at a time. Its memory is used again for the next one.
type Shard struct {
	Number int // position of the range, from 0

	span    Span     // of its rows
	held    []held   // by table
	fetched [][]byte // rows that waited on disk
	chunks  [][]byte // of the bucket that is being decoded
	grouper grouper
}

// NewShard makes an empty shard.
func NewShard(tables *Tables) *Shard {
	s := &Shard{}
	for _, t := range tables.list {
		s.held = append(s.held, t.held())
	}
	return s
}

// Borrow gives a shard for one that travels: one that was returned, or an empty one.
func (t *Tables) Borrow() *Shard {
	if s, ok := t.idle.Get().(*Shard); ok {
		return s
	}
	return NewShard(t)
}

// Return gives a shard back of which nothing is used any more: the next one has its memory.
func (t *Tables) Return(s *Shard) { t.idle.Put(s) }

// Plan is how scattered rows are cut into shards.
type Plan struct {
	tables   *Tables
	scatters []*Scatter
	ends     []int // the first slice after each shard
}

// NewPlan cuts the ranges where so many rows of the tables that weigh have come together. The cuts follow
// from the content alone, so that the files of a batch do not depend on the workers, on the order of
// rows or on their split into files.
func NewPlan(tables *Tables, scatters []*Scatter, shardRows int) *Plan {
	p := &Plan{tables: tables}
	for _, s := range scatters {
		if s.tables != nil { // it took a row
			p.scatters = append(p.scatters, s)
		}
	}
	p.ends = Cut(Weights(p.scatters), shardRows)
	return p
}

// RangeOf is the range in which the rows of a number wait.
func (t *Tables) RangeOf(number int64) int { return int(number / t.width) }

// NewShard makes an empty shard for the plan's tables.
func (p *Plan) NewShard() *Shard { return NewShard(p.tables) }

// Shards is the number of shards, at least 1.
func (p *Plan) Shards() int { return len(p.ends) }

// span are the slices of a shard.
func (p *Plan) span(number int) Span { return SpanOf(p.ends, number) }

// Load decodes a shard into the given one, whose memory is used again. The waiting rows stay: a shard can be loaded as often as needed,
// until the scatters are closed. An error is one of the disk.
func (p *Plan) Load(number int, shard *Shard) error {
	shard.Number = number
	shard.span = p.span(number)
	for t, h := range shard.held {
		h.empty(p.rows(t, shard.span))
	}
	first, end := shard.span.Ranges()
	next := 0
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
			shard.takeRun(p.tables, r, first, end, bytes)
			next++
		}
	}
	return nil
}

// rows is how many rows of a table wait in the ranges that a span holds whole.
func (p *Plan) rows(table int, span Span) (rows int) {
	first, end := span.Ranges()
	for _, s := range p.scatters {
		for b := first; b < end; b++ {
			if span.whole(b) {
				rows += s.rows(table, b)
			}
		}
	}
	return rows
}

// take decodes the rows of a bucket that wait in memory.
func (s *Shard) take(from *Scatter, number int) {
	for t := range s.held {
		b := from.waiting(t, number)
		s.chunks = b.chunks(s.chunks)
		s.decode(from.tables, t, number, int(b.rows), s.chunks...)
	}
}

// takeRun decodes the rows of some buckets that waited on disk.
func (s *Shard) takeRun(tables *Tables, r *spilled, first, end int, bytes []byte) {
	for number := first; number < end; number++ {
		for t, p := range r.pieces[number] {
			s.decode(tables, t, number, int(p.rows), bytes[:p.bytes:p.bytes])
			bytes = bytes[p.bytes:]
		}
	}
}

// decode appends the rows of one table and bucket.
func (s *Shard) decode(tables *Tables, t, number, rows int, chunks ...[]byte) {
	if rows == 0 {
		return
	}
	d := Decoder{base: int64(number) * tables.width}
	s.held[t].decode(&d, rows, tables.only(s.span, number), chunks)
}
