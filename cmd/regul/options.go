package main

import (
	"cmp"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"regul/jobs"
	"regul/pipeline"
	"regul/pipeline/law"
)

// The bounds and defaults of run.
const (
	defaultMemory = "1GiB"
	maxWorkers    = 1024
)

// runOptions are what the flags and the configuration ask for, checked.
type runOptions struct {
	jobs.RunOptions
	folder string // of the batches
	memory int64  // bytes
}

// add declares the flags, in the order in which help lists them.
func (f *runFlags) add(command *cobra.Command) {
	flags := command.Flags()
	flags.SortFlags = false
	for input, help := range []string{
		pipeline.Affiliates:    "register: one row an affiliate",
		pipeline.Account:       "account: one row an affiliate and quarter",
		pipeline.Payments:      "payments: one row each",
		pipeline.Revenue:       "communications of income: one row a component",
		pipeline.Interruptions: "years whose limitation was interrupted: niss, year (optional)",
	} {
		name := pipeline.Input(input).String()
		flags.StringArrayVar(&f.inputs[input], name, nil, help)
		command.MarkFlagFilename(name, "csv", "gz", "zst", "parquet")
		nameValues(command, map[string]string{name: "FILE"})
	}
	flags.StringVar(&f.asOf, "as-of", "", "date of the notices, such as 2026-06-30 (default today)")
	flags.StringVar(&f.fee, "fund-fee", "", "management fee of every year, such as 3.05")
	flags.StringVar(&f.out, "out", "", "directory of the batches")
	flags.StringVar(&f.config, "config", "", "configuration; flags override it")
	flags.StringVar(&f.maxRejects, "max-rejects", "", "refuse a batch with more rejects: rows, or a share of the revenue rows (default "+jobs.DefaultMaxRejects+")")
	flags.IntVar(&f.workers, "workers", 0, "goroutines; they change no result (default the processors)")
	flags.StringVar(&f.memory, "memory", "", "memory to stay within if possible, such as 512MiB (default "+defaultMemory+")")
	nameValues(command, map[string]string{"as-of": "DATE", "fund-fee": "PERCENT", "out": "DIRECTORY", "config": "FILE",
		"max-rejects": "LIMIT", "workers": "NUMBER", "memory": "SIZE"})
	command.MarkFlagFilename("config", "yaml", "yml")
	command.MarkFlagDirname("out")
}

// options completes the flags with the configuration. given says whether a flag was given.
func (f *runFlags) options(given func(flag string) bool) (*runOptions, error) {
	conf, err := readConfig(f.config)
	if err != nil {
		return nil, err
	}
	l, err := law.Standard()
	if err != nil {
		return nil, err
	}
	o := &runOptions{folder: cmp.Or(f.out, conf.Out)}
	var missing []string
	for input := range pipeline.InputCount {
		if o.Inputs[input] = f.inputs[input]; len(o.Inputs[input]) == 0 {
			o.Inputs[input] = conf.paths(input)
		}
		if len(o.Inputs[input]) == 0 && input != pipeline.Interruptions {
			missing = append(missing, "--"+input.String()+" FILE")
		}
	}
	if o.folder == "" {
		missing = append(missing, "--out DIRECTORY")
	}
	if f.fee == "" && len(conf.Fees) == 0 {
		missing = append(missing, "--fund-fee PERCENT (or the fees of each year in the configuration)")
	}
	if len(missing) > 0 {
		return nil, jobs.UsageError("missing: %s", strings.Join(missing, ", "))
	}
	o.Out = jobs.Directory(o.folder)
	if !given("as-of") {
		f.asOf = time.Now().Format(time.DateOnly)
	}
	if o.Parameters.AsOf, err = parseDay("as-of", f.asOf); err != nil {
		return nil, err
	}
	o.Parameters.Law = l
	if o.Parameters.Fees, err = conf.fees(f.fee, l); err != nil {
		return nil, err
	}
	if o.MaxRejects, err = jobs.ParseLimit(cmp.Or(f.maxRejects, conf.MaxRejects, jobs.DefaultMaxRejects)); err != nil {
		return nil, jobs.UsageError("--max-rejects: %w", err)
	}
	o.Workers = cmp.Or(conf.Workers, runtime.GOMAXPROCS(0))
	if given("workers") {
		o.Workers = f.workers
	}
	if err := checkWorkers(o.Workers); err != nil {
		return nil, err
	}
	if o.memory, err = parseSize(cmp.Or(f.memory, conf.Memory, defaultMemory)); err != nil {
		return nil, jobs.UsageError("--memory: %w", err)
	}
	return o, nil
}

// parseDay reads the day of a flag.
func parseDay(flag, text string) (pipeline.Date, error) {
	day, ok := pipeline.ParseDate([]byte(text))
	if !ok {
		return 0, jobs.UsageError("--%s: %q is not a day such as 2026-06-30", flag, text)
	}
	return day, nil
}

func checkWorkers(workers int) error {
	if workers < 1 || workers > maxWorkers {
		return jobs.UsageError("--workers: %d is not between 1 and %d", workers, maxWorkers)
	}
	return nil
}
