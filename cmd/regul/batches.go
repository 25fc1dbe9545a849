package main

import (
	"cmp"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"regul/jobs"
)

// outFlags say where the batches are: the flag or the configuration.
type outFlags struct{ out, config string }

func (f *outFlags) add(command *cobra.Command) {
	command.Flags().StringVar(&f.out, "out", "", "directory of the batches")
	command.Flags().StringVar(&f.config, "config", "", "configuration file that names the directory")
}

func (f *outFlags) storage() (jobs.Storage, error) {
	conf := &config{}
	if f.config != "" {
		var err error
		if conf, err = readConfig(f.config); err != nil {
			return nil, err
		}
	}
	out := cmp.Or(f.out, conf.Out)
	if out == "" {
		return nil, jobs.UsageError("--out is missing: give the directory of the batches")
	}
	return jobs.Directory(out), nil
}

func newBatches(c *common) *cobra.Command {
	f := &outFlags{}
	command := &cobra.Command{
		Use:     "batches",
		Short:   "List the published batches",
		Example: "  regul batches --out batches",
		Args:    cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			storage, err := f.storage()
			if err != nil {
				return err
			}
			list, err := jobs.ListBatches(storage)
			if err != nil {
				return err
			}
			if c.json {
				return writeJSON(command.OutOrStdout(), list)
			}
			_, err = io.WriteString(command.OutOrStdout(), table(func(w io.Writer) {
				fmt.Fprintln(w, "batch\tpublished\tregularisations\tto pay\trefund\trejects\t")
				for _, b := range list {
					fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%s\t%d\t\n", b.Batch, b.Published.UTC().Format(time.RFC3339), b.Regularisations, amount(b.ToPay), amount(b.Refund), b.Rejects)
				}
			}))
			return err
		},
	}
	f.add(command)
	return command
}
