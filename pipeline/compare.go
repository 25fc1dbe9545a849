package pipeline

import (
	"context"

	"regul/pipeline/rows"
)

// Pair takes the settlements of one affiliate under two sets of parameters; one of them is nil where nothing is settled.
// Both are valid until it returns.
type Pair func(before, after *Settlement)

// Compare takes every shard of the plan through the stages twice, under two sets of parameters. open gives what takes the
// pairs of a shard, in the order of national numbers; shards are opened by several goroutines, each shard by one. Nothing is published
// of it, and rows that are rejected under both are not told.
func Compare(ctx context.Context, plan *rows.Plan, before, after Parameters, workers int, open func(shard int) Pair) error {
	return eachShard(ctx, plan, workers, func() *comparer { return &comparer{before: newSide(before), after: newSide(after)} },
		func(c *comparer, shard *rows.Shard) error {
			c.process(shard, open(shard.Number))
			return nil
		})
}

// comparer is the stages of both sides with their memory.
type comparer struct {
	copy          Case
	before, after *side
}

// side is the stages under one set of parameters.
type side struct {
	match   matcher
	settle  *settler
	settled *Settlement // of the present affiliate
}

func newSide(p Parameters) *side {
	s := &side{match: matcher{parameters: p}}
	s.settle = newSettler(p, s)
	return s
}

// Settlement keeps the settlement until the next affiliate.
func (s *side) Settlement(settled *Settlement) { s.settled = settled }

// Balances are of no interest here.
func (s *side) Balances([]Balance) {}

func (s *side) of(c *Case) *Settlement {
	s.settled = nil
	s.settle.settle(s.match.matchAndQualify(c))
	s.match.rejects = s.match.rejects[:0]
	return s.settled
}

func (c *comparer) process(shard *rows.Shard, pair Pair) {
	eachCase(shard, func(list *Case) {
		c.copy.copyFrom(list) // the stages sort and sift rows in place
		before, after := c.before.of(list), c.after.of(&c.copy)
		if before != nil || after != nil {
			pair(before, after)
		}
	})
}
