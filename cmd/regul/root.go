package main

import (
	"github.com/spf13/cobra"
)

// common are the flags of every command.
type common struct {
	json  bool
	quiet bool
}

// newRoot is the whole command line. status is set by a command that succeeds with another status than 0.
func newRoot(status *int) *cobra.Command {
	c := &common{}
	root := &cobra.Command{
		Use:   "regul",
		Short: "Regularise the yearly social contributions of the self-employed",
		Long: `regul recomputes the social contributions of the self-employed once the tax administration has communicated
the income of the year, and publishes one batch: what each affiliate still has to pay or gets back.`,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.PersistentFlags().BoolVar(&c.json, "json", false, "write the result as JSON")
	root.PersistentFlags().BoolVarP(&c.quiet, "quiet", "q", false, "no progress and no log")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage{err} })
	root.AddCommand(newRun(c, status), newBatches(c), newShow(c), newExplain(c), newLaw(c), newGenerate(c))
	for _, command := range root.Commands() {
		checkArguments(command)
	}
	return root
}

// checkArguments makes a wrong number of arguments an error of usage.
func checkArguments(command *cobra.Command) {
	if check := command.Args; check != nil {
		command.Args = func(c *cobra.Command, args []string) error {
			if err := check(c, args); err != nil {
				return usage{err}
			}
			return nil
		}
	}
}
