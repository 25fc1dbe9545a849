package run

import (
	"cmp"
	"context"
	"errors"

	"regul/jobs/intake"
	"regul/jobs/outgoing"
	"regul/pipeline"
	"regul/pipeline/rows"
)

// WithPlan reads the inputs and the ledger for a job that publishes nothing, and hands the plan of their shards on. Nothing is
// written; addresses are read where the job has a press for letters.
func WithPlan(ctx context.Context, o *Options, stage string, work func(*rows.Plan) error) (err error) {
	in, err := intake.Open(o.Inputs)
	if err != nil {
		return err
	}
	defer in.Close()
	history, err := o.openHistory()
	if err != nil {
		return err
	}
	o.Progress.Stage("read", 0)
	o.Waiting = 0 // not even rows that wait are written
	o.Outgoing = outgoing.Options{Press: o.Outgoing.Press}
	scatters, err := o.read(ctx, in, history)
	defer func() {
		for _, s := range scatters {
			err = errors.Join(err, s.Close())
		}
	}()
	if err != nil {
		return err
	}
	plan := pipeline.NewPlan(o.Subject.Subject, scatters, cmp.Or(o.ShardRows, pipeline.ShardRows))
	o.Progress.Stage(stage, int64(plan.Shards()))
	return work(plan)
}
