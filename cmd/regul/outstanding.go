package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"regul/cmd/regul/config"
	"regul/cmd/regul/terminal"
	"regul/jobs/ask"
	"regul/jobs/run"
)

func newOutstanding(c *common) *cobra.Command {
	f := &runFlags{}
	limit := 0
	command := &cobra.Command{
		Use:   "outstanding",
		Short: "List the money that somebody must look at",
		Long: `outstanding lists

  refund_unseen    transfers that batches ordered and that the payments do not show: sent, held, without account
  credit           what was paid beyond what was called, and nobody asked for
  unclear          payments that wait for their purpose: a refund booked with the wrong sign, or one that came back
  nowhere          money on a year that the account does not have
  later            payments dated after the day
  collection_void  collections that a later batch cancelled, and that the bank must not make
  refund_failed    refunds that the bank rejected or returned: part of what is in credit
  collection_failed  collections that the bank rejected or returned, and that are still not paid

With the register, the account and the payments it computes them on a day. With the directory of the batches alone it reads what the last
batch recorded. Nothing is published or written. --json lists all of them.`,
		Example: `  regul outstanding --out batches
  regul outstanding --as-of 2026-06-30 --config regul.yaml`,
		Args: flagsOnly,
		RunE: func(command *cobra.Command, _ []string) error {
			found, err := f.outstanding(command, c)
			if err != nil {
				return err
			}
			return writeResult(command.OutOrStdout(), c, found, outstandingText(found, limit))
		},
	}
	command.Flags().IntVar(&limit, "limit", 20, "how many of each kind to list")
	nameValues(command, map[string]string{"limit": "NUMBER"})
	f.add(command)
	hide(command, slices.Concat(publishing, settling, []string{"without"})...)
	return command
}

// outstanding computes where the inputs are known, and else reads what the last batch recorded.
func (f *runFlags) outstanding(command *cobra.Command, c *common) (found *ask.Outstanding, err error) {
	conf := config.Load(config.Path(f.config))
	f.override(conf, command.Flags().Changed)
	if len(conf.Texts("inputs.account")) == 0 {
		if err := conf.Err(); err != nil {
			return nil, err
		}
		out := conf.Text("out")
		if out == "" {
			out = "."
		}
		store, err := batchesAt(out)
		if err != nil {
			return nil, err
		}
		return ask.OutstandingRecorded(store)
	}
	f.settlesNothing = true
	err = f.withoutBatch(command, c, func(ctx context.Context, o run.Options) (err error) {
		found, err = ask.OutstandingToday(ctx, o)
		return err
	})
	return found, err
}

// outstandingText is what is outstanding as people read it.
func outstandingText(o *ask.Outstanding, limit int) string {
	from := "on " + o.AsOf
	if o.Batch != "" {
		from = "as the batch " + o.Batch + " recorded it"
	}
	if len(o.Sums) == 0 {
		return "Nothing is outstanding " + from + ".\n"
	}
	sums := [][]string{{"outstanding", "years", "EUR"}}
	for _, s := range o.Sums {
		sums = append(sums, []string{s.Kind, terminal.Number(s.Years), terminal.Amount(s.Amount)})
	}
	text := "Money to look at " + from + "\n\n" + terminal.Table("lrr", sums)
	listed := map[string]int{}
	lines := [][]string{{"kind", "dossier", "year", "EUR", "since", "days", "orders"}}
	for i := range o.Years {
		m := &o.Years[i]
		if listed[m.Kind]++; listed[m.Kind] > limit {
			continue
		}
		var orders []string
		for _, order := range m.Orders {
			orders = append(orders, strings.TrimSpace(order.Status+" "+order.EndToEnd))
		}
		lines = append(lines, []string{m.Kind, m.Dossier, strconv.Itoa(m.Year), terminal.Amount(m.Amount), m.Since, terminal.Number(int64(m.AgeDays)),
			strings.Join(orders, ", ")})
	}
	text += "\n" + terminal.Table("lrrrlrl", lines)
	for _, s := range o.Sums {
		if more := s.Years - int64(limit); more > 0 {
			text += fmt.Sprintf("\n%s more of %s: --json lists all.\n", terminal.Number(more), s.Kind)
		}
	}
	return text
}
