package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"regul/jobs"
)

// newMan writes the manual pages, for those who package the program.
func newMan(c *common) *cobra.Command {
	var to string
	command := &cobra.Command{
		Use:     "man --to DIRECTORY",
		Short:   "Write the manual pages of all commands",
		Long:    "man writes a manual page for each command, for the folder man1 of the system. They are those of --help.",
		Example: "  regul man --to man1",
		Hidden:  true,
		Args:    flagsOnly,
		RunE: func(command *cobra.Command, _ []string) error {
			if to == "" {
				return jobs.UsageError("missing: --to DIRECTORY")
			}
			if err := os.MkdirAll(to, 0o755); err != nil {
				return jobs.UsageError("the folder %s can't be made: %w", to, jobs.Cause(err))
			}
			root := command.Root()
			root.DisableAutoGenTag = true // no date: the same program writes the same pages
			if err := doc.GenManTree(root, &doc.GenManHeader{Section: "1", Source: "regul", Manual: "regul"}, to); err != nil {
				return fmt.Errorf("the manual pages can't be written: %w", jobs.Cause(err))
			}
			return sayDone(command, c, "the manual pages are written", manualPages{to}, "")
		},
	}
	command.Flags().StringVar(&to, "to", "", "folder of the pages; made if it does not exist")
	nameValues(command, map[string]string{"to": "DIRECTORY"})
	return command
}
