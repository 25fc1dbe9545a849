package jobs

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"strconv"

	"regul/pipeline"
	"regul/pipeline/money"
)

// RunOptions are what the main job works with.
type RunOptions struct {
	Inputs     [pipeline.InputCount][]string // paths of files, by input
	Arrived    Arrived                       // how the inputs were found
	Parameters pipeline.Parameters
	MaxRejects Limit
	Workers    int // goroutines that read and compute, at least 1
	Waiting    int // bytes of memory for rows that wait for their shard; further rows wait on disk. 0 is no limit
	ShardRows  int // rows of the inputs in a shard, about; 0 is pipeline.ShardRows. Another number cuts the tables into other files
	Outgoing   Outgoing
	Corrects   *Correction // nil: the revenue corrects no rejects
	Draft      bool        // the batch counts for nothing until it is released
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
	Draft     bool              `json:"draft"` // published, but as a draft
	Batch     string            `json:"batch,omitempty"`
	Folder    string            `json:"folder,omitempty"` // of the batch
	Rejected  int64             `json:"rejected"`
	Rejects   map[string]int64  `json:"rejects"`           // by code
	Counts    map[string]Counts `json:"counts"`            // by input
	Nothing   string            `json:"nothing,omitempty"` // why there was nothing to read
	Manifest  *Manifest         `json:"manifest,omitempty"`
}

const lockName = ".lock"

// Run is the main job: it reads the inputs and the ledger, computes, and publishes one batch, or nothing when there is nothing new.
func Run(ctx context.Context, o RunOptions) (*RunResult, error) {
	if nothing := o.Arrived.idle(o.Log); nothing != "" {
		return &RunResult{Nothing: nothing, Rejects: map[string]int64{}, Counts: map[string]Counts{}}, nil
	}
	in, err := openIntake(o.Inputs)
	if err != nil {
		return nil, err
	}
	defer in.close()
	unlock, err := occupy(o.Out)
	if err != nil {
		return nil, err
	}
	defer unlock() // the kernel does so at the latest when the process ends

	history, err := openLedger(o.Out)
	if err != nil {
		return nil, err
	}
	return execute(ctx, &o, in, history)
}

// execute reads and settles the files that were opened, with a history of the fund, and publishes what is new.
func execute(ctx context.Context, o *RunOptions, in *intake, history *ledger) (result *RunResult, err error) {
	if err := o.Out.Remove(spillFolder); err != nil {
		return nil, err
	}
	o.Progress.Stage("read", 0)
	scatters, err := o.read(ctx, append(in.sources(o.Parameters.Law, o.Progress.Step), history.sources(o.Parameters.Law)...))
	defer func() {
		for _, s := range scatters {
			err = errors.Join(err, s.Close())
		}
		if o.Waiting > 0 {
			err = errors.Join(err, o.Out.Remove(spillFolder))
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
	result, err = settle(ctx, o, in, history, scatters, build)
	if err != nil || !result.Published {
		err = errors.Join(err, build.abandon())
	}
	return result, err
}

// read runs the sources on the workers, each with a scatter of its own.
func (o *RunOptions) read(ctx context.Context, sources []pipeline.Source) ([]*pipeline.Scatter, error) {
	scatters := make([]*pipeline.Scatter, o.Workers)
	for i := range scatters {
		scatters[i] = &pipeline.Scatter{Contacts: o.Outgoing.any()}
		scatters[i].Limit(o.Waiting/o.Workers, spill{o.Out, i})
	}
	return scatters, pipeline.Fill(ctx, scatters, sources)
}

// occupy makes an output directory, if it is not there, and this the only work on it.
func occupy(storage Storage) (unlock func() error, err error) {
	if err := storage.MakeFolder("."); err != nil {
		return nil, UsageError("the output directory can't be made: %w", err)
	}
	return lock(storage)
}

// lock makes this the only work on an output directory.
func lock(storage Storage) (unlock func() error, err error) {
	unlock, err = storage.Lock(lockName)
	if errors.Is(err, ErrLocked) {
		return nil, &Error{Locked, err}
	} else if err != nil {
		return nil, UsageError("the output directory can't be locked: %w", err)
	}
	return unlock, nil
}

func settings(o *RunOptions) ManifestSettings {
	s := ManifestSettings{Fees: map[string]string{}, MaxRejects: o.MaxRejects.String(), Without: o.Outgoing.without(), Specimen: o.Outgoing.any() && o.Outgoing.Fund.Specimen, Outgoing: o.Outgoing.digest(), Recheck: o.Parameters.Recheck}
	for year, fee := range o.Parameters.Fees {
		s.Fees[strconv.Itoa(year)] = fee.Percent()
	}
	for year, amount := range o.Parameters.MinimumPension {
		if s.MinimumPension == nil {
			s.MinimumPension = map[string]money.Cents{}
		}
		s.MinimumPension[strconv.Itoa(year)] = amount
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
