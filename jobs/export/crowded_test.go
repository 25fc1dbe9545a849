package export

import "context"

// Crowded is Batch for tests that have too few affiliates for a crowd.
func Crowded(ctx context.Context, o *Options) (*Result, error) {
	least := o.Least
	o.Least = minLeast
	e, err := newExport(o)
	if err != nil {
		return nil, err
	}
	o.Least = least
	return e.run(ctx)
}
