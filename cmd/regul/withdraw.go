package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"regul/jobs"
	"regul/jobs/ledger"
)

func newWithdraw(c *common) *cobra.Command {
	f := &outFlags{}
	word := &wordFlags{}
	command := &cobra.Command{
		Use:   "withdraw BATCH --why TEXT",
		Short: "Make a batch count for nothing from now on",
		Long: `withdraw makes later runs ignore a published batch. Its files stay as they are. What it had settled is open
again: the next run settles it, and affiliates who had a notice of the withdrawn batch get a correcting one.

It need not be the last one. It is refused while a later batch has settled or booked something of one of its affiliates since; with --json
standard output then lists those affiliates and the batches that stand in the way. Who did it and why is recorded in audit/.

Exit status: 0 withdrawn; 1 it can't be; 2 wrong usage, no such batch, or a later batch builds on it; 75 a run is at work on the
directory.`,
		Example:           `  regul withdraw latest --why "a wrong delivery" --out batches`,
		Args:              oneBatch,
		ValidArgsFunction: f.complete,
		RunE: func(command *cobra.Command, args []string) error {
			m, store, _, err := f.batch(args[0])
			if err != nil {
				return err
			}
			w, err := ledger.Withdraw(store, m.Batch, word.word())
			var way *ledger.InTheWay
			if errors.As(err, &way) && c.json {
				return errors.Join(err, writeJSON(command.OutOrStdout(), refusedWithdrawal{failure{message(err), int(jobs.Usage)}, way}))
			}
			if err != nil {
				return err
			}
			conf, err := f.configuration()
			if err != nil {
				return err
			}
			tellMetrics(command, conf, func(path string) error { return forgetLast(path, store, m) })
			return sayDone(command, c, "the batch "+w.Batch+" is withdrawn", w,
				fmt.Sprintf("Withdrew batch %s: it counts for nothing any more. Run again with its inputs: who had a notice of it gets a correcting one.\n", w.Batch))
		},
	}
	word.add(command)
	f.add(command)
	return command
}

// refusedWithdrawal is a failure as JSON, with who stands in the way.
type refusedWithdrawal struct {
	failure
	*ledger.InTheWay
}

// oneBatch wants the name of one batch.
func oneBatch(_ *cobra.Command, args []string) error {
	if len(args) != 1 {
		return jobs.UsageError("give one batch: regul batches lists them")
	}
	return nil
}
