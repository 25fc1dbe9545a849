package run

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"golang.org/x/sync/errgroup"

	"regul/jobs/batch"
	"regul/jobs/intake"
	"regul/jobs/ledger"
	"regul/jobs/outgoing"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/rows"
	"regul/writers/payments"
)

// settling is a run once everything was read: what it works on, and what has come of it so far.
type settling struct {
	*Takers
	in       *intake.Files
	history  *ledger.History
	build    *batch.Build
	read     [pipeline.InputCount]rows.Tally // of all scatters together
	decided  *pipeline.Decisions
	result   *Result
	sent     payments.Totals
	held     []batch.HeldTransfers
	freed    []batch.HeldTransfers
	printing map[pipeline.Language]outgoing.Printing
	printed  outgoing.Printed

	confirmed map[string]int64 // what the bank said, as the manifest counts it
	strangers bool             // a mandate of the register is refused, since a batch of another job collected by it
}

// Work is the shards of a run: how many there are, and what takes them through the stages.
type Work struct {
	Shards  int
	Through func(ctx context.Context, to *Takers, done func(*pipeline.Decisions)) (*pipeline.Decisions, error)
	Outbox  *outgoing.Outbox                          // of tasks that settled before; nil: none did
	Adopt   func(build *batch.Build) error            // takes the tables that tasks have written into the build; nil: there are none
	Printed func(build *batch.Build) outgoing.Printed // letters that were printed before; nil: none

	Confirming *pipeline.Confirming // what the bank says tonight; nil: nothing
}

// here is the work on the shards of scatters: in this process, or where the options say.
func (o *Options) here(scatters []*pipeline.Scatter) Work {
	plan := pipeline.NewPlan(o.Subject.Subject, scatters, o.shardRows())
	return Work{Shards: plan.Shards(), Confirming: scatters[0].Confirming,
		Through: func(ctx context.Context, to *Takers, done func(*pipeline.Decisions)) (*pipeline.Decisions, error) {
			if o.Elsewhere == nil {
				return o.Subject.Run(ctx, plan, o.Parameters, o.Workers, to.sink(), done)
			}
			work, err := o.Elsewhere(o.Subject.Subject, &o.Parameters)
			if err != nil {
				return nil, err
			}
			return pipeline.RunElsewhere(ctx, plan, work, o.Workers, to.sink(), done)
		}}
}

// settle computes what was read into the build, and publishes it.
func settle(ctx context.Context, o *Options, in *intake.Files, history *ledger.History, taken *pipeline.Taken, work Work,
	build *batch.Build) (*Result, error) {
	outbox := cmp.Or(work.Outbox, &outgoing.Outbox{Storage: o.Out, Press: o.Outgoing.Press})
	s := &settling{in: in, history: history, read: taken.Read, strangers: len(taken.Strangers) > 0, build: build,
		Takers: newTakers(o, batchName(o, &taken.Digests, taken.Strangers, history), outbox, build.Create)}
	if err := s.compute(ctx, taken, work); err != nil {
		return nil, err
	}
	if err := s.withinLimits(ctx); err != nil {
		return s.result, err
	}
	if isNew, err := s.worthPublishing(ctx); err != nil || !isNew {
		return s.result, err
	}
	if s.strangers {
		o.Log.Warn("another job collected by mandates of the register: nothing is collected by them", "mandates", len(taken.Strangers))
	}
	if work.Adopt != nil {
		if err := work.Adopt(build); err != nil {
			return nil, err
		}
		build.Files = append(build.Files, s.files...)
	}
	if work.Printed != nil {
		s.printed = work.Printed(build)
	}
	manifest, err := s.complete(ctx)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(manifest.Unusual) > 0 {
		o.Log.Warn("the night is unlike those before: it becomes a draft", "unusual", unusualText(manifest.Unusual))
		o.Draft = true
	}
	folder := manifest.Folder()
	if o.Draft {
		folder = batch.DraftPrefix + manifest.Batch
		if err := batch.RemoveDraft(o.Out, o.Subject.Job); err != nil {
			return nil, err
		}
	}
	if err := build.Publish(manifest, folder); errors.Is(err, storage.ErrMoved) {
		o.Log.Error("the batch is published, but not all that follows succeeded", "error", err.Error())
	} else if err != nil {
		return nil, err
	}
	s.result.Published, s.result.Draft = true, o.Draft
	s.result.Batch, s.result.Folder, s.result.Manifest = manifest.Batch, folder, manifest
	return s.result, nil
}

// compute takes the shards through the stages, and balances what they decided.
func (s *settling) compute(ctx context.Context, taken *pipeline.Taken, work Work) error {
	o := s.options
	o.Progress.Stage("settle", int64(work.Shards))
	room := o.rejectRoom(len(taken.Rejects))
	decided, err := work.Through(ctx, s.Takers, func(shard *pipeline.Decisions) {
		shard.Bound(room)
		o.Progress.Step(1)
	})
	if err != nil {
		return err
	}
	if o.Outgoing.Any() {
		if err := s.outbox.Seal(work.Shards); err != nil {
			return err
		}
	}
	s.confirm(decided, work.Confirming)
	return s.conclude(taken, decided)
}

// conclude balances what was decided with what was taken, and begins the result.
func (s *settling) conclude(taken *pipeline.Taken, decided *pipeline.Decisions) error {
	o := s.options
	decided.Add(&pipeline.Decisions{Fates: taken.Fates, Rejects: taken.Rejects, Dropped: taken.Dropped})
	if !o.Outgoing.Payments {
		decided.Totals.VoidCollections, decided.Totals.Void = 0, 0 // nobody collects by a file of regul
	}
	if err := decided.Totals.Balance(&s.read, &decided.Fates); err != nil {
		return err
	}
	s.decided = decided
	s.result = &Result{subject: o.Subject, Counts: map[string]batch.Counts{}, Rejects: intake.ByCode(decided.Rejects),
		Rejected: int64(len(decided.Rejects))}
	s.result.oldest = map[string]int64{"unseen": daysSince(decided.Totals.OldestUnseen, o.Parameters.AsOf),
		"open": daysSince(decided.Totals.OldestOpen, o.Parameters.AsOf)}
	for code, n := range decided.Dropped {
		if n > 0 {
			s.result.Rejects[pipeline.Code(code).String()] += n
			s.result.Rejected += n
		}
	}
	if tried := decided.Waiting.Sum(); tried.Rows > 0 {
		waiting := batch.CountsOf(tried, &decided.Waiting)
		s.result.Waiting = &waiting
	}
	if o.Parameters.Recheck != 0 {
		s.result.Recheck = recheckCounts(&decided.Recheck)
	}
	for _, input := range o.Subject.Inputs {
		if input.CountedIfGiven() && len(s.in.Of(input)) == 0 {
			continue
		}
		s.result.Counts[input.String()] = batch.CountsOf(s.read[input], &decided.Fates[input])
	}
	return nil
}

// daysSince is how many days have passed since a day, of which 0 is none.
func daysSince(day, asOf pipeline.Date) int64 {
	if day == 0 {
		return 0
	}
	return max(0, int64(asOf-day))
}

// worthPublishing says whether there is something new: a settled row, something that the bank says, an affiliate to be told that a notice
// was withdrawn, a refund that was held and can leave, or a reject that no published batch holds.
func (s *settling) worthPublishing(ctx context.Context) (bool, error) {
	if s.decided.Totals.Regularisations > 0 || s.decided.Totals.Notices > 0 || s.decided.Totals.Entries > 0 ||
		len(s.decided.Confirmed) > 0 {
		return true, nil
	}
	if frees, err := s.options.Outgoing.Frees(s.outbox); err != nil || frees {
		return frees, err
	}
	if len(s.decided.Rejects) == 0 {
		return false, nil
	}
	fresh, err := s.freshRejects(ctx)
	return err == nil && *fresh != [pipeline.InputCount]int64{}, err
}

// freshRejects counts the rejects that no published batch holds, by input.
func (s *settling) freshRejects(ctx context.Context) (*[pipeline.InputCount]int64, error) {
	held, err := s.history.HeldRejects()
	if err != nil {
		return nil, err
	}
	return intake.Fresh(ctx, s.in, s.decided.Rejects, s.options.Parameters.Law.Codes(), held)
}

// complete writes what leaves the fund and the rejects, and meanwhile reads the tables back; then it holds all of it against
// what was decided.
func (s *settling) complete(ctx context.Context) (*batch.Manifest, error) {
	o, build := s.options, s.build
	settled, sums := slices.Clone(build.Files), &s.sums
	var group errgroup.Group
	group.Go(func() error { return s.readBack(settled) })
	group.Go(func() error {
		return intake.WriteRejects(ctx, build, o.Subject.rejects, s.in, s.decided.Rejects, o.Parameters.Law.Codes(), s.facts()...)
	})
	group.Go(func() (err error) {
		leaving := outgoing.Post{Outgoing: &o.Outgoing, Outbox: s.outbox, Build: build, Batch: s.batch, Parameters: &o.Parameters,
			Workers: o.Workers, Progress: o.Progress, Printed: s.printed}
		s.sent, err = leaving.Send(ctx)
		s.held, s.freed, s.printing = leaving.Held, leaving.Freed, leaving.Printing
		return err
	})
	if err := group.Wait(); err != nil {
		return nil, err
	}
	if err := s.outbox.Remove(); err != nil {
		return nil, err
	}
	if err := o.Subject.Money.WriteConfirmations(build.Create, s.decided.Confirmed); err != nil {
		return nil, err
	}
	others := slices.Clone(build.Files[len(settled):])
	if err := batch.CheckFiles(sums, o.Out, batch.Building, others, o.Workers); err != nil {
		return nil, err
	}
	if err := sums.Agree(&s.decided.Totals, int64(len(s.decided.Rejects)), s.confirmed, s.freed, o.Outgoing.Press != nil,
		o.Outgoing.Payments); err != nil {
		return nil, err
	}
	if err := s.checkTransfers(others); err != nil {
		return nil, err
	}
	build.Files = append(settled, others...)
	manifest, err := s.manifest()
	if err != nil {
		return nil, err
	}
	if err := s.writeReport(manifest); err != nil {
		return nil, err
	}
	if err := batch.CheckFiles(sums, o.Out, batch.Building, build.Files[len(settled)+len(others):], 1); err != nil {
		return nil, err
	}
	if o.Archive != nil {
		if err := s.in.Archive(ctx, o.Archive); err != nil {
			return nil, err
		}
	}
	if err := s.in.Unchanged(); err != nil {
		return nil, err
	}
	return manifest, nil
}
