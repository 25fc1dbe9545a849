package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"regul/jobs"
	"regul/jobs/ask"
	"regul/jobs/batch"
	"regul/jobs/run"
)

// companiesFlags are the flags of companies, as given: some of those of run, and the files.
type companiesFlags struct {
	runFlags
	files []string
	years bool
}

func newCompanies(c *common, o *outcome) *cobra.Command {
	f := &companiesFlags{}
	command := &cobra.Command{
		Use:   "companies",
		Short: "Settle the yearly contribution of companies and publish one batch",
		Long: `companies reads one row for each company and contribution year, decides what the company owes (law of 30-12-1992 art. 88-95),
settles it against what was called and paid, and publishes one batch, or nothing when there is nothing new. A row with another
balance total, exemption or amount than the one that was settled corrects it: the next batch claims or gives back the difference.

Files are CSV or Parquet, as for regul run. Of the configuration it takes out, max_rejects, workers, memory, without, accounts, the
fund and the notices' wording; its batches stand beside those of regul run, and neither job reads those of the other.

Exit status: 0 published, or nothing new; 1 failed, nothing published; 2 wrong usage, configuration or missing file;
3 published, with rejects; 4 refused, too many rejects, nothing published; 75 another run holds the lock.`,
		Example: `  regul companies --companies companies.csv --as-of 2026-01-31 --out batches
  regul companies --companies 'flanders.csv.gz' --companies wallonia.parquet --config regul.yaml --as-of 2026-01-31
  regul companies --years                             the amounts and thresholds, and the years that are missing`,
		Args: flagsOnly,
		RunE: func(command *cobra.Command, _ []string) error {
			if f.years {
				return f.list(command, c)
			}
			return f.perform(command, c, o)
		},
	}
	f.add(command)
	command.AddCommand(newCompaniesExplain(c))
	return command
}

// add declares the flags, in the order in which help lists them.
func (f *companiesFlags) add(command *cobra.Command) {
	flags := command.Flags()
	flags.SortFlags = false
	flags.StringArrayVar(&f.files, "companies", nil, "companies: one row a company and contribution year")
	flags.StringVar(&f.asOf, "as-of", "", "date of the notices, such as 2026-01-31 (default today)")
	flags.StringVar(&f.out, "out", "", "directory of the batches")
	flags.StringVar(&f.config, "config", "", "configuration; flags override it")
	flags.StringVar(&f.maxRejects, "max-rejects", "", "refuse a batch with more rejects: rows, or a share of all rows (default "+run.DefaultMaxRejects+")")
	flags.IntVar(&f.workers, "workers", 0, "goroutines; they change no result (default the processors)")
	flags.StringVar(&f.memory, "memory", "", "memory to stay within if possible, such as 512MiB (default "+run.DefaultMemory+")")
	flags.StringSliceVar(&f.without, "without", nil, "leave out notices, current")
	f.addGates(command)
	flags.BoolVar(&f.years, "years", false, "list the amounts and thresholds by year, and the years that are missing; reads nothing")
	nameValues(command, map[string]string{"companies": "FILE", "as-of": "DATE", "out": "DIRECTORY", "config": "FILE", "max-rejects": "LIMIT",
		"workers": "NUMBER", "memory": "SIZE", "without": "WHAT"})
	command.MarkFlagFilename("companies", "csv", "gz", "zst", "parquet")
	command.MarkFlagFilename("config", "yaml", "yml")
	command.MarkFlagDirname("out")
}

// options are what the flags and the configuration ask for, the directory of the batches, and the memory in bytes.
func (f *companiesFlags) options(given func(flag string) bool) (o run.CompaniesOptions, out string, memory int64, err error) {
	conf := loadConfig(configPath(f.config))
	f.override(conf, given)
	if conf.unread {
		return o, "", 0, conf.err()
	}
	s := &run.CompaniesSettings{
		Files: f.files, Out: conf.text("out"), AsOf: time.Now().Format(time.DateOnly), MaxRejects: conf.text("max_rejects"),
		Workers: conf.whole("workers", runtime.GOMAXPROCS(0)), Outgoing: conf.outgoing(), NewLedger: f.newLedger, Insist: f.insist,
	}
	if given("as-of") {
		s.AsOf = conf.text("as_of")
	}
	o, wrong := s.Check()
	conf.note(wrong...)
	memory, err = (&run.Settings{Memory: conf.text("memory")}).MemoryBytes()
	if err != nil {
		conf.note(&jobs.SettingError{Setting: "memory", Err: err})
	}
	return o, s.Out, memory, conf.err()
}

// perform does the job and writes what came of it.
func (f *companiesFlags) perform(command *cobra.Command, c *common, out *outcome) error {
	p := newProgress(command.ErrOrStderr(), c.quiet)
	o, folder, memory, err := f.options(command.Flags().Changed)
	if err != nil {
		p.failed(err)
		return err
	}
	limitMemory(memory)
	o.Log, o.Progress = p.log, p
	p.log.Info("run started", "job", string(batch.CompaniesJob), "version", version(), "law", short(o.Law.Version()), "as_of", o.AsOf.String(),
		"files", len(o.Files), "out", folder, "workers", o.Workers, "max_rejects", o.MaxRejects.String())
	ctx, stop := interruptible(command.Context())
	defer stop()
	result, err := run.Companies(ctx, o)
	switch {
	case err == nil:
		p.succeeded(result)
		if result.Published && result.Rejected > 0 {
			out.status = exitWithRejects
		}
		return writeSummary(command, c, newSummary(result, folder, false))
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		err = errInterrupted
	}
	p.failed(err)
	if jobs.KindOf(err) == jobs.Refused {
		return errors.Join(err, writeSummary(command, c, newSummary(result, folder, true)))
	}
	return err
}

// list writes the law of companies.
func (f *companiesFlags) list(command *cobra.Command, c *common) error {
	law, err := ask.DescribeCompanies()
	if err != nil {
		return err
	}
	if c.json {
		return writeJSON(command.OutOrStdout(), law)
	}
	rows := [][]string{{"year", "small EUR", "large EUR", "balance total up to EUR", "due", "status"}}
	for _, y := range law.Years {
		rows = append(rows, []string{fmt.Sprint(y.Year), amount(y.Small), amount(y.Large), amount(y.Threshold), y.Due, y.Status})
	}
	_, err = fmt.Fprintf(command.OutOrStdout(), "Law of companies %s (%s)\n\n%s\nMissing, and refused: %s\n", short(law.Version), law.Article, lineUp("lrrrll", rows), span(law.Missing))
	return err
}

// companiesIdentity is what makes the batch the one it is.
func companiesIdentity(m *batch.Manifest) string {
	return lineUp("ll", [][]string{
		{"batch", m.Batch}, {"of", string(m.Job)}, {"notified on", m.AsOf}, {"law", short(m.LawVersion)}, {"earlier batches", number(int64(m.Earlier))},
	})
}

// companiesText is a batch of companies as people read it.
func companiesText(m *batch.Manifest, folder string) string {
	t := &m.ControlTotals
	rows := [][]string{{"amounts", "EUR"}}
	for _, line := range []struct {
		name  string
		cents jobs.Cents
	}{
		{"definitive", t.Definitive}, {"called", t.Called}, {"supplement", t.Supplement}, {"surplus applied", t.SurplusApplied}, {"to pay", t.ToPay},
		{"cancelled", t.Cancelled}, {"refund", t.Refund}, {"arrears", t.Arrears}, {"surcharge", t.Surcharge}, {"claim", t.Claim},
	} {
		rows = append(rows, []string{line.name, amount(line.cents)})
	}
	parts := []string{countsText(m.Counts, m.Waiting), outcomesText(m), lineUp("lr", rows)}
	if m.Parameters.Specimen {
		parts = append(parts, "The notices are those of a specimen fund and must not be sent: no fund is configured.\n")
	}
	if len(m.Rejects) > 0 {
		parts = append(parts, rejectsText("rejects", m.Rejects)+
			fmt.Sprintf("\nEach rejected row, with what is wrong with it: %s\n", filepath.Join(folder, filepath.FromSlash(ask.CompanyRejectsFile))))
	}
	return strings.Join(parts, "\n")
}
