package pipeline

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// Source is one read that fills the scatter of the goroutine that runs it.
type Source func(ctx context.Context, into *Scatter) error

// Fill runs the sources, with a goroutine for each scatter. It stops at the first error or when the context ends.
func Fill(ctx context.Context, scatters []*Scatter, sources []Source) error {
	group, ctx := errgroup.WithContext(ctx)
	queue := make(chan Source, len(sources))
	for _, s := range sources {
		queue <- s
	}
	close(queue)
	for _, into := range scatters {
		group.Go(func() error {
			for read := range queue {
				if err := ctx.Err(); err != nil {
					return err
				}
				if err := read(ctx, into); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}
