package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"regul/cmd/regul/config"
	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/jobs/run"
	"regul/jobs/storage"
)

// tellMetrics updates the metrics that the configuration names after an act on the ledger, which is done also if they can't be written.
func tellMetrics(command *cobra.Command, conf *config.Config, write func(path string) error) {
	path := conf.Text("metrics")
	if path == "" {
		return
	}
	if err := write(path); err != nil {
		fmt.Fprintf(command.ErrOrStderr(), "regul: the metrics %s can't be written: %v\n", path, jobs.Cause(err))
	}
}

// forgetLast makes the last batch that counts that of the metrics, where they tell one that was withdrawn.
func forgetLast(path string, out storage.Storage, withdrawn *batch.Manifest) error {
	if run.LastBatchIn(path) != withdrawn.Batch {
		return nil
	}
	history, err := ledger.OpenOf(out, withdrawn.Job)
	if err != nil {
		return err
	}
	last, published := history.Last(), time.Time{}
	if last != nil {
		if published, err = out.Modified(last.Folder() + "/" + batch.ManifestName); err != nil {
			return err
		}
	}
	return run.WriteBatchMetrics(path, out, last, published)
}
