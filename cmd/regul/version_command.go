package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"regul/jobs"
	"regul/jobs/ask"
)

func newVersion(c *common) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Name the program and the law that it holds",
		Example: "  regul version --json",
		Args:    flagsOnly,
		RunE: func(command *cobra.Command, _ []string) error {
			law, years, err := ask.LawVersion()
			if err != nil {
				return err
			}
			if c.json {
				return writeJSON(command.OutOrStdout(), programVersion{jobs.Program(), law, years})
			}
			text, err := lawVersion()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(command.OutOrStdout(), "%s %s\n%s\n", command.Root().Name(), jobs.Program(), text)
			return err
		},
	}
}
