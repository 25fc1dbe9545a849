package main

import (
	"fmt"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"regul/cmd/regul/tell"
	"regul/jobs"
	"regul/jobs/verify"
)

// verifyFlags are the flags of verify, as given.
type verifyFlags struct {
	outFlags
	sample int
	all    bool // the default, said
	chain  bool
	expect string
	signer signerFlags
}

func newVerify(c *common) *cobra.Command {
	f := &verifyFlags{}
	command := &cobra.Command{
		Use:   "verify BATCH",
		Short: "Check a batch from its files: digests, tables, sums, calculations",
		Long: `verify compares every file of a batch with its digest, reads the tables with a different Parquet library from the
one that wrote them, adds them up, and computes every row a second time, in decimals and straight from the articles
of the law: contributions, settlement, days and surcharges, of the self-employed and of companies.
It changes nothing. It shows no national number.

Each batch holds the digest of the one before it: with --expect, the digest of the last one vouches for all of them.
With --public-key, the signature of somebody who does not run regul does: minisign -Sm batch=.../manifest.json -x signatures/BATCH.minisig.

Exit status: 0 all checks hold; 1 a check failed, or the batch can't be read; 2 wrong usage, or there is no such batch.`,
		Example: `  regul verify latest --out batches
  regul verify latest --out batches --sample 1000
  regul verify latest --out batches --chain`,
		Args:              oneBatch,
		ValidArgsFunction: f.complete,
		RunE:              func(command *cobra.Command, args []string) error { return f.run(command, c, args[0]) },
	}
	flags := command.Flags()
	flags.SortFlags = false
	flags.IntVar(&f.sample, "sample", 0, "compute the quarters of so many regularisations alone, evenly spread")
	flags.BoolVar(&f.all, "all", true, "compute the quarters of every regularisation")
	flags.BoolVar(&f.chain, "chain", false, "check every file of all batches on which the batch builds, too, and what is kept of them")
	flags.StringVar(&f.expect, "expect", "", "SHA-256 of the manifest, as it was told when the batch was published")
	f.signer.add(command)
	f.add(command)
	nameValues(command, map[string]string{"sample": "NUMBER", "expect": "SHA256"})
	return command
}

// run verifies the batch and writes the result. A check that failed is a failure of the command.
func (f *verifyFlags) run(command *cobra.Command, c *common, name string) error {
	sampled := command.Flags().Changed("sample")
	switch {
	case sampled && command.Flags().Changed("all"):
		return jobs.UsageError("give --sample or --all, not both")
	case sampled && f.sample < 1:
		return jobs.UsageError("--sample: %d is not 1 or more", f.sample)
	case !sampled && !f.all:
		return jobs.UsageError("--all=false: give --sample NUMBER")
	}
	storage, _, err := f.storageOf(name)
	if err != nil {
		return err
	}
	o := verify.Options{Out: storage, Batch: filepath.Base(name), Sample: f.sample, Workers: runtime.GOMAXPROCS(0),
		Chain: f.chain, Expect: f.expect}
	if err := f.signer.set(&o); err != nil {
		return err
	}
	if err := c.limitToDefault(); err != nil {
		return err
	}
	ctx, stop := interruptible(command.Context())
	defer stop()
	result, err := verify.Batch(ctx, o)
	if err != nil {
		return err
	}
	err = writeResult(command.OutOrStdout(), c, result, tell.Verification(result))
	if err == nil && !result.Holds {
		err = fmt.Errorf("the batch %s does not hold", result.Batch)
	}
	return err
}
