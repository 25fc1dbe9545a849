package main

import (
	"errors"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"regul/cmd/regul/terminal"
	"regul/jobs"
	"regul/jobs/run"
)

// common are the flags of every command.
type common struct {
	json    bool
	quiet   bool
	workers int    // of a command that does not take them itself, as memory and fee
	memory  string // "" is run.DefaultMemory
	fee     string // no such command computes with it
}

// apply makes the processors and the memory those that were asked for.
func (c *common) apply(given func(flag string) bool) error {
	if given("workers") {
		if err := jobs.CheckWorkers(c.workers); err != nil {
			return err
		}
		runtime.GOMAXPROCS(c.workers)
	}
	if c.memory == "" {
		return nil
	}
	memory, err := run.ParseSize(c.memory)
	if err != nil {
		return jobs.UsageError("--memory: %w", err)
	}
	limitMemory(memory)
	return nil
}

// limitToDefault keeps the memory within the default of a run, if possible, where no other was asked for.
func (c *common) limitToDefault() error {
	if c.memory != "" {
		return nil
	}
	memory, err := run.ParseSize(run.DefaultMemory)
	limitMemory(memory)
	return err
}

// newRoot is the whole command line, and its outcome.
func newRoot() (*cobra.Command, *outcome) {
	c, o := &common{}, &outcome{}
	root := &cobra.Command{
		Use:   "regul",
		Short: "Regularise the yearly social contributions of the self-employed",
		Long: `regul recomputes the social contributions of the self-employed once the tax administration has communicated
the income of the year, and publishes one batch: what each affiliate still has to pay or gets back.`,
		Example: `  regul generate --affiliates 1000 --out inputs      make a fictitious fund
  regul run --new-ledger --affiliates inputs/affiliates.csv \
      --account inputs/account.csv --payments inputs/payments.csv \
      --revenue inputs/revenue.csv --as-of 2026-06-30 --fund-fee 3.05 \
      --out batches                                  settle, publish one batch
  regul batches --out batches                        what was published
  regul show latest --out batches                    counts, totals and rejects
  regul explain --niss 96120575729 --year 2023 --out batches
                                                     how the amounts came about
  regul law --year 2023                              the parameters in force`,
		Version:       jobs.Program(),
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRunE: func(command *cobra.Command, _ []string) error {
			o.started = true
			return c.apply(command.Root().PersistentFlags().Changed)
		},
	}
	root.SetVersionTemplate(versionTemplate)
	root.PersistentFlags().BoolVar(&c.json, "json", false, "write the result as JSON")
	root.PersistentFlags().BoolVarP(&c.quiet, "quiet", "q", false, "no progress and no log; the result is written all the same")
	root.PersistentFlags().IntVar(&c.workers, "workers", 0, "goroutines; they change no result (default the processors)")
	root.PersistentFlags().StringVar(&c.memory, "memory", "",
		"memory to stay within if possible, such as 512MiB (default "+run.DefaultMemory+")")
	root.PersistentFlags().StringVar(&c.fee, "fund-fee", "",
		"management fee of every year, such as 3.05, where the command computes with one")
	for flag, name := range map[string]string{"workers": "NUMBER", "memory": "SIZE", "fund-fee": "PERCENT"} {
		f := root.PersistentFlags().Lookup(flag)
		f.Value = named{f.Value, name}
	}
	cobra.EnableCommandSorting = false // in the order of work
	root.AddCommand(
		newRun(c, o), newBatches(c), newShow(c), newStatus(c), newRejects(c), newExplain(c),
		newDiff(c), newVerify(c), newRerun(c, o), newWithdraw(c), newRelease(c), newDiscard(c),
		newNotice(c), newExport(c), newSimulate(c), newCompanies(c, o), newForecast(c), newSurcharges(c),
		newLaw(c), newGenerate(c), newConfig(c), newOutstanding(c), newCertificate(c, o), newCareer(c),
		newVersion(c), newCurrent(c), newMan(c), newExpire(c), newDeliver(c), newTask(c, o),
	)
	terminal.FoldHelp(root)
	root.SetFlagErrorFunc(nearestFlag)
	tellStatuses(root)
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	refuseUnknown(root)
	if help, _, err := root.Find([]string{"help"}); err == nil {
		help.Args = func(_ *cobra.Command, args []string) error {
			_, _, err := root.Find(args)
			return err
		}
	}
	return root, o
}

// refuseUnknown makes commands that only hold others refuse what is none of them; cobra shows their help and succeeds.
func refuseUnknown(root *cobra.Command) {
	for _, holder := range root.Commands() {
		if !holder.HasSubCommands() || holder.Runnable() {
			continue
		}
		holder.Args = nil
		holder.RunE = func(command *cobra.Command, args []string) error {
			if len(args) == 0 {
				return command.Help()
			}
			var names []string
			for _, c := range command.Commands() {
				names = append(names, c.Name())
			}
			return jobs.UsageError("there is no %s %q: there is %s", command.CommandPath(), args[0], strings.Join(names, ", "))
		}
	}
}

// flagsOnly refuses arguments, without repeating them: they may be national numbers.
func flagsOnly(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return errors.New("there is a value without its flag: give the flag before each value, also before each of several files")
	}
	return nil
}
