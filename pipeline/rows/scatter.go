package rows

import "errors"

// Rows are scattered by range of number: equal ranges of the integer; of national numbers a month of births each, or more. A shard is
// whole ranges, except where one range holds more than a shard should: it is then cut into slices.
const bucketCount = 8192

// Ranges is how many there are.
const Ranges = bucketCount

// Scatter takes rows in any order and keeps them by range of number. It belongs to one goroutine; a run has one for each reader, and
// shards read from all of them.
type Scatter struct {
	Encoder Encoder // takes the row that was begun

	tables  *Tables
	buckets []buckets // by table
	number  int       // of the range of the row that was begun
	slice   int       // of the same row; -1 where it does not weigh
	bucket  *bucket   // of the same row
	weights []uint32  // rows that weigh, by slice; nil of none
	arena   arena

	limit int // bytes of memory for rows, 0 for any
	disk  Disk
	runs  []*spilled
	err   error
}

// buckets are those of a table, in pages by their number: nil where no range has rows, as most of a small fund.
type buckets [bucketCount / pageBuckets]*[pageBuckets]bucket

const pageBuckets = 128

// at is the bucket of a range that gets a row.
func (b *buckets) at(number int) *bucket {
	page := &b[number/pageBuckets]
	if *page == nil {
		*page = new([pageBuckets]bucket)
	}
	return &(*page)[number%pageBuckets]
}

// bucket is the rows of one table and range, as encoded bytes in chunks that never move. Rows of many ranges come one after the other: what
// each of them touches lies together, and is small.
type bucket struct {
	open []byte    // the chunk that takes the next row
	full *[][]byte // those before it; nil: none
	row  int64     // place of the last row
	file int32
	rows uint32
}

// chunks are all of the bucket, in memory that is used again.
func (b *bucket) chunks(memory [][]byte) [][]byte {
	memory = memory[:0]
	if b.full != nil {
		memory = append(memory, *b.full...)
	}
	if b.open != nil {
		memory = append(memory, b.open)
	}
	return memory
}

// grow opens a chunk with room for so many bytes.
func (b *bucket) grow(a *arena, bytes int) {
	size := firstChunk
	if b.open != nil {
		size = min(cap(b.open)*2, largeChunk)
		if b.full == nil {
			b.full = new([][]byte)
		}
		*b.full = append(*b.full, b.open)
	}
	b.open = a.alloc(max(size, bytes))
}

// The sizes of chunks, in bytes: small ones first, since most buckets of a small fund hold little.
const (
	firstChunk = 512
	largeChunk = 16 << 10
)

func (s *Scatter) begin(k *kind, number int64) {
	if s.tables == nil {
		s.tables = k.tables
		s.buckets = make([]buckets, len(k.tables.list))
	}
	s.number = int(number / k.tables.width)
	s.bucket = s.buckets[k.number].at(s.number)
	within := number - int64(s.number)*k.tables.width
	if s.slice = -1; k.heavy {
		s.slice = s.number*slicesOfRange + int(within/k.tables.slice)
	}
	s.Encoder.Bytes = s.Encoder.Bytes[:0]
	s.Encoder.Unsigned(uint64(within))
}

// noRows is the bucket of a table that has no rows. It is only read.
var noRows bucket

// waiting are the rows of a table and range that wait in memory.
func (s *Scatter) waiting(table, number int) *bucket {
	page := s.buckets[table][number/pageBuckets]
	if page == nil {
		return &noRows
	}
	return &page[number%pageBuckets]
}

// AddTo adds the row that was begun, as far as it is written, to a digest.
func (s *Scatter) AddTo(d *Digest) { d.AddRow(s.Encoder.Bytes, uint64(s.number)) }

// Place writes where the row that was begun stands.
func (s *Scatter) Place(p Place) {
	last := Place{s.bucket.file, s.bucket.row}
	s.Encoder.Place(p, &last)
	s.bucket.file, s.bucket.row = p.File, p.Row
}

// End files the row that was begun. Where that fills the memory, all rows go to disk.
func (s *Scatter) End() {
	b, row := s.bucket, s.Encoder.Bytes
	if cap(b.open)-len(b.open) < len(row) {
		b.grow(&s.arena, len(row))
	}
	b.open = append(b.open, row...)
	b.rows++
	if s.slice >= 0 {
		if s.weights == nil {
			s.weights = make([]uint32, Slices)
		}
		s.weights[s.slice]++
	}
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
