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
func (s *Scatter) Place(p Place) { s.Encoder.Place(p, &s.bucket.last) }

// End files the row that was begun. Where that fills the memory, all rows go to disk.
func (s *Scatter) End() {
	b, row := s.bucket, s.Encoder.Bytes
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
