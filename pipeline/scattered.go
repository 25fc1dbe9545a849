package pipeline

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"

	"regul/pipeline/rows"
)

// What a task has read travels too: what it took, and the names that may conflict. The rows themselves travel range by range, see
// rows.AppendRanges.

// sizedTaken is the part of Taken that has a fixed size.
type sizedTaken struct {
	Read    [InputCount]rows.Tally
	Digests [InputCount]rows.Digest
	Fates   [InputCount]rows.Fates
	Dropped [CodeCount]int64
}

// Encode writes what was taken.
func (t *Taken) Encode(e *rows.Encoder) {
	sized, err := binary.Append(nil, binary.BigEndian, &sizedTaken{t.Read, t.Digests, t.Fates, t.Dropped})
	if err != nil {
		panic(err) // numbers of a fixed size alone
	}
	e.Text(string(sized))
	e.Text(string(AppendRejects(nil, t.Rejects)))
}

// Decode reads what Encode has written.
func (t *Taken) Decode(d *rows.Decoder) error {
	var sized sizedTaken
	if _, err := binary.Decode([]byte(d.Text()), binary.BigEndian, &sized); err != nil {
		return fmt.Errorf("what was taken can't be read: %w", err)
	}
	t.Read, t.Digests, t.Fates, t.Dropped = sized.Read, sized.Digests, sized.Fates, sized.Dropped
	var err error
	t.Rejects, err = ReadRejects([]byte(d.Text()))
	return err
}

// TakenBy is what scatters of one process took, together.
func TakenBy(scatters []*Scatter) (taken Taken) {
	for _, s := range scatters {
		taken.Add(&s.Taken)
	}
	return taken
}

// Scattered is what scatters of one process took, together, and the names that may conflict.
func Scattered(scatters []*Scatter) (taken Taken, names Names) {
	taken = TakenBy(scatters)
	for _, s := range scatters {
		names.registered = append(names.registered, s.names.registered...)
		names.known = append(names.known, s.names.known...)
		names.mandates = append(names.mandates, s.names.mandates...)
		names.used = append(names.used, s.names.used...)
		if s.names.identified == nil {
			continue
		}
		if names.identified == nil {
			names.identified = &identified{}
		}
		for part := range names.identified {
			names.identified[part] = append(names.identified[part], s.names.identified[part]...)
		}
	}
	slices.SortFunc(names.used, func(a, b usedMandate) int { return a.compare(&b) })
	names.used = slices.Compact(names.used) // batch after batch collects by the same
	return taken, names
}

// Encode writes the names.
func (n *Names) Encode(e *rows.Encoder) {
	for _, words := range [][]uint64{n.registered, n.known, n.mandates} {
		e.Unsigned(uint64(len(words)))
		for _, word := range words {
			e.Unsigned(word)
		}
	}
	e.Unsigned(uint64(len(n.used)))
	for _, u := range n.used {
		e.Unsigned(u.reference)
		e.Unsigned(uint64(u.number))
	}
	e.Flag(n.identified != nil)
	if n.identified == nil {
		return
	}
	for _, part := range n.identified {
		e.Unsigned(uint64(len(part)))
		for _, p := range part {
			e.Unsigned(p.hash)
			e.Unsigned(uint64(p.niss))
		}
	}
}

// Decode reads what Encode has written.
func (n *Names) Decode(d *rows.Decoder) {
	for _, words := range []*[]uint64{&n.registered, &n.known, &n.mandates} {
		*words = make([]uint64, 0, min(d.Unsigned(), uint64(len(d.Bytes))))
		for range cap(*words) {
			*words = append(*words, d.Unsigned())
		}
	}
	for range d.Unsigned() {
		n.used = append(n.used, usedMandate{d.Unsigned(), NISS(d.Unsigned())})
	}
	if !d.Flag() {
		return
	}
	n.identified = &identified{}
	for part := range n.identified {
		for range d.Unsigned() {
			n.identified[part] = append(n.identified[part], identifiedPayment{d.Unsigned(), NISS(d.Unsigned())})
		}
	}
}

// ConflictsOf finds the conflicts in the names of all tasks together, by national number, and the references of Taken.Strangers.
func ConflictsOf(names []Names) (found []Conflict, strangers []uint64) {
	strangers = eachConflict(names, nil, func(c *Conflict) { found = append(found, *c) })
	slices.SortFunc(found, func(a, b Conflict) int {
		return cmp.Or(cmp.Compare(a.NISS, b.NISS), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Payment, b.Payment))
	})
	return found, strangers
}

// AppendConflicts appends those in the ranges of a span, as pieces of a shard.
func (of *Subject) AppendConflicts(dst []byte, conflicts []Conflict, span rows.Span) ([]byte, error) {
	var s Scatter
	first, end := span.Ranges()
	for i := range conflicts {
		if at := of.Tables.RangeOf(int64(conflicts[i].NISS)); at >= first && at < end {
			of.Conflict(&s, &conflicts[i])
		}
	}
	dst, err := rows.AppendRanges(dst, []*rows.Scatter{&s.Scatter}, first, end)
	if err != nil {
		return dst, err
	}
	return dst, s.Close()
}

// Encode writes which national numbers were replaced.
func (r Renamed) Encode(e *rows.Encoder) {
	e.Unsigned(uint64(len(r)))
	for _, before := range slices.Sorted(maps.Keys(r)) {
		e.Unsigned(uint64(before))
		e.Unsigned(uint64(r[before]))
	}
}

// DecodeRenamed reads what Encode has written.
func DecodeRenamed(d *rows.Decoder) Renamed {
	r := Renamed{}
	for range d.Unsigned() {
		before := NISS(d.Unsigned())
		r[before] = NISS(d.Unsigned())
	}
	return r
}

// Encode writes tonight's confirmations; nil is none.
func (o *Confirming) Encode(e *rows.Encoder) {
	if o == nil {
		e.Unsigned(0)
		return
	}
	var last rows.Place
	e.Unsigned(uint64(len(o.entries)))
	for i := range o.entries {
		o.entries[i].encode(e)
		e.Place(o.entries[i].Place, &last)
	}
}

// DecodeConfirming reads what Encode has written. Its texts are copies.
func DecodeConfirming(d *rows.Decoder) *Confirming {
	var entries []Confirmation
	for range d.Unsigned() {
		var c Confirmation
		c.decode(d)
		c.EndToEnd, c.Place = strings.Clone(c.EndToEnd), d.Place()
		entries = append(entries, c)
	}
	return newConfirming(entries)
}

// Named lists the confirmations that name something of the ledger, as far as it was read here: their positions.
func (o *Confirming) Named() (named []int) {
	if o == nil {
		return nil
	}
	for i := range o.named {
		if o.named[i].Load() {
			named = append(named, i)
		}
	}
	return named
}

// AddNamed adds what another task found.
func (o *Confirming) AddNamed(named []int) {
	for _, i := range named {
		o.named[i].Store(true)
	}
}
