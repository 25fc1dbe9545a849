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

	"regul/cmd/regul/terminal"
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
	recipient      string
	year, least    int
	report         bool
}

func newExport(c *common) *cobra.Command {
	f := &exporting{common: c}
	command := &cobra.Command{
		DisableFlagsInUseLine: true,
		Use:                   "export [BATCH] --table TABLE|--pseudonymise KEY|--report --to PATH",
		Short:                 "Write a view for a spreadsheet, or a batch with pseudonyms",
		Long: `export --table writes a view or a table of all batches that count for a spreadsheet: the name of the file says whether as CSV or
XLSX. --year takes one contribution year alone, where the rows have one; of certificate it is the calendar year. The file holds national numbers:
it is made for its owner alone. docs/analysts.md says what each view holds. regularisations and companies are the folders of current/ of
these names, of last versions alone. The views and tables:

` + strings.Join(current.Extracts(), ", ") + `.

export BATCH --pseudonymise writes the tables of a batch with pseudonyms in the place of national numbers, dossiers and communications,
amounts in bands, days as the first of their month, without references, and in the order of the pseudonyms. Of affiliates of whom fewer
than --least are alike in all that the export tells, less is told, or nothing: the result counts them. Each recipient has pseudonyms that
no other has; the same key and recipient give the same ones, so that exports of several batches can be joined. Keep the key: who has it
can find out who somebody is. It is no anonymisation: docs/privacy.md says what it does not protect against. Notices, payments,
entries and rejects are not exported.

export BATCH --report writes the report of a batch without the section that names dossiers.`,
		Example: `  regul export --table receivables_by_age --to ages.xlsx
  regul export --table latest --year 2023 --to latest.csv
  openssl rand 32 > analysts.key && chmod 600 analysts.key
  regul export latest --pseudonymise analysts.key --to analysts --out batches
  regul export latest --report --to report-to-share.html --out batches`,
		ValidArgsFunction: f.complete,
		Args:              cobra.MaximumNArgs(1),
		RunE:              f.run,
	}
	command.Flags().StringVar(&f.table, "table", "",
		"a view or a table of current/: latest, quarters, receivables, open_rejects, batches, ... (all: see above)")
	command.Flags().IntVar(&f.year, "year", 0, "contribution year (of certificate: calendar year), with --table (default all)")
	command.Flags().StringVar(&f.key, "pseudonymise", "", "file of the key of the pseudonyms, at least 32 bytes of chance")
	command.Flags().StringVar(&f.recipient, "for", "",
		"who gets the tables of the batch: others have other pseudonyms (default the one for whom the key was made)")
	command.Flags().IntVar(&f.least, "least", export.DefaultLeast, "how many affiliates must be alike in all that is told of them")
	command.Flags().BoolVar(&f.report, "report", false, "the report of the batch, without dossiers")
	command.Flags().StringVar(&f.to, "to", "",
		"file (.csv or .xlsx) of the table, file of the report, or empty folder for the tables of the batch")
	nameValues(command, map[string]string{"table": "TABLE", "year": "YEAR", "pseudonymise": "KEYFILE", "to": "PATH", "for": "NAME",
		"least": "NUMBER"})
	command.MarkFlagFilename("pseudonymise")
	command.RegisterFlagCompletionFunc("table", cobra.FixedCompletions(current.Extracts(), cobra.ShellCompDirectiveNoFileComp))
	f.add(command)
	return command
}

// run writes the one thing that was asked for.
func (f *exporting) run(command *cobra.Command, args []string) error {
	kinds := 0
	for _, asked := range []bool{f.table != "", f.key != "", f.report} {
		if asked {
			kinds++
		}
	}
	switch {
	case kinds > 1 || f.table != "" && len(args) > 0:
		return jobs.UsageError("--table writes a table of all batches, --pseudonymise and --report a batch: give one of the three")
	case f.table != "":
		return f.writeTable(command.OutOrStdout())
	case f.year != 0:
		return jobs.UsageError("--year goes with --table")
	}
	if err := oneBatch(command, args); err != nil {
		return err
	}
	if f.report {
		return f.writeReport(command.OutOrStdout(), args[0])
	}
	return f.writeBatch(command.Context(), command.OutOrStdout(), args[0])
}

// writeBatch writes the tables of a batch with pseudonyms.
func (f *exporting) writeBatch(ctx context.Context, to io.Writer, batch string) error {
	m, store, _, err := f.batch(batch)
	if err != nil {
		return err
	}
	if f.key == "" || f.to == "" {
		return jobs.UsageError("missing: --pseudonymise KEYFILE and --to DIRECTORY")
	}
	ctx, stop := interruptible(ctx)
	defer stop()
	result, err := export.Batch(ctx, &export.Options{Storage: store, Batch: m.Batch, KeyFile: f.key,
		Recipient: f.recipient, Least: f.least, To: storage.Directory(f.to)})
	if err != nil {
		return err
	}
	if f.common.json {
		return writeJSON(to, result)
	}
	rows := [][]string{{"table", "rows"}}
	for _, table := range export.Tables() {
		if n, there := result.Rows[table]; there {
			rows = append(rows, []string{table, terminal.Number(n)})
		}
	}
	details := [][]string{{"told of", "number"}}
	for _, detail := range export.Details() {
		details = append(details, []string{strings.ReplaceAll(detail, "_", " "), terminal.Number(result.Persons[detail])})
	}
	whose := "with pseudonyms"
	if result.Recipient != "" {
		whose += " for " + result.Recipient
	}
	_, err = fmt.Fprintf(to, "Exported batch %s to %s %s\n\n%s\nAt least %d are alike in all that is told of them:\n%s",
		result.Batch, f.to, whose, terminal.Table("lr", rows), result.Least, terminal.Table("lr", details))
	return err
}

// writeReport writes the report without dossiers to a file that is not there yet.
func (f *exporting) writeReport(to io.Writer, batch string) error {
	m, store, _, err := f.batch(batch)
	if err != nil {
		return err
	}
	if f.to == "" {
		return jobs.UsageError("missing: --to FILE of the report")
	}
	page, err := export.Report(store, m.Batch)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(f.to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return jobs.UsageError("%s can't be made: %w", f.to, jobs.Cause(err))
	}
	_, err = file.Write(page)
	if err = errors.Join(err, file.Close()); err != nil {
		return errors.Join(err, os.Remove(f.to))
	}
	return writeResult(to, f.common, exportedReport{m.Batch, f.to}, fmt.Sprintf("Wrote the report of %s to %s: it names no dossier\n", m.Batch, f.to))
}

// writeTable writes a view or a compacted table to a file that is not there yet.
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
		return jobs.UsageError("%s can't be made: %w", f.to, jobs.Cause(err))
	}
	rows, err := current.Extract(store, f.table, f.year, format == ".xlsx", file)
	if err = errors.Join(err, file.Close()); err != nil {
		return errors.Join(err, os.Remove(f.to))
	}
	return writeResult(to, f.common, exportedTable{f.table, rows}, fmt.Sprintf("Exported %s to %s (rows: %s)\n", f.table, f.to, terminal.Number(rows)))
}
