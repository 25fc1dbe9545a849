package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"regul/jobs"
	"regul/pipeline"
	"regul/pipeline/law"
)

func newExplain(c *common) *cobra.Command {
	f := &outFlags{}
	var number, batch string
	var year int
	command := &cobra.Command{
		Use:   "explain",
		Short: "Explain the calculation of one affiliate's year, step by step",
		Long: `explain reads a published regularisation, goes through its calculation line by line, each with its article, and
makes sure that it gives the published amounts. Without --batch it takes the last one.`,
		Example: "  regul explain --niss 85010112387 --year 2023 --out batches",
		Args:    cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			niss, ok := pipeline.ParseNISS([]byte(number))
			if !ok {
				return jobs.UsageError("--niss is not a national number of 11 digits whose check digits are right")
			}
			if year == 0 {
				return jobs.UsageError("--year is missing: give the contribution year")
			}
			storage, err := f.storage()
			if err != nil {
				return err
			}
			l, err := law.Standard()
			if err != nil {
				return err
			}
			e, err := jobs.Explain(storage, l, niss, year, batch)
			if err != nil {
				return err
			}
			if c.json {
				return writeJSON(command.OutOrStdout(), e)
			}
			return writeExplanation(command.OutOrStdout(), e)
		},
	}
	flags := command.Flags()
	flags.StringVar(&number, "niss", "", "national number of the affiliate")
	flags.IntVar(&year, "year", 0, "contribution year")
	flags.StringVar(&batch, "batch", "", "batch to explain (default the last one that settled the year)")
	f.add(command)
	return command
}

// The widths of an explanation, in characters.
const (
	textWidth   = 92
	amountWidth = 14
)

func writeExplanation(to io.Writer, e *jobs.Explanation) error {
	fmt.Fprintf(to, "%s, contribution year %d, version %d, batch %s\nnotified on %s, reference %s\n", e.NISS, e.Year, e.Version, e.Batch,
		e.NotifiedOn, structured(e.Reference))
	for _, section := range e.Sections {
		fmt.Fprintf(to, "\n%s\n", section.Title)
		for _, step := range section.Steps {
			if _, err := fmt.Fprintf(to, "  %-*s %*s  %s\n", textWidth, step.Text, amountWidth, amount(step.Amount), step.Article); err != nil {
				return err
			}
		}
	}
	return nil
}

// structured writes a structured communication as on a transfer: +++123/4567/89012+++.
func structured(reference string) string {
	if len(reference) != 12 {
		return reference
	}
	return "+++" + reference[:3] + "/" + reference[3:7] + "/" + reference[7:] + "+++"
}
