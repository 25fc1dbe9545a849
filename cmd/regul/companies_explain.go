package main

import (
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"regul/jobs/ask"
)

func newCompaniesExplain(c *common) *cobra.Command {
	f := &outFlags{}
	var enterprise string
	var year int
	command := &cobra.Command{
		Use:   "explain",
		Short: "Explain the calculation of a company's year, step by step",
		Long: `explain goes through the last published version of a company's year line by line, each with its article, and makes sure that
it gives the published amounts.`,
		Example: "  regul companies explain --enterprise 0401123308 --year 2024 --out batches",
		Args:    flagsOnly,
		RunE: func(command *cobra.Command, _ []string) error {
			storage, _, err := f.storage()
			if err != nil {
				return err
			}
			e, err := ask.ExplainCompany(storage, enterprise, year)
			if err != nil {
				return err
			}
			if c.json {
				return writeJSON(command.OutOrStdout(), e)
			}
			rows := [][]string{{"step", "EUR", "article"}}
			for _, s := range e.Steps {
				rows = append(rows, []string{s.Text, amount(s.Amount), s.Article})
			}
			_, err = io.WriteString(command.OutOrStdout(), lineUp("ll", [][]string{{"company", e.Enterprise},
				{"contribution year", strconv.Itoa(e.Year) + ", version " + strconv.Itoa(e.Version)}, {"notified on", e.NotifiedOn}})+"\n"+
				lineUp("lrl", rows))
			return err
		},
	}
	command.Flags().StringVar(&enterprise, "enterprise", "", "enterprise number")
	command.Flags().IntVar(&year, "year", 0, "contribution year")
	nameValues(command, map[string]string{"enterprise": "NUMBER", "year": "YEAR"})
	f.add(command)
	return command
}
