package main

import (
	"runtime"

	"github.com/spf13/cobra"

	"regul/cmd/regul/config"
	"regul/cmd/regul/tell"
	"regul/cmd/regul/terminal"
	"regul/jobs"
	"regul/jobs/run"
	"regul/jobs/whatif"
)

// forecastFlags are the flags of forecast, as given.
type forecastFlags struct {
	runFlags
	history  string
	backTest int
}

func newForecast(c *common) *cobra.Command {
	f := &forecastFlags{}
	command := &cobra.Command{
		Use:   "forecast",
		Short: "Expect what the years will bring whose income has not arrived",
		Long: `forecast goes through the years of the account that no published batch has regularised, and says which supplements, cancelled
amounts and refunds they are expected to bring, each with a range, by year and by category. It learns from the regularisations that
are published in the output directory, by category and by what is called a year. Nothing is published or written.

With --back-test YEAR it forecasts a year that has arrived from the other years, and says how far it is off.

It takes the configuration of run. The revenue is not needed; years whose income it holds are told apart.
With --out alone the inputs are those of the last batch, as its files are now.`,
		Example: `  regul forecast --config regul.yaml --as-of 2026-06-30
  regul forecast --config regul.yaml --as-of 2026-06-30 --history 2022-2023
  regul forecast --affiliates affiliates.csv --account account.csv \
      --payments payments.csv --out batches --as-of 2026-06-30`,
		Args: flagsOnly,
		RunE: func(command *cobra.Command, _ []string) error { return f.forecast(command, c) },
	}
	f.add(command)
	return command
}

func (f *forecastFlags) add(command *cobra.Command) {
	flags := command.Flags()
	flags.SortFlags = false
	f.inputs = map[string]*[]string{}
	for _, name := range whatif.ForecastInputs() {
		help := config.InputHelp[name]
		if name == "revenue" {
			help += " (optional)"
		}
		f.inputs[name] = flags.StringArray(name, nil, help)
		command.MarkFlagFilename(name, "csv", "gz", "zst", "parquet")
		nameValues(command, map[string]string{name: "FILE"})
	}
	flags.StringVar(&f.asOf, "as-of", "", "day of the forecast, such as 2026-06-30 (default today)")
	flags.StringVar(&f.out, "out", "", "directory of the published batches: the history")
	flags.StringVar(&f.config, "config", "", "configuration; flags override it")
	flags.StringVar(&f.history, "history", "", "learn from these contribution years only, such as 2018-2022")
	flags.IntVar(&f.backTest, "back-test", 0, "forecast a year that has arrived, from the others, and say the error")
	flags.IntVar(&f.workers, "workers", runtime.GOMAXPROCS(0), "goroutines; they change no result")
	flags.StringVar(&f.memory, "memory", "", "memory to stay within if possible, such as 512MiB (default "+run.DefaultMemory+")")
	nameValues(command, map[string]string{"as-of": "DATE", "out": "DIRECTORY", "config": "FILE", "history": "YEARS", "back-test": "YEAR",
		"workers": "NUMBER", "memory": "SIZE"})
	command.MarkFlagFilename("config", "yaml", "yml")
	command.MarkFlagDirname("out")
}

// options are what the flags and the configuration ask for, checked, and the memory to stay within, in bytes.
func (f *forecastFlags) options(given func(flag string) bool) (o whatif.ForecastOptions, memory int64, err error) {
	conf := config.Load(config.Path(f.config))
	settings := f.settings(conf, given)
	if conf.Unread {
		return o, 0, conf.Err()
	}
	o, wrong := whatif.CheckForecast(settings)
	conf.Note(wrong...)
	if o.First, o.Last, err = whatif.ParseYears(f.history); err != nil {
		conf.Note(jobs.UsageError("--history: %w", err))
	}
	if given("back-test") && f.backTest < 1 {
		conf.Note(jobs.UsageError("--back-test: %d is no year", f.backTest))
	}
	if memory, err = settings.MemoryBytes(); err != nil {
		conf.Say("memory", "%w", err)
	}
	return o, memory, conf.Err()
}

func (f *forecastFlags) forecast(command *cobra.Command, c *common) error {
	if err := f.takeRecorded(command, c); err != nil {
		return err
	}
	o, memory, err := f.options(command.Flags().Changed)
	if err != nil {
		return err
	}
	limitMemory(memory)
	p := terminal.NewProgress(command.ErrOrStderr(), c.quiet)
	o.Log, o.Progress = p.Log, p
	ctx, stop := interruptible(command.Context())
	defer stop()
	var result any
	var text string
	if f.backTest != 0 {
		var t *whatif.Tested
		if t, err = whatif.BackTest(ctx, o, f.backTest); err == nil {
			result, text = t, tell.BackTest(t)
		}
	} else {
		var e *whatif.Expected
		if e, err = whatif.Forecast(ctx, o); err == nil {
			result, text = e, tell.Forecast(e)
		}
	}
	if err != nil {
		p.Failed(err)
		return err
	}
	return writeResult(command.OutOrStdout(), c, result, text)
}
