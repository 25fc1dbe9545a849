package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"regul/cmd/regul/tell"
	"regul/cmd/regul/terminal"
	"regul/jobs"
	"regul/jobs/run"
)

// runFlags are the flags of run, as given.
type runFlags struct {
	subject        *run.Subject         // nil: people
	inputs         map[string]*[]string // by name
	asOf           string
	out            string
	config         string
	fee            string
	minimumPension string
	maxRejects     string
	workers        int
	memory         string
	without        []string
	draft          bool
	by             string // who makes the draft
	newLedger      bool
	taken          string // file to which the paths of what was read go
	insist         []string
	recheck        []string
	metrics        string
	settlesNothing bool // the command needs neither revenue nor fees
	printsLetters  bool // of a command that publishes no batch: it reads the addresses
}

func newRun(c *common, o *outcome) *cobra.Command {
	f := &runFlags{}
	command := &cobra.Command{
		Use:   "run",
		Short: "Settle what has arrived and publish one batch",
		Long: `run reads the register, the account, the payments and the communications of income, computes every affiliate's
year that can be settled, and publishes one batch directory, or nothing when there is nothing new.

Files are CSV (comma or semicolon, UTF-8 or Windows-1252), plain, .gz or .zst, or Parquet. A flag of a file is given
once for each file, or with a pattern between quotes, such as 'inbox/*.csv'; a pattern of the revenue that nothing matches means
nothing new. The configuration can hold all of it but the date; its paths are relative to it. regul config --check checks it.

The summary goes to standard output. Standard error shows the progress on a terminal, and is a log elsewhere.

Exit status: 0 published, or nothing new; 1 failed, nothing published; 2 wrong usage, configuration or missing file;
3 published, with rejects; 4 refused, too many rejects, nothing published; 75 another run holds the lock.`,
		Example: `  regul run --affiliates affiliates.csv --account account.csv \
      --payments payments.csv --revenue revenue.csv \
      --as-of 2026-06-30 --fund-fee 3.05 --out batches
  regul run --config regul.yaml --as-of 2026-06-30

  regul.yaml:
    inputs:
      affiliates: affiliates.csv
      account: account.csv
      payments: payments.csv
      revenue: '*revenue*.csv'
    fees: {2022: 3.05, 2023: 3.05, 2024: 3.15}
    out: batches
    max_rejects: 5%`,
		Args: flagsOnly,
		RunE: func(command *cobra.Command, _ []string) error { return f.run(command, c, o) },
	}
	f.add(command)
	return command
}

// run does the job and tells everybody the result.
func (f *runFlags) run(command *cobra.Command, c *common, out *outcome) error {
	ctx, stop := interruptible(command.Context())
	defer stop()
	p := terminal.NewProgress(command.ErrOrStderr(), c.quiet)
	o, conf, err := f.options(command.Flags().Changed)
	r := newReporter(conf, p)
	r.ping.started()
	if err == nil {
		err = f.perform(ctx, command, c, out, o, r)
	} else {
		p.Failed(err)
	}
	status := out.status
	if err != nil {
		status = int(jobs.KindOf(err))
	}
	r.ended(status)
	return err
}

// perform does the job and writes the result.
func (f *runFlags) perform(ctx context.Context, command *cobra.Command, c *common, out *outcome, o *runOptions, r *reporter) error {
	limitMemory(o.memory)
	o.Log, o.Progress = r.Log, r
	r.Started(&o.Options, o.folder, o.memory)
	result, err := run.Run(ctx, o.Options)
	r.result = result
	if err == nil {
		r.Succeeded(result)
		if err := f.writeTaken(taken(result)); err != nil {
			p := command.ErrOrStderr()
			fmt.Fprintf(p, "regul: the list of what was read can't be written: %v\n", err)
		}
		if result.Published && result.Rejected > 0 {
			out.status = jobs.WithRejects
		}
		return writeSummary(command, c, tell.NewSummary(result, o.folder))
	}
	err = stopped(ctx, err)
	r.Failed(err)
	if jobs.KindOf(err) == jobs.Refused {
		writeSummary(command, c, tell.Refusal(result, o.folder)) // the refusal is the message
	}
	return err
}

// taken are the files that a night may move: none where it became a draft by itself. They wait for the next night, which settles what the
// draft did not.
func taken(r *run.Result) []string {
	if r.Draft && len(r.Manifest.Unusual) > 0 {
		return nil
	}
	return r.Taken
}

// writeTaken writes the paths of the files that patterns found, each ended by a NUL: what a night may move once it has succeeded.
func (f *runFlags) writeTaken(paths []string) error {
	if f.taken == "" {
		return nil
	}
	var text strings.Builder
	for _, path := range paths {
		text.WriteString(path + "\x00")
	}
	return os.WriteFile(f.taken, []byte(text.String()), 0o600)
}

// writeSummary writes the result of a run. A batch that is published stays so, also if its summary can't be written: the exit
// status must say so.
func writeSummary(command *cobra.Command, c *common, s *tell.Summary) error {
	done := "nothing new was found"
	switch {
	case s.Published:
		done = "the batch " + s.Batch + " is published"
	case s.Refused:
		done = "the night was refused"
	}
	return sayDone(command, c, done, s, s.Text())
}
