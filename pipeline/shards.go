package pipeline

import (
	"context"

	"golang.org/x/sync/errgroup"

	"regul/pipeline/rows"
)

// eachShard loads every shard of the plan and hands it to one of so many workers, each with a state that is used again. It stops
// at the first error or when the context ends.
func eachShard[State any](ctx context.Context, plan *rows.Plan, workers int, state func() State,
	process func(State, *rows.Shard) error) error {
	type loading struct {
		state State
		shard *rows.Shard
	}
	return eachNumber(ctx, plan.Shards(), workers, func() loading { return loading{state(), plan.NewShard()} },
		func(l loading, number int) error {
			if err := plan.Load(number, l.shard); err != nil {
				return err
			}
			return process(l.state, l.shard)
		})
}

// eachNumber hands the numbers of so many shards to workers, as eachShard does.
func eachNumber[State any](ctx context.Context, shards, workers int, state func() State, process func(State, int) error) error {
	group, ctx := errgroup.WithContext(ctx)
	numbers := make(chan int) // unbuffered: a shard is decoded when a worker is free
	group.Go(func() error {
		defer close(numbers)
		for number := range shards {
			select {
			case numbers <- number:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	for range workers {
		group.Go(func() error {
			s := state()
			for number := range numbers {
				if err := process(s, number); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}
