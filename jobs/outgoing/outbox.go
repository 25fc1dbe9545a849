package outgoing

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"slices"
	"sync"

	"github.com/zeebo/xxh3"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/writers/notice"
	"regul/writers/notice/index"
)

// outboxFolder is where an outbox keeps its files while a batch is built.
const outboxFolder = batch.Building + "/.outbox"

// Outbox keeps the settlements that leave the fund until every shard is settled: letters go out in the order of language
// and postcode, payments in that of national numbers. The settlements of a shard wait in a file, and where each lies in it, with its order,
// in another one: in memory is what a step works on. It implements pipeline.Sink.
type Outbox struct {
	Storage storage.Storage
	Press   *notice.Press   // says which letters can be posted; nil: there are none
	Lasting string          // the folder of files that other processes read; "" is one of this process, which goes with the outbox
	Near    storage.Storage // of a lasting outbox: where this process may have files

	shards int // once sealed
	counts counts
	mutex  sync.Mutex
	open   map[string]storage.ReadFile
	nears  int // files of this process to which settlements were brought
}

// item is where the settlement of somebody waits.
type item struct {
	number   int64
	language pipeline.Language
	reason   index.Reason // why the letter can't be posted
	postcode [postcodeOrder]byte
	silent   bool // nobody is told: something that was held may leave, or a collection is void
	frees    bool // something that was held may leave
	refunds  bool // something is to be paid out
	copied   bool // a copy for the solidary debtor, of a letter that is there: nothing else leaves by it
	shard    int32
	size     int32
	digest   uint32 // of its bytes
	offset   int64
}

// postcodeOrder is how many places of a postcode count for the order of letters, in bytes.
const postcodeOrder = 8

// unposted says whether the letter can't be posted.
func (o *item) unposted() bool { return o.reason != index.Posted }

// Shard opens the files of a shard.
func (o *Outbox) Shard(number int) (pipeline.ShardResults, error) {
	file, err := o.create(o.file(number))
	if err != nil {
		return nil, err
	}
	return &outboxShard{outbox: o, number: int32(number), file: file}, nil
}

func (o *Outbox) create(name string) (io.WriteCloser, error) {
	if o.Lasting != "" {
		return batch.CreateObject(o.Storage, name)
	}
	return batch.CreateTemporary(o.Storage, name)
}

// file is the name of the settlements of a shard.
func (o *Outbox) file(number int) string {
	return path.Join(cmp.Or(o.Lasting, outboxFolder), fmt.Sprintf("shard-%05d", number))
}

// outboxShard fills the files of one shard. It belongs to one goroutine.
type outboxShard struct {
	outbox *Outbox
	number int32
	file   io.WriteCloser
	offset int64
	items  []item
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
	item := item{number: settled.Party.Number, language: settled.Party.Language, shard: s.number, offset: s.offset,
		size: int32(len(s.bytes)), digest: uint32(xxh3.Hash(s.bytes)), silent: !told, frees: len(settled.Freed) > 0,
		refunds: slices.ContainsFunc(settled.Years, func(y pipeline.SettledYear) bool { return y.Payout() > 0 })}
	if s.outbox.Press != nil && told {
		item.reason = s.outbox.Press.Postable(item.language, &settled.Party.Contact)
	}
	copy(item.postcode[:], settled.Party.Contact.Postcode)
	s.items = append(s.items, item)
	if c := &settled.Party.Contact; told && settled.WantsCopy() {
		item.copied, item.postcode = true, [postcodeOrder]byte{}
		copy(item.postcode[:], c.Copy.Postcode)
		if contact := c.CopyContact(); s.outbox.Press != nil {
			item.reason = s.outbox.Press.Postable(item.language, &contact)
		}
		s.items = append(s.items, item)
	}
	s.offset += int64(len(s.bytes))
	s.file.Write(s.bytes) // Close tells the first error
}

// Balances are no letters.
func (s *outboxShard) Balances([]pipeline.Balance) {}

// Close completes the files.
func (s *outboxShard) Close() error {
	if err := s.file.Close(); err != nil {
		return err
	}
	file, err := s.outbox.create(placesOf(s.outbox.file(int(s.number))))
	if err != nil {
		return err
	}
	_, err = file.Write(encodeItems(s.items))
	return errors.Join(err, file.Close())
}

// Seal counts what waits, once all shards are there.
func (o *Outbox) Seal(shards int) error {
	o.shards, o.counts = shards, counts{cells: map[cell]int{}, notPostable: map[string]int64{}}
	for item, err := range o.items(nil) {
		if err != nil {
			return err
		}
		o.counts.count(item)
	}
	return nil
}

// Remove closes the files, and removes those of this process.
func (o *Outbox) Remove() error {
	var errs []error
	for _, file := range o.open {
		errs = append(errs, file.Close())
	}
	o.open = nil
	if o.Lasting == "" {
		errs = append(errs, o.Storage.Remove(outboxFolder))
	}
	for ; o.nears > 0; o.nears-- {
		errs = append(errs, o.Near.Remove(nearFile(o.nears)))
	}
	return errors.Join(errs...)
}

// items are what waits of all shards, without what a filter leaves out: in the order of national numbers, and of one number as it was
// settled. An error ends them. An item is valid until the next.
func (o *Outbox) items(keep func(*item) bool) iter.Seq2[*item, error] {
	return func(yield func(*item, error) bool) {
		last := int64(0)
		for number := range o.shards {
			list, err := o.places(number)
			for i := range list {
				one := &list[i]
				if one.number < last {
					err = fmt.Errorf("%s is not in the order of numbers", o.file(number))
					break
				}
				last = one.number
				if (keep == nil || keep(one)) && !yield(one, nil) {
					return
				}
			}
			if err != nil {
				yield(nil, err)
				return
			}
		}
	}
}

// settlements reads what waits, in the order of the items. Each is valid until the next; an error ends it.
func (o *Outbox) settlements(items iter.Seq2[*item, error]) iter.Seq2[*pipeline.Settlement, error] {
	return func(yield func(*pipeline.Settlement, error) bool) {
		var reader pipeline.SettlementReader
		var buffer []byte
		for item, err := range items {
			var s *pipeline.Settlement
			if err == nil {
				buffer, err = o.read(buffer[:0], item)
			}
			if err == nil {
				s, err = reader.Read(buffer)
			}
			if !yield(s, err) || err != nil {
				return
			}
		}
	}
}

// read appends the bytes of what waits.
func (o *Outbox) read(dst []byte, item *item) ([]byte, error) {
	in, name := o.Storage, o.file(int(item.shard))
	if item.shard < 0 {
		in, name = o.Near, nearFile(-int(item.shard))
	}
	file, err := o.opened(in, name)
	if err != nil {
		return dst, err
	}
	from := len(dst)
	dst = slices.Grow(dst, int(item.size))[:from+int(item.size)]
	if n, err := file.ReadAt(dst[from:], item.offset); n < int(item.size) {
		return dst, fmt.Errorf("%s: %w", name, err)
	}
	if uint32(xxh3.Hash(dst[from:])) != item.digest {
		return dst, fmt.Errorf("%s is damaged: what it holds is not what was written", name)
	}
	return dst, nil
}

// opened is a file, which stays open until the outbox goes.
func (o *Outbox) opened(in storage.Storage, name string) (file storage.ReadFile, err error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if file = o.open[name]; file != nil {
		return file, nil
	}
	if file, err = in.Open(name); err != nil {
		return nil, err
	}
	if o.open == nil {
		o.open = map[string]storage.ReadFile{}
	}
	o.open[name] = file
	return file, nil
}
