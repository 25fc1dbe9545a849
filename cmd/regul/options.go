package main

import (
	"cmp"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"regul/jobs"
)

// runOptions are what the flags and the configuration ask for, checked.
type runOptions struct {
	jobs.RunOptions
	folder string // of the batches
	memory int64  // bytes
}

// inputHelp says what each input holds.
var inputHelp = map[string]string{
	"affiliates":    "register: one row an affiliate",
	"account":       "account: one row an affiliate and quarter",
	"payments":      "payments: one row each",
	"revenue":       "communications of income: one row a component",
	"interruptions": "years whose limitation was interrupted: niss, year (optional)",
}

// add declares the flags, in the order in which help lists them.
func (f *runFlags) add(command *cobra.Command) {
	flags := command.Flags()
	flags.SortFlags = false
	f.inputs = map[string]*[]string{}
	for _, name := range jobs.InputNames() {
		f.inputs[name] = flags.StringArray(name, nil, inputHelp[name])
		command.MarkFlagFilename(name, "csv", "gz", "zst", "parquet")
		nameValues(command, map[string]string{name: "FILE"})
	}
	flags.StringVar(&f.asOf, "as-of", "", "date of the notices, such as 2026-06-30 (default today)")
	flags.StringVar(&f.fee, "fund-fee", "", "management fee of every year, such as 3.05")
	flags.StringVar(&f.out, "out", "", "directory of the batches")
	flags.StringVar(&f.config, "config", "", "configuration; flags override it")
	flags.StringVar(&f.maxRejects, "max-rejects", "", "refuse a batch with more rejects: rows, or a share of the revenue rows (default "+jobs.DefaultMaxRejects+")")
	flags.IntVar(&f.workers, "workers", 0, "goroutines; they change no result (default the processors)")
	flags.StringVar(&f.memory, "memory", "", "memory to stay within if possible, such as 512MiB (default "+jobs.DefaultMemory+")")
	flags.StringSliceVar(&f.without, "without", nil, "leave out notices, payments or both")
	nameValues(command, map[string]string{"without": "WHAT", "as-of": "DATE", "fund-fee": "PERCENT", "out": "DIRECTORY", "config": "FILE",
		"max-rejects": "LIMIT", "workers": "NUMBER", "memory": "SIZE"})
	command.MarkFlagFilename("config", "yaml", "yml")
	command.MarkFlagDirname("out")
}

// options are what the flags and the configuration ask for. given says whether a flag was given.
func (f *runFlags) options(given func(flag string) bool) (*runOptions, error) {
	conf, err := readConfig(f.config)
	if err != nil {
		return nil, err
	}
	s := f.settings(conf, given)
	o := &runOptions{folder: s.Out}
	if o.RunOptions, err = s.Options(); err != nil {
		return nil, err
	}
	if o.memory, err = s.MemoryBytes(); err != nil {
		return nil, err
	}
	return o, nil
}

// settings completes the flags with the configuration, today and the processors.
func (f *runFlags) settings(conf *config, given func(flag string) bool) *jobs.RunSettings {
	s := &jobs.RunSettings{
		Inputs: conf.inputs(), Out: cmp.Or(f.out, conf.Out), AsOf: f.asOf, Fee: f.fee, Fees: conf.Fees,
		MaxRejects: cmp.Or(f.maxRejects, conf.MaxRejects), Workers: cmp.Or(conf.Workers, runtime.GOMAXPROCS(0)),
		Memory: cmp.Or(f.memory, conf.Memory),
		Fund:   conf.Fund.settings(conf.folder), Wording: conf.Notices.Wording, Accounts: conf.Accounts, Without: conf.Without,
	}
	if len(f.without) > 0 {
		s.Without = f.without
	}
	for name, paths := range f.inputs {
		if len(*paths) > 0 {
			s.Inputs[name] = *paths
		}
	}
	if !given("as-of") {
		s.AsOf = time.Now().Format(time.DateOnly)
	}
	if given("workers") {
		s.Workers = f.workers
	}
	return s
}
