package jobs

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"regul/pipeline"
	"regul/pipeline/rows"
	"regul/writers/payments"
	"regul/writers/report"
	"regul/writers/tables"
)

// settling is a run once everything was read: what it works on, and what has come of it so far.
type settling struct {
	options *RunOptions
	in      *intake
	history *ledger
	build   *build
	read    [pipeline.InputCount]rows.Tally // of all scatters together
	batch   string                          // its name
	outbox  *outbox
	decided *pipeline.Decisions
	result  *RunResult
	sent    payments.Totals

	gatherer *report.Gatherer
}

// settle computes what was read into the build, and publishes it.
func settle(ctx context.Context, o *RunOptions, in *intake, history *ledger, scatters []*pipeline.Scatter, build *build) (*RunResult, error) {
	s := &settling{options: o, in: in, history: history, build: build, outbox: &outbox{storage: o.Out, press: o.Outgoing.Press}}
	if err := s.compute(ctx, scatters); err != nil {
		return nil, err
	}
	if err := s.withinLimits(); err != nil {
		return s.result, err
	}
	if isNew, err := s.worthPublishing(); err != nil || !isNew {
		return s.result, err
	}
	manifest, err := s.complete(ctx)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	folder := manifest.Folder()
	if o.Draft {
		folder = DraftPrefix + manifest.Batch
		if err := removeDraft(o.Out); err != nil {
			return nil, err
		}
	}
	if err := build.publish(manifest, folder); err != nil {
		return nil, err
	}
	if err := o.Out.Sync("."); err != nil { // the batch is there all the same
		o.Log.Error("the output directory could not be synced: after a power failure now the batch may be gone", "error", err.Error())
	}
	s.result.Published, s.result.Draft = true, o.Draft
	s.result.Batch, s.result.Folder, s.result.Manifest = manifest.Batch, folder, manifest
	return s.result, nil
}

// compute takes the shards through the stages, and balances what they decided.
func (s *settling) compute(ctx context.Context, scatters []*pipeline.Scatter) error {
	o := s.options
	// The rows themselves leave with their shards.
	var digests [pipeline.InputCount]rows.Digest
	var unread pipeline.Decisions
	for _, scatter := range scatters {
		for input := range s.read {
			s.read[input].Rows += scatter.Read[input].Rows
			s.read[input].Income += scatter.Read[input].Income
			digests[input].Add(scatter.Digests[input])
			unread.Fates[input].Add(&scatter.Fates[input])
		}
		unread.Rejects = append(unread.Rejects, scatter.Rejects...)
	}
	s.batch = batchName(o, &digests, s.history)
	plan := pipeline.NewPlan(scatters, cmp.Or(o.ShardRows, pipeline.ShardRows))
	o.Progress.Stage("settle", int64(plan.Shards()))
	s.gatherer = report.NewGatherer(o.Parameters)
	takers := sinks{s.gatherer, tables.NewWriter(s.build.Create, o.Parameters.Law, cmp.Or(o.Outgoing.Chart, tables.DefaultChart()))}
	if o.Outgoing.any() {
		takers = append(takers, s.outbox)
	}
	decided, err := pipeline.Run(ctx, plan, o.Parameters, o.Workers, takers, func() { o.Progress.Step(1) })
	if err != nil {
		return err
	}
	if o.Outgoing.any() {
		if err := s.outbox.seal(plan.Shards()); err != nil {
			return err
		}
	}
	decided.Add(&unread)
	if err := decided.Totals.Balance(&s.read, &decided.Fates); err != nil {
		return err
	}
	s.decided = decided
	s.result = &RunResult{Counts: map[string]Counts{}, Rejects: byCode(decided.Rejects), Rejected: int64(len(decided.Rejects))}
	for input := range pipeline.InputCount {
		s.result.Counts[input.String()] = counts(s.read[input], &decided.Fates[input])
	}
	return nil
}

// withinLimits refuses a batch with too many rejects.
func (s *settling) withinLimits() error {
	limit, revenue := s.options.MaxRejects, s.read[pipeline.Revenue].Rows
	for input := range pipeline.InputCount {
		c := s.result.Counts[input.String()]
		if !limit.allows(c.Rejected, c.Read, revenue) {
			return &Error{Refused, fmt.Errorf("%d of %d rows of the %s were rejected, more than --max-rejects %s allows with %d revenue rows: nothing was published; rejects by code: %s",
				c.Rejected, c.Read, input, limit, revenue, codesText(s.result.Rejects))}
		}
	}
	return nil
}

// worthPublishing says whether there is something new: a settled row, an affiliate to be told that a notice was withdrawn, or
// a reject that no published batch holds.
func (s *settling) worthPublishing() (bool, error) {
	if s.decided.Totals.Regularisations > 0 || s.decided.Totals.Notices > 0 {
		return true, nil
	}
	if len(s.decided.Rejects) == 0 {
		return false, nil
	}
	held, err := s.history.heldRejects()
	if err != nil {
		return false, err
	}
	return anyNew(s.in, s.decided.Rejects, s.options.Parameters.Law.Codes(), held)
}

// complete writes what leaves the fund and the rejects, and meanwhile reads the tables back; then it holds all of it against
// what was decided.
func (s *settling) complete(ctx context.Context) (*Manifest, error) {
	o, build := s.options, s.build
	settled := slices.Clone(build.files)
	var group errgroup.Group
	var held sums
	group.Go(func() error { return checkFiles(&held, o.Out, building, settled, o.Workers) })
	group.Go(func() error { return writeRejects(build, s.in, s.decided.Rejects, o.Parameters.Law.Codes()) })
	group.Go(func() (err error) {
		leaving := post{&o.Outgoing, s.outbox, build, s.batch, &o.Parameters, o.Workers, o.Progress}
		s.sent, err = leaving.send(ctx)
		return err
	})
	if err := group.Wait(); err != nil {
		return nil, err
	}
	if err := s.outbox.remove(); err != nil {
		return nil, err
	}
	others := slices.Clone(build.files[len(settled):])
	if err := checkFiles(&held, o.Out, building, others, o.Workers); err != nil {
		return nil, err
	}
	if err := held.agree(&s.decided.Totals, int64(len(s.decided.Rejects)), o.Outgoing.Press != nil, o.Outgoing.Payments); err != nil {
		return nil, err
	}
	build.files = append(settled, others...)
	manifest := s.manifest()
	if err := s.writeReport(manifest); err != nil {
		return nil, err
	}
	if err := checkFiles(&held, o.Out, building, build.files[len(settled)+len(others):], 1); err != nil {
		return nil, err
	}
	if err := s.in.unchanged(); err != nil {
		return nil, err
	}
	return manifest, nil
}

// manifest is what the batch says of itself; the files come with its publication.
func (s *settling) manifest() *Manifest {
	o, t := s.options, &s.decided.Totals
	return &Manifest{
		Format: manifestFormat, Batch: s.batch, AsOf: o.Parameters.AsOf.String(), LawVersion: o.Parameters.Law.Version(),
		Parameters: settings(o), Ledger: s.history.names(), LedgerDigests: s.history.digests(), Withdrawn: s.history.withdrawn, Corrects: o.Corrects, Inputs: s.in.manifest(), Counts: s.result.Counts,
		ControlTotals: controlTotals(t, s.read[pipeline.Revenue], &s.decided.Fates[pipeline.Revenue]),
		Outcomes:      outcomes(t), Rejects: s.result.Rejects, NotPostable: s.outbox.notPostable(),
	}
}
