package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"regul/cmd/regul/config"
	"regul/cmd/regul/terminal"
	"regul/jobs"
	"regul/jobs/ask"
	"regul/jobs/batch"
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
  credit           what was paid beyond what was called, or of a surcharge beyond what is claimed, and nobody asked for
  unclear          payments that wait for their purpose: a refund booked with the wrong sign, or one that came back; and payments
                   that name a transfer of somebody else
  nowhere          money on a year that the account does not have
  later            payments dated after the day
  collection_void  collections that a later batch cancelled, and that the bank must not make
  refund_failed    refunds that the bank rejected or returned: part of what is in credit
  collection_failed  collections that the bank rejected or returned, and that are still not paid

With the register, the account and the payments it computes them on a day, and of companies with theirs. With the directory of the batches
alone it reads what the last batch recorded, of the self-employed and of companies. Nothing is published or written. --json lists all of
them, those of companies under "companies".`,
		Example: `  regul outstanding --out batches
  regul outstanding --as-of 2026-06-30 --config regul.yaml`,
		Args: flagsOnly,
		RunE: func(command *cobra.Command, _ []string) error {
			people, companies, err := f.outstanding(command, c, limit)
			if err != nil {
				return err
			}
			found := ask.AllOutstanding{Companies: companies}
			var parts []string
			if people != nil {
				found.Outstanding = *people
				parts = append(parts, outstandingText(people, limit, "", "dossier"))
			} else {
				found.AsOf = companies.AsOf
			}
			if companies != nil {
				parts = append(parts, outstandingText(companies, limit, " of companies", "enterprise"))
			}
			return writeResult(command.OutOrStdout(), c, found, strings.Join(parts, "\n"))
		},
	}
	command.Flags().IntVar(&limit, "limit", 20, "how many of each kind to list")
	nameValues(command, map[string]string{"limit": "NUMBER"})
	f.add(command)
	for _, input := range []string{"companies", "company_payments"} {
		flag := config.FlagOf(input)
		f.inputs[input] = command.Flags().StringArray(flag, nil, config.InputHelp[input])
		command.MarkFlagFilename(flag, "csv", "gz", "zst", "parquet")
		nameValues(command, map[string]string{flag: "FILE"})
	}
	hide(command, slices.Concat(publishing, settling, []string{"without"})...)
	return command
}

// outstanding computes where the inputs are known, and else reads what the last batch recorded: of the self-employed, and of companies.
// Either may be nil. limit is how many of each kind to list; JSON lists all.
func (f *runFlags) outstanding(command *cobra.Command, c *common, limit int) (people, companies *ask.Outstanding, err error) {
	conf := config.Load(config.Path(f.config))
	f.override(conf, command.Flags().Changed)
	if err := conf.Err(); err != nil {
		return nil, nil, err
	}
	if limit < 0 || c.json {
		limit = ask.AllOfAKind
	}
	computes := func(input string) bool { return len(conf.Texts("inputs."+input)) > 0 }
	of := func(input string, subject *run.Subject, about *batch.About) (found *ask.Outstanding, err error) {
		if !computes(input) {
			if conf.Text("out") == "" && (computes("account") || computes("companies")) {
				return nil, nil
			}
			return outstandingRecorded(conf.Text("out"), about, limit)
		}
		asked := *f
		asked.subject, asked.settlesNothing = subject, true
		err = asked.withoutBatch(command, c, func(ctx context.Context, o run.Options) (err error) {
			found, err = ask.OutstandingToday(ctx, o, limit)
			return err
		})
		return found, err
	}
	if people, err = of("account", run.People, batch.AboutPeople); err != nil {
		return nil, nil, err
	}
	companies, err = of("companies", run.Companies, batch.AboutCompanies)
	if err == nil && people == nil && companies == nil {
		err = jobs.UsageError("no batch has recorded what is outstanding: give the register, the account and the payments to compute it")
	}
	return people, companies, err
}

// outstandingRecorded is what the last batch in a directory recorded; nil where none did, or where no directory is named.
func outstandingRecorded(out string, about *batch.About, limit int) (*ask.Outstanding, error) {
	store, err := batchesAt(cmp.Or(out, "."))
	if err != nil {
		return nil, err
	}
	return ask.OutstandingRecorded(store, about, limit)
}

// outstandingText is what is outstanding of somebody as people read it. The lines name each by a number.
func outstandingText(o *ask.Outstanding, limit int, of, named string) string {
	from := "on " + o.AsOf
	if o.Batch != "" {
		from = "as the batch " + o.Batch + " recorded it"
	}
	if len(o.Sums) == 0 {
		return "Nothing" + of + " is outstanding " + from + ".\n"
	}
	sums := [][]string{{"outstanding", "years", "EUR"}}
	for _, s := range o.Sums {
		sums = append(sums, []string{s.Kind, terminal.Number(s.Years), terminal.Amount(s.Amount)})
	}
	text := "Money" + of + " to look at " + from + "\n\n" + terminal.Table("lrr", sums)
	listed := map[string]int{}
	lines := [][]string{{"kind", named, "year", "EUR", "since", "days", "orders"}}
	for i := range o.Years {
		m := &o.Years[i]
		if listed[m.Kind]++; listed[m.Kind] > limit {
			continue
		}
		var orders []string
		for _, order := range m.Orders {
			orders = append(orders, strings.TrimSpace(order.Status+" "+order.EndToEnd))
		}
		lines = append(lines, []string{m.Kind, cmp.Or(m.Enterprise, m.Dossier), strconv.Itoa(m.Year),
			terminal.Amount(m.Amount), m.Since, terminal.Number(int64(m.AgeDays)), strings.Join(orders, ", ")})
	}
	text += "\n" + terminal.Table("lrrrlrl", lines)
	for _, s := range o.Sums {
		if more := s.Years - int64(limit); more > 0 {
			text += fmt.Sprintf("\n%s more of %s: --json lists all.\n", terminal.Number(more), s.Kind)
		}
	}
	return text
}
