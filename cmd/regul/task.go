package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"regul/cmd/regul/config"
	"regul/cmd/regul/tell"
	"regul/cmd/regul/terminal"
	"regul/jobs"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/jobs/task"
)

func newTask(c *common, o *outcome) *cobra.Command {
	command := &cobra.Command{
		Use:   "task",
		Short: "The same run as tasks that meet only in storage, for a cluster",
		Long: `task cuts a run into tasks that a cluster's scheduler starts: they meet only in the output directory, which all of them must see.

  plan            pins what is asked, the files and the ledger; it takes the flags of regul run
  scatter I/N     reads a share of the files and of the ledger
  settle K        takes shard K through the stages, from 0; settle I/N takes every N-th shard
  print I/N       prints a share of the letters
  publish         does what no task has done, balances everything, and publishes the batch

I counts from 0; N/N is 0/N, so that it may count from 1. All scatter tasks come before the first that settles, all that settle before the first
that prints; those of one step may run at once. Each may run twice or be killed anywhere: what is there is not done again. The batch has the
same name and, byte for byte, the same files as that of regul run.`,
		Example: `  regul task plan --config regul.yaml --as-of 2026-06-30
  regul task scatter 0/2 --config regul.yaml
  regul task scatter 1/2 --config regul.yaml
  regul task settle 0/1 --config regul.yaml
  regul task print 0/1 --config regul.yaml
  regul task publish --config regul.yaml`,
		Args: cobra.NoArgs,
	}
	command.AddCommand(newTaskPlan(c, run.People, "plan"), newTaskPlan(c, run.Companies, "plan-companies"),
		newTaskShare(c, "scatter I/N", "Read a share of the files and of the ledger", scatterTask),
		newTaskShare(c, "settle K|I/N", "Take one shard, or every N-th, through the stages", settleTask),
		newTaskShare(c, "print I/N", "Print a share of the letters", printTask),
		newTaskPublish(c, o))
	return command
}

func newTaskPlan(c *common, of *run.Subject, name string) *cobra.Command {
	f := &runFlags{subject: of}
	command := &cobra.Command{
		Use:   name,
		Short: "Pin the inputs, " + of.InputNames()[0] + " and the others, and plan the tasks",
		Long: `It checks what is asked as the run does, pins it with the state of the files and of the ledger, and reads the identities. A plan that says the same
as the one that is there leaves what its tasks have done; another one replaces it.

The tasks work with the plan's settings, in the directory where it was made: only the output directory, --workers and --memory are theirs.`,
		Example: "  regul task " + name + " --config regul.yaml --as-of 2026-06-30",
		Args:    flagsOnly,
		RunE: func(command *cobra.Command, _ []string) error {
			p := terminal.NewProgress(command.ErrOrStderr(), c.quiet)
			conf := config.Load(config.Path(f.config))
			settings := f.settings(conf, command.Flags().Changed)
			if err := conf.Err(); err != nil {
				return err
			}
			out, err := storage.At(settings.Out)
			if err != nil {
				return jobs.UsageError("--out: %w", err)
			}
			ctx, stop := interruptible(command.Context())
			defer stop()
			planned, err := task.Make(ctx, settings, &task.Setup{Out: out, Program: jobs.Program(), Log: p.Log, Progress: p})
			if err != nil {
				p.Failed(err)
				return err
			}
			text := fmt.Sprintf("Planned: %s in %s that can be read apart.\n", numberOf(planned.Inputs, "file"),
				numberOf(planned.Parts, "part"))
			switch {
			case !planned.Planned:
				text = "Nothing to do: " + planned.Nothing + ".\n"
			case planned.Same:
				text = "Planned before: what its tasks have done stays.\n"
			}
			return writeResult(command.OutOrStdout(), c, planned, text)
		},
	}
	f.add(command)
	hide(command, "metrics", "taken")
	return command
}

// numberOf is a number of things in words.
func numberOf(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return strconv.Itoa(n) + " " + thing + "s"
}

// taskFlags are how one task works.
type taskFlags struct {
	outFlags
	workers int
	memory  string
}

func (f *taskFlags) add(command *cobra.Command) {
	f.outFlags.add(command)
	command.Flags().IntVar(&f.workers, "workers", runtime.GOMAXPROCS(0), "goroutines; they change no result (default the processors)")
	command.Flags().Lookup("workers").DefValue = ""
	command.Flags().StringVar(&f.memory, "memory", "", "memory to stay within if possible, such as 512MiB (default "+run.DefaultMemory+")")
	nameValues(command, map[string]string{"workers": "NUMBER", "memory": "SIZE"})
}

// setup finds the plan, and goes to where it was made.
func (f *taskFlags) setup(p *terminal.Progress) (*task.Setup, string, error) {
	store, out, err := f.storage()
	if err != nil {
		return nil, "", err
	}
	if local, isLocal := store.(storage.Directory); isLocal {
		absolute, err := filepath.Abs(string(local))
		if err != nil {
			return nil, "", err
		}
		store = storage.Directory(absolute)
	}
	memory, err := (&run.Settings{Memory: f.memory}).MemoryBytes()
	if err != nil {
		return nil, "", jobs.UsageError("--memory: %w", err)
	}
	s := &task.Setup{Out: store, Program: jobs.Program(), Workers: f.workers, Memory: f.memory, Log: p.Log, Progress: p}
	directory, err := task.Directory(s.Out)
	if err != nil {
		return nil, "", err
	}
	if err := os.Chdir(directory); err != nil {
		return nil, "", jobs.UsageError("the plan was made in a directory that is not here: %w", jobs.Cause(err))
	}
	limitMemory(memory)
	return s, out, nil
}

// shared is the result of a task that does a share.
type shared struct {
	Done   int    `json:"done"` // by this task
	Shards int    `json:"shards,omitempty"`
	Text   string `json:"-"`
}

// newTaskShare is a command of one share.
func newTaskShare(c *common, use, short string, work func(context.Context, *task.Setup, string) (*shared, error)) *cobra.Command {
	f := &taskFlags{}
	name, _, _ := strings.Cut(use, " ")
	command := &cobra.Command{
		Use:     use,
		Short:   short,
		Long:    short + ". regul task --help says how the tasks follow each other.",
		Example: "  regul task " + name + " 0/4 --out batches",
		Args:    cobra.ExactArgs(1),
		RunE: func(command *cobra.Command, args []string) error {
			p := terminal.NewProgress(command.ErrOrStderr(), c.quiet)
			s, _, err := f.setup(p)
			if err != nil {
				return err
			}
			ctx, stop := interruptible(command.Context())
			defer stop()
			done, err := work(ctx, s, args[0])
			if err != nil {
				err = stopped(ctx, err)
				p.Failed(err)
				return err
			}
			return writeResult(command.OutOrStdout(), c, done, done.Text)
		},
	}
	f.add(command)
	return command
}

// parseShare reads I/N: I from 0, or N for 0.
func parseShare(text string) (task.Share, error) {
	number, of, is := strings.Cut(text, "/")
	i, err := strconv.Atoi(number)
	n, other := strconv.Atoi(of)
	if !is || err != nil || other != nil || n < 1 || n > task.MaxTasks || i < 0 || i > n {
		return task.Share{}, jobs.UsageError("%q is no share I/N such as 0/4, with I from 0 to N-1 and N up to %d", text, task.MaxTasks)
	}
	return task.Share{Number: i % n, Of: n}, nil
}

const doneBefore = "There is nothing to do: it was done before.\n"

func scatterTask(ctx context.Context, s *task.Setup, text string) (*shared, error) {
	share, err := parseShare(text)
	if err != nil {
		return nil, err
	}
	worked, err := task.Scatter(ctx, s, share)
	if err != nil || !worked {
		return &shared{Text: doneBefore}, err
	}
	return &shared{Done: 1, Text: fmt.Sprintf("Scattered: share %s.\n", share)}, nil
}

func settleTask(ctx context.Context, s *task.Setup, text string) (*shared, error) {
	var settled *task.Settled
	number, err := strconv.Atoi(text)
	if err == nil && number >= 0 {
		settled, err = task.Settle(ctx, s, number)
	} else {
		var share task.Share
		if share, err = parseShare(text); err != nil {
			return nil, err
		}
		settled, err = task.SettleShare(ctx, s, share)
	}
	if err != nil {
		return nil, err
	}
	r := &shared{Done: settled.Settled, Shards: settled.Shards, Text: doneBefore}
	if r.Done > 0 {
		r.Text = fmt.Sprintf("Settled: %d of %s.\n", r.Done, numberOf(r.Shards, "shard"))
	}
	return r, nil
}

func printTask(ctx context.Context, s *task.Setup, text string) (*shared, error) {
	share, err := parseShare(text)
	if err != nil {
		return nil, err
	}
	files, err := task.Print(ctx, s, share)
	if err != nil || files == 0 {
		return &shared{Text: doneBefore}, err
	}
	return &shared{Done: files, Text: fmt.Sprintf("Printed: %s of letters.\n", numberOf(files, "file"))}, nil
}

func newTaskPublish(c *common, o *outcome) *cobra.Command {
	f := &taskFlags{}
	command := &cobra.Command{
		Use:   "publish",
		Short: "Balance everything and publish the batch",
		Long: `publish does what no task has done, balances everything, and publishes one batch, or nothing when there is nothing new. Everything must be
scattered. A batch that is published already is told again.

Exit status: 0 published, or nothing new; 1 failed, nothing published; 2 wrong usage, configuration or missing file;
3 published, with rejects; 4 refused, too many rejects, nothing published; 75 another run holds the lock.`,
		Example: "  regul task publish --out batches",
		Args:    flagsOnly,
		RunE: func(command *cobra.Command, _ []string) error {
			p := terminal.NewProgress(command.ErrOrStderr(), c.quiet)
			s, out, err := f.setup(p)
			if err != nil {
				return err
			}
			ctx, stop := interruptible(command.Context())
			defer stop()
			result, err := task.Publish(ctx, s)
			if err == nil {
				p.Succeeded(result)
				if result.Published && result.Rejected > 0 {
					o.status = jobs.WithRejects
				}
				return writeSummary(command, c, tell.NewSummary(result, out))
			}
			err = stopped(ctx, err)
			p.Failed(err)
			if jobs.KindOf(err) == jobs.Refused {
				return errors.Join(err, writeSummary(command, c, tell.Refusal(result, out)))
			}
			return err
		},
	}
	f.add(command)
	return command
}
