package main

import (
	"context"
	"os"

	"github.com/spf13/cobra"

	"regul/jobs/outgoing"
	"regul/jobs/run"
)

// withoutBatch does a job on the inputs that publishes nothing: on the history of the batches, or on none where no directory is given.
func (f *runFlags) withoutBatch(command *cobra.Command, c *common, job func(context.Context, run.Options) error) error {
	if loadConfig(configPath(f.config)).text("out") == "" && f.out == "" {
		folder, err := os.MkdirTemp("", "regul-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(folder)
		f.out = folder
	}
	if f.without = []string{outgoing.WithoutPayments}; !f.printsLetters {
		f.without = append(f.without, outgoing.WithoutNotices)
	}
	o, _, err := f.options(command.Flags().Changed)
	if err != nil {
		return err
	}
	limitMemory(o.memory)
	p := newProgress(command.ErrOrStderr(), c.quiet)
	o.Log, o.Progress = p.log, p
	ctx, stop := interruptible(command.Context())
	defer stop()
	if err := job(ctx, o.Options); err != nil {
		p.failed(err)
		return err
	}
	return nil
}
