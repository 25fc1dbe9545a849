package main

import (
	"errors"

	"github.com/spf13/cobra"

	"regul/jobs"
)

// common are the flags of every command.
type common struct {
	json  bool
	quiet bool
}

// newRoot is the whole command line, and what becomes of it.
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
		Version:          jobs.Program(),
		SilenceUsage:     true,
		SilenceErrors:    true,
		PersistentPreRun: func(*cobra.Command, []string) { o.started = true },
	}
	root.SetVersionTemplate(versionTemplate)
	root.PersistentFlags().BoolVar(&c.json, "json", false, "write the result as JSON")
	root.PersistentFlags().BoolVarP(&c.quiet, "quiet", "q", false, "no progress and no log; the result is written all the same")
	cobra.EnableCommandSorting = false // in the order of work
	root.AddCommand(
		newRun(c, o), newBatches(c), newShow(c), newStatus(c), newRejects(c), newExplain(c),
		newDiff(c), newVerify(c), newRerun(c, o), newWithdraw(c), newRelease(c), newDiscard(c),
		newNotice(c), newExport(c), newSimulate(c), newCompanies(c, o), newForecast(c), newSurcharges(c),
		newLaw(c), newGenerate(c), newConfig(c), newOutstanding(c), newCertificate(c, o), newCareer(c),
		newVersion(c), newCurrent(c), newMan(c), newExpire(c), newDeliver(c), newTask(c, o),
	)
	foldHelp(root, helpColumns())
	root.SetFlagErrorFunc(nearestFlag)
	tellStatuses(root)
	root.InitDefaultHelpCmd()
	if help, _, err := root.Find([]string{"help"}); err == nil {
		help.Args = func(_ *cobra.Command, args []string) error {
			_, _, err := root.Find(args)
			return err
		}
	}
	return root, o
}

// flagsOnly refuses arguments, without repeating them: they may be national numbers.
func flagsOnly(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return errors.New("there is a value without its flag: give the flag before each value, also before each of several files")
	}
	return nil
}
