package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"regul/jobs"
	"regul/jobs/export"
	"regul/jobs/storage"
)

func newExport(c *common) *cobra.Command {
	f := &outFlags{}
	var to, key string
	command := &cobra.Command{
		Use:   "export BATCH --pseudonymise KEYFILE --to DIRECTORY",
		Short: "Write the tables of a batch without who is who, for analysts",
		Long: `export writes the tables of a batch with pseudonyms in the place of national numbers, dossiers and communications, without
the references, and in the order of the pseudonyms. The same key gives the same pseudonyms: exports of several batches can
be joined. Keep the key: who has it can find out who somebody is. Notices, payments and rejects are not exported.`,
		Example: `  openssl rand 32 > analysts.key && chmod 600 analysts.key
  regul export 2026-06-30-1a2b3c4d --pseudonymise analysts.key --to analysts --out batches`,
		Args:              oneBatch,
		ValidArgsFunction: f.complete,
		RunE: func(command *cobra.Command, args []string) error {
			m, out, err := f.batch(args[0])
			if err != nil {
				return err
			}
			if key == "" || to == "" {
				return jobs.UsageError("missing: --pseudonymise KEYFILE and --to DIRECTORY")
			}
			ctx, stop := interruptible(command.Context())
			defer stop()
			result, err := export.Batch(ctx, &export.Options{Storage: storage.Directory(out), Batch: m.Batch, KeyFile: key, To: storage.Directory(to)})
			if err != nil {
				return err
			}
			if c.json {
				return writeJSON(command.OutOrStdout(), result)
			}
			rows := [][]string{{"table", "rows"}}
			for _, table := range export.Tables() {
				rows = append(rows, []string{table, number(result.Rows[table])})
			}
			_, err = io.WriteString(command.OutOrStdout(), fmt.Sprintf("Exported batch %s to %s with pseudonyms\n\n%s", result.Batch, to, lineUp("lr", rows)))
			return err
		},
	}
	command.Flags().StringVar(&key, "pseudonymise", "", "file of the key of the pseudonyms, at least 32 bytes")
	command.Flags().StringVar(&to, "to", "", "empty folder for the tables")
	nameValues(command, map[string]string{"pseudonymise": "KEYFILE", "to": "DIRECTORY"})
	command.MarkFlagFilename("pseudonymise")
	command.MarkFlagDirname("to")
	f.add(command)
	return command
}
