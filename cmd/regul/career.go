package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"regul/cmd/regul/terminal"
	"regul/jobs/ask"
	"regul/jobs/run"
)

func newCareer(c *common) *cobra.Command {
	f := &runFlags{}
	var niss, since, to string
	command := &cobra.Command{
		Use:   "career",
		Short: "Show the quarters that were regularised, and whether they are paid",
		Long: `career shows the quarters that the batches regularised, in their last version, with category, standing and income, and
whether they are paid up to the day: what the pension counts. It takes the register and the payments, and the directory of the
batches. With --niss it shows one affiliate, quarter by quarter. --since keeps what a batch on or after a day made new or changed:
what the central register must be told. --to writes career.parquet and career.csv. No batch is published.
With --out alone the inputs are those of the last batch, as its files are now.

Exit status: 0 shown; 1 an input or a batch can't be read; 2 wrong usage, a missing file, or nothing is known of the affiliate.`,
		Example: `  regul career --niss 85010112387 --config regul.yaml
  regul career --config regul.yaml --since 2026-06-01 --to career`,
		Args: flagsOnly,
		RunE: func(command *cobra.Command, _ []string) error {
			f.settlesNothing = true
			niss, err := readNumber(command, "niss", niss)
			if err != nil {
				return err
			}
			var found *ask.Career
			err = f.withoutBatch(command, c, func(ctx context.Context, o run.Options) (err error) {
				found, err = ask.FindCareer(ctx, o, niss, since, to != "")
				return err
			})
			if err != nil {
				return err
			}
			if to != "" {
				create := func(name string) (io.WriteCloser, error) { return ask.CreatePrivate(filepath.Join(to, name)) }
				if err := found.Write(create); err != nil {
					return err
				}
			}
			return writeResult(command.OutOrStdout(), c, found, careerText(found, to))
		},
	}
	flags := command.Flags()
	flags.SortFlags = false
	flags.StringVar(&niss, "niss", "", "one affiliate, quarter by quarter; - reads the number from standard input")
	flags.StringVar(&since, "since", "", "only what a batch on or after this day made new or changed")
	flags.StringVar(&to, "to", "", "folder for the tables")
	nameValues(command, map[string]string{"niss": "NUMBER", "since": "DATE", "to": "DIRECTORY"})
	command.MarkFlagDirname("to")
	f.add(command)
	hide(command, slices.Concat(publishing, settling, []string{"without"})...)
	return command
}

// careerText is the quarters as people read them.
func careerText(c *ask.Career, to string) string {
	if len(c.Years) == 0 {
		return "No regularised quarter up to " + c.AsOf + "\n"
	}
	rows := [][]string{{"year", "quarters"}}
	rows[0] = append(rows[0], ask.CareerStatuses()...)
	rows[0] = append(rows[0], "definitive", "paid EUR")
	for _, y := range c.Years {
		row := []string{strconv.Itoa(y.Year), terminal.Number(y.Quarters)}
		for _, status := range ask.CareerStatuses() {
			row = append(row, terminal.Number(y.ByStatus[status]))
		}
		rows = append(rows, append(row, terminal.Amount(y.Definitive), terminal.Amount(y.Paid)))
	}
	text := "Regularised quarters, paid up to " + c.AsOf + "\n\n" + terminal.Table("lrrrrrrrr", rows)
	if len(c.Quarters) > 0 {
		lines := [][]string{{"quarter", "version", "category", "standing", "net income", "definitive", "paid", "status", "change",
			"notified on"}}
		for _, q := range c.Quarters {
			lines = append(lines, []string{fmt.Sprintf("%dQ%d", q.Year, q.Quarter), strconv.Itoa(q.Version), q.Category, q.Standing,
				terminal.Amount(q.Income), terminal.Amount(q.Definitive), terminal.Amount(q.Paid), q.Status, q.Change, q.NotifiedOn})
		}
		text += "\n" + terminal.Table("lrllrrrlll", lines)
	}
	if to != "" {
		text += fmt.Sprintf("\nA row for each quarter: %s, %s\n", filepath.Join(to, "career.parquet"), filepath.Join(to, "career.csv"))
	}
	return text
}
