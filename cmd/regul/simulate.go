package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"regul/cmd/regul/terminal"
	"regul/jobs"
	"regul/jobs/run"
	"regul/jobs/whatif"
)

// simulateFlags are those of simulate.
type simulateFlags struct {
	runFlags
	reform, page string
}

func newSimulate(c *common) *cobra.Command {
	f := &simulateFlags{}
	command := &cobra.Command{
		Use:   "simulate --reform FILE",
		Short: "Settle the inputs under another law: winners, losers, cost",
		Long: `simulate settles the inputs of a run under the law in force and under a reform, and says who would pay less or more, by
category, year and income, and what it costs. Nothing is published; --report writes a page with charts, in the language of report.language.

A reform names what it changes; the rest stays. Thresholds are yearly amounts; bases are tied to the index 142.75. regul law
lists the names.`,
		Example: `  regul simulate --reform reform.yaml --affiliates affiliates.csv \
      --account account.csv --payments payments.csv --revenue revenue.csv \
      --fund-fee 3.05 --as-of 2026-06-30 --report reform.html

  reform.yaml:
    name: A higher minimum
    thresholds:
      2023: {MIN: 17000.00}
    rates:
      - {name: b1, from: 2023Q1, to: 2023Q4, percent: 21}
    bases: {COMP: 500.00}
    indices: {2023: 640.00}`,
		Args: flagsOnly,
		RunE: func(command *cobra.Command, _ []string) error { return f.run(command, c) },
	}
	command.Flags().StringVar(&f.reform, "reform", "", "parameters laid over the law")
	command.Flags().StringVar(&f.page, "report", "", "also write a page with charts to this file")
	nameValues(command, map[string]string{"reform": "FILE", "report": "FILE"})
	command.MarkFlagFilename("report", "html")
	command.MarkFlagFilename("reform", "yaml", "yml")
	f.add(command)
	hide(command, slices.Concat(publishing, []string{"without"})...)
	return command
}

// run settles under both laws, and tells the difference.
func (f *simulateFlags) run(command *cobra.Command, c *common) error {
	if f.reform == "" {
		return jobs.UsageError("missing: --reform FILE")
	}
	read, err := whatif.ReadReform(f.reform)
	if err != nil {
		return err
	}
	if f.page != "" {
		if err := whatif.CheckReport(f.page); err != nil {
			return err
		}
	}
	var s *whatif.Simulation
	language := ""
	err = f.withoutBatch(command, c, func(ctx context.Context, o run.Options) (err error) {
		language = o.Outgoing.Report.Language
		s, err = whatif.Simulate(ctx, o, read)
		return err
	})
	if err != nil {
		return err
	}
	if f.page != "" {
		if err := s.WriteReport(f.page, language); err != nil {
			return err
		}
	}
	return writeResult(command.OutOrStdout(), c, s, simulationText(s))
}

// simulationText is the simulation as people read it. Differences are what the reform adds.
func simulationText(s *whatif.Simulation) string {
	text := terminal.Table("ll", [][]string{{"law in force", terminal.Short(s.Law)},
		{"under the reform", strings.TrimSpace(terminal.Short(s.Reform) + "  " + s.Name)}})
	if s.All.Definitive == 0 && s.All.Winners == 0 && s.All.Losers == 0 {
		text += "\nThe reform changes nothing for these " + terminal.Number(s.All.Rows) + " regularisations.\n"
	}
	outcomes := [][]string{{"outcome", "in force", "under the reform"}}
	for _, outcome := range jobs.Outcomes() {
		if counts, there := s.Outcomes[outcome]; there {
			outcomes = append(outcomes, []string{outcome, terminal.Number(int64(counts[0])), terminal.Number(int64(counts[1]))})
		}
	}
	text += "\n" + terminal.Table("lrr", outcomes)
	for _, group := range []struct {
		name    string
		effects []whatif.Effect
	}{{"in all", []whatif.Effect{s.All}}, {"by category", s.Categories}, {"by year", s.Years}, {"by decile of annual income", s.Deciles}} {
		text += "\n" + effectsText(group.name, group.effects)
	}
	if s.OneSided > 0 {
		text += "\nSettled under one of the two laws only, and not compared: " + terminal.Number(s.OneSided) + "\n"
	}
	return text
}

func effectsText(name string, effects []whatif.Effect) string {
	rows := [][]string{{name, "rows", "winners", "win EUR", "losers", "lose EUR", "unchanged", "definitive", "of it fee", "to pay",
		"refund", "claim", "payout"}}
	for _, e := range effects {
		rows = append(rows, []string{terminal.Gapped(e.Name), terminal.Number(e.Rows), terminal.Number(e.Winners), terminal.Amount(e.Won),
			terminal.Number(e.Losers), terminal.Amount(e.Lost), terminal.Number(e.Unchanged), terminal.Amount(e.Definitive),
			terminal.Amount(e.Fee), terminal.Amount(e.ToPay), terminal.Amount(e.Refund), terminal.Amount(e.Claim), terminal.Amount(e.Payout)})
	}
	return terminal.Table("lrrrrrrrrrrrr", rows)
}
