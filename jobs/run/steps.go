package run

import (
	"context"
	"errors"
	"slices"

	"regul/jobs/batch"
	"regul/jobs/intake"
	"regul/jobs/ledger"
	"regul/jobs/outgoing"
	"regul/jobs/storage"
	"regul/pipeline"
)

// Steps are a run taken apart, for tasks that take its steps one by one and elsewhere. Its inputs and the history are open.
type Steps struct {
	*Options
	In      *intake.Files
	History *ledger.History
}

// Begin opens a run at the door of the ledger, and hands it on; not where a run has nothing to do. A file that is unreadable on the face
// of it is set aside as a run does. Who begins holds the lock of the ledger.
func (o *Options) Begin(work func(*Steps) error) (begun bool, err error) {
	o.Arrived.Idle(o.Log)
	history, err := o.admitted()
	if err != nil || history == nil {
		return false, err
	}
	_, err = o.withGoodFiles(func(in *intake.Files) (*Result, error) {
		if err := o.Gates.copies(in, o.Subject); err != nil {
			return nil, err
		}
		return nil, work(&Steps{o, in, history})
	})
	return true, err
}

// Open opens a run that has begun, on the ledgers of the other jobs as they were then.
func (o *Options) Open(beside []batch.Beside) (*Steps, error) {
	history, err := o.openHistory()
	if err != nil {
		return nil, err
	}
	history.RestOn(beside, "plan")
	in, err := intake.Open(o.Inputs)
	if err != nil {
		return nil, err
	}
	in.Expect(o.Arrived.Sums)
	return &Steps{o, in, history}, nil
}

// Close closes the inputs.
func (s *Steps) Close() { s.In.Close() }

// Identities reads the identities and the confirmations, and says which numbers were replaced and what the bank says: what every other
// read must know.
func (s *Steps) Identities(ctx context.Context) (pipeline.Taken, pipeline.Renamed, *pipeline.Confirming, error) {
	var scatter pipeline.Scatter
	identities, _ := s.In.Sources(s.Parameters.Law, s.Progress.Step, 1)
	if err := pipeline.Fill(ctx, []*pipeline.Scatter{&scatter}, identities); err != nil {
		return pipeline.Taken{}, nil, nil, err
	}
	renamed, confirming := scatter.FindRenamed(s.Parameters.AsOf), scatter.FindConfirming()
	return scatter.Taken, renamed, confirming, scatter.Close()
}

// Parts is in how many parts the files and the ledger can be read.
func (s *Steps) Parts() (int, error) {
	_, others := s.In.Sources(s.Parameters.Law, s.Progress.Step, 1)
	prior, err := s.prior(s.History, true)
	return len(others) + len(prior), err
}

// Scatter reads a share of the files and of the ledger: every so manieth of their parts, from 0. What waits beyond the memory goes to the
// storage. The scatters are the caller's, also with an error.
func (s *Steps) Scatter(ctx context.Context, share, shares int, renamed pipeline.Renamed, confirming *pipeline.Confirming,
	spill storage.Storage) ([]*pipeline.Scatter, error) {
	_, sources := s.In.Sources(s.Parameters.Law, s.Progress.Step, 1)
	prior, err := s.prior(s.History, true)
	if err != nil {
		return nil, err
	}
	sources = append(sources, prior...)
	var own []pipeline.Source
	for i := share; i < len(sources); i += shares {
		own = append(own, sources[i])
	}
	scatters := s.scatters(spill, 0)
	for _, scatter := range scatters {
		scatter.Renamed, scatter.Confirming = renamed, confirming
	}
	return scatters, pipeline.Fill(ctx, scatters, own)
}

// ShardSize is how many rows of the inputs a shard holds, about.
func (s *Steps) ShardSize() int { return s.shardRows() }

// Name is the name of the batch that the content of the inputs makes, and what other jobs say of its mandates.
func (s *Steps) Name(taken *pipeline.Taken) string {
	return batchName(s.Options, &taken.Digests, taken.Strangers, s.History)
}

// Letters prepares the letters of shards that were settled elsewhere, for a task that prints some of them.
func (s *Steps) Letters(name string, outbox *outgoing.Outbox) *outgoing.Letters {
	return &outgoing.Letters{Press: s.Outgoing.Press, Outbox: outbox, Batch: name, Workers: s.Workers, Progress: s.Progress,
		Sending: s.Outgoing.Sending()}
}

// Already is what came of a run whose batch lies in a folder; fs.ErrNotExist where there is none.
func Already(out storage.Storage, folder string) (*Result, error) {
	m, err := batch.ReadManifest(out, folder)
	if err != nil {
		return nil, err
	}
	r := &Result{Published: true, Draft: m.Draft, Batch: m.Batch, Folder: folder, Rejects: m.Rejects, Counts: m.Counts, Waiting: m.Waiting,
		Manifest: m, subject: SubjectOf(m)}
	for _, n := range m.Rejects {
		r.Rejected += n
	}
	return r, nil
}

// StrangersStand makes sure, where the ledgers of the other jobs changed since the run began, that they refuse no other mandates of its
// register than they did. names are those of all that was read. Who asks holds the lock of the ledger.
func (s *Steps) StrangersStand(ctx context.Context, beside []batch.Beside, names func() ([]pipeline.Names, error), said []uint64) error {
	history, err := s.openHistory()
	if err != nil || !s.Outgoing.Any() {
		return err
	}
	if now, err := history.Beside(); err != nil || ledger.SameBeside(beside, now) {
		return err
	}
	var since pipeline.Scatter
	sources, err := history.Strangers()
	if err != nil {
		return err
	}
	if err := pipeline.Fill(ctx, []*pipeline.Scatter{&since}, sources); err != nil {
		return err
	}
	all, err := names()
	if err != nil {
		return err
	}
	_, known := pipeline.Scattered([]*pipeline.Scatter{&since})
	if _, say := pipeline.ConflictsOf(append(all, known)); !slices.Equal(say, said) {
		return errors.New("the plan no longer holds, another job collected by a mandate of the register since: make it again with regul task plan")
	}
	return nil
}

// Bound lets go of rejects that were read elsewhere and that this process has no room for, beside so many that it keeps.
func (s *Steps) Bound(taken *pipeline.Taken, kept int) { taken.Bound(s.rejectRoom(kept)) }

// Publish settles what was read elsewhere, and publishes what is new: as a run does. Who publishes holds the lock of the ledger.
func (s *Steps) Publish(ctx context.Context, taken *pipeline.Taken, work Work) (*Result, error) {
	if err := s.Gates.copies(s.In, s.Subject); err != nil {
		return nil, err
	}
	if err := s.In.AsExpected(); err != nil {
		return nil, err
	}
	if err := s.delivered(s.In, s.History); err != nil {
		return nil, err
	}
	result, err := publish(ctx, s.Options, s.In, s.History, taken, work)
	s.moveTaken(s.In, result, err)
	return s.ended(result, err)
}
