package outgoing

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"slices"
	"sync"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/writers/notice"
	"regul/writers/notice/index"
)

// outboxFolder is where an outbox keeps its files while a batch is built.
const outboxFolder = batch.Building + "/.outbox"

// Outbox keeps the settlements that leave the fund until every shard is settled: letters go out in the order of language
// and postcode, payments in that of national numbers. The settlements wait on disk; what is kept of each in memory
// is where it lies and its order. It implements pipeline.Sink.
type Outbox struct {
	Storage storage.Storage
	Press   *notice.Press // says which letters can be posted; nil: there are none
	mutex   sync.Mutex
	Items   []item
	copies  []item             // for solidary debtors, of letters among Items: nothing else leaves by them
	files   []storage.ReadFile // of the shards, once sealed
}

// Outgoing is where the settlement of an affiliate waits.
type item struct {
	number   int64
	Language pipeline.Language
	reason   index.Reason // why the letter can't be posted
	postcode [postcodeOrder]byte
	silent   bool // nobody is told: something that was held may leave, or a collection is void
	frees    bool // something that was held may leave
	refunds  bool // something is to be paid out
	copied   bool // a copy for the solidary debtor
	shard    int32
	offset   int64
	size     int32
}

// postcodeOrder is how many places of a postcode count for the order of letters, in bytes.
const postcodeOrder = 8

// unposted says whether the letter can't be posted.
func (o *item) unposted() bool { return o.reason != index.Posted }

// Shard opens the file of a shard.
func (o *Outbox) Shard(number int) (pipeline.ShardResults, error) {
	file, err := batch.CreateTemporary(o.Storage, outboxFile(number))
	if err != nil {
		return nil, err
	}
	return &outboxShard{outbox: o, number: int32(number), file: file}, nil
}

func outboxFile(number int) string { return path.Join(outboxFolder, fmt.Sprintf("shard-%05d", number)) }

// outboxShard fills the file of one shard. It belongs to one goroutine.
type outboxShard struct {
	outbox *Outbox
	number int32
	file   io.WriteCloser
	offset int64
	items  []item
	copies []item
	bytes  []byte
}

// Settlement keeps the settlement of somebody who must be told, whose refund an earlier batch held, or of whom a collection is void; the
// others are let go.
func (s *outboxShard) Settlement(settled *pipeline.Settlement) {
	told := settled.Notable()
	if !told && len(settled.Freed)+len(settled.Void) == 0 {
		return
	}
	s.bytes = pipeline.AppendSettlement(s.bytes[:0], settled)
	item := item{number: settled.Party.Number, Language: settled.Party.Language, shard: s.number, offset: s.offset,
		size: int32(len(s.bytes)), silent: !told, frees: len(settled.Freed) > 0,
		refunds: slices.ContainsFunc(settled.Years, func(y pipeline.SettledYear) bool { return y.Payout() > 0 })}
	if s.outbox.Press != nil && told {
		item.reason = s.outbox.Press.Postable(item.Language, &settled.Party.Contact)
	}
	copy(item.postcode[:], settled.Party.Contact.Postcode)
	s.items = append(s.items, item)
	if c := &settled.Party.Contact; told && settled.WantsCopy() {
		item.copied, item.postcode = true, [postcodeOrder]byte{}
		copy(item.postcode[:], c.Copy.Postcode)
		if contact := c.CopyContact(); s.outbox.Press != nil {
			item.reason = s.outbox.Press.Postable(item.Language, &contact)
		}
		s.copies = append(s.copies, item)
	}
	s.offset += int64(len(s.bytes))
	s.file.Write(s.bytes) // Close tells the first error
}

// Balances are no letters.
func (s *outboxShard) Balances([]pipeline.Balance) {}

// Close completes the file.
func (s *outboxShard) Close() error {
	if err := s.file.Close(); err != nil {
		return err
	}
	s.outbox.mutex.Lock()
	defer s.outbox.mutex.Unlock()
	s.outbox.Items = append(s.outbox.Items, s.items...)
	s.outbox.copies = append(s.outbox.copies, s.copies...)
	return nil
}

// Seal opens the files of all shards for reading.
func (o *Outbox) Seal(shards int) error {
	for number := range shards {
		file, err := o.Storage.Open(outboxFile(number))
		if err != nil {
			return err
		}
		o.files = append(o.files, file)
	}
	return nil
}

// Remove closes and removes the files.
func (o *Outbox) Remove() error {
	var errs []error
	for _, file := range o.files {
		errs = append(errs, file.Close())
	}
	o.files = nil
	return errors.Join(append(errs, o.Storage.Remove(outboxFolder))...)
}

// inNumberOrder lists what waits by national number.
func (o *Outbox) inNumberOrder() []item {
	return slices.SortedFunc(slices.Values(o.Items), func(a, b item) int { return compareNumbers(&a, &b) })
}

// thatFree lists those of a list of whom something may leave that was held.
func thatFree(list []item) []item {
	return slices.DeleteFunc(slices.Clone(list), func(o item) bool { return !o.frees })
}

// letters are those who are told, and the copies.
func (o *Outbox) letters() []item {
	return append(slices.DeleteFunc(slices.Clone(o.Items), func(o item) bool { return o.silent }), o.copies...)
}

// inPostOrder lists who is told by language, what can't be posted last, then by postcode, then by national number, a copy last.
func (o *Outbox) inPostOrder() []item {
	return slices.SortedFunc(slices.Values(o.letters()), func(a, b item) int {
		return cmp.Or(cmp.Compare(a.Language, b.Language), LastIf(a.unposted(), b.unposted()), bytes.Compare(a.postcode[:], b.postcode[:]),
			compareNumbers(&a, &b), LastIf(a.copied, b.copied))
	})
}

// compareNumbers orders by number, then as they were settled: by year.
func compareNumbers(a, b *item) int {
	return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.shard, b.shard), cmp.Compare(a.offset, b.offset))
}

// LastIf orders what is so behind what is not.
func LastIf(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// settlements reads what waits, in the order of the list. Each is valid until the next; an error ends it.
func (o *Outbox) settlements(list []item) iter.Seq2[*pipeline.Settlement, error] {
	return func(yield func(*pipeline.Settlement, error) bool) {
		var reader pipeline.SettlementReader
		var buffer []byte
		for _, item := range list {
			buffer = slices.Grow(buffer[:0], int(item.size))[:item.size]
			_, err := o.files[item.shard].ReadAt(buffer, item.offset)
			var s *pipeline.Settlement
			if err == nil {
				s, err = reader.Read(buffer)
			}
			if err != nil {
				err = fmt.Errorf("%s: %w", outboxFile(int(item.shard)), err)
			}
			if !yield(s, err) || err != nil {
				return
			}
		}
	}
}
