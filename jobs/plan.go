package jobs

import (
	"cmp"
	"context"
	"errors"

	"regul/pipeline"
	"regul/pipeline/rows"
)

// withPlan reads the inputs and the ledger for a job that publishes nothing, and hands the plan of their shards on. Nothing is written.
func withPlan(ctx context.Context, o *RunOptions, stage string, work func(*rows.Plan) error) (err error) {
	in, err := openIntake(o.Inputs)
	if err != nil {
		return err
	}
	defer in.close()
	history, err := openLedger(o.Out)
	if err != nil {
		return err
	}
	o.Progress.Stage("read", 0)
	o.Waiting, o.Outgoing = 0, Outgoing{} // not even rows that wait are written
	scatters, err := o.read(ctx, append(in.sources(o.Parameters.Law, o.Progress.Step), history.sources(o.Parameters.Law)...))
	defer func() {
		for _, s := range scatters {
			err = errors.Join(err, s.Close())
		}
	}()
	if err != nil {
		return err
	}
	plan := pipeline.NewPlan(scatters, cmp.Or(o.ShardRows, pipeline.ShardRows))
	o.Progress.Stage(stage, int64(plan.Shards()))
	return work(plan)
}
