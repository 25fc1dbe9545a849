package main

import (
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"regul/cmd/regul/terminal"
	"regul/jobs/ask"
	"regul/jobs/run"
)

func newCompanies(c *common, o *outcome) *cobra.Command {
	f := &runFlags{subject: run.Companies}
	years := false
	command := &cobra.Command{
		Use:   "companies",
		Short: "Settle the yearly contribution of companies and publish one batch",
		Long: `companies reads one row for each company and contribution year, decides what the company owes (law of 30-12-1992 art. 88-95),
settles it against what was called and paid, and publishes one batch, or nothing when there is nothing new. A row with another
balance total, exemption or amount than the one that was settled corrects it: the next batch claims or gives back the difference.

Files are CSV or Parquet, as for regul run, with the same configuration: inputs.companies and inputs.company_payments name the files.
Its batches stand beside those of regul run. Of those a night reads by which mandates they collected.

Exit status: 0 published, or nothing new; 1 failed, nothing published; 2 wrong usage, configuration or missing file;
3 published, with rejects; 4 refused, too many rejects, nothing published; 75 another run holds the lock.`,
		Example: `  regul companies --companies companies.csv --as-of 2026-06-30 --out batches
  regul companies --config regul.yaml --as-of 2026-06-30
  regul companies --years      the amounts and thresholds, and the missing years`,
		Args: flagsOnly,
		RunE: func(command *cobra.Command, _ []string) error {
			if years {
				return listCompanyLaw(command, c)
			}
			return f.run(command, c, o)
		},
	}
	f.add(command)
	command.Flags().SetNormalizeFunc(func(_ *pflag.FlagSet, name string) pflag.NormalizedName {
		if name == "payments" { // what affiliates call theirs
			name = "company-payments"
		}
		return pflag.NormalizedName(name)
	})
	command.Flags().BoolVar(&years, "years", false,
		"list the amounts and thresholds by year, and the years that are missing; reads nothing")
	command.AddCommand(newCompaniesExplain(c))
	return command
}

// listCompanyLaw writes the law of companies.
func listCompanyLaw(command *cobra.Command, c *common) error {
	law, err := ask.DescribeCompanies()
	if err != nil {
		return err
	}
	rows := [][]string{{"year", "small EUR", "large EUR", "balance total up to EUR", "due", "status"}}
	for _, y := range law.Years {
		rows = append(rows, []string{fmt.Sprint(y.Year), terminal.Amount(y.Small), terminal.Amount(y.Large), terminal.Amount(y.Threshold),
			y.Due, y.Status})
	}
	return writeResult(command.OutOrStdout(), c, law, fmt.Sprintf("Law of companies %s (%s)\n\n%s\nMissing, and refused: %s\n",
		terminal.Short(law.Version), law.Article, terminal.Table("lrrrll", rows), terminal.Span(law.Missing)))
}
