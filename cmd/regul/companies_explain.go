package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"regul/cmd/regul/terminal"
	"regul/jobs/ask"
	"regul/jobs/ledger"
)

func newCompaniesExplain(c *common) *cobra.Command {
	f := &outFlags{}
	var enterprise, batch string
	var year int
	command := &cobra.Command{
		Use:   "explain",
		Short: "Explain the calculation of a company's year, step by step",
		Long: `explain goes through the last published version of a company's year line by line, each with its article, and makes sure that
it gives the published amounts. regul explain --enterprise is the same.`,
		Example: "  regul companies explain --enterprise 0450010120 --year 2024 --out batches",
		Args:    flagsOnly,
		RunE: func(command *cobra.Command, _ []string) error {
			return f.explainCompany(command, c, enterprise, year, batch)
		},
	}
	command.Flags().StringVar(&enterprise, "enterprise", "", "enterprise number; - reads it from standard input")
	command.Flags().IntVar(&year, "year", 0, "contribution year")
	command.Flags().StringVar(&batch, "batch", "", "batch to explain (default the last one that settled the year)")
	nameValues(command, map[string]string{"enterprise": "NUMBER", "year": "YEAR", "batch": "BATCH"})
	command.RegisterFlagCompletionFunc("year", completeYears)
	command.RegisterFlagCompletionFunc("batch", f.complete)
	f.add(command)
	return command
}

// explainCompany writes how the amounts of a company's year came about.
func (f *outFlags) explainCompany(command *cobra.Command, c *common, enterprise string, year int, batch string) error {
	number, err := readNumber(command, "enterprise", enterprise)
	if err != nil {
		return err
	}
	storage, _, err := f.storage()
	if err != nil {
		return err
	}
	e, err := ask.ExplainCompany(storage, number, year, batch)
	if err != nil {
		return err
	}
	return writeResult(command.OutOrStdout(), c, e, explainedCompanyText(e))
}

// explainedCompanyText is the explanation as people read it.
func explainedCompanyText(e *ask.ExplainedCompany) string {
	identity := [][]string{
		{"company", e.Enterprise},
		{"contribution year", fmt.Sprintf("%d, version %d", e.Year, e.Version)},
		{"batch", e.Batch},
		{"notified on", e.NotifiedOn},
		{"outcome", e.Outcome},
		{"reference", ask.Structured(e.Reference)},
	}
	if e.State != ledger.Published {
		identity = append(identity, []string{"state", e.Standing.String()})
	}
	if e.DueDate != "" {
		identity = append(identity, []string{"due date", e.DueDate})
	}
	steps := [][]string{{"step", "EUR", "article"}}
	for _, s := range e.Steps {
		steps = append(steps, []string{terminal.Gapped(s.Text), terminal.Amount(s.Amount), s.Article})
	}
	return terminal.Table("ll", identity) + "\n" + terminal.Table("lrl", steps)
}
