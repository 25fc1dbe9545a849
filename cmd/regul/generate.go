package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"regul/fixtures/population"
	"regul/jobs"
	"regul/pipeline"
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
		Args:    cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			if out == "" {
				return jobs.UsageError("--out is missing: give the directory of the files")
			}
			day, ok := pipeline.ParseDate([]byte(asOf))
			if !ok {
				return jobs.UsageError("--as-of: %q is not a day such as 2026-06-30", asOf)
			}
			rate, err := money.ParsePercent(fee)
			if err != nil {
				return jobs.UsageError("--fund-fee: %w", err)
			}
			o.Population.AsOf, o.Population.Fee = population.Day(day), rate
			o.Out = jobs.Directory(out)
			names, err := jobs.Generate(o)
			if err != nil {
				return err
			}
			if c.json {
				return writeJSON(command.OutOrStdout(), names)
			}
			for _, name := range names {
				fmt.Fprintln(command.OutOrStdout(), name)
			}
			return nil
		},
	}
	flags := command.Flags()
	flags.IntVar(&o.Population.Affiliates, "affiliates", 1000, "number of affiliates")
	flags.Uint64Var(&o.Population.Seed, "seed", 1, "seed of all chance")
	flags.IntVar(&o.Population.Year, "year", 2023, "income year")
	flags.IntVar(&o.Population.BadRows, "bad-rows", 20, "people with a bad row, per 100 000; negative: none")
	flags.BoolVar(&o.Population.Sorted, "sorted", false, "in order of national number")
	flags.StringVar(&asOf, "as-of", "2026-06-30", "date of the run that the inputs are made for")
	flags.StringVar(&fee, "fund-fee", "3.05", "management fee in percent")
	flags.StringVar(&out, "out", "", "directory of the files")
	flags.StringVar(&o.Format, "format", "csv", fmt.Sprintf("one of %v", jobs.GenerateFormats()))
	flags.IntVar(&o.Workers, "workers", runtime.GOMAXPROCS(0), "files written at a time")
	return command
}
