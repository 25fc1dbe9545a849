package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"regul/cmd/regul/terminal"
	"regul/jobs"
	"regul/jobs/ask"
)

func newLaw(c *common) *cobra.Command {
	var year int
	var missing bool
	command := &cobra.Command{
		Use:   "law",
		Short: "List the parameters in force, each with its article and status",
		Example: `  regul law
  regul law --year 2024 --json
  regul law --missing`,
		Args: flagsOnly,
		RunE: func(command *cobra.Command, _ []string) error {
			if missing && command.Flags().Changed("year") {
				return jobs.UsageError("--missing is about all years: leave out --year")
			}
			if missing {
				return writeMissing(command.OutOrStdout(), c)
			}
			var years []int
			if command.Flags().Changed("year") {
				years = []int{year}
			}
			law, err := ask.DescribeLaw(years...)
			if err != nil {
				return err
			}
			return writeResult(command.OutOrStdout(), c, law.Years, lawText(law))
		},
	}
	command.Flags().IntVar(&year, "year", 0, "one year only (default all)")
	command.Flags().BoolVar(&missing, "missing", false, "list the parameters that are not known, with the years")
	nameValues(command, map[string]string{"year": "YEAR"})
	command.RegisterFlagCompletionFunc("year", completeYears)
	return command
}

// writeMissing lists the parameters that are missing.
func writeMissing(to io.Writer, c *common) error {
	gaps, err := ask.MissingLaw()
	if err != nil {
		return err
	}
	rows := [][]string{{"missing", "years", "article", "so that"}}
	for _, g := range gaps {
		rows = append(rows, []string{g.Parameter, terminal.Span(g.Years), g.Article, g.Effect})
	}
	return writeResult(to, c, gaps, terminal.Table("llll", rows)+
		"\nNot in the data at all, to be given by the fund: the management fees, and "+
		"the minimum pension against which sickness is tested.\n")
}

// lawText is the law as people read it.
func lawText(law *ask.Law) string {
	parts := []string{"Law " + terminal.Short(law.Version) + "\n"}
	for _, y := range law.Years {
		parts = append(parts, yearText(&y))
	}
	parts = append(parts, "Marks: L read in the law or in two independent sources, S one source, R a reading of this project.\n")
	return strings.Join(parts, "\n")
}

// yearText is the law of a year as people read it.
func yearText(y *ask.LawYear) string {
	thresholds := [][]string{{"threshold", "EUR", "in force", "article", "meaning"}}
	for _, t := range y.Thresholds {
		thresholds = append(thresholds, []string{t.Name, terminal.Amount(t.Amount), validity(t.From, t.To), t.Article, t.Meaning})
	}
	rates := [][]string{{"rate", "%", "in force", "article"}}
	for _, r := range y.Rates {
		rates = append(rates, []string{r.Name, r.Percent, validity(r.From, r.To), r.Article})
	}
	categories := [][]string{{"category", "in force", "mark", "article", "meaning"}}
	for _, c := range y.Categories {
		categories = append(categories, []string{c.Category, c.From + "-" + c.To[4:], c.Status, c.Article, c.Meaning})
	}
	coefficient := ""
	if c := y.Coefficient; c != nil {
		coefficient = fmt.Sprintf("Provisional contributions, on the income of %d: x %s / %s (%s)\n",
			c.ReferenceYear, y.Index, c.Average, c.Article)
	}
	return fmt.Sprintf("%d: index %s, %s (%s)\n%s\n", y.Year, y.Index, y.Status, y.Source, coefficient) +
		terminal.Table("lrlll", thresholds) + "\n" + terminal.Table("lrll", rates) + "\n" + terminal.Table("lllll", categories)
}

// validity is the quarters in which a parameter is in force; nothing when it is open on both sides.
func validity(from, to string) string {
	switch {
	case from == "" && to == "":
		return ""
	case to == "":
		return "from " + from
	case from == "":
		return "to " + to
	}
	return from + " to " + to
}

// completeYears offers the years of the law to the shell.
func completeYears(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	_, years, err := ask.LawVersion()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var found []cobra.Completion
	for _, year := range years {
		found = append(found, strconv.Itoa(year))
	}
	return found, cobra.ShellCompDirectiveNoFileComp
}
