package pipeline

import (
	"errors"

	"regul/pipeline/money"
)

// Rows are scattered by national-number range: equal ranges of the integer, four or five days of births each. A shard is at
// least one range, so that ranges must be small beside the largest country.
const (
	bucketCount = 8192
	bucketWidth = maxNISS/bucketCount + 1
)

// table is one kind of row that waits for its shard.
type table uint8

const (
	affiliateTable table = iota
	accountTable
	paymentTable
	componentTable
	flawTable
	interruptionTable
	evidenceTable
	priorYearTable
	priorQuarterTable
	withdrawnNoticeTable
	tableCount
)

// Scatter takes the rows of one reader, in any order, and keeps them by national-number range. It
// belongs to one goroutine; a run has one for each reader, and shards read from all of them.
type Scatter struct {
	Contacts bool // keep the contacts of affiliates: letters and payments need them

	Read    [InputCount]Tally  // every row that was read, whatever its fate
	Digests [InputCount]Digest // of every row that was read
	Rejects []Reject           // rows that could not be read
	Fates   [InputCount]Fates  // of the rows that never reach a shard
	buckets [tableCount][bucketCount]bucket
	arena   arena
	encoder encoder
	unread  int // bytes of rows that could not be read

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

// append adds a row to a bucket. Where that fills the memory, all rows go to disk.
func (s *Scatter) append(b *bucket, row []byte) {
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
		s.buckets = [tableCount][bucketCount]bucket{}
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

// begin starts the row of a national number; its bucket is returned.
func (s *Scatter) begin(niss NISS) int {
	number := int(niss / bucketWidth)
	s.encoder.bytes = s.encoder.bytes[:0]
	s.encoder.unsigned(uint64(niss - NISS(number)*bucketWidth))
	return number
}

// take files the row of an input: into its bucket, and into the input's digest and count.
func (s *Scatter) take(input Input, t table, bucket int, place Place) {
	s.count(input, t, bucket, place)
	s.append(&s.buckets[t][bucket], s.encoder.bytes)
}

// count takes the row into the input's digest and count, and adds its place to it.
func (s *Scatter) count(input Input, t table, bucket int, place Place) {
	s.Digests[input].addRow(s.encoder.bytes, uint64(bucket))
	s.Read[input].Rows++
	s.encoder.place(place, &s.buckets[t][bucket].last)
}

// Affiliate takes a row of the register.
func (s *Scatter) Affiliate(a *Affiliate) {
	bucket := s.begin(a.NISS)
	s.encoder.affiliate(a)
	s.count(Affiliates, affiliateTable, bucket, a.Place)
	s.encoder.contact(&a.Contact, s.Contacts)
	s.append(&s.buckets[affiliateTable][bucket], s.encoder.bytes)
}

// Account takes a row of the account.
func (s *Scatter) Account(a *AccountQuarter) {
	bucket := s.begin(a.NISS)
	s.encoder.account(a)
	s.take(Account, accountTable, bucket, a.Place)
}

// Payment takes a row of the payments.
func (s *Scatter) Payment(p *Payment) {
	bucket := s.begin(p.NISS)
	s.encoder.payment(p)
	s.take(Payments, paymentTable, bucket, p.Place)
}

// Component takes a row of the revenue.
func (s *Scatter) Component(c *Component) {
	bucket := s.begin(c.NISS)
	s.encoder.component(c)
	s.Read[Revenue].Income += c.Income
	s.take(Revenue, componentTable, bucket, c.Place)
}

// Interruption takes a row of the interruptions.
func (s *Scatter) Interruption(i *Interruption) {
	bucket := s.begin(i.NISS)
	s.encoder.interruption(i)
	s.take(Interruptions, interruptionTable, bucket, i.Place)
}

// Evidence takes a row of the evidence.
func (s *Scatter) Evidence(e *Evidence) {
	bucket := s.begin(e.NISS)
	s.encoder.evidence(e)
	s.take(EvidenceInput, evidenceTable, bucket, e.Place)
}

// maxUnread is how many bytes of rows that could not be read a scatter keeps; further ones are read again when they are
// published.
const maxUnread = 16 << 20

// Unread is a row that could not be read: its text and its national number, both as they came.
type Unread struct{ Text, NISS string }

// Reject takes a row that could not be read, with its text and its national number as they came: it is counted and
// digested by its text; and if the number is one, what the row may have belonged to is held back. Income in
// cents, 0 when it could not be read.
func (s *Scatter) Reject(r Reject, flaw Flaw, text, niss []byte, income money.Cents) {
	s.Digests[r.Input].addRow(text, uint64(r.Code))
	s.Read[r.Input].Rows++
	s.Read[r.Input].Income += income
	s.Fates[r.Input].count(Rejected, income)
	if s.unread += len(text); s.unread <= maxUnread {
		r.Row = Unread{string(text), string(niss)}
	}
	s.Rejects = append(s.Rejects, r)
	if flaw.NISS == 0 {
		return
	}
	bucket := s.begin(flaw.NISS)
	s.encoder.flaw(&flaw)
	s.append(&s.buckets[flawTable][bucket], s.encoder.bytes)
}

// PriorYear takes a regularisation of an earlier batch.
func (s *Scatter) PriorYear(p *PriorYear) {
	bucket := s.begin(p.NISS)
	s.encoder.priorYear(p)
	s.append(&s.buckets[priorYearTable][bucket], s.encoder.bytes)
}

// PriorQuarter takes a quarter of an earlier batch.
func (s *Scatter) PriorQuarter(p *PriorQuarter) {
	bucket := s.begin(p.NISS)
	s.encoder.priorQuarter(p)
	s.append(&s.buckets[priorQuarterTable][bucket], s.encoder.bytes)
}

// WithdrawnNotice takes a notice of a batch that was withdrawn.
func (s *Scatter) WithdrawnNotice(w *WithdrawnNotice) {
	bucket := s.begin(w.NISS)
	s.encoder.withdrawnNotice(w)
	s.append(&s.buckets[withdrawnNoticeTable][bucket], s.encoder.bytes)
}
