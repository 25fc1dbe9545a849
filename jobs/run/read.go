package run

import (
	"cmp"
	"context"
	"errors"

	"regul/jobs/intake"
	"regul/jobs/ledger"
	"regul/jobs/outgoing"
	"regul/jobs/storage"
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
	defer func() { err = errors.Join(err, closed(scatters)) }()
	if err != nil {
		return err
	}
	plan := pipeline.NewPlan(o.Subject.Subject, scatters, o.shardRows())
	o.Progress.Stage(stage, int64(plan.Shards()))
	return work(plan)
}

// read reads the files and the ledger on the workers, each into its own scatter.
func (o *Options) read(ctx context.Context, in *intake.Files, history *ledger.History) ([]*pipeline.Scatter, error) {
	scatters, err := o.readInputs(ctx, in)
	if err != nil {
		return scatters, err
	}
	return scatters, o.readLedger(ctx, history, scatters)
}

// readInputs reads the files: first the identities, since they say under which number everything else is filed, and the confirmations, since
// the ledger says whose they are.
func (o *Options) readInputs(ctx context.Context, in *intake.Files) ([]*pipeline.Scatter, error) {
	scatters := o.scatters(o.Out, 0)
	first, others := in.Sources(o.Parameters.Law, o.Progress.Step, len(scatters))
	if err := pipeline.Fill(ctx, scatters[:1], first); err != nil {
		return scatters, err
	}
	renamed, confirming := scatters[0].FindRenamed(o.Parameters.AsOf), scatters[0].FindConfirming()
	for _, s := range scatters {
		s.Renamed, s.Confirming = renamed, confirming
	}
	if err := pipeline.Fill(ctx, scatters, others); err != nil {
		return scatters, err
	}
	pipeline.KnowMandates(scatters)
	return scatters, nil
}

// readLedger brings the ledger into the scatters beside the files. What was found of who shares a name by then is not found again.
func (o *Options) readLedger(ctx context.Context, history *ledger.History, scatters []*pipeline.Scatter) error {
	prior, err := o.prior(history, scatters[0].HasMandates())
	if err != nil {
		return err
	}
	if err := pipeline.Fill(ctx, scatters, prior); err != nil {
		return err
	}
	pipeline.FindConflicts(o.Subject.Subject, scatters)
	return nil
}

// prior are the reads that bring the ledger into scatters; and what the other jobs know of mandates, where the register has some by which
// somebody may be asked to pay.
func (o *Options) prior(history *ledger.History, mandates bool) ([]pipeline.Source, error) {
	sources := o.Subject.prior(history, &o.Parameters)
	if !mandates || !o.Outgoing.Any() {
		return sources, nil
	}
	strangers, err := history.Strangers()
	return append(sources, strangers...), err
}

// scatters make one scatter for each worker, which spills into the storage as a reader of a number from the first on.
func (o *Options) scatters(spill storage.Storage, first int) []*pipeline.Scatter {
	scatters := make([]*pipeline.Scatter, o.Workers)
	room := o.rejectRoom(0)
	for i := range scatters {
		scatters[i] = &pipeline.Scatter{Contacts: o.Outgoing.Any(), Room: room}
		scatters[i].Limit(o.Waiting/o.Workers, intake.Spill{Storage: spill, Reader: first + i})
	}
	return scatters
}

// rejectRoom is the room for rejects that so many leave.
func (o *Options) rejectRoom(kept int) *pipeline.RejectRoom {
	if o.Rejects == 0 {
		return nil
	}
	return pipeline.NewRejectRoom(o.Rejects - int64(kept))
}

// forget gives back the memory and the disk on which rows waited.
func (o *Options) forget(scatters []*pipeline.Scatter) error {
	wrong := []error{closed(scatters)}
	if o.Waiting > 0 {
		wrong = append(wrong, o.Out.Remove(intake.SpillFolder))
	}
	return errors.Join(wrong...)
}

// closed gives back the memory of scatters.
func closed(scatters []*pipeline.Scatter) error {
	var wrong []error
	for _, s := range scatters {
		wrong = append(wrong, s.Close())
	}
	return errors.Join(wrong...)
}

func (o *Options) shardRows() int { return cmp.Or(o.ShardRows, pipeline.ShardRows) }
