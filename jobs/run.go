package jobs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strconv"

	"golang.org/x/sync/errgroup"

	"regul/pipeline"
	"regul/writers/tables"
)

// RunOptions are what the main job works with.
type RunOptions struct {
	Inputs     [pipeline.InputCount][]string // paths of files, by input
	Parameters pipeline.Parameters
	MaxRejects Limit
	Workers    int // goroutines that read and compute, at least 1
	ShardRows  int // rows of the inputs in a shard, about; 0 is pipeline.ShardRows. Another number cuts the tables into other files
	Out        Storage
	Log        *slog.Logger
	Progress   Progress
}

// Progress is told how a run goes on. Its methods are called from several goroutines.
type Progress interface {
	// Stage says what is being done now, out of how many steps; 0 is unknown.
	Stage(name string, steps int64)
	// Step counts steps of the stage.
	Step(n int)
}

// RunResult is what came of a run.
type RunResult struct {
	Published bool              `json:"published"`
	Batch     string            `json:"batch,omitempty"`
	Rejected  int64             `json:"rejected"`
	Rejects   map[string]int64  `json:"rejects"` // by code
	Counts    map[string]Counts `json:"counts"`  // by input
	Manifest  *Manifest         `json:"manifest,omitempty"`
}

const lockName = ".lock"

// Run is the main job: it reads the inputs and the ledger, computes, and publishes one batch, or nothing when there is nothing new.
func Run(ctx context.Context, o RunOptions) (result *RunResult, err error) {
	in, err := openIntake(o.Inputs)
	if err != nil {
		return nil, err
	}
	defer in.close()
	if err := o.Out.MakeFolder("."); err != nil {
		return nil, UsageError("the output directory can't be made: %w", err)
	}
	unlock, err := o.Out.Lock(lockName)
	if errors.Is(err, ErrLocked) {
		return nil, &Error{Locked, err}
	} else if err != nil {
		return nil, UsageError("the output directory can't be locked: %w", err)
	}
	defer unlock() // the kernel does so at the latest when the process ends

	history, err := openLedger(o.Out)
	if err != nil {
		return nil, err
	}
	o.Progress.Stage("read", 0)
	scatters, err := read(ctx, o.Workers, append(in.tasks(o.Parameters.Law, o.Progress.Step), history.tasks()...))
	defer func() {
		for _, s := range scatters {
			err = errors.Join(err, s.Close())
		}
	}()
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(in.unknown)) {
		o.Log.Warn("columns are not used", "file", name, "columns", in.unknown[name])
	}
	build, err := startBuild(o.Out)
	if err != nil {
		return nil, err
	}
	result, err = settle(ctx, &o, in, history, scatters, build)
	if err != nil || !result.Published {
		err = errors.Join(err, build.abandon())
	}
	return result, err
}

// settle computes what was read into the build, and publishes it.
func settle(ctx context.Context, o *RunOptions, in *intake, history *ledger, scatters []*pipeline.Scatter, build *build) (*RunResult, error) {
	// What was read, of all scatters together. The rows themselves leave with their shards.
	var read [pipeline.InputCount]pipeline.Tally
	var digests [pipeline.InputCount]pipeline.Digest
	var unread pipeline.Decisions
	for _, s := range scatters {
		for input := range read {
			read[input].Rows += s.Read[input].Rows
			read[input].Income += s.Read[input].Income
			digests[input].Add(s.Digests[input])
			unread.Fates[input].Add(&s.Fates[input])
		}
		unread.Rejects = append(unread.Rejects, s.Rejects...)
	}
	plan := pipeline.NewPlan(scatters, cmp.Or(o.ShardRows, pipeline.ShardRows))
	o.Progress.Stage("settle", int64(plan.Shards()))
	decided, err := pipeline.Run(ctx, plan, o.Parameters, o.Workers, tables.NewWriter(build.Create, o.Parameters.Law), func() { o.Progress.Step(1) })
	if err != nil {
		return nil, err
	}
	decided.Add(&unread)
	if err := decided.Totals.Balance(&read, &decided.Fates); err != nil {
		return nil, err
	}
	result := &RunResult{Counts: map[string]Counts{}, Rejects: byCode(decided.Rejects), Rejected: int64(len(decided.Rejects))}
	for input := range pipeline.InputCount {
		result.Counts[input.String()] = counts(read[input], &decided.Fates[input])
	}
	for input := range pipeline.InputCount {
		c, revenue := result.Counts[input.String()], read[pipeline.Revenue].Rows
		if !o.MaxRejects.allows(c.Rejected, c.Read, revenue) {
			return result, &Error{Refused, fmt.Errorf("%d of %d rows of the %s were rejected, more than --max-rejects %s allows with %d revenue rows: nothing was published; rejects by code: %s",
				c.Rejected, c.Read, input, o.MaxRejects, revenue, codesText(result.Rejects))}
		}
	}
	if isNew, err := worthPublishing(in, history, decided, o.Parameters.Law.Codes()); err != nil || !isNew {
		return result, err
	}
	o.Progress.Stage("publish", 0)
	if err := complete(o, in, decided, build); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	result.Manifest = &Manifest{
		Format: manifestFormat, Batch: batchName(&o.Parameters, &digests, history.names()),
		AsOf: o.Parameters.AsOf.String(), LawVersion: o.Parameters.Law.Version(),
		Parameters: settings(o), Ledger: history.names(), Inputs: in.manifest(), Counts: result.Counts,
		ControlTotals: controlTotals(&decided.Totals, read[pipeline.Revenue], &decided.Fates[pipeline.Revenue]),
		Outcomes:      outcomes(&decided.Totals), Rejects: result.Rejects,
	}
	if err := build.publish(result.Manifest); err != nil {
		return nil, err
	}
	if err := o.Out.Sync("."); err != nil { // the batch is there all the same
		o.Log.Error("the output directory could not be synced: after a power failure now the batch may be gone", "error", err.Error())
	}
	result.Published, result.Batch = true, result.Manifest.Batch
	return result, nil
}

// complete writes the rejects, and meanwhile reads the other files back; then it holds all of them against what was
// decided.
func complete(o *RunOptions, in *intake, decided *pipeline.Decisions, build *build) error {
	tables := slices.Clone(build.files)
	var group errgroup.Group
	group.Go(func() error { return writeRejects(build, in, decided.Rejects, o.Parameters.Law.Codes()) })
	var held sums
	group.Go(func() error { return checkFiles(&held, o.Out, building, tables, o.Workers) })
	if err := group.Wait(); err != nil {
		return err
	}
	rejects := slices.Clone(build.files[len(tables):])
	if err := checkFiles(&held, o.Out, building, rejects, 1); err != nil {
		return err
	}
	build.files = append(tables, rejects...)
	if err := held.agree(&decided.Totals, int64(len(decided.Rejects))); err != nil {
		return err
	}
	return in.unchanged()
}

// worthPublishing says whether there is something new: a settled row, or a reject that no published batch holds.
func worthPublishing(in *intake, history *ledger, decided *pipeline.Decisions, categories []string) (bool, error) {
	if decided.Totals.Regularisations > 0 {
		return true, nil
	}
	if len(decided.Rejects) == 0 {
		return false, nil
	}
	held, err := history.heldRejects()
	if err != nil {
		return false, err
	}
	return anyNew(in, decided.Rejects, categories, held)
}

func settings(o *RunOptions) ManifestSettings {
	s := ManifestSettings{Fees: map[string]string{}, MaxRejects: o.MaxRejects.String()}
	for year, fee := range o.Parameters.Fees {
		s.Fees[strconv.Itoa(year)] = fee.Percent()
	}
	return s
}

func outcomes(t *pipeline.Totals) map[string]int64 {
	named := map[string]int64{}
	for i, n := range t.Outcomes {
		if n > 0 {
			named[pipeline.Outcome(i).String()] = n
		}
	}
	return named
}
