package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"regul/jobs"
	"regul/jobs/ask"
	"regul/jobs/ledger"
)

// noticeFlags are those of notice.
type noticeFlags struct {
	outFlags
	niss, enterprise, batchName, to string
	year                            int
	specimen                        bool
}

func newNotice(c *common) *cobra.Command {
	f := &noticeFlags{}
	command := &cobra.Command{
		Use:   "notice [BATCH]",
		Short: "Take one letter out of a batch, or print a specimen",
		Long: `notice writes the letter of one affiliate or company as a PDF file: the last one, or that of a batch or the draft. The file
holds the pages as they were published.

With --specimen it prints a letter to a fictitious affiliate in each language, with numbers and a page that explains them, in the
identity and wording of the configuration.`,
		Example: `  regul notice --niss 85010112387 --out batches --to letter.pdf
  regul notice --enterprise 0450010120 --year 2024 --to letter.pdf
  regul notice --specimen --config regul.yaml --to specimens`,
		Args: batchAtMost,
		RunE: func(command *cobra.Command, args []string) error {
			f.batchName = f.chosen(f.batchName, args)
			return f.run(command, c)
		},
	}
	flags := command.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.niss, "niss", "", "national number of the affiliate; - reads it from standard input")
	flags.StringVar(&f.enterprise, "enterprise", "", "enterprise number of the company; - reads it from standard input")
	flags.IntVar(&f.year, "year", 0, "contribution year of the letter to a company (default the last)")
	flags.StringVar(&f.batchName, "batch", "", "batch of the notice (default the last one)")
	flags.StringVar(&f.to, "to", "", "file of the letter, or folder of the specimens")
	flags.BoolVar(&f.specimen, "specimen", false, "print specimens, one in each language")
	f.add(command)
	nameValues(command, map[string]string{"niss": "NUMBER", "enterprise": "NUMBER", "year": "YEAR", "batch": "BATCH", "to": "PATH"})
	command.RegisterFlagCompletionFunc("batch", f.complete)
	return command
}

// run writes the letter, or the specimens.
func (f *noticeFlags) run(command *cobra.Command, c *common) error {
	if f.to == "" {
		return jobs.UsageError("missing: --to, the file of the letter, or the folder of the specimens")
	}
	if f.specimen {
		return f.specimens(command, c, f.to)
	}
	whom, err := askedAbout(command, f.niss, f.enterprise)
	if err != nil {
		return err
	}
	if f.year != 0 && f.enterprise == "" {
		return jobs.UsageError("--year goes with --enterprise: a letter to an affiliate holds all its years")
	}
	storage, _, err := f.storage()
	if err != nil {
		return err
	}
	letter, err := ask.FindLetter(storage, whom, f.year, f.batchName)
	if err != nil {
		return err
	}
	file, err := ask.CreatePrivate(f.to)
	if err != nil {
		return jobs.UsageError("%s can't be written: %w", f.to, jobs.Cause(err))
	}
	err = letter.Extract(storage, file)
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	return writeResult(command.OutOrStdout(), c, letter, fmt.Sprintf("%s: %s of %s %s, %s from page %d\n%s", f.to, pagesText(letter.Pages),
		kindOf(letter.State), letter.Batch, letter.File, letter.First, withdrawnText(&letter.Standing)))
}

// pagesText is a number of pages in words.
func pagesText(pages int) string {
	if pages == 1 {
		return "1 page"
	}
	return fmt.Sprintf("%d pages", pages)
}

// kindOf is what people call a batch that counts or not.
func kindOf(state ledger.State) string {
	if state == ledger.Drafted {
		return "draft"
	}
	return "batch"
}

// withdrawnText says when and why the batch of a letter was withdrawn; "" if it counts.
func withdrawnText(s *ask.Standing) string {
	if s.Withdrawn == "" {
		return ""
	}
	return "It was " + s.String() + "\n"
}

// specimens prints the specimens in the identity and wording of the configuration.
func (f *outFlags) specimens(command *cobra.Command, c *common, folder string) error {
	conf, err := f.configuration()
	if err != nil {
		return err
	}
	run := (&runFlags{}).settings(conf, func(string) bool { return false })
	run.AsOf, run.Outgoing.Without = time.Now().Format(time.DateOnly), nil
	if run.Fee == "" && len(run.Fees) == 0 {
		run.Fee = specimenFee
	}
	written := specimenFiles{}
	err = ask.PrintSpecimens(run, func(language string) (io.WriteCloser, error) {
		name := filepath.Join(folder, "specimen-"+language+".pdf")
		written.Files = append(written.Files, name)
		return ask.CreatePrivate(name)
	})
	var file *fs.PathError
	if errors.As(err, &file) {
		return jobs.UsageError("--to: the specimens can't be written into %s: %w", folder, file.Err)
	}
	if err != nil {
		return err
	}
	return sayDone(command, c, "the specimens are printed", written, strings.Join(written.Files, "\n")+"\n")
}

// specimenFee is the fee of a specimen where the configuration has none, in percent.
const specimenFee = "3.05"
