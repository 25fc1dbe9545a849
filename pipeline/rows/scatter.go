package rows

import "errors"

// Rows are scattered by range of number: equal ranges of the integer; of national numbers four or five days of births each. A shard
// is at least one range, so that ranges must be small beside the largest country.
const bucketCount = 8192

// Ranges is how many there are.
const Ranges = bucketCount

// Scatter takes rows in any order and keeps them by range of number. It belongs to one goroutine; a run has one for each reader, and
// shards read from all of them.
type Scatter struct {
	Encoder Encoder // takes the row that was begun

	tables  *Tables
	buckets [][bucketCount]bucket // by table
	table   int                   // of the row that was begun
	bucket  int
	arena   arena

	limit int // bytes of memory for rows, 0 for any
	disk  Disk
	runs  []*spilled
	err   error
}

// bucket is the rows of one table and range, as encoded bytes in chunks that never move.
type bucket struct {
	chunks [][]byte
	rows   int
	last   Place // of the last row
}

// The sizes of chunks, in bytes: small ones first, since most buckets of a small fund hold little.
const (
	firstChunk = 512
	largeChunk = 16 << 10
)

func (s *Scatter) begin(k *kind, number int64) {
	if s.tables == nil {
		s.tables = k.tables
		s.buckets = make([][bucketCount]bucket, len(k.tables.list))
	}
	s.table, s.bucket = k.number, int(number/k.tables.width)
	s.Encoder.Bytes = s.Encoder.Bytes[:0]
	s.Encoder.Unsigned(uint64(number - int64(s.bucket)*k.tables.width))
}

// AddTo adds the row that was begun, as far as it is written, to a digest.
func (s *Scatter) AddTo(d *Digest) { d.AddRow(s.Encoder.Bytes, uint64(s.bucket)) }

// Place writes where the row that was begun stands.
func (s *Scatter) Place(p Place) { s.Encoder.Place(p, &s.buckets[s.table][s.bucket].last) }

// End files the row that was begun. Where that fills the memory, all rows go to disk.
func (s *Scatter) End() {
	b, row := &s.buckets[s.table][s.bucket], s.Encoder.Bytes
	last := len(b.chunks) - 1
	if last < 0 || cap(b.chunks[last])-len(b.chunks[last]) < len(row) {
		size := firstChunk
		if last >= 0 {
			size = min(cap(b.chunks[last])*2, largeChunk)
		}
		b.chunks = append(b.chunks, s.arena.alloc(max(size, len(row))))
		last++
	}
	b.chunks[last] = append(b.chunks[last], row...)
	b.rows++
	if s.limit > 0 && s.arena.taken > s.limit {
		s.overflow()
	}
}

// overflow writes the rows in memory to disk. After an error of the disk, for which the reader asks, nothing is kept any more.
func (s *Scatter) overflow() {
	if s.err == nil {
		s.err = s.spill()
	}
	if s.err != nil {
		clear(s.buckets)
		s.arena.release() // the disk's error is told
	}
}

// Close gives the memory and the files of the rows back. No shard that was loaded from the scatter may be used any more.
func (s *Scatter) Close() error {
	var errs []error
	for _, r := range s.runs {
		errs = append(errs, r.file.Close())
	}
	s.runs = nil
	return errors.Join(append(errs, s.arena.release())...)
}
