package main

import (
	"context"
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"regul/cmd/regul/config"
	"regul/cmd/regul/terminal"
	"regul/jobs"
	"regul/jobs/outgoing"
	"regul/jobs/run"
	"regul/jobs/storage"
)

// withoutBatch does a job on the inputs that publishes nothing: on the history of the batches, or on none where no directory is given.
func (f *runFlags) withoutBatch(command *cobra.Command, c *common, job func(context.Context, run.Options) error) error {
	if f.settlesNothing && f.of() == run.People {
		if err := f.takeRecorded(command, c); err != nil {
			return err
		}
	}
	if config.Load(config.Path(f.config)).Text("out") == "" && f.out == "" {
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
	p := terminal.NewProgress(command.ErrOrStderr(), c.quiet)
	o.Log, o.Progress = p.Log, p
	ctx, stop := interruptible(command.Context())
	defer stop()
	if err := job(ctx, o.Options); err != nil {
		p.Failed(err)
		return err
	}
	return nil
}

// takeRecorded takes the inputs of the last batch, as its files are now, where neither the configuration nor a flag names a register, an
// account or payments: the directory of the batches is enough for a question about accounts. It says so.
func (f *runFlags) takeRecorded(command *cobra.Command, c *common) error {
	conf := config.Load(config.Path(f.config))
	f.override(conf, command.Flags().Changed)
	named := func(input string) bool { return len(conf.Texts("inputs."+input)) > 0 }
	out := conf.Text("out")
	if out == "" || slices.ContainsFunc([]string{"affiliates", "account", "payments"}, named) {
		return nil
	}
	var search []string
	if archive := conf.Text("archive"); archive != "" {
		search = append(search, archive)
	}
	store, err := storage.At(out)
	if err != nil {
		return jobs.UsageError("--out: %w", err)
	}
	of, inputs, err := run.Recorded(store, search)
	if err != nil || of == "" {
		return err
	}
	for name, paths := range inputs {
		if own, takes := f.inputs[name]; takes && !named(name) {
			*own = paths
		}
	}
	if !c.quiet {
		fmt.Fprintf(command.ErrOrStderr(), "regul: no inputs were named: these are those of the batch %s, as its files are now\n", of)
	}
	return nil
}

// publishing are the flags of run that matter to what is published, settling those that matter to what is settled.
var (
	publishing = []string{"draft", "by", "new-ledger", "insist", "taken", "metrics"}
	settling   = []string{"revenue", "interruptions", "evidence", "fund-fee", "minimum-pension", "recheck", "max-rejects"}
)

// hide takes flags out of the help of a command to which they make no difference.
func hide(command *cobra.Command, flags ...string) {
	for _, name := range flags {
		if err := command.Flags().MarkHidden(name); err != nil {
			panic(err) // a name that is not there
		}
	}
}
