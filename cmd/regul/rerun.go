package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"regul/cmd/regul/tell"
	"regul/cmd/regul/terminal"
	"regul/jobs"
	"regul/jobs/run"
)

// rerunFlags are those of rerun.
type rerunFlags struct {
	outFlags
	only, search, revenue, companies []string
	rejects                          bool
	asOf                             string
}

func newRerun(c *common, o *outcome) *cobra.Command {
	f := &rerunFlags{}
	command := &cobra.Command{
		Use:   "rerun BATCH",
		Short: "Make a batch again from its inputs, and compare every file",
		Long: `rerun makes a published batch again: from the inputs it records, found by their content, with its day and fees, and on the
history it had. Every file is compared with the published one. Nothing is published.

The configuration must be the one of the batch: the notices show the fund's identity.

With --rejects, it settles corrected rows of what the batch rejected, on the register, the account, the payments and the history
of today, and publishes them as a separate batch. They are those of the configuration, otherwise the files of the batch as they are
now. regul show tells which rejects are still open.

Exit status: 0 the same, byte for byte, or published; 1 files differ, or it failed; 2 wrong usage, an input changed or is gone, or
another law or identity of the fund; 3 published, with rejects (--rejects); 75 a run is at work on the directory.`,
		Example: `  regul rerun latest --out batches
  regul rerun latest --search archive --config regul.yaml
  regul rerun latest --only 85010112387
  regul rerun latest --rejects --revenue corrected/revenue.csv`,
		Args:              oneBatch,
		ValidArgsFunction: f.complete,
		RunE:              func(command *cobra.Command, args []string) error { return f.run(command, c, o, args[0]) },
	}
	command.Flags().StringSliceVar(&f.only, "only", nil,
		"tell the years of these affiliates, or companies, side by side; - reads the numbers from standard input")
	command.Flags().StringArrayVar(&f.search, "search", nil,
		"folder in which, and below which, to look for inputs that were moved, or an archive in a bucket")
	command.Flags().BoolVar(&f.rejects, "rejects", false, "settle corrected rows of what the batch rejected")
	command.Flags().StringArrayVar(&f.revenue, "revenue", nil, "with --rejects: the corrected rows")
	command.Flags().StringArrayVar(&f.companies, "companies", nil, "with --rejects, of a batch of companies: the corrected rows")
	command.Flags().StringVar(&f.asOf, "as-of", "", "with --rejects: date of the notices (default today)")
	nameValues(command, map[string]string{"only": "NUMBER", "search": "DIRECTORY", "revenue": "FILE", "companies": "FILE", "as-of": "DATE"})
	f.add(command)
	return command
}

// run makes the batch again, or settles corrected rows of what it rejected.
func (f *rerunFlags) run(command *cobra.Command, c *common, o *outcome, name string) error {
	s, err := f.rerunSettings(name, c)
	if err != nil {
		return err
	}
	s.Search = f.search
	for _, kept := range []string{s.Archive, s.MovedTo} {
		if kept != "" {
			s.Search = append(s.Search, kept)
		}
	}
	if s.Only = f.only; len(s.Only) == 1 {
		numbers, err := readNumber(command, "only", s.Only[0])
		if err != nil {
			return err
		}
		s.Only = strings.Split(numbers, ",")
	}
	p := terminal.NewProgress(command.ErrOrStderr(), c.quiet)
	ctx, stop := interruptible(command.Context())
	defer stop()
	if f.rejects {
		s.AsOf = cmp.Or(f.asOf, s.AsOf)
		return correct(ctx, command, c, o, p,
			&run.CorrectSettings{Settings: s.Settings, Batch: s.Batch, Search: s.Search, Corrected: append(f.revenue, f.companies...)})
	}
	if len(f.revenue) > 0 || len(f.companies) > 0 || f.asOf != "" {
		return jobs.UsageError("--revenue, --companies and --as-of go with --rejects")
	}
	result, err := run.Rerun(ctx, s, p.Log, p)
	if err != nil {
		p.Failed(err)
		return err
	}
	err = writeResult(command.OutOrStdout(), c, result, rerunText(result))
	if err == nil && !result.Same {
		err = fmt.Errorf("made again, the batch %s is not the same", result.Batch)
	}
	return err
}

// correct settles corrected rows and says the result.
func correct(ctx context.Context, command *cobra.Command, c *common, out *outcome, p *terminal.Progress, s *run.CorrectSettings) error {
	if len(s.Corrected) == 0 {
		return jobs.UsageError("missing: --revenue FILE (or --companies FILE), the corrected rows")
	}
	result, err := run.Correct(ctx, s, p.Log, p)
	if err != nil {
		p.Failed(err)
		return err
	}
	p.Succeeded(result)
	if result.Published && result.Rejected > 0 {
		out.status = jobs.WithRejects
	}
	return writeSummary(command, c, tell.NewSummary(result, s.Out))
}

// rerunSettings are those of the configuration; the rest is recorded in the batch.
func (f *outFlags) rerunSettings(name string, c *common) (*run.RerunSettings, error) {
	m, _, out, err := f.batch(name)
	if err != nil {
		return nil, err
	}
	conf, err := f.configuration()
	if err != nil {
		return nil, err
	}
	asked := (&runFlags{out: out, workers: c.workers, memory: c.memory}).settings(conf,
		func(flag string) bool { return flag == "workers" && c.workers > 0 })
	return &run.RerunSettings{Settings: *asked, Batch: m.Batch}, nil
}

// rerunText is the result, as people read it.
func rerunText(r *run.RerunResult) string {
	var b strings.Builder
	for _, row := range r.Only {
		rows := [][]string{{fmt.Sprintf("%s, %d", row.Name(), row.Year), "published", "made again"}}
		for _, column := range row.Columns() {
			mark := ""
			if _, differs := row.Different[column]; differs {
				mark = terminal.Bad("differs")
			}
			rows = append(rows, []string{column, terminal.Amount(row.Published[column]), terminal.Amount(row.Made[column]), mark})
		}
		rows[0] = append(rows[0], "")
		b.WriteString(terminal.Table("lrrl", rows) + "\n")
	}
	if r.Same {
		fmt.Fprintf(&b, terminal.Good("The same,")+" byte for byte: %d files of %s.\n", r.Files, r.Batch)
		return b.String()
	}
	fmt.Fprintf(&b, terminal.Bad("Not the same:")+" of %d files of %s, %d differ.\n", r.Files, r.Batch, len(r.Different))
	for _, path := range slices.Sorted(slices.Values(r.Different)) {
		b.WriteString("  " + path + "\n")
	}
	return b.String()
}
