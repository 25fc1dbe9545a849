package main

import (
	"context"
	"os"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"regul/jobs"
	"regul/jobs/storage"
	"regul/jobs/task"
)

func init() {
	register.DoFn2x2[context.Context, int, int, error](&work{})
	register.DoFn2x0[[]byte, func(int)](&first{})
	register.DoFn3x0[int, func(*int) bool, func(int)](&next{})
	register.Emitter1[int]()
	register.Iter1[int]()
}

// shares is how many tasks each step has, and how each works.
type shares struct {
	Out                    string // absolute, the same for all workers
	Scatter, Settle, Print int
	Workers                int
	Memory                 string
}

func (s *shares) check() error {
	for name, n := range map[string]int{"--scatter": s.Scatter, "--settle": s.Settle, "--print": s.Print} {
		if n < 1 || n > task.MaxTasks {
			return jobs.UsageError("%s %d: give 1 to %d", name, n, task.MaxTasks)
		}
	}
	return jobs.CheckWorkers(s.Workers)
}

// setup is how a task works in this process. A plan's paths are relative to where it was made.
func (s *shares) setup() (*task.Setup, error) {
	out := storage.Directory(s.Out)
	directory, err := task.Directory(out)
	if err != nil {
		return nil, err
	}
	if err := os.Chdir(directory); err != nil {
		return nil, jobs.UsageError("the plan was made in a directory that is not here: %w", jobs.Cause(err))
	}
	return &task.Setup{Out: out, Program: jobs.Program(), Workers: s.Workers, Memory: s.Memory, Log: log, Progress: quiet{}}, nil
}

// The steps of a night, in their order. Each begins once the one before it has ended.
const (
	scatterStep = "scatter"
	settleStep  = "settle"
	printStep   = "print"
)

// pipelineOf is the night: the numbers of the tasks of a step, spread over the workers; when all are done, those of the next.
func pipelineOf(s *shares) *beam.Pipeline {
	p, scope := beam.NewPipelineWithRoot()
	scattered := stepOf(scope, s, scatterStep, s.Scatter, beam.ParDo(scope, &first{s.Scatter}, beam.Impulse(scope)))
	settled := stepOf(scope, s, settleStep, s.Settle, after(scope, scattered, s.Settle))
	stepOf(scope, s, printStep, s.Print, after(scope, settled, s.Print))
	return p
}

// stepOf works the tasks of a step, and gives the numbers of those that are done.
func stepOf(scope beam.Scope, s *shares, step string, of int, numbers beam.PCollection) beam.PCollection {
	scope = scope.Scope(step)
	return beam.ParDo(scope, &work{Shares: *s, Step: step, Of: of}, beam.Reshuffle(scope, numbers))
}

// after gives the numbers of so many tasks once all of a step are done.
func after(scope beam.Scope, done beam.PCollection, of int) beam.PCollection {
	return beam.ParDo(scope, &next{of}, beam.GroupByKey(scope, beam.AddFixedKey(scope, done)))
}

// first gives the numbers of the tasks of the first step.
type first struct{ Of int }

// ProcessElement gives 0 to Of-1.
func (f *first) ProcessElement(_ []byte, number func(int)) { each(f.Of, number) }

// next gives the numbers of the tasks of a step when those of the one before are there, all under one key.
type next struct{ Of int }

// ProcessElement gives 0 to Of-1.
func (n *next) ProcessElement(_ int, done func(*int) bool, number func(int)) { each(n.Of, number) }

func each(of int, number func(int)) {
	for i := range of {
		number(i)
	}
}

// work is one step of a night in a worker.
type work struct {
	Shares shares
	Step   string
	Of     int
}

// ProcessElement works one task, and gives its number. Where it fails the runner tries it again: what is there is not done again.
func (w *work) ProcessElement(ctx context.Context, number int) (int, error) {
	setup, err := w.Shares.setup()
	if err != nil {
		return 0, err
	}
	share := task.Share{Number: number, Of: w.Of}
	switch w.Step {
	case scatterStep:
		_, err = task.Scatter(ctx, setup, share)
	case settleStep:
		_, err = task.SettleShare(ctx, setup, share)
	case printStep:
		_, err = task.Print(ctx, setup, share)
	}
	return number, err
}
