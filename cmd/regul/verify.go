package main

import (
	"fmt"
	"io"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/run"
	"regul/jobs/verify"
)

// verifyFlags are the flags of verify, as given.
type verifyFlags struct {
	outFlags
	sample int
	all    bool
}

func newVerify(c *common) *cobra.Command {
	f := &verifyFlags{}
	command := &cobra.Command{
		Use:   "verify BATCH",
		Short: "Check a batch from its files alone: digests, tables, sums, calculations",
		Long: `verify holds every file of a batch against its digest, reads the tables with another implementation of Parquet than the
one that wrote them, adds them up, checks every amount and day of every row, and computes a sample of the rows anew.
It changes nothing. It shows no national number.

Exit status: 0 all checks hold; 1 a check failed, or the batch can't be read; 2 wrong usage, or there is no such batch.`,
		Example: `  regul verify 2026-06-30-1a2b3c4d --out batches
  regul verify 2026-06-30-1a2b3c4d --out batches --all`,
		Args:              oneBatch,
		ValidArgsFunction: f.complete,
		RunE:              func(command *cobra.Command, args []string) error { return f.run(command, c, args[0]) },
	}
	flags := command.Flags()
	flags.SortFlags = false
	flags.IntVar(&f.sample, "sample", verify.DefaultSample, "how many regularisations to compute anew, evenly spread")
	flags.BoolVar(&f.all, "all", false, "compute every regularisation anew")
	f.add(command)
	nameValues(command, map[string]string{"sample": "NUMBER"})
	return command
}

// run verifies the batch and writes what came of it. A check that failed is a failure of the command.
func (f *verifyFlags) run(command *cobra.Command, c *common, name string) error {
	if f.all && command.Flags().Changed("sample") {
		return jobs.UsageError("give --sample or --all, not both")
	}
	if f.sample < 1 {
		return jobs.UsageError("--sample: %d is not 1 or more", f.sample)
	}
	if folder := filepath.Dir(filepath.Clean(name)); folder != "." && f.out == "" {
		f.out = folder
	}
	storage, _, err := f.storage()
	if err != nil {
		return err
	}
	o := verify.Options{Out: storage, Batch: filepath.Base(name), Sample: f.sample, Workers: runtime.GOMAXPROCS(0)}
	if f.all {
		o.Sample = 0
	}
	memory, err := run.ParseSize(run.DefaultMemory)
	if err != nil {
		return err
	}
	limitMemory(memory)
	ctx, stop := interruptible(command.Context())
	defer stop()
	if m, err := batch.Find(storage, o.Batch); err == nil && m.Job == batch.CompaniesJob {
		return verifyCompanies(command, c, storage, m)
	}
	result, err := verify.Batch(ctx, o)
	if err != nil {
		return err
	}
	if c.json {
		err = writeJSON(command.OutOrStdout(), result)
	} else {
		_, err = io.WriteString(command.OutOrStdout(), verificationText(result))
	}
	if err == nil && !result.Holds {
		err = fmt.Errorf("the batch %s does not hold", result.Batch)
	}
	return err
}
