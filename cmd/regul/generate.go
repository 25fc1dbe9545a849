package main

import (
	"fmt"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"regul/jobs/generate"
)

func newGenerate(c *common) *cobra.Command {
	s := generate.DefaultSettings()
	command := &cobra.Command{
		Use:   "generate",
		Short: "Write synthetic inputs of any size",
		Long: `generate writes the inputs of a fictitious fund: plausible incomes, the country's mix of categories, incomplete
years, changes of category, reductions, corrections of income and a few bad rows. Beside the four inputs that a run needs
it writes evidence, interruptions and identities, which a run takes if it is given them. The same options give the same files.`,
		Example: "  regul generate --affiliates 1000 --seed 1 --out inputs --format parquet",
		Args:    flagsOnly,
		RunE: func(command *cobra.Command, _ []string) error {
			o, err := s.Options()
			if err != nil {
				return err
			}
			names, err := generate.Fund(o)
			if err != nil {
				return err
			}
			for i, name := range names {
				names[i] = below(s.Out, name)
			}
			if c.json {
				return writeJSON(command.OutOrStdout(), names)
			}
			_, err = fmt.Fprintln(command.OutOrStdout(), strings.Join(names, "\n"))
			return err
		},
	}
	flags := command.Flags()
	flags.SortFlags = false
	flags.IntVar(&s.Affiliates, "affiliates", s.Affiliates, "how many affiliates")
	flags.Uint64Var(&s.Seed, "seed", s.Seed, "seed of all chance: another one gives other people")
	flags.StringVar(&s.Out, "out", "", "directory of the files")
	flags.StringVar(&s.Format, "format", s.Format, "format of the files: "+strings.Join(generate.Formats(), ", "))
	flags.IntVar(&s.Year, "year", s.Year, "income year")
	flags.StringVar(&s.AsOf, "as-of", s.AsOf, "date of the run that the inputs are made for")
	flags.StringVar(&s.Fee, "fund-fee", s.Fee, "management fee")
	flags.IntVar(&s.BadRows, "bad-rows", s.BadRows, "people with a bad row, per 100 000")
	flags.BoolVar(&s.Sorted, "sorted", s.Sorted, "in order of national number")
	flags.IntVar(&s.Workers, "workers", runtime.GOMAXPROCS(0), "files written at a time")
	nameValues(command, map[string]string{"affiliates": "NUMBER", "seed": "NUMBER", "out": "DIRECTORY", "format": "FORMAT",
		"year": "YEAR", "as-of": "DATE", "fund-fee": "PERCENT", "bad-rows": "NUMBER", "workers": "NUMBER"})
	command.MarkFlagDirname("out")
	command.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(generate.Formats(), cobra.ShellCompDirectiveNoFileComp))
	return command
}
