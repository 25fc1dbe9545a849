package main

import (
	"fmt"
	"path/filepath"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/jobs/run"
	"regul/jobs/verify"
)

func newRelease(c *common) *cobra.Command {
	f := &outFlags{}
	word := &wordFlags{}
	var digest string
	command := &cobra.Command{
		Use:   "release DRAFT",
		Short: "Publish the draft that run --draft made",
		Long: `release publishes the draft: the same files, byte for byte, that a run without --draft would have published. First it verifies
all of the draft, every row (see regul verify --all). It is refused when other batches were published or withdrawn since, when a file of the
draft was changed, when its folder holds a file that its manifest does not name, or when a check fails. With --digest it is also refused when
the draft is not the one that was reviewed: run --draft and show print the digest. With release.second_person in the configuration who made
the draft can't release it. Who did it and why is recorded in audit/. The metrics of the configuration tell the batch as the last one.

Exit status: 0 published; 1 the draft is not sound; 2 wrong usage, no such draft, or it is not the one that was reviewed or not of today's
history; 75 a run is at work on the directory.`,
		Example:           `  regul release DRAFT --digest DIGEST --by "A. Dupont" --out batches`,
		Args:              oneBatch,
		ValidArgsFunction: f.complete,
		RunE: func(command *cobra.Command, args []string) error {
			storage, out, err := f.storageOf(args[0])
			if err != nil {
				return err
			}
			if err := c.limitToDefault(); err != nil {
				return err
			}
			ctx, stop := interruptible(command.Context())
			defer stop()
			sound := func(m *batch.Manifest) error {
				v, err := verify.Batch(ctx, verify.Options{Out: storage, Batch: m.Batch, Workers: runtime.GOMAXPROCS(0)})
				if err == nil && !v.Holds {
					err = fmt.Errorf("the draft %s does not hold: regul verify %s says why; run it again", m.Batch, m.Batch)
				}
				return err
			}
			conf, err := f.configuration()
			if err != nil {
				return err
			}
			order := ledger.Order{Draft: filepath.Base(args[0]), Digest: digest, Word: word.word(), Verify: sound,
				SecondPerson: conf.Flag("release.second_person")}
			if err := conf.Err(); err != nil {
				return err
			}
			m, err := ledger.Release(storage, order)
			if err != nil {
				return err
			}
			tellMetrics(command, conf, func(path string) error { return run.WriteBatchMetrics(path, storage, m, time.Now()) })
			return sayDone(command, c, "the batch "+m.Batch+" is published", m,
				fmt.Sprintf("Published batch %s in %s\n", m.Batch, below(out, m.Folder())))
		},
	}
	command.Flags().StringVar(&digest, "digest", "", "SHA-256 of the manifest of the draft that was reviewed")
	nameValues(command, map[string]string{"digest": "SHA256"})
	word.add(command)
	f.add(command)
	return command
}
