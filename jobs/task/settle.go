package task

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"regul/jobs/batch"
	"regul/jobs/outgoing"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/rows"

	"golang.org/x/sync/errgroup"
)

// cut is what follows from all that was scattered together: what the batch is called, where its shards end, and who shares with others what
// names one person alone. The first task that needs it makes it; several that do at once make the same.
type cut struct {
	name      string
	ends      []int // the first slice after each shard
	conflicts []pipeline.Conflict
	strangers []uint64 // see pipeline.Taken
}

var cutFrame = rows.Frame{Kind: "cut", Version: 3}

func readCut(store storage.Storage) (c *cut, err error) {
	defer func() { err = cutFrame.Recovered(recover(), err) }()
	d, err := openFramed(store, cutName, &cutFrame)
	if err != nil {
		return nil, err
	}
	c = &cut{name: d.Text()}
	for range d.Unsigned() {
		c.ends = append(c.ends, int(d.Unsigned()))
	}
	for range d.Unsigned() {
		c.conflicts = append(c.conflicts, pipeline.Conflict{NISS: pipeline.NISS(d.Unsigned()), Kind: pipeline.ConflictKind(d.Unsigned()),
			Payment: d.Unsigned()})
	}
	for range d.Unsigned() {
		c.strangers = append(c.strangers, d.Unsigned())
	}
	return c, nil
}

// assemble opens all that was scattered, which its caller closes, and cuts it into shards: every task after the scatter begins so.
func (t *task) assemble() (all []*scattered, c *cut, err error) {
	if all, err = t.allScattered(); err != nil {
		return nil, nil, err
	}
	if c, err = t.cut(all); err != nil {
		return nil, nil, errors.Join(err, closeAll(all))
	}
	return all, c, nil
}

// cut reads the cut, or makes it of all that was scattered.
func (t *task) cut(all []*scattered) (*cut, error) {
	if c, err := readCut(t.store); err == nil || !errors.Is(err, fs.ErrNotExist) {
		return c, err
	}
	known, err := t.identities()
	if err != nil {
		return nil, err
	}
	taken, err := t.takenOf(all)
	if err != nil {
		return nil, err
	}
	names, err := namesOf(all)
	if err != nil {
		return nil, err
	}
	var weights [rows.Slices]int
	for i, s := range all {
		known.taken.Add(&taken[i].taken)
		for number, weight := range s.weights {
			weights[number] += weight
		}
	}
	c := &cut{ends: rows.Cut(weights[:], t.ShardSize())}
	c.conflicts, c.strangers = pipeline.ConflictsOf(names)
	known.taken.Strangers = c.strangers
	c.name = t.Name(&known.taken)
	e := rows.Encoder{Bytes: cutFrame.Begin(nil)}
	e.Text(c.name)
	e.Unsigned(uint64(len(c.ends)))
	for _, end := range c.ends {
		e.Unsigned(uint64(end))
	}
	e.Unsigned(uint64(len(c.conflicts)))
	for _, found := range c.conflicts {
		e.Unsigned(uint64(found.NISS))
		e.Unsigned(uint64(found.Kind))
		e.Unsigned(found.Payment)
	}
	e.Unsigned(uint64(len(c.strangers)))
	for _, reference := range c.strangers {
		e.Unsigned(reference)
	}
	return c, batch.PutBytes(t.store, cutName, cutFrame.Seal(e.Bytes))
}

// shardSlack is room, in bytes, for what stands in a shard beside its rows: the frame, and conflicts, of which there are few.
const shardSlack = 4 << 10

// shard gathers the rows of a shard.
func (c *cut) shard(of *pipeline.Subject, number int, all []*scattered) (shard []byte, err error) {
	span := rows.SpanOf(c.ends, number)
	first, end := span.Ranges()
	size := int64(shardSlack)
	for _, s := range all {
		size += s.starts[end] - s.starts[first]
	}
	shard = rows.BeginShard(make([]byte, 0, size), number, span)
	for _, s := range all {
		if shard, err = s.appendRanges(shard, first, end); err != nil {
			return nil, err
		}
	}
	if shard, err = of.AppendConflicts(shard, c.conflicts, span); err != nil {
		return nil, err
	}
	return rows.SealShard(shard), nil
}

func resultName(number int) string { return fmt.Sprintf("%s/%05d", resultFolder, number) }

// Settled is what came of a task that settles.
type Settled struct {
	Shards  int // of the night
	Settled int // by this task
}

// Settle takes one shard through the stages, from 0. A number beyond the last one has nothing to do.
func Settle(ctx context.Context, s *Setup, number int) (*Settled, error) {
	return settle(ctx, s, func(shards int) []int {
		if number >= shards {
			return nil
		}
		return []int{number}
	})
}

// SettleShare takes every so manieth shard through the stages.
func SettleShare(ctx context.Context, s *Setup, share Share) (*Settled, error) {
	return settle(ctx, s, share.numbers)
}

// numbers are those of so many that the share has.
func (s Share) numbers(of int) (own []int) {
	for number := s.Number; number < of; number += s.Of {
		own = append(own, number)
	}
	return own
}

func settle(ctx context.Context, s *Setup, own func(shards int) []int) (settled *Settled, err error) {
	t, err := open(s)
	if err != nil {
		return nil, err
	}
	defer t.Close()
	if t.finished != nil {
		return &Settled{}, nil
	}
	all, c, err := t.assemble()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, closeAll(all)) }()
	settled = &Settled{Shards: len(c.ends)}
	settled.Settled, err = t.settleMissing(ctx, c, all, own(len(c.ends)))
	return settled, err
}

// settleMissing settles those of some shards that no task has settled, and says how many.
func (t *task) settleMissing(ctx context.Context, c *cut, all []*scattered, some []int) (int, error) {
	var missing []int
	for _, number := range some {
		there, err := isThere(t.store, resultName(number))
		if err != nil {
			return 0, err
		}
		if !there {
			missing = append(missing, number)
		}
	}
	t.Progress.Stage("settle", int64(len(missing)))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(t.Workers)
	for _, number := range missing {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			_, err := t.work(c, all, number)
			t.Progress.Step(1)
			return err
		})
	}
	return len(missing), group.Wait()
}

// work takes a shard through the stages and puts what came of it: its tables, who must be told, and last what the publication must know.
func (t *task) work(c *cut, all []*scattered, number int) ([]byte, error) {
	shard, err := c.shard(t.Subject.Subject, number, all)
	if err != nil {
		return nil, err
	}
	portion, err := t.Steps.Settle(c.name, number, shard, t.outbox(nil), t.store, c.tables())
	if err != nil {
		return nil, err
	}
	return portion, batch.PutBytes(t.store, resultName(number), portion)
}

// tables is the folder of the tables of a batch that tasks write: those of another plan are elsewhere.
func (c *cut) tables() string { return tablesFolder + "/" + c.name }

// outbox is where those wait who must be told. near is where this process may have files: nil where it only fills the outbox.
func (t *task) outbox(near storage.Storage) *outgoing.Outbox {
	return &outgoing.Outbox{Storage: t.store, Press: t.Outgoing.Press, Lasting: postFolder, Near: near}
}
