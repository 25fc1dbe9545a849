// Command regul-beam runs the tasks of a night on Apache Beam: those that scatter, settle and print, as elements of a pipeline. It owns
// nothing but their order. regul task plan comes before it, and it publishes itself what the tasks have done. Workers meet in the output
// directory, which all of them must see; an element that is tried again, twice at once, or after a worker was lost finds what is done.
// It is another module, since Beam is many times larger than regul.
package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/runners/prism"     // --runner prism: in this process, or of a server
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/runners/universal" // --runner universal --endpoint HOST:PORT: any portable runner

	"regul/jobs"
	"regul/jobs/run"
	"regul/jobs/task"
)

func main() {
	runner := flag.String("runner", "prism", "Beam runner: prism, or universal with --endpoint")
	shares := &shares{}
	flag.StringVar(&shares.Out, "out", "", "output directory, in which regul task plan has made the plan")
	flag.IntVar(&shares.Scatter, "scatter", 4, "tasks that scatter: not more than the parts that the plan counts")
	flag.IntVar(&shares.Settle, "settle", 4, "tasks that settle")
	flag.IntVar(&shares.Print, "print", 4, "tasks that print letters")
	flag.IntVar(&shares.Workers, "workers", 1, "goroutines of each task")
	flag.StringVar(&shares.Memory, "memory", "", "memory of each task, such as 512MiB (default that of the plan)")
	flag.Parse()
	beam.Init() // in a worker of a runner it does not return
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	result, err := night(ctx, *runner, shares)
	if err != nil {
		fmt.Fprintln(os.Stderr, "regul-beam:", err)
		os.Exit(int(jobs.KindOf(err)))
	}
	if !result.Published {
		fmt.Println("Nothing new: no batch was published.")
		return
	}
	fmt.Println("Published batch", result.Batch)
	if result.Rejected > 0 {
		os.Exit(jobs.WithRejects)
	}
}

// night runs all tasks of the plan, and publishes.
func night(ctx context.Context, runner string, s *shares) (*run.Result, error) {
	if s.Out == "" || flag.NArg() > 0 {
		return nil, jobs.UsageError("give the output directory of the plan: regul-beam --out DIR")
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	var err error
	if s.Out, err = filepath.Abs(s.Out); err != nil {
		return nil, err
	}
	setup, err := s.setup()
	if err != nil {
		return nil, err
	}
	if _, err := beam.Run(ctx, runner, pipelineOf(s)); err != nil {
		return nil, err
	}
	return task.Publish(ctx, setup)
}

// quiet tells nobody how far a task is: the runner says so.
type quiet struct{}

func (quiet) Stage(string, int64) {}
func (quiet) Step(int)            {}

var log = slog.New(slog.NewJSONHandler(os.Stderr, nil))
