package main

import (
	"bufio"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"regul/cmd/regul/tell"
	"regul/cmd/regul/terminal"
	"regul/jobs"
	"regul/jobs/diff"
)

// diffFlags are the flags of diff, as given.
type diffFlags struct {
	outFlags
	limit   int
	numbers bool
}

func newDiff(c *common) *cobra.Command {
	f := &diffFlags{}
	command := &cobra.Command{
		Use:   "diff BATCH BATCH",
		Short: "Show what changed between two batches, in total and by affiliate",
		Long: `diff compares two batches row by row: what each was made with, the sums, and every year of an affiliate or a company
that only one of them has, or whose amounts, outcome, categories or standings differ. Days, communications and versions are not
compared. Both are batches of affiliates, or both of companies.

A batch may also be given as the path of its folder, to compare a trial with what was published. With --json every
change is listed, by year and number; else the largest ones. An affiliate is named by the dossier, and with --niss by the
national number too; a company by its enterprise number.

Exit status: 0 compared, whether or not they differ; 1 a batch can't be read; 2 wrong usage, or there is no such batch.`,
		Example: `  regul diff BATCH latest --out batches
  regul diff batches/batch=BATCH trial/batch=* --json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return fmt.Errorf("give two batches: regul batches lists them")
			}
			return nil
		},
		ValidArgsFunction: f.complete,
		RunE:              func(command *cobra.Command, args []string) error { return f.run(command, c, args) },
	}
	flags := command.Flags()
	flags.SortFlags = false
	flags.IntVar(&f.limit, "limit", diff.DefaultLargest, "how many of the largest changes to show")
	flags.BoolVar(&f.numbers, "niss", false, "show national numbers")
	f.add(command)
	nameValues(command, map[string]string{"limit": "NUMBER"})
	return command
}

// run compares the batches and writes what differs.
func (f *diffFlags) run(command *cobra.Command, c *common, batches []string) (err error) {
	if f.limit < 0 {
		return jobs.UsageError("--limit: %d is not 0 or more", f.limit)
	}
	o := diff.Options{Largest: f.limit, Numbers: f.numbers}
	for i, side := range []*diff.Side{&o.A, &o.B} {
		if *side, err = f.side(batches[i]); err != nil {
			return err
		}
	}
	ctx, stop := interruptible(command.Context())
	defer stop()
	to := bufio.NewWriter(command.OutOrStdout())
	if c.json {
		err = writeDiffJSON(ctx, to, o)
	} else {
		var d *diff.Difference
		if d, err = diff.Batches(ctx, o); err == nil {
			_, err = io.WriteString(to, terminal.Fold(tell.Difference(d)))
		}
	}
	if err != nil {
		return err
	}
	return to.Flush()
}

// side finds a batch by its name, or by the path of its folder.
func (f *diffFlags) side(batch string) (diff.Side, error) {
	where := f.outFlags
	storage, _, err := where.storageOf(batch)
	return diff.Side{Out: storage, Batch: filepath.Base(batch)}, err
}
