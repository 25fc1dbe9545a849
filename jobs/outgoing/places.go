package outgoing

import (
	"fmt"

	"regul/jobs/batch"
	"regul/pipeline"
	"regul/pipeline/rows"
	"regul/writers/notice/index"
)

// placesFrame is of where the settlements of a shard wait.
var placesFrame = rows.Frame{Kind: "places", Version: 1}

// placesOf is the name of the places of a file of settlements.
func placesOf(file string) string { return file + ".places" }

// places are the items of a shard.
func (o *Outbox) places(shard int) (list []item, err error) {
	name := placesOf(o.file(shard))
	defer func() {
		if err = placesFrame.Recovered(recover(), err); err != nil {
			err = fmt.Errorf("%s: %w", name, err)
		}
	}()
	framed, err := batch.ReadBytes(o.Storage, name)
	if err != nil {
		return nil, err
	}
	content, err := placesFrame.Open(framed)
	if err != nil {
		return nil, err
	}
	d := rows.Decoder{Bytes: content}
	list = make([]item, d.Unsigned())
	last := item{}
	for i := range list {
		list[i].decode(&d, &last)
		list[i].shard, last = int32(shard), list[i]
	}
	return list, nil
}

// encodeItems are the items of a shard as bytes.
func encodeItems(list []item) []byte {
	e := rows.Encoder{Bytes: placesFrame.Begin(nil)}
	e.Unsigned(uint64(len(list)))
	last := &item{}
	for i := range list {
		list[i].encode(&e, last)
		last = &list[i]
	}
	return placesFrame.Seal(e.Bytes)
}

// The flags of an item as bits.
const (
	silentBit = 1 << iota
	freesBit
	refundsBit
	copiedBit
)

// encode writes an item but its shard; number and offset are near those of the one before.
func (o *item) encode(e *rows.Encoder, last *item) {
	flags := uint64(0)
	for _, flag := range []struct {
		is  bool
		bit uint64
	}{{o.silent, silentBit}, {o.frees, freesBit}, {o.refunds, refundsBit}, {o.copied, copiedBit}} {
		if flag.is {
			flags |= flag.bit
		}
	}
	e.Signed(o.number - last.number)
	e.Unsigned(flags)
	e.Unsigned(uint64(o.language))
	e.Unsigned(uint64(o.reason))
	e.Bytes = append(e.Bytes, o.postcode[:]...)
	e.Signed(o.offset - last.offset)
	e.Unsigned(uint64(o.size))
	e.Unsigned(uint64(o.digest))
}

func (o *item) decode(d *rows.Decoder, last *item) {
	o.number = last.number + d.Signed()
	flags := d.Unsigned()
	o.silent, o.frees, o.refunds, o.copied = flags&silentBit != 0, flags&freesBit != 0, flags&refundsBit != 0, flags&copiedBit != 0
	o.language, o.reason = pipeline.Language(d.Unsigned()), index.Reason(d.Unsigned())
	copy(o.postcode[:], d.Bytes[:postcodeOrder])
	d.Bytes = d.Bytes[postcodeOrder:]
	o.offset = last.offset + d.Signed()
	o.size, o.digest = int32(d.Unsigned()), uint32(d.Unsigned())
}

// counts are how much waits.
type counts struct {
	letters     int64 // copies as well
	frees       bool  // something that was held may leave
	notPostable map[string]int64
	cells       map[cell]int
}

func (c *counts) count(o *item) {
	c.frees = c.frees || o.frees && !o.copied
	if o.silent {
		return
	}
	c.letters++
	c.cells[o.cell()]++
	if o.unposted() {
		c.notPostable[o.reason.String()]++
	}
}

// Letters is how many letters wait, once the outbox is sealed.
func (o *Outbox) Letters() int64 { return o.counts.letters }

// NotPostable counts the letters that can't be posted, by reason.
func (o *Outbox) NotPostable() map[string]int64 { return o.counts.notPostable }
