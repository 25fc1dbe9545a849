package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"regul/pipeline/spelling"
)

// nearestFlag adds the flag that was probably meant to the error of one that is unknown.
func nearestFlag(command *cobra.Command, err error) error {
	name, unknown := strings.CutPrefix(err.Error(), "unknown flag: --")
	if !unknown {
		return err
	}
	var names []string
	command.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if best := spelling.Nearest(name, names); best != "" {
		return fmt.Errorf("%w: did you mean --%s?", err, best)
	}
	return err
}

// readingStatuses are the exit statuses of a command that says nothing else: it publishes and changes nothing.
const readingStatuses = "Exit status: 0 done; 1 failed; 2 wrong usage, configuration or missing file."

// tellStatuses ends the help of every command with its exit statuses.
func tellStatuses(command *cobra.Command) {
	for _, c := range command.Commands() {
		tellStatuses(c)
	}
	if command.Long == "" {
		command.Long = command.Short
	}
	if command.Runnable() && !strings.Contains(command.Long, "Exit status") {
		command.Long += "\n\n" + readingStatuses
	}
}
