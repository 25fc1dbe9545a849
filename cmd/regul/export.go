package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"regul/jobs"
	"regul/jobs/current"
	"regul/jobs/export"
	"regul/jobs/storage"
)

// exporting is the flags of regul export.
type exporting struct {
	outFlags
	common         *common
	to, key, table string
	year           int
}

func newExport(c *common) *cobra.Command {
	f := &exporting{common: c}
	command := &cobra.Command{
		Use:   "export BATCH --pseudonymise KEYFILE --to DIRECTORY | --table TABLE --to FILE",
		Short: "Write a table for a spreadsheet, or the tables of a batch without who is who",
		Long: `export --table writes a table of all batches that count, as current/ holds it, for a spreadsheet: the name of the file says whether as
CSV or XLSX. --year takes one contribution year alone. The file holds national numbers: it is made for its owner alone.

export BATCH --pseudonymise writes the tables of a batch with pseudonyms in the place of national numbers, dossiers and communications,
without the references, and in the order of the pseudonyms. The same key gives the same pseudonyms: exports of several batches can
be joined. Keep the key: who has it can find out who somebody is. Notices, payments and rejects are not exported.`,
		Example: `  regul export --table regularisations --year 2023 --to latest-2023.xlsx --out batches
  openssl rand 32 > analysts.key && chmod 600 analysts.key
  regul export 2026-06-30-1a2b3c4d --pseudonymise analysts.key --to analysts --out batches`,
		ValidArgsFunction: f.complete,
		Args:              cobra.MaximumNArgs(1),
		RunE: func(command *cobra.Command, args []string) error {
			switch {
			case f.table != "" && len(args) == 0 && f.key == "":
				return f.writeTable(command.OutOrStdout())
			case f.table != "":
				return jobs.UsageError("--table writes a table of all batches: give no batch and no --pseudonymise with it")
			case f.year != 0:
				return jobs.UsageError("--year goes with --table")
			}
			if err := oneBatch(command, args); err != nil {
				return err
			}
			return f.writeBatch(command.Context(), command.OutOrStdout(), args[0])
		},
	}
	command.Flags().StringVar(&f.table, "table", "", "a table of current/: regularisations (the last versions), quarters, entries, batches, ...")
	command.Flags().IntVar(&f.year, "year", 0, "contribution year, with --table (default all)")
	command.Flags().StringVar(&f.key, "pseudonymise", "", "file of the key of the pseudonyms, at least 32 bytes")
	command.Flags().StringVar(&f.to, "to", "", "file (.csv or .xlsx) of the table, or empty folder for the tables of the batch")
	nameValues(command, map[string]string{"table": "TABLE", "year": "YEAR", "pseudonymise": "KEYFILE", "to": "PATH"})
	command.MarkFlagFilename("pseudonymise")
	f.add(command)
	return command
}

// writeBatch writes the tables of a batch with pseudonyms.
func (f *exporting) writeBatch(ctx context.Context, to io.Writer, batch string) error {
	m, out, err := f.batch(batch)
	if err != nil {
		return err
	}
	if f.key == "" || f.to == "" {
		return jobs.UsageError("missing: --pseudonymise KEYFILE and --to DIRECTORY")
	}
	ctx, stop := interruptible(ctx)
	defer stop()
	result, err := export.Batch(ctx, &export.Options{Storage: storage.Directory(out), Batch: m.Batch, KeyFile: f.key, To: storage.Directory(f.to)})
	if err != nil {
		return err
	}
	if f.common.json {
		return writeJSON(to, result)
	}
	rows := [][]string{{"table", "rows"}}
	for _, table := range export.Tables() {
		if n, there := result.Rows[table]; there {
			rows = append(rows, []string{table, number(n)})
		}
	}
	_, err = io.WriteString(to, fmt.Sprintf("Exported batch %s to %s with pseudonyms\n\n%s", result.Batch, f.to, lineUp("lr", rows)))
	return err
}

// writeTable writes a compacted table to a file that is not there yet.
func (f *exporting) writeTable(to io.Writer) error {
	format := strings.ToLower(filepath.Ext(f.to))
	if format != ".csv" && format != ".xlsx" {
		return jobs.UsageError("missing: --to FILE, whose name ends in .csv or .xlsx")
	}
	store, _, err := f.storage()
	if err != nil {
		return err
	}
	file, err := os.OpenFile(f.to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return jobs.UsageError("the file can't be made: %w", err)
	}
	rows, err := current.Extract(store, f.table, f.year, format == ".xlsx", file)
	if err = errors.Join(err, file.Close()); err != nil {
		return errors.Join(err, os.Remove(f.to))
	}
	if f.common.json {
		return writeJSON(to, map[string]any{"table": f.table, "rows": rows})
	}
	_, err = fmt.Fprintf(to, "Exported %s to %s (rows: %s)\n", f.table, f.to, number(rows))
	return err
}
