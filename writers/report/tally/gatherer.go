package tally

import (
	"sync"

	"regul/pipeline"
)

// Gatherer counts what a batch settles. It implements pipeline.Sink: each shard counts by itself and is added when it is
// closed. Sums do not depend on the order in which that happens, nor do the largest amounts.
type Gatherer struct {
	codes []string
	mutex sync.Mutex
	all   *tally
}

// NewGatherer prepares the count of a run whose years fall into these categories: those of the law, or the sizes of companies.
func NewGatherer(codes []string) *Gatherer {
	return &Gatherer{codes: codes, all: newTally(len(codes))}
}

// Shard starts the count of a shard.
func (g *Gatherer) Shard(int) (pipeline.ShardResults, error) {
	return &shard{gatherer: g, tally: newTally(len(g.codes))}, nil
}

// Shard counts one shard. It belongs to one goroutine.
type shard struct {
	gatherer *Gatherer
	tally    *tally
}

// Balances are in the totals.
func (s *shard) Balances([]pipeline.Balance) {}

func (s *shard) Settlement(settled *pipeline.Settlement) { s.tally.settlement(settled) }

// Close adds the shard to the batch.
func (s *shard) Close() error {
	s.gatherer.mutex.Lock()
	defer s.gatherer.mutex.Unlock()
	s.gatherer.all.add(s.tally)
	return nil
}

// Statistics are those of the shards that are closed.
func (g *Gatherer) Statistics() *Statistics {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	return g.all.statistics(g.codes)
}
