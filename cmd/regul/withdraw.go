package main

import (
	"fmt"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"regul/jobs/ledger"
	"regul/jobs/storage"
)

func newWithdraw(c *common) *cobra.Command {
	f := &outFlags{}
	var why string
	command := &cobra.Command{
		Use:   "withdraw BATCH --why TEXT",
		Short: "Make a batch count for nothing from now on",
		Long: `withdraw makes a published batch count for nothing from now on. Its files stay as they are. What it had settled is open
again: the next run settles it anew, and affiliates who had a notice of the withdrawn batch get a correcting one.

It is refused while a later batch builds on it.`,
		Example:           `  regul withdraw 2026-06-30-1a2b3c4d --why "the account of May was delivered twice" --out batches`,
		Args:              oneBatch,
		ValidArgsFunction: f.complete,
		RunE: func(command *cobra.Command, args []string) error {
			m, out, err := f.batch(args[0])
			if err != nil {
				return err
			}
			w, err := ledger.Withdraw(storage.Directory(out), m.Batch, why, time.Now().Format(time.DateOnly))
			if err != nil {
				return err
			}
			if c.json {
				return writeJSON(command.OutOrStdout(), w)
			}
			_, err = fmt.Fprintf(command.OutOrStdout(), "Withdrew batch %s: it counts for nothing any more. Run again with its inputs: who had a notice of it gets a correcting one.\n", w.Batch)
			return err
		},
	}
	command.Flags().StringVar(&why, "why", "", "reason, for those who ask later")
	nameValues(command, map[string]string{"why": "TEXT"})
	f.add(command)
	return command
}

func newRelease(c *common) *cobra.Command {
	f := &outFlags{}
	command := &cobra.Command{
		Use:   "release BATCH",
		Short: "Publish the draft that run --draft made",
		Long: `release publishes the draft: the same files, byte for byte, that a run without --draft would have published. It is refused
when other batches were published or withdrawn since.`,
		Example: "  regul release 2026-06-30-1a2b3c4d --out batches",
		Args:    oneBatch,
		RunE: func(command *cobra.Command, args []string) error {
			storage, out, err := f.storage()
			if err != nil {
				return err
			}
			m, err := ledger.Release(storage, filepath.Base(args[0]))
			if err != nil {
				return err
			}
			if c.json {
				return writeJSON(command.OutOrStdout(), m)
			}
			_, err = fmt.Fprintf(command.OutOrStdout(), "Published batch %s in %s\n", m.Batch, filepath.Join(out, m.Folder()))
			return err
		},
	}
	f.add(command)
	return command
}

// oneBatch wants the name of one batch.
func oneBatch(_ *cobra.Command, args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("give one batch: regul batches lists them")
	}
	return nil
}
