package main

import (
	"cmp"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"regul/jobs"
	"regul/pipeline"
	"regul/pipeline/law"
)

// runFlags are the flags of run, as given.
type runFlags struct {
	inputs     [pipeline.InputCount][]string
	asOf       string
	out        string
	config     string
	fee        string
	maxRejects string
	workers    int
	memory     string
}

const defaultMemory = "1GiB"

func newRun(c *common, status *int) *cobra.Command {
	f := &runFlags{}
	command := &cobra.Command{
		Use:   "run",
		Short: "Settle what has arrived and publish one batch",
		Long: `run reads the register, the account, the payments and the communications of income, computes every affiliate's
year that can be settled, and publishes one batch directory, or nothing when there is nothing new.

Files are CSV (comma or semicolon, UTF-8 or Windows-1252), plain, .gz or .zst, or Parquet; each flag can be given
several times.

Exit status: 0 published, or nothing new; 1 failed, nothing published; 2 wrong usage, configuration or missing file;
3 published, with rejects; 4 refused, too many rejects, nothing published; 75 another run holds the lock.`,
		Example: `  regul run --affiliates register.csv --account account.parquet --payments payments.csv.gz \
      --revenue week-24.csv --revenue week-25.csv --as-of 2026-06-30 --fund-fee 3.05 --out batches
  regul run --config regul.yaml`,
		Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			result, out, err := f.run(command, c)
			if err != nil {
				return err
			}
			if result.Published && result.Rejected > 0 {
				*status = exitWithRejects
			}
			if c.json {
				return writeJSON(command.OutOrStdout(), result)
			}
			return writeSummary(command.OutOrStdout(), result, out)
		},
	}
	flags := command.Flags()
	for input, help := range map[pipeline.Input]string{
		pipeline.Affiliates:    "file of the register, one row an affiliate",
		pipeline.Account:       "file of the account, one row an affiliate and quarter",
		pipeline.Payments:      "file of the payments",
		pipeline.Revenue:       "file of the communications of income",
		pipeline.Interruptions: "file (niss, year) of years whose limitation was interrupted; optional",
	} {
		flags.StringArrayVar(&f.inputs[input], input.String(), nil, help)
	}
	flags.StringVar(&f.asOf, "as-of", "", "date of the notices, such as 2026-06-30 (default today)")
	flags.StringVar(&f.out, "out", "", "directory of the batches")
	flags.StringVar(&f.config, "config", "", "configuration file; flags override it")
	flags.StringVar(&f.fee, "fund-fee", "", "management fee in percent for every year, such as 3.05")
	flags.StringVar(&f.maxRejects, "max-rejects", "", "refuse a batch with more rejects: rows, or a share of the revenue rows (default "+jobs.DefaultMaxRejects+")")
	flags.IntVar(&f.workers, "workers", 0, "goroutines that read and compute (default: the processors); the result does not depend on it")
	flags.StringVar(&f.memory, "memory", "", "memory that the program tries to stay within, such as 512MiB (default "+defaultMemory+")")
	return command
}

// run completes the flags with the configuration and starts the job.
func (f *runFlags) run(command *cobra.Command, c *common) (*jobs.RunResult, string, error) {
	conf := &config{}
	if f.config != "" {
		var err error
		if conf, err = readConfig(f.config); err != nil {
			return nil, "", err
		}
	}
	l, err := law.Standard()
	if err != nil {
		return nil, "", err
	}
	o := jobs.RunOptions{Inputs: f.inputs, Log: newLog(command.ErrOrStderr(), c.quiet)}
	for input, paths := range map[pipeline.Input][]string{
		pipeline.Affiliates: conf.Inputs.Affiliates, pipeline.Account: conf.Inputs.Account, pipeline.Payments: conf.Inputs.Payments,
		pipeline.Revenue: conf.Inputs.Revenue, pipeline.Interruptions: conf.Inputs.Interruptions,
	} {
		if len(o.Inputs[input]) == 0 {
			o.Inputs[input] = paths
		}
		if len(o.Inputs[input]) == 0 && input != pipeline.Interruptions {
			return nil, "", jobs.UsageError("--%s is missing: give at least one file", input)
		}
	}
	out := cmp.Or(f.out, conf.Out)
	if out == "" {
		return nil, "", jobs.UsageError("--out is missing: give the directory of the batches")
	}
	o.Out = jobs.Directory(out)
	asOf := cmp.Or(f.asOf, time.Now().Format(time.DateOnly))
	day, ok := pipeline.ParseDate([]byte(asOf))
	if !ok {
		return nil, "", jobs.UsageError("--as-of: %q is not a day such as 2026-06-30", asOf)
	}
	fees, err := conf.fees(f.fee, l)
	if err != nil {
		return nil, "", err
	}
	o.Parameters = pipeline.Parameters{AsOf: day, Law: l, Fees: fees}
	if o.MaxRejects, err = jobs.ParseLimit(cmp.Or(f.maxRejects, conf.MaxRejects, jobs.DefaultMaxRejects)); err != nil {
		return nil, "", jobs.UsageError("--max-rejects: %w", err)
	}
	o.Workers = cmp.Or(f.workers, conf.Workers, runtime.GOMAXPROCS(0))
	if o.Workers < 1 || o.Workers > maxWorkers {
		return nil, "", jobs.UsageError("--workers must be between 1 and %d", maxWorkers)
	}
	memory, err := parseSize(cmp.Or(f.memory, conf.Memory, defaultMemory))
	if err != nil {
		return nil, "", jobs.UsageError("--memory: %w", err)
	}
	limitMemory(memory)
	progress := newProgress(command.ErrOrStderr(), c.quiet)
	defer progress.end()
	o.Progress = progress
	result, err := jobs.Run(command.Context(), o)
	return result, out, err
}

// maxWorkers bounds the goroutines.
const maxWorkers = 1024

// limitMemory makes the garbage collector work rarely while there is memory left, and hard when there is not.
func limitMemory(bytes int64) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(bytes)
	}
}

const gcPercent = 100

func newLog(to io.Writer, quiet bool) *slog.Logger {
	if quiet {
		to = io.Discard
	}
	return slog.New(slog.NewJSONHandler(to, nil))
}

// writeSummary tells people what came of a run.
func writeSummary(to io.Writer, r *jobs.RunResult, out string) error {
	if !r.Published {
		_, err := fmt.Fprintf(to, "Nothing new: no batch was published.\n%s", countsTable(r.Counts))
		return err
	}
	fmt.Fprintf(to, "Published %s in %s\n\n", r.Manifest.Folder(), out)
	_, err := io.WriteString(to, manifestText(r.Manifest))
	return err
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
