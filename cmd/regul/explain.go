package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"regul/cmd/regul/terminal"
	"regul/jobs"
	"regul/jobs/ask"
	"regul/jobs/ledger"
)

// explainFlags are those of explain.
type explainFlags struct {
	outFlags
	number, enterprise, batchName, language string
	page                                    bool
	year                                    int
}

func newExplain(c *common) *cobra.Command {
	f := &explainFlags{}
	command := &cobra.Command{
		Use:   "explain [BATCH]",
		Short: "Explain one affiliate's or company's year, step by step",
		Long: `explain reads a published regularisation, goes through its calculation line by line, each with its article, and
makes sure that it gives the published amounts. Without --batch it takes the last one.

--html writes a page that needs no network: the year in bars, the steps, all versions, and what the year would cost
with other incomes. It holds the national number. --html and --language are for affiliates.`,
		Example: `  regul explain --niss 85010112387 --year 2023 --out batches
  regul explain --niss 85010112387 --year 2023 --html --language fr > year.html
  regul explain --enterprise 0450010120 --year 2024 --out batches`,
		Args: batchAtMost,
		RunE: func(command *cobra.Command, args []string) error {
			f.batchName = f.chosen(f.batchName, args)
			return f.run(command, c)
		},
	}
	flags := command.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.number, "niss", "", "national number of the affiliate; - reads it from standard input")
	flags.StringVar(&f.enterprise, "enterprise", "", "instead: enterprise number of a company; - reads it from standard input")
	flags.IntVar(&f.year, "year", 0, "contribution year")
	flags.StringVar(&f.batchName, "batch", "", "batch to explain (default the last one that settled the year)")
	flags.BoolVar(&f.page, "html", false, "write a page for the browser")
	flags.StringVar(&f.language, "language", ask.English, "language of the text or the page: "+strings.Join(ask.Languages(), ", "))
	f.add(command)
	nameValues(command, map[string]string{"niss": "NUMBER", "enterprise": "NUMBER", "year": "YEAR", "batch": "BATCH",
		"language": "LANGUAGE"})
	command.RegisterFlagCompletionFunc("language", cobra.FixedCompletions(ask.Languages(), cobra.ShellCompDirectiveNoFileComp))
	command.RegisterFlagCompletionFunc("year", completeYears)
	command.RegisterFlagCompletionFunc("batch", f.complete)
	return command
}

// run explains the year that the flags ask for.
func (f *explainFlags) run(command *cobra.Command, c *common) error {
	if f.enterprise != "" {
		if f.number != "" || f.page || command.Flags().Changed("language") {
			return jobs.UsageError("--niss, --html and --language do not go with --enterprise: " +
				"a company's year is explained in English, as text or JSON")
		}
		return f.explainCompany(command, c, f.enterprise, f.year, f.batchName)
	}
	if f.number == "" {
		return jobs.UsageError("missing: --niss NUMBER, or --enterprise NUMBER")
	}
	number, err := readNumber(command, "niss", f.number)
	if err != nil {
		return err
	}
	if !slices.Contains(ask.Languages(), f.language) {
		return jobs.UsageError("--language: %q is none of %s", f.language, strings.Join(ask.Languages(), ", "))
	}
	question, err := ask.NewQuestion(number, f.year, f.batchName)
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
	if f.page && !c.json {
		return e.WritePage(command.OutOrStdout(), storage, f.language)
	}
	return writeResult(command.OutOrStdout(), c, e, explanationText(e, f.language))
}

// explanationText is the explanation as people read it, in a language: the same columns through all sections.
func explanationText(e *ask.Explanation, language string) string {
	e = e.In(language)
	say := func(text string) string { return ask.Say(language, text) }
	identity := [][]string{
		{say("affiliate"), e.NISS},
		{say("contribution year"), fmt.Sprintf(say("%d, version %d"), e.Year, e.Version)},
		{say("batch"), e.Batch},
		{say("notified on"), e.NotifiedOn},
		{say("outcome"), e.Outcome},
		{say("reference"), ask.Structured(e.Reference)},
	}
	if e.State != ledger.Published {
		identity = append(identity, []string{say("state"), e.Standing.String()})
	}
	if e.DueDate != "" {
		identity = append(identity, []string{say("due date"), e.DueDate})
	}
	var steps [][]string
	for _, section := range e.Sections {
		for _, step := range section.Steps {
			written := terminal.Amount(step.Amount)
			switch {
			case step.Remark:
				written = ""
			case language != ask.English:
				written = strings.Replace(written, ".", ",", 1)
			}
			steps = append(steps, []string{"  " + step.Text, written, step.Article})
		}
	}
	lines := terminal.Rows("lrl", steps)
	var b strings.Builder
	b.WriteString(terminal.Table("ll", identity))
	for _, section := range e.Sections {
		fmt.Fprintf(&b, "\n%s\n%s", section.Title, strings.Join(lines[:len(section.Steps)], ""))
		lines = lines[len(section.Steps):]
	}
	return b.String()
}
