package outgoing

import (
	"errors"

	"regul/pipeline"
)

// Sinks are several takers of the same results. They implement pipeline.Sink together.
type Sinks []pipeline.Sink

type shardSinks []pipeline.ShardResults

// Shard opens the shard in each. What is open is closed again when one fails.
func (s Sinks) Shard(number int) (pipeline.ShardResults, error) {
	var opened shardSinks
	for _, sink := range s {
		results, err := sink.Shard(number)
		if err != nil {
			return nil, errors.Join(err, opened.Close())
		}
		opened = append(opened, results)
	}
	return opened, nil
}

func (s shardSinks) Settlement(settled *pipeline.Settlement) {
	for _, results := range s {
		results.Settlement(settled)
	}
}

func (s shardSinks) Balances(balances []pipeline.Balance) {
	for _, results := range s {
		results.Balances(balances)
	}
}

// Close completes all of them.
func (s shardSinks) Close() error {
	var errs []error
	for _, results := range s {
		errs = append(errs, results.Close())
	}
	return errors.Join(errs...)
}
