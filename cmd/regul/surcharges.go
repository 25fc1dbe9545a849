package main

import (
	"context"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"regul/cmd/regul/terminal"
	"regul/jobs/run"
	"regul/jobs/whatif"
)

func newSurcharges(c *common) *cobra.Command {
	f := &runFlags{}
	var niss string
	command := &cobra.Command{
		Use:   "surcharges --as-of DATE",
		Short: "Show the surcharges for late payment on the accounts",
		Long: `surcharges shows what has accrued on the accounts up to a day: 3 % at each quarter end and 7 % on 1 January of what was
called and is unpaid (RGS art. 44, 44bis). It takes the register, the account and the payments, and what the published batches
claimed. With --niss it shows one affiliate, term by term. Nothing is published or written.
With --out alone the inputs are those of the last batch, as its files are now.`,
		Example: `  regul surcharges --as-of 2026-06-30 --config regul.yaml
  regul surcharges --as-of 2023-09-30 --niss 85010112387 --config regul.yaml`,
		Args: flagsOnly,
		RunE: func(command *cobra.Command, _ []string) error {
			f.settlesNothing = true
			niss, err := readNumber(command, "niss", niss)
			if err != nil {
				return err
			}
			var state *whatif.SurchargeState
			err = f.withoutBatch(command, c, func(ctx context.Context, o run.Options) (err error) {
				state, err = whatif.Surcharges(ctx, o, niss)
				return err
			})
			if err != nil {
				return err
			}
			return writeResult(command.OutOrStdout(), c, state, surchargesText(state))
		},
	}
	command.Flags().StringVar(&niss, "niss", "", "one affiliate, term by term; - reads the number from standard input")
	nameValues(command, map[string]string{"niss": "NUMBER"})
	f.add(command)
	hide(command, slices.Concat(publishing, settling, []string{"without"})...)
	return command
}

// surchargesText is the state of the surcharges as people read it.
func surchargesText(s *whatif.SurchargeState) string {
	row := func(name string, y *whatif.SurchargeYear) []string {
		return []string{name, terminal.Number(y.Accounts), terminal.Number(y.Charged), terminal.Amount(y.Due), terminal.Amount(y.Paid),
			terminal.Amount(y.Unpaid), terminal.Amount(y.Quarterly), terminal.Amount(y.Yearly), terminal.Amount(y.Late),
			terminal.Amount(y.Reduction)}
	}
	rows := [][]string{{"year", "accounts", "charged", "due", "paid", "unpaid", "3 %", "7 %", "late", "art. 11bis"}}
	for i := range s.Years {
		rows = append(rows, row(strconv.Itoa(s.Years[i].Year), &s.Years[i]))
	}
	text := "Surcharges up to " + s.AsOf + ", in EUR\n\n" + terminal.Table("lrrrrrrrrr", append(rows, row("in all", &s.All)))
	if len(s.Lines) == 0 {
		return text
	}
	lines := [][]string{{"year", "on", "paid", "unpaid", "percent", "amount"}}
	for _, l := range s.Lines {
		lines = append(lines, []string{strconv.Itoa(l.Year), l.On, terminal.Amount(l.Paid), terminal.Amount(l.Unpaid), l.Percent, terminal.Amount(l.Amount)})
	}
	return text + "\n" + terminal.Table("llrrrr", lines)
}
