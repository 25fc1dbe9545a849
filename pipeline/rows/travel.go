package rows

import "fmt"

// A shard travels as bytes: the rows of its ranges as they wait, piece by piece, so that nothing is decoded on the way out. A piece is the
// rows of one table and range that one scatter took between two spills; the places of its rows are relative to each other.

// shardFrame changes its version when the form of the pieces does. The form of a row is part of it.
var shardFrame = Frame{Kind: "shard", Version: 6}

// Append appends the bytes of a shard. It changes nothing: a shard can be appended and loaded as often as needed, by one goroutine for each
// buffer. An error is one of the disk.
func (p *Plan) Append(dst []byte, number int) ([]byte, error) {
	span := p.span(number)
	first, end := span.Ranges()
	framed, err := AppendRanges(BeginShard(dst, number, span), p.scatters, first, end)
	if err != nil {
		return dst, err
	}
	return append(dst, SealShard(framed[len(dst):])...), nil
}

// BeginShard appends what stands before the pieces of a shard: those of all ranges of its span, of which it may hold only slices.
func BeginShard(dst []byte, number int, span Span) []byte {
	e := Encoder{Bytes: shardFrame.Begin(dst)}
	for _, n := range []int{number, span.First, span.End} {
		e.Unsigned(uint64(n))
	}
	return e.Bytes
}

// SealShard completes the bytes of a shard, once its pieces are appended to what BeginShard gave.
func SealShard(framed []byte) []byte { return shardFrame.Seal(framed) }

// AppendRanges appends the pieces of the ranges from first up to end. An error is one of the disk.
func AppendRanges(dst []byte, scatters []*Scatter, first, end int) ([]byte, error) {
	e := Encoder{Bytes: dst}
	var fetched []byte
	var chunks [][]byte
	for _, s := range scatters {
		if s.tables == nil { // it took no row
			continue
		}
		for number := first; number < end; number++ {
			for t := range s.buckets {
				b := s.waiting(t, number)
				chunks = b.chunks(chunks)
				e.piece(t, number, int(b.rows), chunks...)
			}
		}
		for _, r := range s.runs {
			bytes, err := r.fetch(first, end, fetched)
			if err != nil {
				return dst, err
			}
			fetched = bytes
			for number := first; number < end; number++ {
				for t, p := range r.pieces[number] {
					e.piece(t, number, int(p.rows), bytes[:p.bytes])
					bytes = bytes[p.bytes:]
				}
			}
		}
	}
	return e.Bytes, nil
}

// piece writes the rows of one table and range, if there are any.
func (e *Encoder) piece(table, number, rows int, chunks ...[]byte) {
	if rows == 0 {
		return
	}
	size := 0
	for _, chunk := range chunks {
		size += len(chunk)
	}
	for _, n := range []int{table, number, rows, size} {
		e.Unsigned(uint64(n))
	}
	for _, chunk := range chunks {
		e.Bytes = append(e.Bytes, chunk...)
	}
}

// Read decodes the bytes of a shard, as Append gives them, into this one, whose memory is used again. Texts of its rows lie in the bytes.
func (s *Shard) Read(tables *Tables, framed []byte) (err error) {
	defer func() { err = shardFrame.Recovered(recover(), err) }()
	content, err := shardFrame.Open(framed)
	if err != nil {
		return err
	}
	d := Decoder{Bytes: content}
	s.Number, s.span = int(d.Unsigned()), Span{int(d.Unsigned()), int(d.Unsigned())}
	counts := make([]int, len(s.held))
	if err := eachPiece(d.Bytes, len(counts), func(p *travelled) {
		if s.span.whole(p.number) {
			counts[p.table] += p.rows
		}
	}); err != nil {
		return err
	}
	for table, h := range s.held {
		h.empty(counts[table])
	}
	return eachPiece(d.Bytes, len(counts), func(p *travelled) { s.decode(tables, p.table, p.number, p.rows, p.bytes) })
}

// travelled is a piece of a shard that travels.
type travelled struct {
	table, number, rows int
	bytes               []byte
}

// eachPiece goes through the pieces of a shard, which hold rows of so many tables.
func eachPiece(pieces []byte, tables int, take func(*travelled)) error {
	d := Decoder{Bytes: pieces}
	for len(d.Bytes) > 0 {
		p := travelled{table: int(d.Unsigned()), number: int(d.Unsigned()), rows: int(d.Unsigned())}
		size := int(d.Unsigned())
		if p.table >= tables || p.number >= bucketCount || size > len(d.Bytes) {
			return fmt.Errorf("the shard holds rows of a table or range that this program does not know")
		}
		p.bytes, d.Bytes = d.Bytes[:size:size], d.Bytes[size:]
		take(&p)
	}
	return nil
}
