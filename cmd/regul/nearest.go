package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// nearestFlag adds the flag that was probably meant to the error of one that is unknown.
func nearestFlag(command *cobra.Command, err error) error {
	name, unknown := strings.CutPrefix(err.Error(), "unknown flag: --")
	if !unknown {
		return err
	}
	var names []string
	command.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if best := nearest(name, names); best != "" {
		return fmt.Errorf("%w: did you mean --%s?", err, best)
	}
	return err
}

// nearest is the name that was probably meant by another: one letter away, two in a longer word; "": none is.
func nearest(word string, names []string) string {
	best, least := "", 2
	if len(word) > 4 {
		least = 3
	}
	for _, name := range names {
		if d := distance(word, name); d < least || d == least && best != "" && name < best {
			best, least = name, d
		}
	}
	return best
}

// distance is how many letters must be put in, taken out, replaced, or swapped with the next to make one word of the other.
func distance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			replaced := rows[i-1][j-1]
			if a[i-1] != b[j-1] {
				replaced++
			}
			rows[i][j] = min(replaced, rows[i-1][j]+1, rows[i][j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
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
