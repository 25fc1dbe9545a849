package run

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/current"
	"regul/jobs/intake"
	"regul/jobs/ledger"
	"regul/jobs/outgoing"
	"regul/jobs/storage"
	"regul/pipeline"
)

// Options are what the main job works with.
type Options struct {
	Subject    *Subject
	Inputs     [pipeline.InputCount][]string // paths of files, by input
	Arrived    intake.Arrived                // how the inputs were found
	Parameters pipeline.Parameters
	MaxRejects Limit
	Workers    int // goroutines that read and compute, at least 1
	// rejects that are kept at most; beyond them nothing is published. 0 is no limit
	Rejects int64
	// bytes of memory for rows that wait for their shard; further rows wait on disk. 0 is no limit
	Waiting int
	// rows of the inputs in a shard, about; 0 is pipeline.ShardRows. Another number cuts the tables into other files
	ShardRows int
	Elsewhere func(*pipeline.Subject, *pipeline.Parameters) (pipeline.Worker, error) // where shards are worked; nil: here
	Outgoing  outgoing.Options
	Corrects  *batch.Correction // nil: the revenue corrects no rejects
	Draft     bool              // the batch counts for nothing until it is released
	Drafter   *ledger.Word      // who makes the draft, where a second person must release it; else nil
	Brake     Brake             // what makes a draft of a night that is unlike those before
	Gates     *Gates            // what the operator insists on; nil: a batch is made again, and was admitted once
	Kept      int               // batches that come together in what is kept of the older ones; 0 is ledger.KeptBatches
	Current   bool              // bring the tables of all batches up to date
	Out       storage.Storage
	Archive   storage.Storage // where a copy of each input is kept, by its content; nil: nowhere
	MovedTo   storage.Storage // where files that patterns found go once they are settled; nil: they stay
	Program   string          // version of the program, for the manifest
	Log       *slog.Logger
	Progress  jobs.Progress
}

// Aside is a file of an inbox that can't be read, and why.
type Aside = intake.Aside

// Result is what came of a run.
type Result struct {
	Published bool                    `json:"published"`
	Draft     bool                    `json:"draft"` // published, but as a draft
	Batch     string                  `json:"batch,omitempty"`
	Folder    string                  `json:"folder,omitempty"` // of the batch
	Rejected  int64                   `json:"rejected"`
	Rejects   map[string]int64        `json:"rejects"` // by code
	Counts    map[string]batch.Counts `json:"counts"`  // by input
	// years settled again without a new communication, where that was asked for
	Recheck *batch.RecheckCounts `json:"recheck,omitempty"`
	// of the revenue that earlier batches rejected and that this run tried again; rejected: it still waits
	Waiting  *batch.Counts    `json:"waiting,omitempty"`
	Nothing  string           `json:"nothing,omitempty"` // why there was nothing to read
	Taken    []string         `json:"-"`                 // files that patterns found and that were read: they may be moved
	Moved    []string         `json:"moved,omitempty"`   // of them, those that were moved
	Aside    []Aside          `json:"aside,omitempty"`   // files of the inbox that can't be read
	Left     []string         `json:"left,omitempty"`    // files beside the inputs that no pattern takes
	Doubled  map[string]int64 `json:"doubled,omitempty"` // rows with a text that seems to have been encoded twice, by file
	Told     []RejectedRow    `json:"-"`                 // some of the rejects of a run that was refused
	Manifest *batch.Manifest  `json:"manifest,omitempty"`

	subject *Subject // nil: People
	asOf    pipeline.Date
	oldest  map[string]int64 // days since the oldest money of a kind; 0: there is none
	open    *current.Open    // rejects over all batches; nil: current/ does not tell them
}

// of is with whom the run settled.
func (r *Result) of() *Subject {
	if r.subject == nil {
		return People
	}
	return r.subject
}

// Run is the main job: it reads the inputs and the ledger, computes, and publishes one batch, or nothing when there is nothing new.
// Where no revenue arrived there is nothing to read, unless the affiliates of a withdrawn batch are still to be told, or the bank says
// something.
func Run(ctx context.Context, o Options) (*Result, error) {
	nothing := o.Arrived.Idle(o.Log)
	idle := &Result{subject: o.Subject, Nothing: nothing, Aside: o.Arrived.Aside, Left: o.Arrived.Left, Rejects: map[string]int64{},
		Counts: map[string]batch.Counts{}}
	unlock, err := o.Occupy()
	if errors.Is(err, errNoLedger) && nothing != "" {
		return idle, nil
	}
	if err != nil {
		return nil, err
	}
	defer unlock() // the kernel does so at the latest when the process ends
	if err := sweep(o.Out); err != nil {
		return nil, err
	}
	history, err := o.admitted()
	if err != nil || history == nil {
		o.tellOpen(idle)
		return idle, err
	}
	result, err := o.withGoodFiles(func(in *intake.Files) (*Result, error) {
		if err := o.Gates.copies(in, o.Subject); err != nil {
			return nil, err
		}
		result, err := execute(ctx, &o, in, history)
		o.moveTaken(in, result, err)
		return result, err
	})
	if err := history.Forget(); err != nil {
		o.Log.Error("what is kept of the older batches is damaged and could not be removed", "folder", ledger.KeptFolder, "error", err.Error())
	}
	return o.ended(result, err)
}

// nothing says why there is nothing to read; "" where there is something, also where only the bank says something.
func (o *Options) nothing() string {
	if len(o.Inputs[pipeline.ConfirmationsInput]) > 0 {
		return ""
	}
	return o.Arrived.Why()
}

// admitted is the history on which a run works, once the gates let it in; nil where there is nothing to do.
func (o *Options) admitted() (*ledger.History, error) {
	history, err := o.openHistory()
	if err != nil {
		return nil, err
	}
	if err := o.Gates.admit(o.Out, history, o.Outgoing.Fund, o.Parameters.AsOf); err != nil {
		return nil, err
	}
	if o.nothing() != "" {
		if waits, err := history.Waits(); err != nil || !waits || o.Subject != People {
			return nil, err
		}
	}
	o.keep(history)
	return history, nil
}

// openHistory opens the history of the subject.
func (o *Options) openHistory() (*ledger.History, error) {
	history, err := ledger.OpenOf(o.Out, o.Subject.Job)
	if err == nil {
		history.Together, o.Parameters.Ordering = o.Kept, history.Ordering()
		err = o.limitDay(history)
	}
	return history, err
}

// keep brings what is kept of the older batches up to the history. The night reads the batches themselves where that fails.
func (o *Options) keep(history *ledger.History) {
	if err := history.Keep(o.Workers); err != nil {
		o.Log.Error("what is kept of the older batches could not be brought up to date: the night reads them all", "folder", ledger.KeptFolder,
			"error", err.Error())
	}
}

// ended completes what came of a run, and brings the tables of all batches up to date.
func (o *Options) ended(result *Result, err error) (*Result, error) {
	if err != nil {
		return result, err
	}
	if result.Draft && o.Drafter != nil {
		if err := ledger.RecordDraft(o.Out, result.Manifest, *o.Drafter); err != nil {
			return result, fmt.Errorf("the draft %s is made, but who made it could not be recorded, so that nobody can release it: %w",
				result.Batch, err)
		}
	}
	result.Aside = o.Arrived.Aside
	result.Taken = slices.DeleteFunc(slices.Clone(o.Arrived.Taken), func(path string) bool {
		return storage.InBucket(path) || slices.Contains(result.Moved, path) // who else moves files moves no objects
	})
	result.Left = o.Arrived.Left
	if !result.Published {
		result.Nothing = o.nothing()
	}
	if o.Current {
		follow(o.Out, o.Workers, o.Log)
	}
	o.tellOpen(result)
	return result, nil
}

// tellOpen finds the rejects that are open, for the metrics, where current/ is kept up to date.
func (o *Options) tellOpen(result *Result) {
	if !o.Current {
		return
	}
	var err error
	result.asOf = o.Parameters.AsOf
	if result.open, err = current.OpenRejects(o.Out, o.Subject.About); err != nil {
		o.Log.Warn("the open rejects can't be counted", "error", err.Error())
	}
}

// withGoodFiles opens the files that arrived and works on them: again without one that turns out to be unreadable, where the night can go
// on without it.
func (o *Options) withGoodFiles(work func(*intake.Files) (*Result, error)) (*Result, error) {
	for {
		var result *Result
		in, err := intake.Open(o.Inputs)
		if err == nil {
			in.Expect(o.Arrived.Sums)
			result, err = work(in)
			in.Close()
		}
		if err == nil || !o.Arrived.SetAside(err) {
			return result, err
		}
		o.Inputs = o.Arrived.Files
		aside := o.Arrived.Aside[len(o.Arrived.Aside)-1]
		o.Log.Warn("a file is set aside: the night goes on without it", "file", aside.Path, "why", aside.Why)
	}
}

// moveTaken moves what patterns found and a night has settled out of the inbox, where that is asked for. A draft moves nothing: its files
// are read again. What stays is told, and settled already the next night.
func (o *Options) moveTaken(in *intake.Files, result *Result, err error) {
	if o.MovedTo == nil || err != nil || result.Draft {
		return
	}
	moved, stay := in.MoveTaken(o.Arrived.Taken, o.MovedTo, o.Parameters.AsOf.String())
	for _, s := range stay {
		o.Log.Warn("a file stays in the inbox: it could not be moved", "file", jobs.Printable(s.Path), "why", s.Err.Error())
	}
	result.Moved = moved
}

// sweep removes what a run that was killed has left: names, streets and accounts must not lie about until there is something to settle.
func sweep(out storage.Storage) error {
	if err := batch.Sweep(out); err != nil {
		return err
	}
	return out.Remove(intake.SpillFolder, rerunFolder)
}

// follow brings the tables of all batches up to date. The batch is published all the same where that fails.
func follow(out storage.Storage, workers int, log *slog.Logger) {
	if err := current.Follow(out, workers); err != nil {
		log.Error("current/ could not be brought up to date: regul current makes it again", "error", err.Error())
	}
}

// execute reads and settles the files that were opened, with a history of the fund, and publishes what is new.
func execute(ctx context.Context, o *Options, in *intake.Files, history *ledger.History) (result *Result, err error) {
	o.Progress.Stage("read", 0)
	scatters, err := o.readInputs(ctx, in)
	defer func() {
		left := o.forget(scatters)
		if left != nil && err == nil && result.Published { // which stays so
			o.Log.Error("the rows that waited on disk could not be removed: the next run removes them",
				"folder", intake.SpillFolder, "error", left.Error())
			left = nil
		}
		err = errors.Join(err, left)
	}()
	if err != nil {
		return nil, err
	}
	if err := in.AsExpected(); err != nil {
		return nil, err
	}
	if err := o.delivered(in, history); err != nil {
		return nil, err
	}
	if result, err := o.look(ctx, in, history, scatters); err != nil || result != nil {
		return result, err
	}
	if err := o.readLedger(ctx, history, scatters); err != nil {
		return nil, err
	}
	taken := pipeline.TakenBy(scatters)
	return publish(ctx, o, in, history, &taken, o.here(scatters))
}

// delivered lets the inputs in, once they were read, and warns of what is odd in them.
func (o *Options) delivered(in *intake.Files, history *ledger.History) error {
	if o.Gates != nil {
		if err := o.Gates.delivered(in, history, o.Subject); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(in.Unknown)) {
		o.Log.Warn("columns are not used", "file", name, "columns", in.Unknown[name])
	}
	for _, name := range slices.Sorted(maps.Keys(in.Doubled)) {
		o.Log.Warn("names or addresses seem to have been encoded twice", "file", name, "rows", in.Doubled[name])
	}
	return nil
}

// publish settles what was read, and publishes what is new.
func publish(ctx context.Context, o *Options, in *intake.Files, history *ledger.History, taken *pipeline.Taken, work Work) (*Result,
	error) {
	build, err := batch.Start(o.Out)
	if err != nil {
		return nil, err
	}
	result, err := settle(ctx, o, in, history, taken, work, build)
	if result != nil {
		result.Doubled = in.Doubled
	}
	if err != nil || !result.Published {
		err = errors.Join(err, build.Abandon())
	}
	return result, err
}
