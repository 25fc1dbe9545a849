package main

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"regul/fixtures/population"
	"regul/jobs"
	"regul/pipeline/money"
)

func newGenerate(c *common) *cobra.Command {
	var o jobs.GenerateOptions
	var out, asOf, fee string
	command := &cobra.Command{
		Use:   "generate",
		Short: "Write synthetic inputs of any size",
		Long: `generate writes the four inputs of a fictitious fund: plausible incomes, the country's mix of categories, incomplete
years, changes of category, reductions, corrections of income and a few bad rows. The same options give the same files.`,
		Example: "  regul generate --affiliates 100000 --seed 1 --out inputs --format parquet",
		Args:    flagsOnly,
		RunE: func(command *cobra.Command, _ []string) error {
			if out == "" {
				return jobs.UsageError("missing: --out DIRECTORY of the files")
			}
			day, err := parseDay("as-of", asOf)
			if err != nil {
				return err
			}
			rate, err := money.ParsePercent(fee)
			if err != nil {
				return jobs.UsageError("--fund-fee: %w", err)
			}
			if err := checkWorkers(o.Workers); err != nil {
				return err
			}
			o.Population.AsOf, o.Population.Fee = population.Day(day), noneForZero(rate)
			o.Population.BadRows = noneForZero(o.Population.BadRows)
			o.Out = jobs.Directory(out)
			names, err := jobs.Generate(o)
			if err != nil {
				return err
			}
			for i, name := range names {
				names[i] = filepath.Join(out, name)
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
	flags.IntVar(&o.Population.Affiliates, "affiliates", 1000, "how many affiliates")
	flags.Uint64Var(&o.Population.Seed, "seed", 1, "seed of all chance: another one gives other people")
	flags.StringVar(&out, "out", "", "directory of the files")
	flags.StringVar(&o.Format, "format", "csv", "format of the files: "+strings.Join(jobs.GenerateFormats(), ", "))
	flags.IntVar(&o.Population.Year, "year", population.DefaultYear, "income year")
	flags.StringVar(&asOf, "as-of", "2026-06-30", "date of the run that the inputs are made for")
	flags.StringVar(&fee, "fund-fee", population.DefaultFee.Percent(), "management fee")
	flags.IntVar(&o.Population.BadRows, "bad-rows", population.DefaultBadRows, "people with a bad row, per 100 000")
	flags.BoolVar(&o.Population.Sorted, "sorted", false, "in order of national number")
	flags.IntVar(&o.Workers, "workers", runtime.GOMAXPROCS(0), "files written at a time")
	nameValues(command, map[string]string{"affiliates": "NUMBER", "seed": "NUMBER", "out": "DIRECTORY", "format": "FORMAT",
		"year": "YEAR", "as-of": "DATE", "fund-fee": "PERCENT", "bad-rows": "NUMBER", "workers": "NUMBER"})
	command.MarkFlagDirname("out")
	command.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(jobs.GenerateFormats(), cobra.ShellCompDirectiveNoFileComp))
	return command
}

// noneForZero asks a population for none: its zero value is its default.
func noneForZero[N ~int | ~int64](n N) N {
	if n == 0 {
		return -1
	}
	return n
}
