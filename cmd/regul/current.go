package main

import (
	"errors"
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"regul/jobs/batch"
	"regul/jobs/current"
)

func newCurrent(c *common) *cobra.Command {
	f := &outFlags{}
	var workers int
	command := &cobra.Command{
		Use:   "current",
		Short: "Rebuild what is derived from the batches: current/, index.html",
		Long: `current makes what lies ready for analysts from nothing: the compacted tables of all batches that count (current/), the views
over them for DuckDB (views.sql), the description of every table and column (datapackage.json), and a page of all
batches with what is open and links to their reports (index.html).

Each run, withdrawal and release brings them up to date. The same batches give the same bytes, whether they came one by
one or all of it is rebuilt. No run reads them to settle: they can be deleted.`,
		Example: "  regul current --out batches",
		Args:    flagsOnly,
		RunE: func(command *cobra.Command, _ []string) (err error) {
			storage, out, err := f.storage()
			if err != nil {
				return err
			}
			free, err := batch.Occupy(storage)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, free()) }()
			made, err := current.Rebuild(storage, workers)
			if err != nil {
				return err
			}
			return writeResult(command.OutOrStdout(), c, made, fmt.Sprintf("Rebuilt %s (batches: %d, files: %d)\n", below(out, current.Folder),
				made.Batches, made.Files))
		},
	}
	command.Flags().IntVar(&workers, "workers", runtime.GOMAXPROCS(0), "goroutines; they change no result")
	nameValues(command, map[string]string{"workers": "NUMBER"})
	f.add(command)
	return command
}
