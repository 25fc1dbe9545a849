package pipeline

import (
	"context"

	"golang.org/x/sync/errgroup"

	"regul/pipeline/rows"
)

// eachShard loads every shard of the plan and hands it to one of so many workers, each with a state of its own that is used again. It stops
// at the first error or when the context ends.
func eachShard[State any](ctx context.Context, plan *rows.Plan, workers int, state func() State, process func(State, *rows.Shard) error) error {
	group, ctx := errgroup.WithContext(ctx)
	shards := make(chan int) // unbuffered: a shard is decoded when a worker is free
	group.Go(func() error {
		defer close(shards)
		for number := range plan.Shards() {
			select {
			case shards <- number:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	for range workers {
		group.Go(func() error {
			s, shard := state(), plan.NewShard()
			for number := range shards {
				if err := plan.Load(number, shard); err != nil {
					return err
				}
				if err := process(s, shard); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}
