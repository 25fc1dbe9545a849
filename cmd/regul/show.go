package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"regul/jobs"
)

func newShow(c *common) *cobra.Command {
	f := &outFlags{}
	command := &cobra.Command{
		Use:     "show BATCH",
		Short:   "Show what a batch holds: counts, totals, rejects by code, inputs",
		Example: "  regul show 2026-06-30-1a2b3c4d --out batches",
		Args:    cobra.ExactArgs(1),
		RunE: func(command *cobra.Command, args []string) error {
			storage, err := f.storage()
			if err != nil {
				return err
			}
			m, err := jobs.Batch(storage, args[0])
			if err != nil {
				return err
			}
			if c.json {
				return writeJSON(command.OutOrStdout(), m)
			}
			to := command.OutOrStdout()
			fmt.Fprintf(to, "Batch %s, notified on %s, law %.8s\n\n", m.Batch, m.AsOf, m.LawVersion)
			if _, err := io.WriteString(to, manifestText(m)); err != nil {
				return err
			}
			fmt.Fprintln(to)
			_, err = io.WriteString(to, table(func(w io.Writer) {
				fmt.Fprintln(w, "input\tfile\trows\tbytes\tsha256\t")
				for _, i := range m.Inputs {
					fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%.12s\t\n", i.Input, i.Source, i.Rows, i.Size, i.SHA256)
				}
			}))
			return err
		},
	}
	f.add(command)
	return command
}
