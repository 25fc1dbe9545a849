package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"regul/jobs/ask"
	"regul/jobs/ledger"
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
		Args:    flagsOnly,
		RunE: func(command *cobra.Command, _ []string) error {
			number, err := readNumber(command, "niss", number)
			if err != nil {
				return err
			}
			question, err := ask.NewQuestion(number, year, batch)
			if err != nil {
				return err
			}
			storage, _, err := f.storage()
			if err != nil {
				return err
			}
			e, err := ask.Explain(storage, question)
			if err != nil {
				return err
			}
			if c.json {
				return writeJSON(command.OutOrStdout(), e)
			}
			_, err = io.WriteString(command.OutOrStdout(), explanationText(e))
			return err
		},
	}
	flags := command.Flags()
	flags.SortFlags = false
	flags.StringVar(&number, "niss", "", "national number of the affiliate; - reads it from standard input")
	flags.IntVar(&year, "year", 0, "contribution year")
	flags.StringVar(&batch, "batch", "", "batch to explain (default the last one that settled the year)")
	f.add(command)
	nameValues(command, map[string]string{"niss": "NUMBER", "year": "YEAR", "batch": "BATCH"})
	command.RegisterFlagCompletionFunc("year", completeYears)
	command.RegisterFlagCompletionFunc("batch", f.complete)
	return command
}

// explanationText is the explanation as people read it: the same columns through all sections.
func explanationText(e *ask.Explanation) string {
	identity := [][]string{
		{"affiliate", e.NISS},
		{"contribution year", fmt.Sprintf("%d, version %d", e.Year, e.Version)},
		{"batch", e.Batch},
		{"notified on", e.NotifiedOn},
		{"outcome", e.Outcome},
		{"reference", structured(e.Reference)},
	}
	if e.State != ledger.Published {
		identity = append(identity, []string{"state", e.Standing.String()})
	}
	if e.DueDate != "" {
		identity = append(identity, []string{"due date", e.DueDate})
	}
	var steps [][]string
	for _, section := range e.Sections {
		for _, step := range section.Steps {
			steps = append(steps, []string{"  " + step.Text, amount(step.Amount), step.Article})
		}
	}
	lines := strings.SplitAfter(lineUp("lrl", steps), "\n")
	var b strings.Builder
	b.WriteString(lineUp("ll", identity))
	for _, section := range e.Sections {
		fmt.Fprintf(&b, "\n%s\n%s", section.Title, strings.Join(lines[:len(section.Steps)], ""))
		lines = lines[len(section.Steps):]
	}
	return b.String()
}

// structured writes a structured communication as on a transfer: +++123/4567/89012+++.
func structured(reference string) string {
	if len(reference) != 12 {
		return reference
	}
	return "+++" + reference[:3] + "/" + reference[3:7] + "/" + reference[7:] + "+++"
}
