package main

import (
	"os"

	"github.com/spf13/cobra"

	"regul/cmd/regul/terminal"
	"regul/jobs"
	"regul/jobs/handover"
	"regul/jobs/storage"
)

func newDeliver(c *common) *cobra.Command {
	f := &outFlags{}
	to := map[handover.Part]*string{}
	command := &cobra.Command{
		Use:   "deliver BATCH",
		Short: "Copy letters, payment files or tables to those who need them",
		Long: `deliver copies a part of a published batch into a folder of its name: letters for the printer, payment files for the bank, tables for analysts.
Files have the mode 640 and folders 2750: the group of the folder that is named may read them, and nobody else. Each copy is compared with the digest of
the manifest; SHA256SUMS lists them. It appears at once, or not at all. What was delivered before is compared and left as it is.

Drafts and withdrawn batches are refused. A later withdrawal does not take back what was delivered.

Exit status: 0 delivered, or there already; 1 it can't be, or what is there was changed; 2 wrong usage, no such batch, or it counts for nothing.`,
		Example: `  regul deliver latest --letters /srv/printer --out batches
  regul deliver latest --payments /srv/bank --tables /srv/analysts --out batches`,
		Args:              oneBatch,
		ValidArgsFunction: f.complete,
		RunE: func(command *cobra.Command, args []string) error {
			m, store, _, err := f.batch(args[0])
			if err != nil {
				return err
			}
			delivered := []*handover.Delivered{}
			for _, part := range handover.Parts() {
				if folder := *to[part]; folder != "" {
					d, err := give(store, m.Batch, part, folder)
					if err != nil {
						return err
					}
					delivered = append(delivered, d)
				}
			}
			if len(delivered) == 0 {
				return jobs.UsageError("missing: --letters, --payments or --tables, the folder of who gets them")
			}
			return writeResult(command.OutOrStdout(), c, deliveries{m.Batch, delivered}, deliveredText(m.Batch, delivered))
		},
	}
	for part, help := range map[handover.Part]string{handover.Letters: "the letters, for the printer",
		handover.Payments: "the payment files, for the bank", handover.Tables: "the tables of settled years, for analysts"} {
		to[part] = command.Flags().String(string(part), "", "folder of "+help)
		nameValues(command, map[string]string{string(part): "DIRECTORY"})
		command.MarkFlagDirname(string(part))
	}
	f.add(command)
	return command
}

// give copies a part of a batch into the folder of who gets it.
func give(from storage.Storage, batch string, part handover.Part, folder string) (*handover.Delivered, error) {
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return nil, jobs.UsageError("--%s: there is no directory %s: make it, with the group that may read it", part, folder)
	}
	return handover.Give(from, batch, part, storage.Shared{Directory: storage.Directory(folder)})
}

// deliveredText lists what was delivered.
func deliveredText(batch string, delivered []*handover.Delivered) string {
	rows := [][]string{{"delivered of " + batch, "files", "bytes", ""}}
	for _, d := range delivered {
		note := ""
		if d.There {
			note = "there already, unchanged"
		}
		rows = append(rows, []string{string(d.Part), terminal.Number(int64(d.Files)), terminal.Number(d.Bytes), note})
	}
	return terminal.Table("lrrl", rows)
}
