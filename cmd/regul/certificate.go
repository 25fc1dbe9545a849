package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"regul/cmd/regul/terminal"
	"regul/jobs"
	"regul/jobs/ask"
	"regul/jobs/outgoing"
	"regul/jobs/run"
)

func newCertificate(c *common, outcome *outcome) *cobra.Command {
	f := &runFlags{}
	var year int
	var to string
	command := &cobra.Command{
		Use:   "certificate --year YEAR",
		Short: "Add up what each affiliate paid in a year, for the tax return",
		Long: `certificate adds up what each affiliate paid from 1 January to 31 December, for any contribution year: reversals and refunds
are subtracted, surcharges are kept apart (purpose in the payments says which payments are surcharges). It takes the register, the
payments and what the batches ordered: a refund left on the day of its batch, whenever it is booked. It shows the totals; --to writes a
row for each affiliate as certificate.parquet and certificate.csv, and the certificates as letters, in the language of each affiliate,
into the folder certificates (--without notices: the tables alone). An affiliate of whom a row of payments is rejected, or who is not in
the register, is held: the row says so, and its amounts are not in the totals. No batch is published. With --out alone the inputs are
those of the last batch, as its files are now.

Exit status: 0 added up; 1 an input can't be read; 2 wrong usage or a missing file; 3 added up, and affiliates are held.`,
		Example: `  regul certificate --year 2023 --config regul.yaml
  regul certificate --year 2023 --config regul.yaml --to fiscal-2023`,
		Args: flagsOnly,
	}
	command.RunE = func(command *cobra.Command, _ []string) error {
		if year < 1957 || year > 2199 {
			return jobs.UsageError("--year: give the calendar year in which was paid, such as 2025")
		}
		f.settlesNothing = true
		var found *ask.Certificates
		create := func(name string) (io.WriteCloser, error) { return ask.CreatePrivate(filepath.Join(to, name)) }
		f.printsLetters = to != "" && !slices.Contains(f.without, outgoing.WithoutNotices)
		err := f.withoutBatch(command, c, func(ctx context.Context, o run.Options) (err error) {
			found, err = ask.Certify(ctx, o, year, create)
			return err
		})
		if err != nil {
			return err
		}
		if to != "" {
			if err := found.Write(create); err != nil {
				return err
			}
		}
		if len(found.Held) > 0 {
			outcome.status = jobs.WithRejects
		}
		return writeResult(command.OutOrStdout(), c, found, certificatesText(found, to))
	}
	flags := command.Flags()
	flags.SortFlags = false
	flags.IntVar(&year, "year", 0, "calendar year in which was paid")
	flags.StringVar(&to, "to", "", "folder for the tables and the letters")
	nameValues(command, map[string]string{"year": "YEAR", "to": "DIRECTORY"})
	command.MarkFlagDirname("to")
	f.add(command)
	hide(command, slices.Concat(publishing, settling)...)
	return command
}

// certificatesText is the totals as people read them.
func certificatesText(c *ask.Certificates, to string) string {
	text := fmt.Sprintf("Contributions paid in %d, of %s certified affiliates, in EUR\n\n", c.Year, terminal.Number(c.Certified)) +
		terminal.Table("lr", [][]string{
			{"payments", terminal.Number(c.Payments)}, {"received", terminal.Amount(c.Received)}, {"reversed and refunded", terminal.Amount(c.Returned)},
			{"deductible", terminal.Amount(c.Deductible)}, {"surcharges, apart", terminal.Amount(c.Surcharges)},
		})
	for _, reason := range slices.Sorted(maps.Keys(c.Held)) {
		text += fmt.Sprintf("\nheld, not in these sums: %s %s\n", terminal.Number(c.Held[reason]), reason)
	}
	if to != "" {
		text += fmt.Sprintf("\nA row for each affiliate: %s, %s\n", filepath.Join(to, "certificate.parquet"),
			filepath.Join(to, "certificate.csv"))
	}
	if c.Letters > 0 {
		text += fmt.Sprintf("%s letters: %s\n", terminal.Number(c.Letters), filepath.Join(to, "certificates"))
	}
	for _, reason := range slices.Sorted(maps.Keys(c.NotPostable)) {
		text += fmt.Sprintf("can't be posted, in files apart: %s %s\n", terminal.Number(c.NotPostable[reason]), reason)
	}
	return text
}
